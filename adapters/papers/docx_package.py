"""The package around the texts of a DOCX: which parts there are, and how they are packed, the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_FORMATS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP knows."""
_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/header.xml": f"{_WORD}.header+xml",
    "/word/first.xml": f"{_WORD}.header+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}
_CORE = f"""<cp:coreProperties xmlns:cp="{_FORMATS}/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>vi</dc:language></cp:coreProperties>"""


def template(look: Path) -> bytes:
    """A DOCX whose body, headers and styles are the files of a look, named as `look` with another ending."""
    parts = {f"word/{name}.xml": look.with_suffix(f".{name}.xml").read_bytes() for name in _LOOK}
    return packed(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations(
                {
                    "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                    "rId2": (f"{_FORMATS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
                }
            ),
            "word/_rels/document.xml.rels": _relations(
                {
                    "rId1": (f"{_OFFICE}/styles", "styles.xml"),
                    "rId2": (f"{_OFFICE}/header", "header.xml"),
                    "rId3": (f"{_OFFICE}/header", "first.xml"),
                }
            ),
            "docProps/core.xml": _CORE.encode(),
            **parts,
        }
    )


_LOOK = ("document", "styles", "header", "first")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP of these parts in this order, without a clock. Nothing is compressed: compressors differ."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 0, 0
            package.writestr(entry, content)
    return made.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    """The parts of a ZIP, in its order."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _content_types() -> bytes:
    named = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in _TYPES.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_FORMATS}/package/2006/content-types">{defaults}{named}</Types>'.encode()


def _relations(found: Mapping[str, tuple[str, str]]) -> bytes:
    lines = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{to}"/>' for id_, (kind, to) in found.items())
    return f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">{lines}</Relationships>'.encode()
