"""How Vietnamese text is found and put in order."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.tracking_code import ALPHABET, CODE_SIGNS, code_of, format_code, normalise_code
from domain.searching import search_key, sort_key


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("xoá", "xóa", "xoa"),
        ("huỷ", "hủy", "huy"),
        ("khoá", "KHÓA", "khoa"),
        ("Vạn Hòa", "vạn hoà", "van hoa"),
        ("Đồi Thông", "đồi thông", "doi thong"),
        ("ĐÓNG GÓP", "dong gop", "dong gop"),
        ("Trường  Tiểu\u00a0học", " trường tiểu học ", "truong tieu hoc"),
        (unicodedata.normalize("NFD", "Nguyễn"), unicodedata.normalize("NFC", "Nguyễn"), "nguyen"),
        ("ươ", "ƯƠ", "uo"),
        ("lạm\u200bthu", "lạmthu", "lamthu"),
        ("PA-2026/12", "pa-2026/12", "pa-2026/12"),
    ],
)
def test_every_writing_of_a_word_has_one_search_key(one: str, other: str, key: str) -> None:
    assert search_key(one) == search_key(other) == key


@given(st.text())
def test_a_search_key_of_a_search_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ẤỀỖỘ"))
def test_a_search_key_of_vietnamese_is_plain_letters(text: str) -> None:
    assert search_key(text).isascii()


@pytest.mark.parametrize(
    "in_order",
    [
        ["an", "ăn", "ân", "ba"],
        ["da", "đa", "ea"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["oi", "ôi", "ơi", "ui", "ưi", "vi"],
        ["Bình An", "Bình Ân", "Bình Minh", "Bính Minh", "Bít"],
        ["10", "9", "a"],
        ["đông", "Đông", "đống", "động"],
        ["hoa", "hòa", "hóa", "họa", "hoan"],
    ],
)
def test_words_stand_in_the_order_of_a_vietnamese_dictionary(in_order: list[str]) -> None:
    assert sorted(sorted(in_order), key=lambda word: sort_key(word).encode()) == in_order
    assert all(sort_key(before) != sort_key(after) for before, after in pairwise(in_order))


def test_the_place_of_the_tone_mark_does_not_matter_for_the_order() -> None:
    assert sort_key("hoá") == sort_key("hóa")


@given(st.text(max_size=40))
def test_a_sort_key_exists_for_any_text_and_any_form_of_it(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.binary(min_size=10, max_size=32))
def test_a_code_has_16_signs_and_survives_how_people_type_it(drawn: bytes) -> None:
    code = code_of(drawn)
    assert len(code) == CODE_SIGNS
    assert set(code) <= set(ALPHABET)
    assert normalise_code(code) == code
    shown = format_code(code)
    assert shown.count("-") == 3
    for typed in (shown, shown.lower(), shown.replace("-", " "), shown.replace("-", "–"), f" {code}\n"):
        assert normalise_code(typed) == code
    assert normalise_code(code.replace("0", "O").replace("1", "l")) == code
    assert normalise_code(code.replace("0", "o").replace("1", "I")) == code


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_two_codes_are_the_same_only_when_their_80_bits_are(one: bytes, other: bytes) -> None:
    assert (code_of(one) == code_of(other)) is (one == other)


@given(st.text())
def test_whatever_is_typed_for_a_code_is_normalised_once_and_for_all(typed: str) -> None:
    assert normalise_code(normalise_code(typed)) == normalise_code(typed)


def test_the_alphabet_has_32_signs_and_none_that_is_mistaken() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set(ALPHABET) & set("ILOU")
