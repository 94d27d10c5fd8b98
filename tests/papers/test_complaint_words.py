"""Codes and terms of the rules as they stand on paper."""

from __future__ import annotations

import re
from datetime import date

import pytest

from adapters.papers.complaint_words import GROUNDS, OUTCOMES, circumstances, with_term
from adapters.papers.complaints import PAPERS
from adapters.papers.layout import layout
from domain.complaints import terms
from domain.complaints.vocabulary import ComplaintOutcome, Complexity, Ground, Level, Reading
from tests.support import complaint_story as story
from tests.support.complaint_papers import SCHOOL_PAPER

ACCEPTED = date(2026, 3, 18)
LAW = story.law(ACCEPTED)


def test_every_ground_and_every_outcome_has_its_words() -> None:
    assert set(GROUNDS) == set(Ground)
    assert set(OUTCOMES) == set(ComplaintOutcome)
    assert len(set(GROUNDS.values())) == len(Ground)


@pytest.mark.parametrize(
    ("level", "reading", "complexity", "due", "days", "article"),
    [
        (Level.FIRST, Reading.GENERAL, Complexity.NORMAL, date(2026, 4, 17), "30 ngày", "Điều 28"),
        (Level.FIRST, Reading.GENERAL, Complexity.COMPLEX, date(2026, 5, 4), "45 ngày", "Điều 28"),
        (Level.SECOND, Reading.GENERAL, Complexity.COMPLEX, date(2026, 5, 18), "60 ngày", "Điều 37"),
        (Level.FIRST, Reading.DISCIPLINE, Complexity.NORMAL, date(2026, 4, 17), "30 ngày", ""),
        (Level.FIRST, Reading.DISCIPLINE, Complexity.COMPLEX, date(2026, 5, 4), "45 ngày", ""),
    ],
)
def test_a_term_tells_its_day_its_limit_and_its_article_where_the_source_was_seen(
    level: Level, reading: Reading, complexity: Complexity, due: date, days: str, article: str
) -> None:
    term = terms.resolve_term(LAW, ACCEPTED, level, reading, remote=False, complexity=complexity)
    paper = with_term(SCHOOL_PAPER, term)
    assert (paper.due_on, paper.due_days, paper.article) == (due, days, article)
    said = " ".join(piece.text for piece in layout(PAPERS["acceptance"](paper)).pieces)
    assert f"Hạn giải quyết: hết ngày {due:%d/%m/%Y}." in said
    assert all(line.rstrip(".") in said for line in paper.due_lines)
    assert len(paper.due_lines) >= 3
    assert not re.search(r"[a-z][A-Z]", "".join(paper.due_lines)), "a code of the program is no word"


def test_what_decides_the_term_is_told_in_words() -> None:
    assert circumstances(Complexity.COMPLEX, remote=False) == "vụ việc phức tạp"
    assert circumstances(Complexity.NORMAL, remote=True) == "vụ việc thông thường, ở vùng sâu, vùng xa đi lại khó khăn"
