"""Files that tell more than they show: a sentinel in every place that photos and PDFs have for it."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

SENTINEL = "SENTINEL-NguoiToCao-7391"


def has_sentinel(data: bytes) -> bool:
    """In any of the codings that metadata use."""
    return any(SENTINEL.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def noise(width: int = 320, height: int = 200) -> Image.Image:
    """A picture that does not compress away."""
    return Image.effect_noise((width, height), 60).convert("RGB")


def telling_exif(orientation: int = 1) -> Image.Exif:
    """Author, description and the place where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SENTINEL
    exif[ExifTags.Base.ImageDescription] = SENTINEL
    exif[ExifTags.Base.Orientation] = orientation
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitude] = (21.0, 1.0, 7.391)
    place[ExifTags.GPS.GPSDateStamp] = SENTINEL
    return exif


def telling_photo(kind: str, orientation: int = 1, picture: Image.Image | None = None) -> bytes:
    """The sentinel in EXIF, XMP, ICC profile and comments, wherever the kind has them, and behind the end."""
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SENTINEL.encode()
    options: dict[str, Any] = {"exif": telling_exif(orientation), "icc_profile": profile}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", SENTINEL)
        text.add_itxt("XML:com.adobe.xmp", SENTINEL)
        options["pnginfo"] = text
    else:
        options["xmp"] = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SENTINEL}</x:xmpmeta>".encode()
    if kind == "JPEG":
        options["comment"] = SENTINEL.encode()
    (picture or noise()).save(out, kind, **options)
    return out.getvalue() + SENTINEL.encode()


def telling_pdf() -> bytes:
    """Two pages that act when opened, carry a file and a photo, and name their author in every place for it."""
    pdf = pikepdf.new()
    pdf.docinfo["/Author"] = SENTINEL
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [SENTINEL]
    action = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SENTINEL}')"))
    pdf.attachments["secret.txt"] = pikepdf.AttachedFileSpec(
        pdf,
        SENTINEL.encode(),
        description=SENTINEL,
        filename="secret.txt",
        mime_type="text/plain",
        creation_date="",
        mod_date="",
    )
    pdf.Root.OpenAction = action
    pdf.Root.AA = pikepdf.Dictionary(WC=action)
    pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["open", action]))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(SENTINEL.encode()))
    page = pdf.add_blank_page(page_size=(400, 300))
    other = pdf.add_blank_page(page_size=(400, 300))
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F=_font()), XObject=pikepdf.Dictionary(Photo=_photo(pdf))
    )
    page.Contents = pdf.make_stream(b"BT /F 12 Tf (Noi dung) Tj ET q 320 0 0 200 0 0 cm /Photo Do Q")
    page.AA = pikepdf.Dictionary(O=action)
    page.PieceInfo = pikepdf.Dictionary(Private=SENTINEL)
    page.Metadata = pdf.make_stream(SENTINEL.encode())
    page.Annots = pikepdf.Array([_link(pikepdf.Dictionary(S=pikepdf.Name.Launch, F=SENTINEL)), _goto(other)])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)


def _photo(pdf: pikepdf.Pdf) -> pikepdf.Object:
    photo = pdf.make_stream(telling_photo("JPEG"))
    photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    photo.Width, photo.Height, photo.BitsPerComponent = 320, 200, 8
    photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    photo.Metadata = pdf.make_stream(SENTINEL.encode())
    return photo


def _link(action: pikepdf.Dictionary) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=action
    )


def _goto(page: pikepdf.Page) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        Dest=pikepdf.Array([page.obj, pikepdf.Name.Fit]),
    )
