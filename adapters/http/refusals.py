"""What the codes of refusals mean: a sentence of the catalogue, msgctxt `refusal`, or `problem` for other answers.

Each area keeps the sentences of its codes in `locale/fragments`, in both languages; values stand as `%(days)s`.
Days are shown as people write them, words of the rules by their label (msgctxt `refusal-word`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from adapters.http.web.i18n import Language, label

GENERAL = "refused"


def refusal_text(code: str, details: Mapping[str, str | int], language: Language) -> str:
    """The sentence for a code; a general one where a code has none."""
    known = (label(language, kind, code) for kind in ("refusal", "problem"))
    text = next((sentence for sentence in known if sentence != code), None) or label(language, "problem", GENERAL)
    try:
        return text % {name: _shown(value, language) for name, value in details.items()}
    except (KeyError, ValueError):
        # A sentence that asks for a value which the refusal did not bring still has to be told.
        return text


def _shown(value: str | int, language: Language) -> str | int:
    if isinstance(value, int):
        return value
    try:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return label(language, "refusal-word", value)
