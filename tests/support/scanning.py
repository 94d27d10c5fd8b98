"""Planted words, and the search for them in raw bytes, in whatever writing they may lie there.

All words begin alike, so that a large folder is searched for one beginning in each writing; what follows tells which
word it was. Compression hides a word from such a search: what is scanned must not be compressed.
"""

from __future__ import annotations

import base64
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from urllib.parse import quote

import pikepdf
from PIL import ExifTags, Image

BEGINNING = "Ữq7Ẵz4Ọk9ế"
LETTERS = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
PLAIN = "bcdghklmnpqrstvxy0123456789"
SIGNS = 24
WAL_PAGE, WAL_HEAD, WAL_LONG_HEAD = 8192, 24, 40
"""Bytes of a page of the log, of its head, and of the head that begins a segment."""


def planted(name: str) -> str:
    """The word of this name: 24 signs, Vietnamese and ASCII in turn, like no other word's."""
    random = Random(name)
    rest = "".join(random.choice(LETTERS if place % 2 else PLAIN) for place in range(SIGNS - len(BEGINNING)))
    return BEGINNING + rest


def writings(text: str) -> dict[str, bytes]:
    """Every writing of a text that is looked for, by its name; a text that begins alike has writings that do."""
    found = {}
    for form, said in _forms(text).items():
        for coding, written in _codings(said):
            found[f"{form}, {coding}"] = written
    return found


def _forms(text: str) -> dict[str, str]:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    unaccented = bare.replace("đ", "d").replace("Đ", "D")
    return {
        "as written": text,
        "NFD": unicodedata.normalize("NFD", text),
        "lower": text.lower(),
        "lower NFD": unicodedata.normalize("NFD", text.lower()),
        "unaccented": unaccented,
        "unaccented lower": unaccented.lower(),
    }


def _codings(text: str) -> Iterator[tuple[str, bytes]]:
    raw = text.encode()
    yield "UTF-8", raw
    yield "UTF-16 LE", text.encode("utf-16-le")
    yield "UTF-16 BE", text.encode("utf-16-be")
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + raw)[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6]
        yield f"base64+{shift}", encoded
        yield f"hex of base64+{shift}", encoded.hex().encode()
        yield f"base64url+{shift}", encoded.translate(bytes.maketrans(b"+/", b"-_"))
    yield "percent", quote(text, safe="").encode()
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "HTML", text.encode("ascii", "xmlcharrefreplace")
    yield "UTF-8 read as Latin-1", raw.decode("latin-1").encode()


class Scanner:
    """Looks for words by name. Words that do not begin like a planted one are looked for each by itself."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._beginnings = writings(BEGINNING)
        self._marked = {name: writings(word) for name, word in words.items() if word.startswith(BEGINNING)}
        self._others = {name: set(writings(word).values()) for name, word in words.items() if name not in self._marked}

    def found(self, data: bytes) -> set[str]:
        """Names of the words in it; "?" for a beginning that no known word follows."""
        names = {name for name, written in self._others.items() if any(one in data for one in written)}
        for writing, beginning in self._beginnings.items():
            at = data.find(beginning)
            while at >= 0:
                names |= {
                    name for name, all_of_it in self._marked.items() if data.startswith(all_of_it[writing], at)
                } or {"?"}
                at = data.find(beginning, at + 1)
        return names

    def found_below(self, folder: Path) -> dict[str, set[str]]:
        """Words in the names and the contents of all files, by the first two parts of their paths."""
        media: dict[str, set[str]] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                below = path.relative_to(folder)
                medium = "/".join(below.parts[:3] if below.parts[0] == "postgres" else below.parts[:1])
                content = path.read_bytes()
                if path.parent.name == "pg_wal":
                    content = without_page_heads(content)
                media.setdefault(medium, set()).update(self.found(str(below).encode()), self.found(content))
        return media


def without_page_heads(segment: bytes) -> bytes:
    """A segment of the write-ahead log as one piece: records run on across pages, and a head may cut through a word."""
    pages = (segment[start : start + WAL_PAGE] for start in range(0, len(segment), WAL_PAGE))
    return b"".join(page[WAL_LONG_HEAD if number == 0 else WAL_HEAD :] for number, page in enumerate(pages))


def telling_photo(word: str) -> bytes:
    """A JPEG with the word as author, description, place, comment, in XMP and behind its end."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Artist] = exif[ExifTags.Base.ImageDescription] = word.encode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSProcessingMethod] = word.encode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 1.0, 7.391)
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{word}</x:xmpmeta>".encode()
    picture = Image.effect_noise((160, 120), 60).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=word.encode(), xmp=xmp)
    return out.getvalue() + word.encode()


def telling_pdf(word: str) -> bytes:
    """A page whose document names the word as its author, in both places for it."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(200, 200))
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [word]
    pdf.docinfo["/Author"] = word
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()
