"""Answers of Open311: one thing said as JSON and as XML, which the standard maps onto each other (Spark convention).

XML is only written here. None is read, so no entity of a stranger's is ever expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias
from xml.etree import ElementTree as ET

import msgspec
from litestar import Response

from adapters.http.web.i18n import Language

Said: TypeAlias = "str | int | bool | Mapping[str, Said] | Sequence[Said] | None"
ITEMS: Mapping[str, str] = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What each entry of a list is called in XML; JSON has no name for it."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML 1.0 cannot hold, not even escaped."""


class Form(StrEnum):
    """What an address ends with."""

    JSON = "json"
    XML = "xml"

    @property
    def media_type(self) -> str:
        """As the standard writes it; the framework adds the charset to what is text by its name, and only to that."""
        return "application/json; charset=utf-8" if self is Form.JSON else "text/xml"


def form_of(path: str) -> Form:
    """XML, which the standard asks of everybody, unless JSON was asked for."""
    return Form.JSON if path.endswith(f".{Form.JSON}") else Form.XML


def answer(
    root: str,
    said: Said,
    form: Form,
    language: Language,
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """`root`: what the whole is called in XML."""
    more = {"content-language": language, "vary": "Accept-Language, Cookie", **(headers or {})}
    return Response(written(root, said, form), media_type=form.media_type, status_code=status_code, headers=more)


def written(root: str, said: Said, form: Form) -> bytes:
    """The body."""
    if form is Form.JSON:
        return msgspec.json.encode(said)
    text: bytes = ET.tostring(_element(root, said), encoding="utf-8", xml_declaration=True)
    return text


def _element(name: str, said: Said) -> ET.Element:
    element = ET.Element(name)
    if isinstance(said, Mapping):
        element.extend(_element(key, value) for key, value in said.items())
    elif isinstance(said, bool):
        element.text = "true" if said else "false"
    elif isinstance(said, str | int):
        element.text = _NO_XML.sub("\ufffd", str(said))
    elif said is not None:
        element.extend(_element(ITEMS[name], entry) for entry in said)
    return element
