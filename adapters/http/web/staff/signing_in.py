"""Signing in and out, and the choice of the post."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn, SignIn, SignInFailedError, client_address
from adapters.http.injected import Injected
from adapters.http.sessions import dead_cookie, session_cookie
from adapters.http.throttle import TooManyAttemptsError
from adapters.http.web.render import page
from adapters.http.web.staff.forms import typed_of
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.words import words_of
from application.access import NotVisibleError
from projections.people import posts_of

HOME = "/work"
POSTS = "/posts"


def to(address: str) -> Response[bytes]:
    """Go there with GET."""
    return Response(b"", status_code=303, headers={"location": address})


def own_address(text: str) -> str:
    """Where somebody wanted to go, if it is an address of this server; else the first page."""
    parts = urlsplit(text)
    inside = text.startswith("/") and not text.startswith("//") and not parts.scheme and not parts.netloc
    return text if inside and text.isprintable() and "\\" not in text else HOME


class SignInController(Controller):
    """`/sign-in`, `/sign-out`, `/posts`."""

    include_in_schema = False

    @get("/sign-in")
    async def form(self, request: Request[Any, Any, Any], visitor: Injected[SignedIn | None]) -> Response[Any]:
        """The form; who is signed in already goes on."""
        wanted = request.query_params.get("next", "")
        if visitor is not None:
            return to(own_address(wanted))
        text = words_of(request).known("done", request.query_params.get("done", ""))
        return _form(request, wanted, notice={"text": text, "success": True} if text else None)

    @post("/sign-in", status_code=200)
    async def sign_in(
        self, request: Request[Any, Any, Any], sign_in: Injected[SignIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """A new token in a cookie, then to the page that was asked for."""
        typed = await typed_of(request)
        _, wanted, username = words_of(request).gettext, typed.one("next"), typed.one("username")
        errors = {}
        if not username:
            errors["username"] = _("Write your user name.")
        if not typed.raw("password"):
            errors["password"] = _("Write your password.")
        if errors:
            return _form(request, wanted, username=username, errors=errors, status_code=400)
        try:
            token, signed_in = await sign_in(username, typed.raw("password"), client_address(request))
        except SignInFailedError:
            wrong = {"username": _("User name or password is wrong, or the account may not sign in now.")}
            return _form(request, wanted, username=username, errors=wrong, status_code=400)
        except TooManyAttemptsError:
            many = {"username": _("Too many tries. Wait a few minutes, then try again.")}
            return _form(request, wanted, username=username, errors=many, status_code=429)
        several = len(signed_in.account.posts_on(room.today())) > 1
        answer = to(f"{POSTS}?{_next(wanted)}" if several else own_address(wanted))
        answer.set_cookie(session_cookie(token, secure=room.settings.secure))
        return answer

    @post("/sign-out", status_code=200)
    async def sign_out(self, visitor: Injected[SignedIn | None], room: Injected[StaffRoom]) -> Response[Any]:
        """The session is over, on the server too."""
        if visitor is not None:
            await room.sessions.revoke(visitor.actor.id, visitor.session.id)
        answer = to("/sign-in?done=signed-out")
        answer.set_cookie(dead_cookie(secure=room.settings.secure))
        return answer

    @get("/posts")
    async def posts(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """In which of one's posts to act."""
        return await _posts(desk_of(room, request, signed_in), request.query_params.get("next", ""))

    @post("/posts", status_code=200)
    async def choose(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Other rights, another token."""
        typed = await typed_of(request)
        chosen = typed.identifier("post")
        if chosen is None:
            desk = desk_of(room, request, signed_in)
            fault = {"post": desk.words.gettext("Choose the post in which you act.")}
            return await _posts(desk, typed.one("next"), fault)
        if chosen not in {held.id for held in signed_in.account.posts_on(room.today())}:
            raise NotVisibleError
        token, _moved = await sign_in.act_in(signed_in, chosen)
        answer = to(own_address(typed.one("next")))
        answer.set_cookie(session_cookie(token, secure=room.settings.secure))
        return answer


def _next(wanted: str) -> str:
    return urlencode({"next": wanted}) if wanted else ""


def _form(request: Request[Any, Any, Any], wanted: str, *, status_code: int = 200, **more: Any) -> Response[str]:
    context = {"action": "/sign-in", "next": wanted, "username": "", "errors": {}, "demo_accounts": [], **more}
    return page(
        request, "staff/sign_in.html", {"menu": [], "user": None, "past": None, **context}, status_code=status_code
    )


async def _posts(desk: Desk, wanted: str, errors: dict[str, str] | None = None) -> Response[str]:
    today, _ = desk.room.today(), desk.words.gettext
    held = [row for row in await posts_of(desk.room.db, [desk.actor.id]) if row.held_on(today)]
    names = await desk.room.naming.names([row.authority_id for row in held])
    choices = [
        {"value": str(row.id), "text": f"{row.title}, {names.get(row.authority_id, '')}".rstrip(", ")} for row in held
    ]
    context = await shell(desk, POSTS, errors=errors or {}) | {
        "title": _("In which post do you act?"),
        "explain": [],
        "back": own_address(wanted),
        "action": POSTS,
        "command_id": None,
        "version": None,
        "inputs": [
            {"kind": "radios", "id": "post", "label": _("Post"), "items": choices, "value": str(desk.actor.post_id)},
            {"kind": "hidden", "id": "next", "value": wanted},
        ],
        "do": _("Go on"),
        "warning": False,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=400 if errors else 200)
