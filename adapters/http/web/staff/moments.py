"""Looking back: which moment an address asks for, and what the band and the line under the title say of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from adapters.http.cases import CaseClock
from adapters.http.web.i18n import ZONE
from adapters.http.web.staff.room import Context, Desk

_TYPED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2})")
"""For browsers without a field for moments."""


class Asked(msgspec.Struct, frozen=True):
    """The moment as the address has it. `at` None: the present. `fault`: why it could not be taken."""

    at: datetime | None = None
    clock: CaseClock = "known"
    text: str = ""
    fault: str = ""

    def query(self) -> dict[str, str]:
        """The same in an address."""
        return {} if self.at is None else query_of(self.at, self.clock)


def asked_moment(desk: Desk, *, happened: bool = True) -> Asked:
    """`as_of` as a form sends it (`2026-08-25T10:00`, the clock of Hà Nội) or with an offset; and the clock.

    `happened` False: the page has the clock "known" only, whatever the address says.
    """
    query = desk.request.query_params
    return _asked(desk, query.get("as_of", ""), query.get("clock", "") if happened else "")


def second_moment(desk: Desk) -> Asked:
    """The moment that the first is compared with: `with`, by its own clock or by that of the first."""
    query = desk.request.query_params
    return _asked(desk, query.get("with", ""), query.get("with_clock", "") or query.get("clock", ""))


def _asked(desk: Desk, text: str, clock: str) -> Asked:
    _, text = desk.words.gettext, text.strip()
    chosen: CaseClock = "happened" if clock == "happened" else "known"
    if not text:
        return Asked(None, chosen)
    at = read_moment(text)
    if at is None:
        return Asked(None, chosen, text, _("Write day, hour and minute, for example 25/08/2026 10:00."))
    if at > desk.room.clock.now():
        return Asked(None, chosen, text, _("This moment has not come yet."))
    return Asked(at, chosen, text)


def read_moment(text: str) -> datetime | None:
    """None for what is no moment: ISO 8601, or `25/08/2026 10:00`. Without an offset it is the clock of Hà Nội."""
    if typed := _TYPED.fullmatch(text.strip()):
        day, month, year, hour, minute = typed.groups()
        text = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}"
    try:
        at = datetime.fromisoformat(text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text)
        # By way of UTC, in which the store asks: the first hours of the year 1 exist in one of the two only.
        return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC).astimezone(ZONE)
    except (ValueError, OverflowError):
        return None


def query_of(at: datetime, clock: CaseClock) -> dict[str, str]:
    """Exact to the microsecond, so that a fact lies on the right side of it."""
    return {"as_of": at.astimezone(ZONE).isoformat(), **({"clock": clock} if clock == "happened" else {})}


def address(path: str, query: dict[str, Any]) -> str:
    """A path with its query."""
    kept = {name: value for name, value in query.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def look_back(action: str, asked: Asked, *, marks: list[Context], happened: bool) -> Context:
    """The line under a title (see _look_back.html)."""
    shown = asked.at.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M") if asked.at else None
    return {
        "action": action,
        "value": shown,
        "clock": asked.clock,
        "marks": marks,
        "happened": happened,
        "error": asked.fault or None,
    }


def band(path: str, asked: Asked, query: dict[str, Any], **more: Any) -> Context | None:
    """The band on top (see _past_band.html); None in the present. `query`: what else the page's address holds."""
    if asked.at is None:
        return None
    return {
        "at": asked.at,
        "clock": asked.clock,
        "since": None,
        "now": address(path, query),
        "compare": None,
        "link": address(path, {**query, **asked.query()}),
        "law": None,
        "readers": None,
        **more,
    }
