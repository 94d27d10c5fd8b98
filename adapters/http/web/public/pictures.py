"""QR codes as pictures inside the page."""

from __future__ import annotations

import base64
import io

import segno


def qr_picture(text: str) -> str:
    """A `data:` address of an SVG, readable at arm's length; four modules of border as the standard asks."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(buffer, kind="svg", xmldecl=False, border=4, scale=4)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()
