"""Files by the hash of their ciphertext; photos without a trace of who took them where."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pikepdf
import pytest
from PIL import Image

from adapters.vault.files import MOST_BYTES, FileVault
from adapters.vault.key_store import create_key_store
from adapters.vault.keyring import KeyRing
from adapters.vault.remake_image import image_remaker
from adapters.vault.remake_pdf import remake_pdf
from adapters.vault.sanitiser import Sanitiser
from adapters.vault.sniffing import MediaType
from adapters.vault.subject_key import SealBrokenError
from application.ports import ErasedError, FileRefusedError, Files
from tests.support.uploads import has_sentinel, telling_pdf, telling_photo

CONTEXT = "feedback.submitted.v1:attachments"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


@pytest.fixture
def files(tmp_path: Path, ring: KeyRing) -> FileVault:
    return FileVault(tmp_path / "files", ring)


@pytest.fixture
async def subject(ring: KeyRing) -> UUID:
    subject = uuid4()
    await ring.create_subject(subject)
    return subject


def test_the_file_vault_is_the_port_that_the_desks_know(files: FileVault) -> None:
    port: Files = files
    assert isinstance(port, FileVault)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_stored_photo_tells_nothing_but_its_picture(files: FileVault, subject: UUID, kind: str) -> None:
    given = telling_photo(kind)
    assert has_sentinel(given)
    stored = await files.keep_public_image(subject, CONTEXT, given)
    clean = await files.read(subject, stored.address)
    assert not has_sentinel(clean)
    for mark in (
        b"Exif\0",
        b"http://ns.adobe.com",
        b"xmpmeta",
        b"ICC_PROFILE",
        b"iCCP",
        b"eXIf",
        b"EXIF",
        b"tEXt",
        b"iTXt",
    ):
        assert mark not in clean, mark
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.format == kind
        assert picture.size == (320, 200)
        assert not dict(picture.getexif())
        assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & picture.info.keys()
    assert (stored.media_type, stored.size) == (f"image/{kind.lower()}", len(clean))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_photo_is_turned_upright_before_the_tag_goes(files: FileVault, subject: UUID, kind: str) -> None:
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste("red", (0, 0, 300, 40))  # red on top as stored; held so that it belongs on the right (6)
    stored = await files.keep_public_image(subject, CONTEXT, telling_photo(kind, 6, picture))
    with Image.open(io.BytesIO(await files.read(subject, stored.address))) as upright:
        assert upright.size == (200, 300)
        red, green, _ = upright.convert("RGB").getpixel((190, 150))  # type: ignore[misc]
        assert (red > 200, green < 90) == (True, True)


@pytest.mark.parametrize(("given", "kept"), [((5000, 2500), (2560, 1280)), ((2560, 100), (2560, 100))])
async def test_the_long_side_of_a_stored_photo_is_bounded(
    files: FileVault, subject: UUID, given: tuple[int, int], kept: tuple[int, int]
) -> None:
    out = io.BytesIO()
    Image.new("RGB", given, "navy").save(out, "JPEG")
    stored = await files.keep_public_image(subject, CONTEXT, out.getvalue())
    with Image.open(io.BytesIO(await files.read(subject, stored.address))) as picture:
        assert picture.size == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
async def test_every_mode_of_png_comes_through(files: FileVault, subject: UUID, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, "PNG")
    stored = await files.keep_public_image(subject, CONTEXT, out.getvalue())
    assert stored.size > 0


async def test_sixteen_bit_grey_keeps_its_brightness(files: FileVault, subject: UUID) -> None:
    out = io.BytesIO()
    Image.new("I;16", (40, 30), 0x8000).save(out, "PNG")
    stored = await files.keep_public_image(subject, CONTEXT, out.getvalue())
    with Image.open(io.BytesIO(await files.read(subject, stored.address))) as picture:
        assert picture.getpixel((5, 5)) == 0x80


async def test_a_photo_of_fifty_million_points_is_taken(files: FileVault, subject: UUID) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (7071, 7071), (1, 2, 3, 200)).save(out, "PNG", compress_level=1)
    stored = await files.keep_public_image(subject, CONTEXT, out.getvalue())
    assert stored.media_type == "image/png"


async def test_a_stored_pdf_neither_acts_nor_tells(files: FileVault, subject: UUID) -> None:
    given = telling_pdf()
    assert has_sentinel(_unpacked(given))
    stored = await files.keep_public_image(subject, CONTEXT, given)
    clean = _unpacked(await files.read(subject, stored.address))
    assert not has_sentinel(clean)
    for mark in (b"/JS", b"JavaScript", b"/OpenAction", b"/AA", b"/Launch", b"EmbeddedFile", b"/XFA", b"/Metadata"):
        assert mark not in clean, mark
    for mark in (b"/Author", b"/Info", b"/AcroForm", b"/Annots", b"/PieceInfo", b"Exif\0"):
        assert mark not in clean, mark
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert len(pdf.pages) == 2
        assert b"(Noi dung) Tj" in pdf.pages[0].Contents.read_bytes()
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"}
        photo = pdf.pages[0].Resources.XObject["/Photo"]
        assert isinstance(photo, pikepdf.Stream)
        assert pikepdf.PdfImage(photo).as_pil_image().size == (320, 200)
        assert "/F" in pdf.pages[0].Resources.Font


def _unpacked(pdf: bytes) -> bytes:
    """With every stream that is not a photo uncompressed, so that a search sees the text."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return out.getvalue()


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "image/webp", "application/pdf"])
async def test_the_worker_makes_what_its_decoder_makes_here(media_type: MediaType) -> None:
    if media_type == "application/pdf":
        given = telling_pdf()
        assert await Sanitiser().remake(media_type, given) == remake_pdf(given)
    else:
        given = telling_photo(media_type.removeprefix("image/").upper(), 6)
        assert await Sanitiser().remake(media_type, given) == image_remaker(media_type)(given)


async def test_evidence_is_kept_byte_for_byte_under_its_sealed_name(
    files: FileVault, subject: UUID, ring: KeyRing
) -> None:
    given = telling_photo("JPEG")
    stored = await files.keep_evidence(subject, CONTEXT, "Biên bản – Lan.jpg", given)
    assert await files.read(subject, stored.address) == given
    meta = msgspec.json.decode(ring.open(stored.meta))
    assert meta == {"name": "Biên bản – Lan.jpg", "sha256": sha256(given).hexdigest()}
    assert (stored.media_type, stored.size) == ("image/jpeg", len(given))


async def test_the_address_is_the_hash_of_what_rests_and_what_rests_is_unreadable(
    files: FileVault, subject: UUID
) -> None:
    given = telling_photo("PNG")
    one = await files.keep_evidence(subject, CONTEXT, "a.png", given)
    other = await files.keep_evidence(subject, CONTEXT, "a.png", given)
    assert one.address != other.address
    at_rest = {path.name: path.read_bytes() for path in files.all_paths()}
    assert {name: sha256(blob).hexdigest() for name, blob in at_rest.items()} == {
        a: a for a in (one.address, other.address)
    }
    assert not any(has_sentinel(blob) for blob in at_rest.values())


async def test_an_altered_file_is_not_shown(files: FileVault, subject: UUID) -> None:
    stored = await files.keep_evidence(subject, CONTEXT, "a.png", telling_photo("PNG"))
    (path,) = files.all_paths()
    blob = path.read_bytes()
    path.write_bytes(blob[:-1] + bytes((blob[-1] ^ 1,)))
    with pytest.raises(SealBrokenError):
        await files.read(subject, stored.address)


async def test_a_file_is_read_by_its_own_subject_only(files: FileVault, subject: UUID, ring: KeyRing) -> None:
    stored, other = await files.keep_evidence(subject, CONTEXT, "a.png", telling_photo("PNG")), uuid4()
    await ring.create_subject(other)
    with pytest.raises(FileNotFoundError):
        await files.read(other, stored.address)


@pytest.mark.parametrize("address", ["../../keys/installation.key", "", "erased", "0" * 63, "A" * 64, "0" * 64])
async def test_what_is_no_address_is_not_found(files: FileVault, subject: UUID, address: str) -> None:
    with pytest.raises(FileNotFoundError):
        await files.read(subject, address)


async def test_a_file_may_have_twenty_megabytes_and_no_byte_more(files: FileVault, subject: UUID) -> None:
    whole = b"%PDF-1.4\n".ljust(MOST_BYTES, b" ")
    assert (await files.keep_evidence(subject, CONTEXT, "a.pdf", whole)).size == MOST_BYTES
    for keep in (
        files.keep_evidence(subject, CONTEXT, "a.pdf", whole + b" "),
        files.keep_public_image(subject, CONTEXT, whole + b" "),
    ):
        with pytest.raises(FileRefusedError, match="file-too-large"):
            await keep


async def test_after_erasure_files_are_gone_and_the_count_stays_the_same(
    files: FileVault, subject: UUID, ring: KeyRing
) -> None:
    stored = [await files.keep_evidence(subject, CONTEXT, "a.png", telling_photo("PNG")) for _ in range(3)]
    await ring.destroy(subject)
    with pytest.raises(ErasedError):
        await files.read(subject, stored[0].address)
    assert [await files.erase(subject) for _ in range(3)] == [3, 3, 3]
    with pytest.raises(ErasedError):
        await files.read(subject, stored[0].address)
    with pytest.raises(ErasedError):
        await files.keep_evidence(subject, CONTEXT, "a.png", telling_photo("PNG"))
    assert await files.erase(uuid4()) == 0


async def test_files_without_a_fact_are_swept_after_their_time(files: FileVault, subject: UUID) -> None:
    known = await files.keep_evidence(subject, CONTEXT, "a.png", telling_photo("PNG"))
    orphan = await files.keep_evidence(subject, CONTEXT, "b.png", telling_photo("PNG"))
    now = datetime.now(UTC)
    assert await files.sweep({known.address}, now - timedelta(days=1)) == 0
    assert await files.sweep({known.address}, now + timedelta(seconds=1)) == 1
    assert await files.read(subject, known.address)
    with pytest.raises(FileNotFoundError):
        await files.read(subject, orphan.address)
