"""Headers on every answer, errors and unmatched addresses included. A handler may only make them stricter."""

from __future__ import annotations

from collections.abc import Mapping

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from adapters.http.settings import HttpSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing inline, nothing from elsewhere. `data:`, `blob:`: icons of the style sheet, photos before sending."""
HSTS = "max-age=31536000; includeSubDomains"


def security_headers(settings: HttpSettings) -> Mapping[str, str]:
    """What goes with every answer.

    The referrer policy is same-origin and not no-referrer: under the latter browsers hide the origin of our own forms
    too, and the ones without Sec-Fetch-Site could send none any more.
    """
    always = {
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-store",
    }
    return {**always, "strict-transport-security": HSTS} if settings.secure else always


def with_headers(app: ASGIApp, settings: HttpSettings) -> ASGIApp:
    """Outermost, so that nothing gets past it. What a handler set itself (caching, the policy of a download) stays."""
    wanted = [(name.encode(), value.encode()) for name, value in security_headers(settings).items()]

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message["headers"])
                names = {name.lower() for name, _ in given}
                message["headers"] = [*given, *(header for header in wanted if header[0] not in names)]
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped
