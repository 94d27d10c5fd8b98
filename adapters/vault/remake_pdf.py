"""A PDF made anew: its pages and what they draw, nothing that acts, is attached, or tells who made it.

Pages are copied into a new document, so that everything which hangs on the old one (scripts, opening actions, forms,
attached files, metadata) stays behind; annotations are drawn into the page and dropped; what is copied is then walked.
"""

from __future__ import annotations

import io
import zlib
from typing import Final

import pikepdf

from adapters.vault.jpeg_segments import without_metadata
from adapters.vault.remaking import FileTooLargeError, UnreadableFileError

MOST_PAGES = 500
LONGEST_SIDE_POINTS = 14_400
"""200 inches: the largest page of PDF 1.7 (annex C)."""
DEEPEST = 50
LARGEST_PHOTO_BYTES = 40 * 2**20
PAGE_KEYS: Final = frozenset(
    ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group")
)
FORBIDDEN: Final = frozenset(
    (
        *("/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/A", "/URI", "/EmbeddedFiles", "/EF", "/AF", "/XFA"),
        *("/Metadata", "/PieceInfo", "/LastModified", "/Ref", "/OPI", "/Alternates", "/Info", "/Annots", "/AcroForm"),
        *("/F", "/FFilter", "/FDecodeParms"),  # a stream whose content lies in another file
    )
)
IN_FONTS_AND_STATES: Final = frozenset(("/A", "/F", "/Info"))
"""Names that also mean something harmless; forbidden only where they lead to an action or a file."""


def remake_pdf(data: bytes) -> bytes:
    """Raises UnreadableFileError, FileTooLargeError, and whatever pikepdf raises."""
    with pikepdf.open(io.BytesIO(data), attempt_recovery=True) as given, pikepdf.new() as clean:
        _check_pages(given)
        _draw_annotations(given)
        for page in given.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS - {"/Parent"}:
                del page.obj[key]
        for page in given.pages:
            clean.pages.append(page)
        for thing in clean.objects:
            _strip(thing)
        out = io.BytesIO()
        clean.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def _check_pages(given: pikepdf.Pdf) -> None:
    if len(given.pages) > MOST_PAGES:
        raise FileTooLargeError
    if not given.pages:
        raise UnreadableFileError
    for page in given.pages:
        left, bottom, right, top = (float(side) for side in page.mediabox)
        unit = float(page.obj.get("/UserUnit", 1))
        if max(abs(right - left), abs(top - bottom)) * max(unit, 1.0) > LONGEST_SIDE_POINTS:
            raise FileTooLargeError


def _draw_annotations(given: pikepdf.Pdf) -> None:
    """What was written into a form or stamped on a page is content: it becomes part of the page."""
    if any("/Annots" in page.obj for page in given.pages):
        given.generate_appearance_streams()
        given.flatten_annotations("screen")


def _strip(thing: pikepdf.Object, depth: int = 0) -> None:
    """Removes forbidden keys from one object and from what lies directly in it."""
    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            _strip_inner(inner, depth)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in list(thing.keys()):
        if key in FORBIDDEN and not _harmless(key, thing):
            del thing[key]
        else:
            _strip_inner(thing[key], depth)
    if isinstance(thing, pikepdf.Stream):
        _strip_stream(thing)


def _strip_inner(inner: object, depth: int) -> None:
    if depth > DEEPEST:
        raise UnreadableFileError
    if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
        _strip(inner, depth + 1)


def _harmless(key: str, thing: pikepdf.Object) -> bool:
    """A resource may bear any name, also /A or /F: its value is then a font, a state or a picture, not an action."""
    if key not in IN_FONTS_AND_STATES or isinstance(thing, pikepdf.Stream):
        return False
    value = thing[key]
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return "/S" not in value and "/EF" not in value and "/UF" not in value


def _strip_stream(stream: pikepdf.Object) -> None:
    """Photos in a PDF are whole JPEG files, EXIF included."""
    given = stream.get("/Filter")
    filters = [str(name) for name in given] if isinstance(given, pikepdf.Array) else [str(given)]
    if filters not in (["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]):
        return
    raw = stream.read_raw_bytes()
    whole = zlib.decompressobj().decompress(raw, LARGEST_PHOTO_BYTES) if len(filters) > 1 else raw
    stream.write(without_metadata(whole), filter=pikepdf.Name.DCTDecode)
