"""A paper as PDF: the form of the decree, the same bytes every time, and every text a text."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.papers.layout import Layout, Piece, layout
from adapters.papers.letters import shown
from adapters.papers.model import Blank, Document, Field, Paragraph, Signer, Table
from adapters.papers.pdf import EDITIONS, UnknownEditionError, pdf, pictures
from tests.support.hostile import MARKUP, TURNED, TURNED_SHOWN, run_together
from tests.support.paper_sample import WHOLE
from tests.support.read_pdf import body_of, text_of, words_of

ROOT = Path(__file__).resolve().parents[2]
PLAIN = Document(kind="plain", made_on=date(2026, 3, 18), issuer="UBND phường (demo)", type="Thông báo")
SHA_OF_WHOLE = "083b9556361d2638ac55657f0c79d0d125669adc10442b2860244b5edaea73cf"
"""Of the sample as it was made on the day when the edition was published, by the locked engine and letters."""
FILES = {
    "typ": "5a9b41e7d10ca6c1dbff677b61885d7ba44c84ab2ad5c60cb970914acef2f41b",
    "document.xml": "0877076525554998d4fcaf5440f1d69fd5182e344df2743564bac38a54b30b09",
    "header.xml": "fc53e475b70ad983514cb2443bf7a37f8f0a200d7f2b47e23eece9f0c4d4f8e1",
    "first.xml": "1b7a850e897d838c663350b7e62d12bbdc283cb46f4874e003c597cdc29754ed",
    "styles.xml": "1c514a7dd02845477e0951c2ff4ca3da8687467b5df03c1da6c655f0315c0372",
}


def written(words: Layout) -> str:
    """Every word of a paper with one signature, in the order of reading."""
    before, after = words.number
    listed = (words.superior, words.issuer, words.nation, words.motto, before, after, words.draft, words.place_and_day)
    called = ("Kính gửi:", *(f"- {text}" for text in words.addressees))
    pieces = [text for piece in words.pieces for text in (piece.lead, piece.text, *_cells(piece))]
    signed = [text for signature in words.signatures for text in (*signature.lines, signature.note, signature.name)]
    receive = ("Nơi nhận:", *(f"- {text}" for text in words.recipients)) if words.recipients else ()
    return "".join(
        [*listed, words.type, words.abstract, *called, words.power, *words.bases, *pieces, *receive, *signed]
    )


def _cells(piece: Piece) -> list[str]:
    return [*piece.head, *(cell for row in piece.rows for cell in row)]


def made_elsewhere(**environment: str) -> str:
    code = (
        "import hashlib; from adapters.papers.pdf import pdf; from tests.support.paper_sample import WHOLE;"
        "print(hashlib.sha256(pdf(WHOLE)).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout.strip()


def saying(*texts: str) -> Document:
    return msgspec.structs.replace(PLAIN, blocks=tuple(Paragraph(text) for text in texts))


def test_another_process_in_another_zone_language_and_folder_makes_the_same_bytes() -> None:
    here = hashlib.sha256(pdf(WHOLE)).hexdigest()
    assert made_elsewhere(TZ="Pacific/Kiritimati", LANG="vi_VN.UTF-8") == here
    assert made_elsewhere(TZ="America/Adak", LC_ALL="C", SOURCE_DATE_EPOCH="1", PYTHONHASHSEED="7") == here


def test_the_bytes_of_the_day_on_which_the_edition_was_published_are_made_again() -> None:
    assert hashlib.sha256(pdf(WHOLE)).hexdigest() == SHA_OF_WHOLE


def test_a_published_look_was_never_edited() -> None:
    found = {name: hashlib.sha256((EDITIONS / f"2026-11.{name}").read_bytes()).hexdigest() for name in FILES}
    assert found == FILES


def test_a_document_of_an_edition_that_is_not_there_is_not_made_in_another_look() -> None:
    for name in ("1999-01", "../editions/2026-11", ""):
        with pytest.raises(UnknownEditionError):
            pdf(msgspec.structs.replace(PLAIN, edition=name))


def test_a_document_comes_back_whole_from_where_it_was_kept() -> None:
    assert msgspec.json.decode(msgspec.json.encode(WHOLE), type=Document) == WHOLE


def test_every_word_of_the_paper_is_read_out_of_the_file_in_order() -> None:
    read = run_together(body_of(pdf(WHOLE)))
    assert read.replace(".", "") == run_together(written(layout(WHOLE))).replace(".", "")


@pytest.mark.parametrize("text", MARKUP)
def test_what_would_be_markup_is_text_in_every_place(text: str) -> None:
    everywhere = msgspec.structs.replace(
        WHOLE,
        superior=text,
        issuer=text,
        number=text,
        symbol=text,
        place=text,
        abstract=text,
        addressees=(text, text),
        power=text,
        bases=(text,),
        blocks=(Paragraph(text), Field(text, text), Table((text,), ((text,),), (1,))),
        signers=(Signer(post=text, name=text, authority=(text,), note=text),),
        recipients=(text,),
        copy_note=text,
    )
    made = pdf(everywhere)
    read = run_together(text_of(made))
    assert read.count(run_together(text)) + read.count(run_together(text.upper())) >= 17
    assert all(word.right <= 210 - 15 for word in words_of(made)), "nothing runs off the page"


def test_a_text_that_would_be_read_backwards_is_shown_with_its_marks() -> None:
    assert run_together(TURNED_SHOWN) in run_together(text_of(pdf(saying(TURNED))))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_printed(text: str) -> None:
    assert pdf(saying(text)).startswith(b"%PDF-1.7")


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    long = msgspec.structs.replace(WHOLE, blocks=(Paragraph("Nội dung của văn bản dài. " * 400),))
    words = words_of(pdf(long))
    body = [word for word in words if word.top > 20]
    assert {word.page for word in words} >= {1, 2, 3}
    assert 29.9 <= min(word.left for word in body) <= 35
    assert 15 <= 210 - max(word.right for word in body) <= 20
    assert 20 <= 297 - max(word.bottom for word in body) <= 25
    assert 20 <= min(word.top for word in body if word.page == 1) <= 25


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_upper_margin() -> None:
    long = msgspec.structs.replace(WHOLE, blocks=(Paragraph("Nội dung của văn bản dài. " * 400),))
    above = [word for word in words_of(pdf(long)) if word.bottom < 21]
    assert [(word.page, word.text) for word in above][:2] == [(2, "2"), (3, "3")]
    middle = 30 + (210 - 30 - 18) / 2
    assert all(abs((word.left + word.right) / 2 - middle) < 1 for word in above)


def test_without_number_and_day_there_are_gaps_and_nothing_is_invented() -> None:
    undated = msgspec.structs.replace(WHOLE, number="", symbol="", day=None, place="")
    words = layout(undated)
    assert words.number == ("Số:", "/…")
    assert words.place_and_day == "...................., ngày ..... tháng ..... năm ........"
    assert "2026" not in text_of(pdf(undated))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 28), "ngày 28 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_and_the_first_months_have_a_zero_before_them(day: date, said: str) -> None:
    assert layout(msgspec.structs.replace(WHOLE, day=day)).place_and_day == f"Đồi Thông, {said}"


def test_a_draft_says_so_on_every_page_in_its_head_and_in_its_name() -> None:
    long = (Paragraph("Nội dung. " * 1200),)
    made = pdf(msgspec.structs.replace(WHOLE, draft=True, blocks=long))
    above = [word for word in words_of(made) if word.bottom < 21]
    pages = {word.page for word in words_of(made)}
    assert {word.page for word in above if word.text == "THẢO"} == pages
    assert len(pages) > 2
    assert layout(msgspec.structs.replace(WHOLE, draft=True)).title.startswith("DỰ THẢO - QUYẾT ĐỊNH")
    assert "DỰ THẢO" not in text_of(pdf(WHOLE))


def test_a_copy_says_on_every_page_what_it_is() -> None:
    note = "Bản công khai - đã che thông tin"
    made = pdf(msgspec.structs.replace(WHOLE, copy_note=note, blocks=(Blank(80),)))
    pages = {word.page for word in words_of(made)}
    assert text_of(made).count(note) == len(pages) > 2


def test_the_end_of_the_content_stands_on_the_page_of_the_signature() -> None:
    for lines in range(20, 40):
        blocks = (Blank(lines), Paragraph("KẾTTHÚC"))
        words = words_of(pdf(msgspec.structs.replace(WHOLE, addressees=(), bases=(), blocks=blocks)))
        place = {word.text: word.page for word in words}
        assert place["KẾTTHÚC"] == place["KT."], lines


def test_a_look_at_it_before_it_is_made_shows_each_page() -> None:
    shots = pictures(msgspec.structs.replace(WHOLE, blocks=(Blank(80),)), 30)
    assert len(shots) > 2
    assert all(shot.startswith(b"\x89PNG") for shot in shots)


def test_no_sign_that_cannot_be_seen_is_in_the_file() -> None:
    read = text_of(pdf(saying(*MARKUP, TURNED)))
    assert shown(read.replace("\x0c", "")) == read.replace("\x0c", "")
