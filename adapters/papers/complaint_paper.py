"""What the papers of a complaint are filled with, and the words that several of them share.

Everything is plain text or a day. What is empty becomes dots to be filled in by hand: nothing is invented. Which
articles are named, and how far each was checked, is told in docs/reference/papers.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from adapters.papers.layout import day_in_words
from adapters.papers.model import Blank, Block, Document, Field, Paragraph, Signer

DOTS = "." * 30
"""Stands in a sentence where something is not known."""
LAW = "Luật Khiếu nại số 02/2011/QH13"
_AMENDED = "(được sửa đổi, bổ sung bởi Luật số 136/2025/QH15)"
_DECREE = "Căn cứ Nghị định số 124/2020/NĐ-CP của Chính phủ"
_DECREE_FROM = date(2020, 12, 10)
BY_HAND = "(Ký, ghi rõ họ tên)"


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A person or body. `title`: how it is spoken of, empty for a body; `identity`: number of a personal paper."""

    name: str = ""
    title: str = "ông/bà"
    address: str = ""
    identity: str = ""
    contact: str = ""
    post: str = ""


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Another document, as the registry gave it out."""

    number: str = ""
    symbol: str = ""
    day: date | None = None


class Item(msgspec.Struct, frozen=True):
    """Something handed in or over."""

    name: str
    amount: str = ""
    note: str = ""


class ComplaintPaper(msgspec.Struct, frozen=True, kw_only=True):
    """One bag of words for all papers of a complaint; each paper takes what it needs.

    `resolver`: the post that resolves, in running words ("Hiệu trưởng Trường …"); `subject`: what it is about, to go on
    from "về việc"; `target`: the decision or act; `article`: where the term comes from; `due_days`: as "30 ngày";
    `due_lines`: how the day was counted; `ground`, `reason`: of a refusal, a suspension, an ending or a new term;
    `outcome`: the statute's words; `order` and `compensation`: a line for each article or point.
    """

    made_on: date
    issuer: str
    resolver: str
    superior: str = ""
    place: str = ""
    number: str = ""
    symbol: str = ""
    day: date | None = None
    draft: bool = False
    copy_note: str = ""
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    level: Literal["first", "second"] = "first"
    regime: str = "KN-1"
    complainant: Party = Party()
    representative: Party | None = None
    respondent: Party = Party()
    oral: bool = False
    petition_day: date | None = None
    received_on: date | None = None
    subject: str = ""
    target: str = ""
    content: str = ""
    remedy: str = ""
    article: str = ""
    accepted_on: date | None = None
    acceptance: Cited = Cited()
    due_on: date | None = None
    due_days: str = ""
    due_lines: tuple[str, ...] = ()
    old_due_on: date | None = None
    circumstances: str = ""
    ground: str = ""
    reason: str = ""
    to: str = ""
    guidance: str = ""
    verifiers: tuple[Party, ...] = ()
    verification_order: Cited = Cited()
    verify_what: str = ""
    verify_until: date | None = None
    explanation: str = ""
    verification: str = ""
    first_result: str = ""
    dialogue: str = ""
    legal_basis: str = ""
    conclusion: str = ""
    proposal: str = ""
    outcome: str = ""
    order: tuple[str, ...] = ()
    compensation: tuple[str, ...] = ()
    rights: str = ""
    decision: Cited = Cited()
    withdrawn_on: date | None = None
    until: date | None = None
    held_at: str = ""
    held_on: date | None = None
    began_at: str = ""
    ended_at: str = ""
    chair: Party = Party()
    clerk: Party = Party()
    present: tuple[Party, ...] = ()
    said: str = ""
    result: str = ""
    items: tuple[Item, ...] = ()


def document(
    paper: ComplaintPaper, kind: str, type_: str, abstract: str, blocks: Sequence[Block], **more: object
) -> Document:
    """The head, the foot and the marks of every paper of a complaint."""
    plain = Document(
        kind=f"complaint-{kind}",
        made_on=paper.made_on,
        issuer=paper.issuer,
        superior=paper.superior,
        type=type_,
        abstract=abstract,
        number=paper.number,
        symbol=paper.symbol,
        place=paper.place,
        day=paper.day,
        blocks=tuple(blocks),
        signers=(paper.signer or Signer(post=paper.resolver),),
        draft=paper.draft,
        copy_note=paper.copy_note,
    )
    return msgspec.structs.replace(plain, **more)


def bases(paper: ComplaintPaper, *further: str) -> tuple[str, ...]:
    """The acts it rests on, one a line: a semicolon after each, a full stop after the last."""
    decree = (_DECREE,) if paper.made_on >= _DECREE_FROM else ()
    lines = [f"Căn cứ {law(paper)}", *decree, *paper.bases, *further]
    return _listed(lines)


def law(paper: ComplaintPaper) -> str:
    """The act, and its change where the case is under the changed one."""
    return f"{LAW} {_AMENDED}" if paper.regime == "KN-2" else LAW


def recipients(paper: ComplaintPaper, *usual: str) -> tuple[str, ...]:
    """Those that were named, or the usual ones, then the registry."""
    return _listed(paper.recipients or (*usual, "Lưu: VT, hồ sơ vụ việc"))


def _listed(texts: Sequence[str]) -> tuple[str, ...]:
    written = [bare(text) for text in texts if text.strip()]
    return (*(f"{text};" for text in written[:-1]), *(f"{text}." for text in written[-1:]))


def time_of(paper: ComplaintPaper) -> str:
    """Lần đầu or lần hai."""
    return "lần đầu" if paper.level == "first" else "lần hai"


def known(text: str) -> str:
    """The text without its own full stop, or dots."""
    return bare(text) or DOTS


def bare(text: str) -> str:
    """Without its own full stop or semicolon; dots that stand for something unknown stay."""
    return re.sub(r"(?<!\.)[.;]$", "", text.strip())


def told(party: Party) -> str:
    """Title and name inside a sentence."""
    return f"{party.title} {party.name.strip() or DOTS}".strip()


def began(text: str) -> str:
    """The same at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def on(day: date | None) -> str:
    """A day in running text."""
    return f"ngày {day:%d/%m/%Y}" if day else "ngày ...../...../........"


def formal(day: date | None) -> str:
    """A day in full words."""
    return day_in_words(day)


def cited(what: str, other: Cited) -> str:
    """Kind, number and day of another document."""
    signs = "/".join(part for part in (other.number, other.symbol) if part) or ".........."
    return f"{what} số {signs} {on(other.day)}"


def whole(text: str) -> str:
    """A sentence with its full stop."""
    sentence = text.strip()
    return sentence if not sentence or sentence[-1] in ".!?:;" else f"{sentence}."


def last(text: str) -> str:
    """The end of the content, as officials write it."""
    return f"{bare(text)}./."


def about(paper: ComplaintPaper) -> str:
    """The subject as it goes on from "về việc"."""
    return known(paper.subject).removeprefix("Về việc ").removeprefix("về việc ")


def got_petition(paper: ComplaintPaper) -> str:
    """When and from whom it came."""
    what = "biên bản ghi nội dung khiếu nại" if paper.oral else "đơn khiếu nại"
    dated = f" {'lập' if paper.oral else 'đề'} {on(paper.petition_day)}" if paper.petition_day else ""
    return f"{began(formal(paper.received_on))}, {paper.issuer} nhận được {what}{dated} của {told(paper.complainant)}."


def who(label: str, party: Party, *, contact: bool = True) -> list[Block]:
    """A person with address and what identifies him; dots where it is not known."""
    lines: list[Block] = [Field(label, party.name), *([Field("Chức vụ", party.post)] if party.post else [])]
    lines.append(Field("Địa chỉ", party.address))
    if contact:
        lines.append(Field("Số CCCD/Hộ chiếu (nếu có)", party.identity))
        lines += [Field("Điện thoại, thư điện tử", party.contact)] if party.contact else []
    return lines


def acted_for(paper: ComplaintPaper) -> list[Block]:
    """The representative, where there is one."""
    if paper.representative is None:
        return []
    other = paper.representative
    return [
        Field("Người đại diện (người được ủy quyền)", other.name),
        Field("Địa chỉ của người đại diện", other.address),
    ]


def carried_out(paper: ComplaintPaper, *first: str) -> str:
    """The last article: who has to carry the decision out."""
    people = (*first, told(paper.complainant), told(paper.respondent))
    return last(
        f"{began(', '.join(people))} và các cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành"
        " Quyết định này"
    )


def lines(texts: Sequence[str]) -> list[Block]:
    """A paragraph with a dash for each."""
    return [Paragraph(f"- {whole(text)}") for text in texts if text.strip()]


def text_or_blank(text: str, blank: int = 3) -> list[Block]:
    """The text, or lines to write on."""
    return [Paragraph(text.strip())] if text.strip() else [Blank(blank)]
