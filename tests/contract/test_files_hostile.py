"""Whatever a stranger sends is refused or made harmless, within little time and memory."""

from __future__ import annotations

import io
import os
import resource
import socket
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from adapters.vault import sanitise
from adapters.vault.files import FileVault
from adapters.vault.key_store import create_key_store
from adapters.vault.sanitiser import Sanitiser
from application.ports import FileRefusedError
from tests.support.uploads import noise, telling_pdf, telling_photo

SECONDS = 15.0
SCRIPT = b"<script>alert(1)</script>"
REFUSED_KIND, REFUSED_SIZE, REFUSED_CONTENT = "file-type-not-allowed", "file-too-large", "file-unreadable"
CLEAN = "made clean"


def saved(kind: str, picture: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (picture or noise(64, 48)).save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, body: bytes = b"", more: bytes = b"") -> bytes:
    """A PNG with the header that one wants and the content that one wants."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b"")
    )


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def pdf_of(change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(200, 200))
    change(pdf)
    pdf.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(50_000_000))
    return out.getvalue()


def pages(number: int) -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        for _ in range(number - 1):
            pdf.add_blank_page(page_size=(200, 200))

    return pdf_of(add)


def looped_pages() -> bytes:
    def loop(pdf: pikepdf.Pdf) -> None:
        kids = pdf.Root.Pages.Kids
        kids.append(pdf.Root.Pages)

    return pdf_of(loop)


def looped_xref() -> bytes:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    at = len(body)
    return body + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (
        at,
        at,
    )


def deep_arrays() -> bytes:
    return pdf_of(lambda _pdf: None).replace(b"/MediaBox", b"/X " + b"[" * 60_000 + b"]" * 60_000 + b" /MediaBox", 1)


def action(name: str, **fields: str) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            {"/S": pikepdf.Name("/" + name), **{f"/{key}": value for key, value in fields.items()}}
        )

    return add


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["evil.exe"] = SCRIPT


def external_stream(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.F = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="/etc/passwd", EF=pikepdf.Dictionary())
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=stream))


def bomb_in_stream(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(bytes(400_000_000), 9)
    stream = pdf.make_stream(b"")
    stream.write(zlib.compress(packed), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
    pdf.pages[0].Contents = stream


def photo_bomb(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(
        zlib.compress(bytes(400_000_000), 9), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode])
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=stream))


JPEG, PDF = saved("JPEG"), telling_pdf()
CORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", REFUSED_KIND),
    "one byte": (lambda: b"\xff", REFUSED_KIND),
    "a zip called .jpg": (zipped, REFUSED_KIND),
    "SVG with a script": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", REFUSED_KIND),
    "HTML": (lambda: b"<!doctype html>" + SCRIPT, REFUSED_KIND),
    "GIF": (lambda: saved("GIF"), REFUSED_KIND),
    "TIFF": (lambda: saved("TIFF"), REFUSED_KIND),
    "BMP": (lambda: saved("BMP"), REFUSED_KIND),
    "PSD": (lambda: b"8BPS\x00\x01" + bytes(60), REFUSED_KIND),
    "FITS": (lambda: b"SIMPLE  =                    T" + bytes(60), REFUSED_KIND),
    "EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n" + bytes(60), REFUSED_KIND),
    "an ELF program": (lambda: b"\x7fELF" + bytes(60), REFUSED_KIND),
    "a Windows program": (lambda: b"MZ" + bytes(60), REFUSED_KIND),
    "a test virus": (lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + bytes(20), REFUSED_KIND),
    "a signature behind one blank": (lambda: b" " + JPEG, REFUSED_KIND),
    "a JPEG signature and nothing else": (lambda: b"\xff\xd8\xff", REFUSED_CONTENT),
    "a PNG signature and nothing else": (lambda: b"\x89PNG\r\n\x1a\n", REFUSED_CONTENT),
    "a WebP signature and nothing else": (lambda: b"RIFF\x00\x00\x00\x00WEBP", REFUSED_CONTENT),
    "a PDF signature and nothing else": (lambda: b"%PDF-", REFUSED_CONTENT),
    "a truncated JPEG": (lambda: JPEG[: len(JPEG) // 2], REFUSED_CONTENT),
    "a truncated PNG": (lambda: saved("PNG")[:-900], REFUSED_CONTENT),
    "a truncated WebP": (lambda: saved("WEBP")[:-500], REFUSED_CONTENT),
    "a PNG in JPEG's clothes": (lambda: b"\xff\xd8\xff" + saved("PNG")[3:], REFUSED_CONTENT),
    "a PNG 50,000 by 50,000": (lambda: png(50_000, 50_000, body=bytes(1000)), REFUSED_SIZE),
    "a PNG just over fifty million points": (lambda: png(7072, 7072, body=bytes(1000)), REFUSED_SIZE),
    "a PNG 2^31 wide": (lambda: png(2**31 - 1, 1, body=b""), REFUSED_SIZE),
    "a PNG of no height": (lambda: png(10, 0, body=b""), REFUSED_CONTENT),
    "a PNG with a text bomb": (
        lambda: png(4, 4, body=bytes(64), more=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000), 9))),
        REFUSED_CONTENT,
    ),
    "a PNG with a wrong check sum": (lambda: saved("PNG").replace(b"IHDR\x00", b"IHDR\x01", 1), REFUSED_CONTENT),
    "a JPEG 65,000 by 65,000": (
        lambda: JPEG.replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 65_000, 65_000), 1),
        REFUSED_SIZE,
    ),
    "a JPEG that is also a web page": (lambda: JPEG + SCRIPT, CLEAN),
    "a JPEG that is also a zip": (lambda: JPEG + zipped(), CLEAN),
    "a JPEG that is also a program in a comment": (lambda: saved("JPEG", comment=SCRIPT), CLEAN),
    "a JPEG with EXIF of lies": (lambda: saved("JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + bytes(40)), CLEAN),
    "a JPEG with a false colour profile": (lambda: saved("JPEG", icc_profile=SCRIPT * 20), CLEAN),
    "a moving PNG": (lambda: saved("PNG", save_all=True, append_images=[noise(64, 48)] * 20), CLEAN),
    "a moving WebP": (lambda: saved("WEBP", save_all=True, append_images=[noise(64, 48)] * 20), CLEAN),
    "a PNG with a script in its text": (lambda: saved("PNG", pnginfo=_script_text()), CLEAN),
    "a photo that tells everything": (lambda: telling_photo("JPEG"), CLEAN),
    "a PDF that acts and tells": (lambda: PDF, CLEAN),
    "a PDF with a script": (lambda: pdf_of(action("JavaScript", JS="app.alert(1)")), CLEAN),
    "a PDF that starts a program": (lambda: pdf_of(action("Launch", F="cmd.exe")), CLEAN),
    "a PDF that opens an address": (lambda: pdf_of(action("URI", URI="http://example.org/")), CLEAN),
    "a PDF that sends a form": (lambda: pdf_of(action("SubmitForm", F="http://example.org/")), CLEAN),
    "a PDF with a program inside": (lambda: pdf_of(attached), CLEAN),
    "a PDF whose content is another file": (lambda: pdf_of(external_stream), CLEAN),
    "a PDF with a bomb of four hundred megabytes": (lambda: pdf_of(bomb_in_stream), CLEAN),
    "a PDF that is also a zip": (lambda: PDF + zipped(), CLEAN),
    "a PDF of 500 pages": (lambda: pages(500), CLEAN),
    "a PDF of 501 pages": (lambda: pages(501), REFUSED_SIZE),
    "a PDF with a page as large as a house": (
        lambda: pdf_of(lambda pdf: setattr(pdf.pages[0], "MediaBox", pikepdf.Array([0, 0, 10**9, 10**9]))),
        REFUSED_SIZE,
    ),
    "a PDF whose unit is a mile": (
        lambda: pdf_of(lambda pdf: setattr(pdf.pages[0], "UserUnit", 100_000)),
        REFUSED_SIZE,
    ),
    "a PDF with a photo that is a bomb": (lambda: pdf_of(photo_bomb), REFUSED_CONTENT),
    "a PDF behind a password": (
        lambda: pdf_of(lambda _pdf: None, encryption=pikepdf.Encryption(user="secret", owner="secret")),
        REFUSED_CONTENT,
    ),
    "a PDF whose pages hold themselves": (looped_pages, REFUSED_CONTENT),
    "a PDF whose tables point at themselves": (looped_xref, REFUSED_CONTENT),
    "a PDF nested 60,000 deep": (deep_arrays, REFUSED_CONTENT),
    "a truncated PDF": (lambda: PDF[:300], REFUSED_CONTENT),
    "twenty megabytes and a byte": (lambda: JPEG.ljust(20 * 2**20 + 1), REFUSED_SIZE),
}


def _script_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SCRIPT.decode(), zip=True)
    return text


@pytest.fixture
async def kept(tmp_path: Path) -> tuple[FileVault, UUID]:
    ring, subject = create_key_store(tmp_path / "keys", {}), uuid4()
    await ring.create_subject(subject)
    return FileVault(tmp_path / "files", ring), subject


@pytest.mark.parametrize("name", CORPUS)
async def test_a_hostile_file_is_refused_or_made_clean(kept: tuple[FileVault, UUID], name: str) -> None:
    build, expected = CORPUS[name]
    (files, subject), given = kept, build()
    began = time.perf_counter()
    try:
        stored = await files.keep_public_image(subject, "a:b", given)
    except FileRefusedError as refused:
        outcome = refused.code
        assert list(files.all_paths()) == []
    else:
        outcome = CLEAN
        clean = await files.read(subject, stored.address)
        assert clean != given
        for mark in (
            SCRIPT,
            b"PK\x03\x04",
            b"/OpenAction",
            b"/JS",
            b"/URI",
            b"/Launch",
            b"/EmbeddedFile",
            b"/etc/passwd",
        ):
            assert mark not in clean
    assert outcome == expected
    assert time.perf_counter() - began < SECONDS


def test_the_corpus_has_at_least_fifty_kinds() -> None:
    print(f"{len(CORPUS)} kinds of hostile files")
    assert len(CORPUS) >= 50


async def test_a_decoder_that_does_not_end_is_ended(kept: tuple[FileVault, UUID], tmp_path: Path) -> None:
    files, subject = kept
    hasty = FileVault(files.folder, files._ring, Sanitiser(wall_seconds=0.001))
    with pytest.raises(FileRefusedError, match=REFUSED_CONTENT):
        await hasty.keep_public_image(subject, "a:b", saved("JPEG", noise(3000, 3000)))


def in_a_confined_process(code: str) -> subprocess.CompletedProcess[str]:
    """Runs the code as the worker runs decoders."""
    before = "from adapters.vault.sanitise import confine\nimport os, socket, tempfile\nfile = tempfile.TemporaryFile()"
    confined = f"{before}\nconfine()\n{code}"
    root = str(Path(sanitise.__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", confined], capture_output=True, text=True, check=False, env={"PYTHONPATH": root}
    )


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(2**30)", "MemoryError"),
        ("os.fork()", "BlockingIOError"),
        ("file.write(b'x')\nfile.flush()", "File too large"),
        ("[open('/dev/null') for _ in range(99)]", "Too many open files"),
    ],
)
def test_a_taken_over_decoder_can_do_little(code: str, error: str) -> None:
    ended = in_a_confined_process(code)
    assert ended.returncode != 0
    assert error in ended.stderr


def test_a_taken_over_decoder_reaches_neither_network_nor_keys_where_we_are_root(tmp_path: Path) -> None:
    ring = create_key_store(tmp_path / "keys", {})
    with socket.create_server(("127.0.0.1", 0)) as server:
        connecting = in_a_confined_process(f"socket.socket().connect({server.getsockname()!r})")
    reading = in_a_confined_process(f"open({str(ring.folder / 'installation.key')!r}).read()")
    if os.geteuid() == 0:  # an ordinary user's kernel may not allow either; the limits above hold for all
        assert "Network is unreachable" in connecting.stderr
        assert "PermissionError" in reading.stderr
    else:
        assert connecting.returncode in {0, 1}


def test_a_decoder_that_turns_in_circles_is_ended_by_the_kernel() -> None:
    ended = in_a_confined_process("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass")
    assert ended.returncode < 0
    limits = in_a_confined_process("import resource\nprint(resource.getrlimit(resource.RLIMIT_CPU))")
    assert limits.stdout.strip() == str((sanitise.CPU_SECONDS, sanitise.CPU_SECONDS))
    assert resource.getrlimit(resource.RLIMIT_CPU) != (sanitise.CPU_SECONDS, sanitise.CPU_SECONDS)


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "application/pdf"])
def test_the_worker_loads_nothing_more_after_it_gave_up_its_rights(media_type: str) -> None:
    code = f"""
import sys
from adapters.vault import sanitise
before = set()
confine = sanitise.confine
def note():
    confine()
    before.update(sys.modules)
sanitise.confine = note
assert sanitise.main({media_type!r}) == 0
print(sorted(set(sys.modules) - before), file=sys.stderr)
"""
    given = telling_pdf() if media_type == "application/pdf" else telling_photo(media_type.split("/")[1].upper())
    root = str(Path(sanitise.__file__).parents[2])
    ended = subprocess.run(
        [sys.executable, "-c", code], input=given, capture_output=True, check=True, env={"PYTHONPATH": root}
    )
    assert ended.stderr.decode().strip() == "[]"
