"""The small picture of a browser's tab. Pages name none; beside a PDF a browser asks for it by its old address."""

from __future__ import annotations

from litestar import Response, get

ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#8a1c1c" d="M1 3h5l2 2h7v9H1z"/>'
    b'<path fill="#fff" d="M4 8h8v1H4zM4 10.5h6v1H4z"/></svg>'
)
"""A case file."""


@get("/favicon.ico", include_in_schema=False, sync_to_thread=False, opt={"public": True})
def icon() -> Response[bytes]:
    """The same for everybody, kept for a week."""
    return Response(ICON, media_type="image/svg+xml", headers={"cache-control": "public, max-age=604800"})
