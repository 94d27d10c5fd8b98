"""Says the sentences of domain/law in a language: dates, hours, lists and catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from gettext import NullTranslations
from typing import assert_never

from adapters.http.web import i18n
from domain.law.sentences import Arg, Clock, Day, Days, Listing, Named, Sentence

YEAR_AND_SLASH = 5
AND: Mapping[i18n.Language, str] = {"vi": "và", "en": "and"}


def said(sentence: Sentence, language: i18n.Language, catalogue: NullTranslations | None = None) -> str:
    """The sentence as text; nothing in it is escaped. `catalogue` None: the compiled one of the language."""
    catalogue = catalogue or i18n.translations(language)
    number = sentence.args.get("number")
    if sentence.plural and isinstance(number, int):
        text = catalogue.ngettext(sentence.msgid, sentence.plural, number)
    else:
        text = catalogue.gettext(sentence.msgid)
    return text % {name: _said(arg, language, catalogue) for name, arg in sentence.args.items()}


def _said(arg: Arg, language: i18n.Language, catalogue: NullTranslations) -> str:  # noqa: PLR0911 (one for each kind)
    match arg:
        case int() | str():
            return str(arg)
        case Day(day=day, style=style):
            return _day(day, style, language)
        case Clock(at=at):
            return i18n.clock(at)
        case Days(days=days):
            return _days(days, language)
        case Named(vi=vi, en=en):
            return (en or vi) if language == "en" else vi
        case Sentence():
            return said(arg, language, catalogue)
        case Listing(phrases=phrases):
            return ", ".join(said(phrase, language, catalogue) for phrase in phrases)
        case _:
            assert_never(arg)


def _day(day: date, style: str, language: i18n.Language) -> str:
    if style == "bare":
        return f"{day:%d/%m}"
    long = i18n.day(day, language)
    return long[:-YEAR_AND_SLASH] if style == "short" else long


def _days(days: tuple[date, ...], language: i18n.Language) -> str:
    bare = [f"{day:%d/%m}" for day in days]
    if len(bare) == 1:
        return bare[0]
    return f"{', '.join(bare[:-1])} {AND[language]} {bare[-1]}"
