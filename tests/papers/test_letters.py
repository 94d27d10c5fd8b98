"""Which signs of a text reach the paper, and how those that cannot be seen are shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.papers.letters import covered, shown
from tests.support.hostile import MARKUP, TURNED, TURNED_SHOWN

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


@pytest.mark.parametrize("text", MARKUP)
def test_what_would_be_markup_elsewhere_stays_as_it_was_written(text: str) -> None:
    assert shown(text) == text


def test_marks_of_direction_are_shown_by_their_number() -> None:
    assert shown(TURNED) == TURNED_SHOWN


def test_signs_of_no_width_are_dropped_and_a_hard_space_stays() -> None:
    assert shown("h\u200bô\u200d\ufeff s\u00adơ\u2060 1\u00a0/\ufe0f2") == "hô sơ 1\u00a0/2"


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_the_same_one(sign: str) -> None:
    assert shown(f"một{sign}hai") == "một\nhai"


@pytest.mark.parametrize(("sign", "said"), [("\x00", "[U+0000]"), ("\x1b", "[U+001B]"), ("\ue000", "[U+E000]")])
def test_a_control_character_is_shown_by_its_number(sign: str, said: str) -> None:
    assert shown(f"a{sign}b") == f"a{said}b"


def test_a_sign_without_a_shape_is_shown_by_its_number_so_that_nothing_is_lost() -> None:
    assert shown("vui 😀 字") == "vui [U+1F600] [U+5B57]"


def test_every_vietnamese_letter_has_a_shape_in_every_cut() -> None:
    both = VIETNAMESE + VIETNAMESE.upper()
    assert {ord(sign) for sign in both} <= covered()
    assert shown(unicodedata.normalize("NFD", both)) == both


@given(st.text())
def test_what_is_shown_has_a_shape_and_is_not_shown_again_otherwise(text: str) -> None:
    once = shown(text)
    assert all(sign == "\n" or ord(sign) in covered() for sign in once)
    assert shown(once) == once
