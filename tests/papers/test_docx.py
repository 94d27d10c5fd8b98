"""A paper as DOCX: the same words as the PDF, the same bytes every time, and every text a text."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx as word
import msgspec
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.papers.complaints import PAPERS
from adapters.papers.docx import docx
from adapters.papers.letters import shown
from adapters.papers.model import Document, Field, Paragraph, Signer, Table
from adapters.papers.pdf import pdf
from tests.support.complaint_papers import SCHOOL_PAPER, UNKNOWN
from tests.support.hostile import MARKUP, TURNED, TURNED_SHOWN, run_together
from tests.support.paper_sample import WHOLE
from tests.support.read_pdf import body_of

ROOT = Path(__file__).resolve().parents[2]
SHA_OF_WHOLE = "ba534f565f12028dd958dae7ac8723e0317e70579ca3efee01d156cd6a225656"
"""Of the sample as it was made on the day when the edition was published, by the locked packages."""


def opened(document: Document) -> word.document.Document:
    return word.Document(io.BytesIO(docx(document)))


def told(document: Document) -> str:
    """Every word of the body, in order."""
    return "".join(text.text or "" for text in opened(document).element.body.iter(qn("w:t")))


def test_another_process_in_another_zone_makes_the_same_bytes() -> None:
    code = (
        "import hashlib; from adapters.papers.docx import docx; from tests.support.paper_sample import WHOLE;"
        "print(hashlib.sha256(docx(WHOLE)).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert there.stdout.strip() == hashlib.sha256(docx(WHOLE)).hexdigest()


def test_the_bytes_of_the_day_on_which_the_edition_was_published_are_made_again() -> None:
    assert hashlib.sha256(docx(WHOLE)).hexdigest() == SHA_OF_WHOLE


def test_the_file_knows_no_other_day_than_that_of_the_document() -> None:
    about = opened(WHOLE).core_properties
    assert about.created == about.modified == datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert (about.title, about.author) == (
        "QUYẾT ĐỊNH Về việc mẫu có đủ thành phần",
        "Ủy ban nhân dân phường Đồi Thông (demo)",
    )
    with zipfile.ZipFile(io.BytesIO(docx(WHOLE))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "vba" in name.lower() or "embed" in name.lower()]


@pytest.mark.parametrize("paper", [*PAPERS])
@pytest.mark.parametrize("known", [SCHOOL_PAPER, UNKNOWN], ids=["known", "unknown"])
def test_it_says_what_the_pdf_says(paper: str, known: object) -> None:
    document = PAPERS[paper](known)  # type: ignore[arg-type]
    plain = msgspec.structs.replace(document, draft=False)
    edited, fixed = (run_together(text).replace(".", "") for text in (told(plain), body_of(pdf(plain))))
    assert edited == fixed


@pytest.mark.parametrize("text", MARKUP)
def test_what_would_be_markup_is_text_in_every_place(text: str) -> None:
    everywhere = msgspec.structs.replace(
        WHOLE,
        superior=text,
        issuer=text,
        abstract=text,
        power=text,
        addressees=(text,),
        bases=(text,),
        blocks=(Paragraph(text), Field(text, text), Table((text,), ((text,),), (1,))),
        signers=(Signer(post=text, name=text, note=text),),
        recipients=(text,),
        copy_note=text,
    )
    read = told(everywhere)
    assert read.count(text) + read.count(text.upper()) >= 14
    header = "".join(part.text or "" for part in opened(everywhere).sections[0].header._element.iter(qn("w:t")))
    assert text in header


def test_a_text_that_would_be_read_backwards_is_shown_with_its_marks() -> None:
    assert TURNED_SHOWN in told(msgspec.structs.replace(WHOLE, blocks=(Paragraph(TURNED),)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_written_and_is_read_again(text: str) -> None:
    paper = msgspec.structs.replace(WHOLE, blocks=(Paragraph(text, indent=False),), copy_note=text)
    assert run_together(shown(text)) in run_together(told(paper))


def test_a_draft_says_so_in_the_header_of_every_page() -> None:
    for draft in (True, False):
        section = opened(msgspec.structs.replace(WHOLE, draft=draft)).sections[0]
        assert section.different_first_page_header_footer
        for header in (section.first_page_header, section.header):
            said = "".join(part.text or "" for part in header._element.iter(qn("w:t")))
            assert ("DỰ THẢO" in said) is draft


def test_the_page_is_a4_with_the_margins_of_the_decree_and_numbered_from_the_second() -> None:
    section = opened(WHOLE).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert Mm(20) <= section.top_margin <= Mm(25)  # type: ignore[operator]
    assert Mm(19.9) <= section.bottom_margin <= Mm(25)  # type: ignore[operator]
    assert Mm(30) <= section.left_margin <= Mm(35)  # type: ignore[operator]
    assert Mm(15) <= section.right_margin <= Mm(20)  # type: ignore[operator]
    first, later = section.first_page_header._element, section.header._element
    assert [field.text for field in later.iter(qn("w:instrText"))] == [" PAGE "]
    assert [*first.iter(qn("w:instrText"))] == []
