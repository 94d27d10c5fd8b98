"""An official document as data: what stands on it, not how it looks. One model gives the PDF and the DOCX.

Texts are plain text, never markup. What is unknown stays empty: it becomes a line of dots to be filled in by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

import msgspec

EDITION = "2026-11"
"""Of the look. A document names the one it was made with, so that it can be made again when there is a newer one."""


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Running text. A line break begins a new paragraph. `indent`: whether its first line is set in."""

    text: str
    indent: bool = True


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """The bold line above a part."""

    text: str


class Order(msgspec.Struct, frozen=True, tag="order"):
    """The line between reasons and articles, as in "QUYẾT ĐỊNH:"."""

    text: str


class Article(msgspec.Struct, frozen=True, tag="article"):
    """Điều 1, Điều 2 and so on: the number is that of its place. `points`: paragraphs below it."""

    text: str
    points: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True, tag="field"):
    """A label with its value; without a value dots run to the end of the line."""

    label: str
    value: str = ""


class Blank(msgspec.Struct, frozen=True, tag="blank"):
    """Lines of dots for handwriting."""

    lines: int = 1


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under a head. `widths`: shares of the width, one for each column. An empty cell stays empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block: TypeAlias = Paragraph | Heading | Order | Article | Field | Blank | Table


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs. `authority`: lines such as "KT. HIỆU TRƯỞNG"; `note`: a small line such as "(Ký, ghi rõ họ tên)"."""

    post: str
    authority: tuple[str, ...] = ()
    name: str = ""
    note: str = ""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One paper in the form of Decree 30/2020.

    `kind`: a code for indexes and file names; `made_on`: the day of the facts it is made from, for the file's own data,
    never printed; `day` and `number`: what the registry (văn thư) gave, None and "" until then; `dated`: whether the
    line of place and day stands on it (minutes have none); `power`: the line of the one who decides, between title and
    bases; `draft`: DỰ THẢO stands on every page; `copy_note`: one short line on every page of a
    copy, as of a redacted one.
    """

    kind: str
    made_on: date
    issuer: str
    type: str
    superior: str = ""
    abstract: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    day: date | None = None
    dated: bool = True
    addressees: tuple[str, ...] = ()
    power: str = ""
    bases: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    draft: bool = False
    copy_note: str = ""
    edition: str = EDITION
    language: Literal["vi"] = "vi"
