"""Figures of complaints as tables: each number with the address of its list, where the register has such a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from adapters.http.web import i18n
from adapters.http.web.staff.complaint_dossier import PATH
from adapters.http.web.staff.figure_tables import Line, Number, Table
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.words import Words
from projections.complaint_figures import ComplaintFigures


class Links:
    """Addresses of the register with the period and the moment of the page."""

    def __init__(self, found: ComplaintFigures, look: Mapping[str, Any]) -> None:
        self._span, self._look = found.span, look

    def received(self, **query: Any) -> str:
        """Received in the period."""
        days = {"received_from": self._span.first.isoformat(), "received_to": self._span.last.isoformat()}
        return address(PATH, {"part": "all", **days, **query, **self._look})

    def decided(self, **query: Any) -> str:
        """Decided in the period."""
        days = {"decided_from": self._span.first.isoformat(), "decided_to": self._span.last.isoformat()}
        return address(PATH, {"part": "all", **days, **query, **self._look})


def headlines(found: ComplaintFigures, links: Links, words: Words) -> list[dict[str, Any]]:
    """The numbers on top of the page."""
    shown: Sequence[tuple[str, int, str | None]] = (
        ("received", found.received, links.received()),
        ("accepted", found.accepted, None),
        ("decided", found.decided, links.decided()),
        ("open", found.open, None),
        ("overdue", found.overdue, None),
    )
    return [
        {
            "key": key,
            "text": words.label("complaint-figure", key),
            "number": i18n.number(value, words.language),
            "value": value,
            "href": href,
        }
        for key, value, href in shown
    ]


def tables(found: ComplaintFigures, names: Mapping[UUID, str], links: Links, words: Words) -> list[Table]:
    """Everything below the headlines."""
    _ = words.gettext
    received, count = words.label("complaint-figure", "received"), words.label("complaint-figure", "count")
    return [
        Table(
            key="levels",
            title=_("Received by level"),
            columns=(_("Level"), received),
            lines=tuple(
                Line(_word(words, f"level/{level}"), (Number(number, links.received(level=level)),))
                for level, number in found.levels.items()
            ),
            chart="bar",
        ),
        Table(
            key="targets",
            title=_("Received by what is complained of"),
            columns=(_("What is complained of"), received),
            lines=tuple(_line(words, f"target/{target}", number) for target, number in found.targets.items()),
            chart="bar",
        ),
        Table(
            key="units",
            title=_("Received by school or unit"),
            columns=(_("School or unit"), received),
            lines=tuple(
                Line(name, (Number(found.units[place], links.received(place=str(place))),))
                for name, place in sorted((names.get(place, str(place)), place) for place in found.units)
            ),
            chart="bar",
        ),
        Table(
            key="became",
            title=_("What became of them"),
            columns=(_("What became of it"), count),
            lines=tuple(
                Line(words.label("complaint-figure", key), (Number(getattr(found, key)),))
                for key in ("accepted", "refused", "transferred", "guided", "withdrawn")
            ),
            chart="bar",
        ),
        Table(
            key="grounds",
            title=_("Not accepted, by ground"),
            columns=(_("Ground of Article 11"), count),
            lines=tuple(_line(words, f"ground/{ground}", number) for ground, number in found.grounds.items()),
            chart="bar",
        ),
        Table(
            key="outcomes",
            title=_("Decided, by outcome"),
            columns=(_("Outcome"), words.label("complaint-figure", "decided")),
            lines=tuple(
                Line(_word(words, f"outcome/{outcome}"), (Number(number, links.decided(outcome=outcome)),))
                for outcome, number in found.outcomes.items()
            ),
            chart="bar",
        ),
        _on_time(found, words),
        _skipping(found, names, words),
    ]


def _on_time(found: ComplaintFigures, words: Words) -> Table:
    _ = words.gettext
    return Table(
        key="on-time",
        title=_("In time, by both clocks"),
        columns=(_("Duty"), *(words.label("complaint-figure", key) for key in ("done", "happened", "recorded"))),
        lines=tuple(
            Line(words.label("complaint-duty", duty), (Number(one.done), Number(one.happened), Number(one.recorded)))
            for duty, one in found.on_time.items()
        ),
        chart="bars",
        series=frozenset({0, 1, 2}),
        note=_("By the day that the paper says, and by the day on which it was recorded here."),
    )


def _skipping(found: ComplaintFigures, names: Mapping[UUID, str], words: Words) -> Table:
    _ = words.gettext
    lines = sorted((names.get(place, str(place)), one) for place, one in found.skipping.items())
    return Table(
        key="skipping",
        title=_("First complaints that came to the authority before the school"),
        columns=(
            _("School or unit"),
            words.label("complaint-figure", "first"),
            words.label("complaint-figure", "skip"),
        ),
        lines=tuple(Line(name, (Number(one.received), Number(one.at_authority))) for name, one in lines),
        chart="bars",
        series=frozenset({0, 1}),
        note=_("Information about the ways that complaints take, no blame of anybody."),
    )


def _line(words: Words, word: str, number: int) -> Line:
    return Line(_word(words, word), (Number(number),))


def _word(words: Words, word: str) -> str:
    return words.label("complaint-word", word)
