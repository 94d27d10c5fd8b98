"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from typing import Literal

MediaType = Literal["image/jpeg", "image/png", "image/webp", "application/pdf"]


def sniff(data: bytes) -> MediaType | None:
    """One of the four kinds that are taken in; None for all others. A signature must stand at the very beginning."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    return None
