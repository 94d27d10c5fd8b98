"""What was told of a case, for its page: alerts of terms, who was told of an urgent case, escalations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from adapters.http.cases import Moment
from adapters.http.web import i18n
from adapters.http.web.staff.room import Context, Desk
from adapters.http.web.staff.words import Words
from adapters.law_words import said
from application.alerts import alerts_id
from application.ports import Recorded
from domain.alerts import events as a
from domain.alerts.stages import PERCENT, Stage, target_at
from domain.law.explain import badge


async def alert_lines(desk: Desk, case_id: UUID, moment: Moment) -> list[Context]:
    """The newest first: `{title, at, told, share, by_the_hour}`; escalations are one line, `first` its first hour.

    That the person may see the case was settled before.

    What happened by a moment is read from the whole log, so that later alerts must be left out by their time.
    """
    facts = await desk.room.log.of_streams((alerts_id(case_id),), up_to=moment.up_to)
    facts = [item for item in facts if item.occurred_at <= moment.at]
    names = await desk.room.naming.names(person for item in facts for person in _told(item))
    escalated = [item for item in facts if isinstance(item.fact, a.UrgentEscalated)]
    others = [[item] for item in facts if not isinstance(item.fact, a.UrgentEscalated)]
    lines = sorted([*others, *([escalated] if escalated else [])], key=lambda told: told[-1].occurred_at, reverse=True)
    return [line(told, names, moment.day, desk.words) for told in lines]


def line(same: Sequence[Recorded], names: dict[UUID, str], today: date, words: Words) -> Context:
    """One of them in words, or the same told again and again."""
    first, item = same[0], same[-1]
    people = dict.fromkeys(names[person] for one in same for person in _told(one) if person in names)
    return {
        "title": title(item.fact, today, words) if len(same) == 1 else _again(len(same), words),
        "at": item.occurred_at,
        "first": first.occurred_at if len(same) > 1 else None,
        "told": ", ".join(people) or words.gettext("nobody could be told"),
        "share": isinstance(item.fact, a.TermAlertRaised) and item.fact.stage in PERCENT,
        "by_the_hour": isinstance(item.fact, a.UrgentCaseReported),
    }


def _again(times: int, words: Words) -> str:
    text = words.ngettext(
        "Nobody has taken the urgent case; the heads were told %(num)d time",
        "Nobody has taken the urgent case; the heads were told %(num)d times",
        times,
    )
    return text % {"num": times}


def title(fact: Any, today: date, words: Words) -> str:
    """What was told, as it reads on this day."""
    _ = words.gettext
    match fact:
        case a.TermAlertRaised(stage=Stage.DUE) if fact.due_on != today:
            return term_due_on(words, fact.purpose, fact.due_on)
        case a.TermAlertRaised():
            alert = term_alert(words, fact.stage.value, fact.purpose, fact.overdue_days)
            return _("%(alert)s – due at the end of %(day)s") % {
                "alert": alert,
                "day": i18n.day(fact.due_on, words.language),
            }
        case a.UrgentCaseReported():
            at = i18n.moment(target_at(fact.term), words.language)
            rule = said(badge(fact.term), words.language)
            return _("Urgent case: to be taken by %(at)s (%(rule)s)") % {"at": at, "rule": rule}
        case a.UrgentEscalated():
            return _("Nobody has taken the urgent case; the heads were told (time %(number)s)") % {
                "number": fact.number
            }
    return words.label("topic", fact.TOPIC)


def term_alert(words: Words, stage: str, purpose: str, overdue_days: int) -> str:
    """`Hạn trả lời: đã qua 50 % thời gian`."""
    stands = words.label("alert-stage", stage)
    if overdue_days:
        stands = words.ngettext("%(num)d day overdue", "%(num)d days overdue", overdue_days) % {"num": overdue_days}
    return f"{words.label('term', purpose)}: {stands}"


def term_due_on(words: Words, purpose: str, due_on: date) -> str:
    """`Hạn trả lời: đến hạn ngày 03/09/2026`: what is due today, read on another day."""
    text = words.gettext("%(term)s: due on %(day)s")
    return text % {"term": words.label("term", purpose), "day": i18n.short_day(due_on)}


def _told(item: Recorded) -> Sequence[UUID]:
    told: Sequence[UUID] = getattr(item.fact, "told", ())
    return told
