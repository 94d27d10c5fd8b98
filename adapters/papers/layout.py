"""From a document to the words that stand in each place, for every renderer the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from adapters.papers.letters import shown
from adapters.papers.model import Article, Blank, Block, Document, Field, Heading, Order, Paragraph, Signer, Table

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
_TWO_DIGITS = 10
_MONTHS_WITH_ZERO = 2


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One line or table of the content. `fill`: dots run from its end to the margin."""

    form: str
    text: str = ""
    lead: str = ""
    fill: bool = False
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    lines: tuple[str, ...]
    note: str
    name: str


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Every word of a paper in its place, in the order of reading."""

    language: str
    title: str
    author: str
    superior: str
    issuer: str
    number: tuple[str, str]
    """What stands before and after the gap for the number; with a number the second is empty."""
    place_and_day: str
    type: str
    abstract: str
    subject: str
    addressees: tuple[str, ...]
    power: str
    bases: tuple[str, ...]
    pieces: tuple[Piece, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    draft: str
    copy_note: str
    nation: str = NATION
    motto: str = MOTTO


def layout(document: Document) -> Layout:
    """Cleaned by the rules of `letters`, capitals made, articles numbered, gaps left where nothing is known."""
    paper = msgspec.convert(_cleaned(msgspec.to_builtins(document, builtin_types=(date,))), Document)
    letter = not paper.type
    return Layout(
        language=paper.language,
        title=_title(paper),
        author=_line(paper.issuer),
        superior=_capitals(paper.superior),
        issuer=_capitals(paper.issuer),
        number=_number(paper),
        place_and_day=_place_and_day(paper) if paper.dated else "",
        type=_capitals(paper.type),
        abstract="" if letter else _line(paper.abstract),
        subject=f"V/v {_line(paper.abstract)}" if letter and paper.abstract else "",
        addressees=tuple(_line(addressee) for addressee in paper.addressees),
        power=_capitals(paper.power),
        bases=tuple(_line(basis) for basis in paper.bases),
        pieces=tuple(_pieces(paper.blocks)),
        signatures=tuple(_signature(signer) for signer in paper.signers),
        recipients=tuple(_line(recipient) for recipient in paper.recipients),
        draft=DRAFT if paper.draft else "",
        copy_note=_line(paper.copy_note),
    )


def _cleaned(value: Any) -> Any:
    """Every text inside, so that no field can be forgotten."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value


def _line(text: str) -> str:
    return " ".join(text.replace("\n", " ").split(" ")).strip()


def _capitals(text: str) -> str:
    return _line(text).upper()


def _title(paper: Document) -> str:
    named = " ".join(part for part in (_capitals(paper.type), _line(paper.abstract)) if part)
    return f"{DRAFT} - {named}" if paper.draft else named or _line(paper.issuer)


def _number(paper: Document) -> tuple[str, str]:
    number, symbol = _line(paper.number), _line(paper.symbol)
    if not number:
        return "Số:", f"/{symbol or '…'}"
    return f"Số: {number}/{symbol}" if symbol else f"Số: {number}", ""


def day_in_words(day: date | None) -> str:
    """As the decree writes it: a zero before days below 10 and before the first two months; dots when unknown."""
    if day is None:
        return "ngày ..... tháng ..... năm ........"
    month = f"{day.month:02}" if day.month <= _MONTHS_WITH_ZERO else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _place_and_day(paper: Document) -> str:
    return f"{_line(paper.place) or '....................'}, {day_in_words(paper.day)}"


def _pieces(blocks: tuple[Block, ...]) -> list[Piece]:
    found: list[Piece] = []
    articles = 0
    for block in blocks:
        if isinstance(block, Article):
            articles += 1
            found += _article(block, articles)
        else:
            found += _plain(block)
    return found


def _article(block: Article, number: int) -> list[Piece]:
    first, *rest = _paragraphs(block.text)
    below = [line for point in block.points for line in _paragraphs(point)]
    return [
        Piece(form="paragraph", lead=f"Điều {number}.", text=first),
        *(Piece(form="paragraph", text=line) for line in (*rest, *below)),
    ]


def _plain(block: Paragraph | Heading | Order | Field | Blank | Table) -> list[Piece]:
    match block:
        case Paragraph(text, indent):
            return [Piece(form="paragraph" if indent else "flush", text=line) for line in _paragraphs(text)]
        case Heading(text):
            return [Piece(form="heading", text=_line(text))]
        case Order(text):
            return [Piece(form="order", text=_capitals(text))]
        case Field(label, value):
            first, *rest = _paragraphs(value)
            return [
                Piece(form="paragraph", text=f"{_line(label)}: {first}".rstrip(), fill=not first),
                *(Piece(form="paragraph", text=line) for line in rest),
            ]
        case Blank(lines):
            return [Piece(form="paragraph", fill=True) for _ in range(lines)]
        case Table(head, rows, widths):
            return [Piece(form="table", head=head, rows=rows, widths=widths)]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()] or [""]


def _signature(signer: Signer) -> Signature:
    lines = (*signer.authority, signer.post)
    return Signature(
        lines=tuple(_capitals(line) for line in lines if line), note=_line(signer.note), name=_line(signer.name)
    )
