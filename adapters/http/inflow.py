"""How much of what people are sending is held at a time: many photos at once must not take the server down."""

from __future__ import annotations

from litestar.types import ASGIApp, Receive, Scope, Send
from litestar.types.asgi_types import HTTPReceiveMessage, WebSocketReceiveMessage

from adapters.http.settings import JSON_LIMIT

MOST_HELD = 200 * 2**20
"""Bytes of all request bodies from their first byte until they are answered: four of the largest that are allowed,
a hundred of those that browsers make smaller first."""


class TooMuchAtOnceError(Exception):
    """There is no room for this body now. Nothing of it was looked at."""


def bounded(app: ASGIApp, most: int = MOST_HELD) -> ASGIApp:
    """Counts what has come in, so that who sends slowly takes no room from others. Small bodies always pass.

    Raises TooMuchAtOnceError where the body is read.
    """
    held = 0

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal held
        own = 0

        async def counted() -> HTTPReceiveMessage | WebSocketReceiveMessage:
            nonlocal held, own
            message = await receive()
            size = len(message["body"]) if message["type"] == "http.request" else 0
            held, own = held + size, own + size
            if held > most and own > JSON_LIMIT:
                raise TooMuchAtOnceError
            return message

        try:
            await app(scope, counted, send)
        finally:
            held -= own

    return wrapped
