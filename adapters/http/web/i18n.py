"""Languages, and how days, hours and remaining time are said in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
COOKIE = "lang"
NAMES: Mapping[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LOCALE = Path(__file__).resolve().parent / "locale"

_WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@cache
def translations(language: Language) -> NullTranslations:
    """The compiled catalogue. Raises FileNotFoundError when it was never built (`make assets`)."""
    with (LOCALE / language / "LC_MESSAGES" / "hoso.mo").open("rb") as file:
        return GNUTranslations(file)


def language_of(query: Mapping[str, str], cookies: Mapping[str, str]) -> Language:
    """`?lang=` wins over the cookie; Vietnamese unless English was asked for."""
    return "en" if (query.get("lang") or cookies.get(COOKIE)) == "en" else "vi"


def label(language: Language, kind: str, key: str) -> str:
    """The word for a key of one kind: `label("vi", "state", "answered")`. The key itself where there is none."""
    return translations(language).pgettext(kind, key)


def local(at: date | datetime) -> date | datetime:
    """A moment on the clock of the law's zone; a plain day stays what it is."""
    return at.astimezone(ZONE) if isinstance(at, datetime) else at


def short_day(at: date | datetime) -> str:
    """`03/09/2026`."""
    return local(at).strftime("%d/%m/%Y")


def day(at: date | datetime, language: Language) -> str:
    """`thứ Năm 03/09/2026`."""
    return f"{_WEEKDAYS[language][local(at).weekday()]} {short_day(at)}"


def clock(at: datetime) -> str:
    """`16:50`."""
    return at.astimezone(ZONE).strftime("%H:%M")


def moment(at: datetime, language: Language) -> str:
    """`16:50 thứ Ba 25/08/2026`."""
    return f"{clock(at)} {day(at, language)}"


def number(count: int, language: Language) -> str:
    """`12.345`, in English `12,345`."""
    grouped = f"{count:,}"
    return grouped.replace(",", ".") if language == "vi" else grouped


def money(amount: int, language: Language) -> str:
    """Whole đồng: `1.250.000 đồng`."""
    return f"{number(amount, language)} {'đồng' if language == 'vi' else 'VND'}"


def remaining(days: int, working_days: int | None, language: Language) -> str:
    """`còn 10 ngày (5 ngày làm việc)`, `đến hạn hôm nay`, `quá hạn 3 ngày (2 ngày làm việc)`; days below 0 are overdue.

    `working_days` counts in the same direction and is never below 0; None leaves the bracket out.
    """
    catalogue = translations(language)
    _, ngettext = catalogue.gettext, catalogue.ngettext
    if days == 0:
        return _("due today")
    count = abs(days)
    text = ngettext("%(num)d day left", "%(num)d days left", count)
    if days < 0:
        text = ngettext("%(num)d day overdue", "%(num)d days overdue", count)
    said = text % {"num": count}
    if working_days is None:
        return said
    inner = ngettext("%(num)d working day", "%(num)d working days", working_days) % {"num": working_days}
    return f"{said} ({inner})"


def fours(code: str) -> str:
    """A tracking code in groups of four: `7KQ2-M9TD-4XWA-H3RC`."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
