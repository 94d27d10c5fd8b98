"""The papers of a complaint: what they say, what they leave open, and which law they name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from adapters.papers.complaints import PAPERS, ComplaintPaper, Party
from adapters.papers.layout import layout
from adapters.papers.model import Article, Document, Order
from tests.support.complaint_papers import SCHOOL_PAPER, UNKNOWN

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "papers.md"
ALL = pytest.mark.parametrize("name", [*PAPERS])
SECOND = msgspec.structs.replace(SCHOOL_PAPER, level="second", first_result="Bác khiếu nại.")
INTERNAL = {"receipt", "oral", "dialogue", "handover"}
"""Papers of a meeting at a table: they have no line of place and day."""


def said(document: Document) -> str:
    words = layout(document)
    pieces = [text for piece in words.pieces for text in (piece.lead, piece.text, *piece.head, *sum(piece.rows, ()))]
    signed = [text for one in words.signatures for text in (*one.lines, one.name)]
    every = (words.issuer, words.type, words.abstract, *words.addressees, words.power, *words.bases, *pieces, *signed)
    return " ".join(text for text in (*every, *words.recipients) if text)


@ALL
def test_what_is_known_stands_on_it_and_the_same_words_give_the_same_paper(name: str) -> None:
    document = PAPERS[name](SCHOOL_PAPER)
    text = said(document)
    assert "Nguyễn Văn Hùng (demo)" in text
    assert "TRƯỜNG TIỂU HỌC BÌNH NGUYÊN (DEMO)" in text
    assert document == PAPERS[name](SCHOOL_PAPER)
    assert document.dated is (name not in INTERNAL)
    assert not document.draft


@ALL
def test_where_nothing_is_known_there_are_dots_and_no_figure_that_no_law_set(name: str) -> None:
    document = PAPERS[name](UNKNOWN)
    text = said(document)
    assert document.draft
    assert layout(document).number == ("Số:", "/…")
    for named in ("02/2011/QH13", "136/2025/QH15", "124/2020/NĐ-CP", "05/2021/TT-TTCP", "01 bản", "02 bản"):
        text = text.replace(named, "")
    left = re.sub(r"Điều \d+|^\d+\. |(?<= )\d+\. ", "", text)
    assert not re.findall(r"\d+", left)
    assert ".........." in text or any(piece.fill for piece in layout(document).pieces)


@ALL
def test_only_articles_whose_source_was_seen_are_named(name: str) -> None:
    for paper in (SCHOOL_PAPER, SECOND, UNKNOWN):
        named = set(re.findall(r"Điều (\d+) Luật Khiếu nại", said(PAPERS[name](paper))))
        assert named <= {"11", "28", "33"}, "28 is what the case itself says of its term"
    assert "Điều 11 Luật Khiếu nại" not in said(PAPERS["acceptance"](SCHOOL_PAPER))


@ALL
def test_the_law_as_it_was_changed_is_named_only_where_the_case_is_under_it(name: str) -> None:
    old, new = (said(PAPERS[name](msgspec.structs.replace(SCHOOL_PAPER, regime=regime))) for regime in ("KN-1", "KN-2"))
    assert "136/2025/QH15" not in old
    assert ("136/2025/QH15" in new) is ("02/2011/QH13" in old.replace(SCHOOL_PAPER.legal_basis, ""))


def test_the_decree_is_not_named_before_it_was_in_force() -> None:
    for day, there in ((date(2020, 12, 9), False), (date(2020, 12, 10), True)):
        paper = msgspec.structs.replace(SCHOOL_PAPER, made_on=day)
        assert ("124/2020/NĐ-CP" in said(PAPERS["resolution"](paper))) is there


@ALL
def test_officials_read_no_word_that_judges_before_a_conclusion_and_no_broken_sentence(name: str) -> None:
    for paper in (SCHOOL_PAPER, SECOND, UNKNOWN):
        text = said(PAPERS[name](paper))
        assert not re.search(r"vi phạm|sai phạm|đối tượng|vượt cấp|trả đơn", text, re.IGNORECASE)
        assert not re.search(r"(?<!\.)\.\.(?!\.)|,\.|;\.|  |\bvề việc về việc\b|None", text), text


@ALL
def test_a_decision_has_bases_an_order_and_articles_and_is_sent_to_whom_its_last_article_names(name: str) -> None:
    document = PAPERS[name](SCHOOL_PAPER)
    decides = document.type == "Quyết định"
    assert any(isinstance(block, Order) for block in document.blocks) is decides
    assert bool(document.bases) is decides
    assert bool(document.power) is decides
    if decides:
        articles = sum(isinstance(block, Article) for block in document.blocks)
        assert document.recipients[0] == f"Như Điều {articles};"
        assert all(line.endswith(";") for line in document.bases[:-1])
        assert document.bases[-1].endswith(".")


@ALL
def test_the_content_ends_as_officials_end_it(name: str) -> None:
    assert layout(PAPERS[name](SCHOOL_PAPER)).pieces[-1].text.endswith("./.")


@ALL
def test_recipients_are_the_named_ones_or_the_usual_ones(name: str) -> None:
    named = PAPERS[name](msgspec.structs.replace(SCHOOL_PAPER, recipients=("Như trên", "Lưu: VT, TCD")))
    if named.recipients:
        assert named.recipients == ("Như trên;", "Lưu: VT, TCD.")
    else:
        assert name in INTERNAL


@ALL
def test_every_paper_is_told_in_the_reference(name: str) -> None:
    assert f"| `{name}` |" in DOCS.read_text()


def test_every_code_is_another_kind_and_both_levels_of_a_decision_are_two() -> None:
    kinds = [paper(SCHOOL_PAPER).kind for paper in PAPERS.values()]
    assert len(set(kinds)) == len(kinds)
    assert PAPERS["resolution"](SECOND).kind == "complaint-resolution-second"


def test_the_acceptance_says_until_when_it_is_resolved_and_how_that_was_counted() -> None:
    text = said(PAPERS["acceptance"](SCHOOL_PAPER))
    assert "thụ lý giải quyết lần đầu kể từ ngày 18 tháng 3 năm 2026" in text
    assert "thời hạn giải quyết là 30 ngày kể từ ngày thụ lý (Điều 28 Luật Khiếu nại)" in text
    assert "Hạn giải quyết: hết ngày 17/04/2026." in text
    assert all(line in text for line in SCHOOL_PAPER.due_lines)


def test_the_refusal_names_its_ground_and_its_reason() -> None:
    text = said(PAPERS["refusal"](SCHOOL_PAPER))
    assert "căn cứ Điều 11 Luật Khiếu nại số 02/2011/QH13" in text
    assert f"vì: {SCHOOL_PAPER.ground}." in text
    assert f"Lý do cụ thể: {SCHOOL_PAPER.reason}" in text


def test_a_new_term_is_counted_from_the_acceptance_and_tells_the_old_day() -> None:
    paper = msgspec.structs.replace(SCHOOL_PAPER, due_on=date(2026, 5, 4), due_days="45 ngày")
    for name in ("term-notice", "term-decision"):
        text = said(PAPERS[name](paper))
        assert "là 45 ngày, tính từ ngày thụ lý 18/03/2026; hạn giải quyết mới: hết ngày 04/05/2026." in text
        assert "hết ngày 17/04/2026" in text


def test_a_decision_holds_what_the_law_wants_of_it_at_each_level() -> None:
    first, second = (said(PAPERS["resolution"](paper)) for paper in (SCHOOL_PAPER, SECOND))
    for text in (first, second):
        for part in ("content", "verification", "dialogue", "legal_basis", "conclusion"):
            assert getattr(SCHOOL_PAPER, part).splitlines()[0] in text
        assert "là đúng một phần." in text
        assert "khởi kiện vụ án hành chính tại Tòa án" in text
    assert "có quyền khiếu nại lần hai đến Chủ tịch" in first
    assert "có quyền khiếu nại lần hai" not in second
    assert "Kết quả giải quyết khiếu nại lần đầu" in second
    assert "Kết quả giải quyết khiếu nại lần đầu" not in first


def test_compensation_and_own_words_about_rights_come_into_the_decision() -> None:
    paper = msgspec.structs.replace(SCHOOL_PAPER, compensation=("Không đặt ra",), rights="Quyền theo Điều 33.")
    text = said(PAPERS["resolution"](paper))
    assert "Về bồi thường thiệt hại: - Không đặt ra." in text
    assert "Quyền theo Điều 33." in text
    assert "có quyền khiếu nại lần hai đến" not in text


def test_a_withdrawal_is_the_reason_of_an_ending_unless_another_is_told() -> None:
    paper = msgspec.structs.replace(SCHOOL_PAPER, reason="")
    assert "Lý do: ông Nguyễn Văn Hùng (demo) có đơn rút khiếu nại ngày 01/04/2026." in said(
        PAPERS["termination"](paper)
    )
    assert f"Lý do: {SCHOOL_PAPER.reason}" in said(PAPERS["termination"](SCHOOL_PAPER))


def test_minutes_are_signed_by_those_who_were_there() -> None:
    posts = [signer.post for signer in PAPERS["dialogue"](SCHOOL_PAPER).signers]
    assert posts == ["Người khiếu nại", "Người bị khiếu nại", "Người ghi biên bản", "Người chủ trì"]
    assert [signer.post for signer in PAPERS["oral"](SCHOOL_PAPER).signers] == ["Người khiếu nại", "Người tiếp nhận"]
    assert PAPERS["handover"](SCHOOL_PAPER).signers[-1].post == "Người làm chứng (nếu có)"


def test_a_representative_is_named_beside_the_complainant() -> None:
    paper = msgspec.structs.replace(SCHOOL_PAPER, representative=Party(name="Luật sư Phan Văn Minh (demo)"))
    for name in ("acceptance", "refusal", "transfer", "oral", "dialogue"):
        assert "Luật sư Phan Văn Minh (demo)" in said(PAPERS[name](paper))


def test_an_oral_complaint_is_called_minutes_and_not_a_petition() -> None:
    text = said(PAPERS["acceptance"](msgspec.structs.replace(SCHOOL_PAPER, oral=True)))
    assert "nhận được biên bản ghi nội dung khiếu nại lập ngày 10/03/2026" in text


def test_every_field_is_used_by_some_paper() -> None:
    """A field that no paper prints would be a promise to whoever fills it."""
    unused = {field.name for field in msgspec.structs.fields(ComplaintPaper)}
    for name in list(unused):
        for paper in PAPERS.values():
            for base in (SCHOOL_PAPER, SECOND, msgspec.structs.replace(SCHOOL_PAPER, reason="")):
                if paper(base) != paper(msgspec.structs.replace(base, **{name: _other(getattr(base, name), name)})):
                    unused.discard(name)
    assert unused == set()


NAMED = {
    "level": "second",
    "regime": "KN-2",
    "signer": None,
    "present": (Party(name="Người khác (demo)"),),
    "verifiers": (),
    "items": (),
}
"""What is put where the kind of the value does not say what else it could be."""


def _other(value: object, name: str) -> object:
    if name in NAMED:
        return NAMED[name]
    others = {bool: not value, date: date(2026, 9, 9), str: "khác", tuple: ("khác",)}
    return others.get(type(value)) or (
        Party(name="Người khác (demo)") if "Party" in str(FIELDS[name]) else type(value)()
    )


FIELDS = {field.name: field.type for field in msgspec.structs.fields(ComplaintPaper)}
