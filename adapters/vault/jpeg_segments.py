"""Taking the metadata out of a JPEG without decoding it."""

from __future__ import annotations

from adapters.vault.remaking import UnreadableFileError

MARK, START, END, SCAN = 0xFF, 0xD8, 0xD9, 0xDA
APPLICATION = range(0xE0, 0xF0)
KEPT_APPLICATION_SEGMENTS = frozenset((0xE0, 0xEE))
"""JFIF, and Adobe's, which says how the colours are coded. EXIF, XMP, ICC, IPTC and comments go."""
COMMENT = 0xFE


def without_metadata(data: bytes) -> bytes:
    """The same picture up to its end, without application segments and comments. Raises UnreadableFileError."""
    if data[:2] != bytes((MARK, START)):
        raise UnreadableFileError
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == MARK:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == SCAN:
            end = data.rfind(bytes((MARK, END)))
            return b"".join((*kept, data[at : end + 2] if end > at else data[at:]))
        tells = marker == COMMENT or (marker in APPLICATION and marker not in KEPT_APPLICATION_SEGMENTS)
        if not tells:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    raise UnreadableFileError
