"""The words of staff pages in the reader's language."""

from __future__ import annotations

from typing import Any

from litestar import Request

from adapters.http.web import i18n
from adapters.http.web.i18n import Language
from adapters.http.web.render import language_of


class Words:
    """`gettext` for sentences, `label` for the word of a key."""

    def __init__(self, language: Language) -> None:
        catalogue = i18n.translations(language)
        self.language: Language = language
        self.gettext = catalogue.gettext
        self.ngettext = catalogue.ngettext

    def label(self, kind: str, key: str) -> str:
        """The word for a key of one kind; the key itself where there is none."""
        return i18n.label(self.language, kind, key)

    def known(self, kind: str, key: str) -> str:
        """The same, empty where there is none: for words that only some keys have."""
        text = self.label(kind, key)
        return "" if text == key else text


def words_of(request: Request[Any, Any, Any]) -> Words:
    """In the language that this reader chose."""
    return Words(language_of(request))
