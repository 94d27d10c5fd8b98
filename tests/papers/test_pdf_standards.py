"""What can be checked of PDF/A-2a and PDF/UA-1 without veraPDF: docs/reference/papers.md lists it.

pikepdf's validator knows level B and approves only what it recognises. It has to find nothing but the points below,
each of which belongs to level A, to PDF/UA, or to what it says it does not check.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pikepdf
import pytest
from pikepdf import pdfa

from adapters.papers.complaints import PAPERS
from adapters.papers.model import Document
from adapters.papers.pdf import pdf
from tests.support.complaint_papers import SCHOOL_PAPER, UNKNOWN
from tests.support.paper_sample import WHOLE

SAMPLES = {
    "whole": WHOLE,
    "draft": msgspec.structs.replace(WHOLE, draft=True, copy_note="Bản sao"),
    "letter": msgspec.structs.replace(WHOLE, type="", abstract="trả lời kiến nghị"),
    **{name: paper(SCHOOL_PAPER) for name, paper in PAPERS.items()},
    **{f"{name}-unknown": paper(UNKNOWN) for name, paper in PAPERS.items()},
}
EXPLAINED = {
    ("ISO_19005_2:6.6.4-3", "pdfaid:conformance is 'A', expected 'B'"): "the file claims more than level B",
    ("ISO_19005_2:6.2.11.4.2-2", "/CIDSet on a CIDFontType2 subset is not checked"): "not checked, it says",
    ("ISO_19005_2:6.6.2.3.1-2", "the content of structured XMP property xmpMM:History is not checked"): "the same",
}
"""Findings that are none, with why."""
EXTENSION = re.compile(
    r"XMP (namespace|property) (xmpTPg|pdfaExtension|pdfaSchema|pdfaProperty|pdfuaid)\b.* not permitted"
)
"""The validator knows no extension schemas; the standard allows them where they are described, and they are."""


@pytest.fixture(params=SAMPLES, scope="module")
def made(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    document: Document = SAMPLES[request.param]
    with pikepdf.open(io.BytesIO(pdf(document))) as opened:
        yield opened


def test_the_validator_finds_nothing_that_is_not_explained(made: pikepdf.Pdf) -> None:
    found = {(finding.rule, finding.message) for finding in pdfa.check(made, "2b").findings}
    assert {one for one in found if one not in EXPLAINED and not EXTENSION.match(one[1])} == set()


def test_it_says_that_it_is_pdf_a_2a_and_pdf_ua_1_and_describes_what_it_adds(made: pikepdf.Pdf) -> None:
    xmp = made.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "http://www.aiim.org/pdfua/ns/id/" in xmp.partition("pdfaExtension:schemas")[2]
    assert "/Filter" not in made.Root.Metadata.stream_dict


def test_title_author_language_and_day_are_those_of_the_document(made: pikepdf.Pdf) -> None:
    assert str(made.Root.Lang) == "vi-VN"
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert str(made.docinfo.Title).strip()
    assert str(made.docinfo.CreationDate) == str(made.docinfo.ModDate)
    assert re.fullmatch(r"D:2026(0105|0318|0714)000000Z", str(made.docinfo.CreationDate))


def test_colours_have_an_output_intent_and_nothing_runs_or_is_hidden_inside(made: pikepdf.Pdf) -> None:
    (intent,) = made.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 100
    forbidden = {
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/EmbeddedFile",
        "/Launch",
        "/URI",
        "/XFA",
    }
    keys = {key for one in made.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) for key in one}
    assert keys & forbidden == set()
    assert not made.is_encrypted


def test_every_letter_is_embedded_and_can_be_copied_as_text(made: pikepdf.Pdf) -> None:
    fonts = [font for page in made.pages for font in page.resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        inner = font.DescendantFonts[0]
        assert "Tinos" in str(inner.BaseFont)
        assert "/FontFile2" in inner.FontDescriptor
        assert "/ToUnicode" in font


def test_everything_on_the_page_is_in_the_structure_or_marked_as_ornament(made: pikepdf.Pdf) -> None:
    assert made.Root.MarkInfo.Marked
    assert made.Root.StructTreeRoot.ParentTree is not None
    for page in made.pages:
        assert str(page.obj.Tabs) == "/S" or "/Annots" not in page
        assert _unmarked(page) == []


def test_the_title_is_the_first_heading_and_parts_are_below_it(made: pikepdf.Pdf) -> None:
    levels = [int(kind[2:]) for kind in _kinds(made) if re.fullmatch(r"/H[1-6]", kind)]
    assert not levels or levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_that_name_their_columns() -> None:
    with pikepdf.open(io.BytesIO(pdf(WHOLE))) as opened:
        kinds = _kinds(opened)
        assert kinds.count("/Table") == 1, "the head of the paper and its foot are no tables"
        assert kinds.count("/TH") == 2
        assert kinds.count("/TD") == 4


def _unmarked(page: pikepdf.Page) -> list[str]:
    """Operators that paint outside of any marked content."""
    depth, found = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in {"BDC", "BMC"}:
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in {"Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh"} and not depth:
            found.append(name)
    return found


def _kinds(opened: pikepdf.Pdf) -> list[str]:
    """The kinds of the structure's elements, in the order of reading."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for inner in node:
                walk(inner)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S))
            walk(node.get("/K", pikepdf.Array()))

    walk(opened.Root.StructTreeRoot.K)
    return found
