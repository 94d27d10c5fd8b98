"""Which signs of a text reach the paper. What could not be seen is dropped or shown by its number, never kept hidden.

1. The text is brought into the composed form (NFC).
2. Every kind of line break becomes one line break; a tabulator and every kind of space become a space. Only the space
   that keeps words together (U+00A0) stays itself.
3. Signs of no width (zero-width space and joiners, word joiner, byte order mark, soft hyphen, variation selectors) are
   dropped.
4. Whatever else has no shape or turns the direction of reading (control characters, marks of direction), and every sign
   for which the letters of the paper have no shape, is shown by its number: [U+202E].
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

from adapters.http.web.assets import STATIC

FONTS = STATIC / "papers"
"""Tinos: widths of Times New Roman, all Vietnamese marks, OFL."""
_BREAKS = {"\r\n": "\n", **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")}
_NO_WIDTH = frozenset("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff")
_VARIANTS = range(0xFE00, 0xFE10)
_KEPT = frozenset("\n\u00a0")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def shown(text: str) -> str:
    """What of `text` stands on paper, by the four rules above."""
    composed = unicodedata.normalize("NFC", text)
    for sign, line in _BREAKS.items():
        composed = composed.replace(sign, line)
    return "".join(_shown(sign) for sign in composed)


def _shown(sign: str) -> str:
    if sign in _KEPT:
        return sign
    if sign == "\t" or unicodedata.category(sign) == "Zs":
        return " "
    if sign in _NO_WIDTH or ord(sign) in _VARIANTS:
        return ""
    if unicodedata.category(sign) in _UNSEEN or ord(sign) not in covered():
        return f"[U+{ord(sign):04X}]"
    return sign


@cache
def covered() -> frozenset[int]:
    """The signs for which every cut of the letters has a shape."""
    cuts = [frozenset(_shapes(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    if not cuts:
        message = f"no letters in {FONTS.name}: the front end was not built"
        raise FileNotFoundError(message)
    return frozenset.intersection(*cuts)


def _shapes(font: bytes) -> Iterator[int]:
    """The characters in the table `cmap` of a TrueType file, from its subtable of segments (format 4)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    starts = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * tables, 16)}
    cmap = starts[b"cmap"]
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    offsets = {struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0] for index in range(count)}
    for table in sorted(cmap + offset for offset in offsets):
        if struct.unpack_from(">H", font, table)[0] == 4:  # noqa: PLR2004 - the format of segments
            yield from _segments(font, table)


def _segments(font: bytes, table: int) -> Iterator[int]:
    size = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends, firsts, deltas, ranges = (
        struct.unpack_from(f">{size}H", font, table + start)
        for start in (14, 16 + 2 * size, 16 + 4 * size, 16 + 6 * size)
    )
    for index, (first, last, delta, offset) in enumerate(zip(firsts, ends, deltas, ranges, strict=True)):
        place = table + 16 + 6 * size + 2 * index + offset
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", font, place + 2 * (sign - first))[0] if offset else sign
            if glyph and (glyph + delta) & 0xFFFF:
                yield sign
