"""The second step of signing in, and setting it up."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn, SignIn, SignInFailedError
from adapters.http.injected import Injected
from adapters.http.second_factor import SecondFactors
from adapters.http.sessions import session_cookie
from adapters.http.throttle import TooManyAttemptsError
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.render import page
from adapters.http.web.staff.forms import PAGE, Errors, new_command, refusal, typed_of
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of, user
from adapters.http.web.staff.signing_in import HOME, POSTS, to
from domain.kernel import RefusalError
from projections.people import people

STEP, SET_UP = "/second-step", "/second-factor"


class SecondStepController(Controller):
    """`/second-step` and `/second-factor`."""

    include_in_schema = False

    @get(STEP)
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Where the code of the telephone is typed."""
        if signed_in.session.step != "code":
            return to(HOME)
        return await _step(desk_of(room, request, signed_in), {})

    @post(STEP, status_code=200)
    async def step(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Another token after the right code."""
        desk = desk_of(room, request, signed_in)
        typed, _ = await typed_of(request), desk.words.gettext
        if not typed.one("code"):
            return await _step(desk, {"code": _("Type the code.")})
        try:
            token, whole = await sign_in.second_step(signed_in, typed.one("code"))
        except SignInFailedError:
            return await _step(desk, {"code": _("This code is wrong, or it was used before. Wait for the next one.")})
        except TooManyAttemptsError:
            return await _step(desk, {"code": _("Too many tries. Wait a few minutes, then try again.")}, 429)
        several = len(whole.account.posts_on(room.today())) > 1
        answer = to(POSTS if several else HOME)
        answer.set_cookie(session_cookie(token, secure=room.settings.secure))
        return answer

    @get(SET_UP)
    async def set_up(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        second_factors: Injected[SecondFactors],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The QR code, until the first code was right."""
        return await _set_up(desk_of(room, request, signed_in), second_factors, {})

    @post(SET_UP, status_code=200)
    async def confirm(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        second_factors: Injected[SecondFactors],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The first code; then the recovery codes, shown once."""
        desk = desk_of(room, request, signed_in)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed, _ = await typed_of(request), desk.words.gettext
        if signed_in.account.second_factor:
            return await _set_up(desk, second_factors, {})
        if not typed.one("code"):
            return await _set_up(desk, second_factors, {"code": _("Type the code.")})
        try:
            done = await sign_in.enrol(signed_in, typed.one("code"))
            if done is None:
                wrong = _("This code is wrong, or it was used before. Wait for the next one.")
                return await _set_up(desk, second_factors, {"code": wrong})
            await room.people.enrol_second_factor(desk.actor, wish)
        except TooManyAttemptsError:
            many = _("Too many tries. Wait a few minutes, then try again.")
            return await _set_up(desk, second_factors, {"code": many}, 429)
        except RefusalError as error:
            return await _set_up(desk, second_factors, {PAGE: next(iter(refusal(error, desk.words, (), {}).values()))})
        codes, token, _whole = done
        answer = page(request, "staff/second_factor.html", await _bare(desk, {}) | {"codes": list(codes), "on": HOME})
        answer.set_cookie(session_cookie(token, secure=room.settings.secure))
        return answer


async def _step(desk: Desk, errors: Errors, status: int = 400) -> Response[str]:
    _ = desk.words.gettext
    context = await _bare(desk, errors) | {
        "title": _("Second step"),
        "explain": [_("Type the six digits that the application on the telephone shows, or a recovery code.")],
        "back": "/sign-in",
        "action": STEP,
        "command_id": None,
        "version": None,
        "inputs": [{"kind": "text", "id": "code", "label": _("Code"), "value": "", "width": 20}],
        "do": _("Go on"),
        "warning": False,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=status if errors else 200)


async def _set_up(desk: Desk, second_factors: SecondFactors, errors: Errors, status: int = 400) -> Response[str]:
    if desk.signed_in.account.second_factor:
        return await _already(desk, await second_factors.left(desk.actor.id))
    secret = await second_factors.begin(desk.actor.id)
    row = (await people(desk.room.db, [desk.actor.id])).get(desk.actor.id)
    address = second_factors.address(row.username if row else "", secret)
    context = await _bare(desk, errors) | {
        "picture": qr_picture(address),
        "secret": secret,
        "action": SET_UP,
        "command_id": new_command(),
        "codes": None,
    }
    return page(desk.request, "staff/second_factor.html", context, status_code=status if errors else 200)


async def _already(desk: Desk, left: int) -> Response[str]:
    words, _ = desk.words, desk.words.gettext
    codes = words.ngettext("%(num)d recovery code is left.", "%(num)d recovery codes are left.", left) % {"num": left}
    context = await _bare(desk, {}) | {
        "title": _("Sign in in two steps"),
        "caption": None,
        "explain": [
            _("The second step is set up."),
            codes,
            _("When the telephone is lost, another administrator can remove the second step."),
        ],
        "back": HOME,
        "back_text": _("Back"),
    }
    return page(desk.request, "staff/running.html", context)


async def _bare(desk: Desk, errors: Errors) -> dict[str, Any]:
    """Without a menu: nothing else is open yet, or need be."""
    return {"menu": [], "user": await user(desk), "past": None, "notice": None, "errors": errors}
