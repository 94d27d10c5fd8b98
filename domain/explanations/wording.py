"""Whether a question repeats the words of who told the matter: the school could know a person by them."""

from __future__ import annotations

import re

from domain.searching import search_key

RUN = 6
"""Words in a row that two people hardly write alike by chance."""


def borrowed(question: str, told: str) -> str:
    """The first stretch of at least `RUN` words that both texts have in a row, as the question has it; empty: none."""
    asked = re.findall(r"\w+", question)
    heard = _words(told)
    runs = {tuple(heard[n : n + RUN]) for n in range(len(heard) - RUN + 1)}
    folded = [search_key(word) for word in asked]
    for n in range(len(asked) - RUN + 1):
        if tuple(folded[n : n + RUN]) in runs:
            return " ".join(asked[n : n + RUN])
    return ""


def _words(text: str) -> list[str]:
    return [search_key(word) for word in re.findall(r"\w+", text)]
