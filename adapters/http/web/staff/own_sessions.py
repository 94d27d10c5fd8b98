"""One's own sessions and password."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn, SignIn, SignInFailedError, client_address
from adapters.http.injected import Injected
from adapters.http.sessions import dead_cookie
from adapters.http.throttle import TooManyAttemptsError
from adapters.http.web.render import page
from adapters.http.web.staff.forms import Errors, new_command, refusal, typed_of
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of, shell, user
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError
from domain.kernel import RefusalError
from projections.people import people

SESSIONS, PASSWORD = "/sessions", "/password"


class OwnSessionsController(Controller):
    """`/sessions` and `/password`."""

    include_in_schema = False

    @get(SESSIONS)
    async def sessions(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Where one is signed in. Nothing of the device is kept, so nothing of it is shown."""
        desk = desk_of(room, request, signed_in)
        _ = desk.words.gettext
        found = await room.sessions.of_account(desk.actor.id, signed_in.account.epoch)
        rows = [
            {
                "id": str(session.id),
                "started": session.created_at,
                "last_used": session.last_seen_at,
                "device": _("Session %(number)s") % {"number": str(session.id)[:8]},
                "current": session.id == signed_in.session.id,
            }
            for session in found
        ]
        others = {"action": "/sessions/end-others", "command_id": None} if len(rows) > 1 else None
        context = await shell(desk, SESSIONS) | {
            "sessions": rows,
            "revoke": {"action": "/sessions/end", "command_id": None},
            "revoke_all": others,
            "password": PASSWORD,
        }
        return page(request, "staff/sessions.html", context)

    @post("/sessions/end", status_code=200)
    async def end(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """One of them; the present one too."""
        chosen = (await typed_of(request)).identifier("session")
        if chosen is None or not await room.sessions.revoke(signed_in.actor.id, chosen):
            raise NotVisibleError
        return to("/sign-in?done=signed-out" if chosen == signed_in.session.id else f"{SESSIONS}?done=session-ended")

    @post("/sessions/end-others", status_code=200)
    async def end_others(self, signed_in: Injected[SignedIn], room: Injected[StaffRoom]) -> Response[Any]:
        """All but this one."""
        for session in await room.sessions.of_account(signed_in.actor.id, signed_in.account.epoch):
            if session.id != signed_in.session.id:
                await room.sessions.revoke(signed_in.actor.id, session.id)
        return to(f"{SESSIONS}?done=session-ended")

    @get(PASSWORD)
    async def password(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The form."""
        return await _password_page(desk_of(room, request, signed_in), {})

    @post(PASSWORD, status_code=200)
    async def change_password(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Ends every session, this one too."""
        desk = desk_of(room, request, signed_in)
        _, form = desk.words.gettext, await request.form()
        current, new, again = (str(form.get(name, "")) for name in ("current", "password", "repeat"))
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        if new != again:
            return await _password_page(desk, {"repeat": _("The two new passwords differ.")})
        found = await people(room.db, [desk.actor.id])
        if desk.actor.id not in found:
            raise NotVisibleError
        username = found[desk.actor.id].username
        try:
            await sign_in.verify_own(signed_in, username, current, client_address(request))
            await room.people.replace_own_password(desk.actor, wish, username, new)
        except SignInFailedError:
            return await _password_page(desk, {"current": _("This is not your present password.")})
        except TooManyAttemptsError:
            return await _password_page(desk, {"current": _("Too many tries. Wait a few minutes, then try again.")})
        except RefusalError as error:
            sentence = next(iter(refusal(error, desk.words, (), {}).values()))
            return await _password_page(desk, {"password": sentence})
        answer = to("/sign-in?done=password")
        answer.set_cookie(dead_cookie(secure=room.settings.secure))
        return answer


async def _password_page(desk: Desk, errors: Errors) -> Response[str]:
    _ = desk.words.gettext
    first = desk.signed_in.account.start_code_until is not None
    fields = (
        ("current", _("Start code") if first else _("Present password"), None, "current-password"),
        ("password", _("New password"), _("At least 12 characters. A sentence is easy to remember."), "new-password"),
        ("repeat", _("New password once more"), None, "new-password"),
    )
    explain = _("Every session of this account ends, this one too. Then sign in with the new password.")
    only: dict[str, Any] = {"menu": [], "user": await user(desk), "past": None, "notice": None, "errors": errors}
    context = (only if first else await shell(desk, SESSIONS, errors=errors)) | {
        "title": _("Choose a password") if first else _("Change the password"),
        "explain": [_("Nothing else is open before that. Write the start code of the paper once more."), explain]
        if first
        else [explain],
        "back": "/sign-in" if first else SESSIONS,
        "action": PASSWORD,
        "command_id": new_command(),
        "version": None,
        "inputs": [
            {"kind": "password", "id": name, "label": label, "hint": hint, "autocomplete": complete}
            for name, label, hint, complete in fields
        ],
        "do": _("Change the password"),
        "warning": False,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=400 if errors else 200)
