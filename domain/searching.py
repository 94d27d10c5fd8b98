"""Keys by which Vietnamese text is found and put in order. The database compares bytes, so both are made here."""

from __future__ import annotations

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {unicodedata.normalize("NFD", letter): chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_QUALITIES = frozenset("\u0302\u0306\u031b")
"""Circumflex, breve, horn: they make another letter. The tones only make another writing of it."""
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""huyền, hỏi, ngã, sắc, nặng; none is 0: the order of Vietnamese dictionaries."""
_BELOW_EVERY_LETTER = "\t"
_NUL = "\0"
"""The one sign that no text column can hold. Nobody means it, so a key leaves it out."""


def search_key(text: str) -> str:
    """Lower case without marks, đ as d, blanks as one: `Xoá  ĐÓI` and `xóa đói` are both `xoa doi`."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().replace("đ", "d"))
    parts = parts.replace(_NUL, "")
    plain = (sign for sign in parts if unicodedata.category(sign) not in {"Mn", "Cf"})
    return " ".join(unicodedata.normalize("NFC", "".join(plain)).split())


def sort_key(text: str) -> str:
    """Compared byte by byte, gives the order of a Vietnamese dictionary: letters first, then tones, then case.

    The alphabet is a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y (f j w z in their Latin places); the tone
    belongs to the syllable, so that `hoá` and `hóa` fall together. Digits come before letters, other signs as they are.
    """
    words = unicodedata.normalize("NFC", text.replace(_NUL, "")).split()
    letters = " ".join(_letters(word) for word in words)
    tones = "".join(_tone(word) for word in words)
    case = "".join("1" if sign.isupper() else "0" for word in words for sign in word)
    return _BELOW_EVERY_LETTER.join((letters, tones, case))


def _letters(word: str) -> str:
    return "".join(_place(letter) for letter in word.lower())


def _place(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    with_quality = parts[0] + "".join(mark for mark in parts[1:] if mark in _QUALITIES)
    return _PLACES.get(with_quality) or _PLACES.get(parts[0]) or letter


def _tone(word: str) -> str:
    return max((_TONES.get(mark, "0") for mark in unicodedata.normalize("NFD", word)), default="0")
