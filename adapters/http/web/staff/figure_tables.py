"""The figures as tables: each number with the address of the list that holds as many cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from adapters.http.figures import Channels
from adapters.http.web import i18n
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.register import PATH, category_name
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.words import Words
from domain.calendar import DAY
from projections.case_figures import AGES, Figures, Share, Wanted

Address = Mapping[str, Any]


class Number(msgspec.Struct, frozen=True):
    """One figure. `value` None: there is none, or it is not told (`text` says which)."""

    value: int | None
    href: str | None = None
    text: str = ""


class Line(msgspec.Struct, frozen=True):
    """One row. `short`: what stands at the axis of a chart."""

    label: str
    numbers: tuple[Number, ...]
    short: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One block of the page. `chart` empty: no chart. `series`: the columns that the chart draws."""

    key: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    chart: str = ""
    series: frozenset[int] = frozenset({0})
    note: str = ""

    def sheet(self) -> Sheet:
        """For a workbook."""
        return Sheet(self.title, self.columns, self.cells(), self.chart, self.series)

    def cells(self) -> list[list[Cell]]:
        """For files."""
        return [
            [line.label, *(number.text if number.value is None else number.value for number in line.numbers)]
            for line in self.lines
        ]


class Links:
    """Addresses of the register with what every figure of the page shares: the area and the moment."""

    def __init__(self, wanted: Wanted, look: Address) -> None:
        self._wanted, self._shared = wanted, {"area": wanted.area_id or "", **look}

    def of(self, **query: Any) -> str:
        """The list of these filters."""
        return address(PATH, {**self._shared, **{key: _plain(value) for key, value in query.items()}})

    def received(self, **query: Any) -> str:
        """Received in the period."""
        return self.of(received_from=self._wanted.first, received_to=self._wanted.last, **query)

    def answered(self, **query: Any) -> str:
        """Answered in the period."""
        return self.of(answered_from=self._wanted.first, answered_to=self._wanted.last, **query)

    def overdue(self, **query: Any) -> str:
        """Owed since before the day that is looked at."""
        return self.of(open=1, due_before=self._wanted.day - DAY, **query)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def headlines(found: Figures, links: Links, words: Words) -> list[dict[str, Any]]:
    """The numbers on top of the page."""
    _ = words.gettext
    days = _("%(days)s days")
    took = links.answered()
    shown: Sequence[tuple[str, int | None, str, str]] = (
        ("open", found.total.open, "", links.of(open=1)),
        ("overdue", found.total.overdue, "", links.overdue()),
        ("received", found.total.received, "", links.received()),
        ("answered", found.answered, "", took),
        ("median", found.median, days, took),
        ("ninetieth", found.ninetieth, days, took),
    )
    return [
        {
            "key": key,
            "text": words.label("figure", key),
            "number": "–" if value is None else (form or "%(days)s") % {"days": i18n.number(value, words.language)},
            "value": value,
            "href": href if value is not None else None,
        }
        for key, value, form, href in shown
    ]


def tables(found: Figures, wanted: Wanted, areas: Mapping[UUID, str], links: Links, words: Words) -> list[Table]:
    """Everything but channels."""
    _ = words.gettext
    return [
        _ages(found, wanted, links, words),
        Table(
            key="months",
            title=_("Received and answered, month by month"),
            columns=(_("Month"), words.label("figure", "received"), words.label("figure", "answered")),
            lines=tuple(
                Line(
                    f"{month.first:%m/%Y}",
                    (
                        Number(month.received, links.of(received_from=month.first, received_to=month.last)),
                        Number(month.answered, links.of(answered_from=month.first, answered_to=month.last)),
                    ),
                )
                for month in found.months
            ),
            chart="line",
            series=frozenset({0, 1}),
        ),
        _shares("categories", words.label("column", "category"), found.categories, links, words),
        _shares("areas", words.label("column", "area"), found.areas, links, words, areas),
    ]


def _ages(found: Figures, wanted: Wanted, links: Links, words: Words) -> Table:
    lines = []
    for (youngest, oldest), count in zip(AGES, found.ages, strict=True):
        if oldest is None:
            text = words.gettext("more than %(days)s days") % {"days": youngest - 1}
        else:
            text = words.gettext("%(first)s to %(last)s days") % {"first": youngest, "last": oldest}
        bounds = {"received_to": wanted.day - DAY * youngest}
        if oldest is not None:
            bounds["received_from"] = wanted.day - DAY * oldest
        lines.append(Line(text, (Number(count, links.of(open=1, **bounds)),)))
    return Table(
        key="ages",
        title=words.gettext("Open cases by days since receipt"),
        columns=(words.gettext("Days since receipt"), words.label("figure", "open")),
        lines=tuple(lines),
        chart="bar",
    )


def _shares(
    key: str,
    head: str,
    shares: Mapping[Any, Share],
    links: Links,
    words: Words,
    names: Mapping[UUID, str] | None = None,
) -> Table:
    lines = []
    for one, share in sorted(shares.items(), key=lambda item: (-item[1].received, -item[1].open, str(item[0]))):
        label = category_name(one, words) or str(one) if names is None else names.get(one, words.gettext("Area"))
        narrower = {"category" if names is None else "area": one}
        lines.append(
            Line(
                label,
                (
                    Number(share.received, links.received(**narrower)),
                    Number(share.open, links.of(open=1, **narrower)),
                    Number(share.overdue, links.overdue(**narrower)),
                ),
            )
        )
    columns = tuple(words.label("figure", column) for column in ("received", "open", "overdue"))
    title = words.gettext("By category") if key == "categories" else words.gettext("By area")
    shown = frozenset({0, 1, 2})
    return Table(key=key, title=title, columns=(head, *columns), lines=tuple(lines), chart="bars", series=shown)


def channel_table(found: Sequence[Channels], words: Words) -> Table:
    """Months that are over, channel by channel; small numbers are not told."""
    told = sorted({channel for month in found for channel in month.counts})
    hidden = Number(None, None, words.gettext("not told"))
    lines = tuple(
        Line(
            f"{month.first:%m/%Y}",
            tuple(Number(month.counts[word]) if word in month.counts else hidden for word in told),
        )
        for month in found
        if month.counts
    )
    return Table(
        key="channels",
        title=words.gettext("Channels, months that are over"),
        columns=(words.gettext("Month"), *(words.label("channel", word) for word in told)),
        lines=lines,
        note=words.gettext(
            "Cases of the whole authority by the month in which they were recorded, as they stood at its end."
            " Numbers below 5 are not told, nor others from which they could be worked out. There is no list behind"
            " these numbers."
        ),
    )
