"""No page of another site may make a browser act here: asked of every unsafe request, signed in or not.

Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`. A program without a cookie says neither, and
has nothing that a foreign page could borrow; a browser that brings the session cookie has to say one of them.
"""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from adapters.http.problems import ForeignOriginError, UnsupportedMediaTypeError
from adapters.http.sessions import cookie_name
from adapters.http.settings import HttpSettings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_PAGES = frozenset({"same-origin", "none"})
"""`none`: typed or sent again by the person."""
_READ = frozenset({"", "application/json", "application/x-www-form-urlencoded", "multipart/form-data"})
"""What pages read. The API asks for JSON itself, after it is settled what may be seen."""


def same_origin(settings: HttpSettings) -> Guard:
    """The guard of the whole application. Raises ForeignOriginError.

    It waits for nothing and is a coroutine all the same: litestar sends a plain function to a thread.
    """
    origins, cookie = settings.origins, cookie_name(secure=settings.secure)

    async def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        if connection.scope.get("method") in SAFE_METHODS:
            return
        site, origin = connection.headers.get("sec-fetch-site"), connection.headers.get("origin")
        if site is not None and site not in _OWN_PAGES:
            raise ForeignOriginError
        if origin is not None and origin not in origins and not _hidden_but_own(origin, site):
            raise ForeignOriginError
        if site is None and origin is None and cookie in connection.cookies:
            raise ForeignOriginError
        kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in _READ and not connection.scope["path"].startswith("/api/"):
            raise UnsupportedMediaTypeError

    return guard


def _hidden_but_own(origin: str, site: str | None) -> bool:
    """Some browsers write `null` for a form of our own page; `Sec-Fetch-Site` cannot be forged by a page."""
    return origin == "null" and site == "same-origin"
