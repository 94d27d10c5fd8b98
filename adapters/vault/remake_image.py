"""A photo made anew from its picture points alone: upright, at most 2,560 long, without EXIF, XMP, ICC or comments."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import (
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from adapters.vault.remaking import FileTooLargeError, UnreadableFileError
from adapters.vault.sniffing import MediaType

MOST_POINTS = 50_000_000
LONGEST_SIDE = 2_560
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MODES = {"JPEG": ("L", "RGB"), "PNG": ("1", "L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
SAVING = {"JPEG": {"quality": 85, "optimize": True}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 82, "method": 3}}
LOADED = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Imported before the process gives up its rights: JPEG reads its EXIF with the parts of TIFF and MPO."""


def image_remaker(media_type: MediaType) -> Callable[[bytes], bytes]:
    """The function for one kind of image; the same kind comes out."""
    kind = FORMATS[media_type]
    Image.preinit()  # what Pillow would load later, when its files may be out of reach
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, below, and refuse instead of warning
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    def remake(data: bytes) -> bytes:
        return remake_image(kind, data)

    return remake


def remake_image(kind: str, data: bytes) -> bytes:
    """Raises UnreadableFileError, FileTooLargeError, and whatever the decoder raises."""
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        if picture.width * picture.height > MOST_POINTS:
            raise FileTooLargeError
        orientation = picture.getexif().get(0x0112)
        colours = picture.info.get("icc_profile")
        if kind == "JPEG":
            picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decodes at a half, a quarter or an eighth
        picture.load()
        small = _smaller(_plain(picture, kind))
    upright = _upright(small, orientation)
    return _saved(_in_srgb(upright, colours), kind)


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """In a mode that this kind can be saved in, with transparency as a channel."""
    modes = MODES[kind]
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in modes and "transparency" not in picture.info:
        return picture
    transparent = "transparency" in picture.info or picture.mode in {"LA", "PA", "La", "RGBa", "RGBA"}
    return picture.convert("RGBA" if transparent and "RGBA" in modes else "RGB")


def _smaller(picture: Image.Image) -> Image.Image:
    if max(picture.size) > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def _upright(picture: Image.Image, orientation: object) -> Image.Image:
    """Turned as the camera was held; the tag itself is not kept."""
    if orientation not in range(2, 9):
        return picture
    marked = picture.copy()
    marked.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(marked)


def _in_srgb(picture: Image.Image, colours: object) -> Image.Image:
    """The same colours without their profile. A profile that cannot be read is only left out."""
    if not isinstance(colours, bytes) or picture.mode not in {"RGB", "RGBA"}:
        return picture
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(colours))
        turned = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return picture
    return turned or picture


def _saved(picture: Image.Image, kind: str) -> bytes:
    """From a picture that carries nothing but its points."""
    if not all(picture.size):
        raise UnreadableFileError
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, kind, **SAVING[kind])
    return out.getvalue()
