"""Which rule sets which term of a complaint (Luật Khiếu nại 2011). Pure choice; the counting is the law's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from domain.complaints.vocabulary import Complexity, Employment, Level, Reading, Target, Timeliness
from domain.kernel import RefusalError
from domain.law.law import Law
from domain.law.term import Term

NEW_LAW = date(2026, 7, 1)
"""Luật 136/2025/QH15 is in force. What it changed is known from the press alone; no transitional clause was seen."""
REGIMES = ("KN-1", "KN-2")


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which the complainant could not lodge: illness, disaster, far mission (Art. 9). Both ends included."""

    first: date
    last: date


class ObstacleOutsideError(RefusalError):
    """The obstacle ends before it begins."""

    code = "obstacle-wrong-way-round"


def regime_on(day: date) -> str:
    """The regime of what is opened on this day; the case keeps it."""
    return REGIMES[day >= NEW_LAW]


def readings_of(target: Target, employment: Employment | None) -> tuple[Reading, ...]:
    """By which chapters its terms may be read, the one for caution first. Two: a person decides (Luật chưa rõ)."""
    if target is not Target.DISCIPLINE:
        return (Reading.GENERAL,)
    if employment is Employment.OFFICIAL:
        return (Reading.DISCIPLINE,)
    return (Reading.DISCIPLINE, Reading.GENERAL)


def resolve_rule(level: Level, reading: Reading, *, remote: bool, complexity: Complexity) -> tuple[str, str]:
    """The one rule, and its variant, for the time to resolve (CMP-I5)."""
    hard = complexity is Complexity.COMPLEX
    if reading is Reading.DISCIPLINE:
        return "KN-DISC-RESOLVE", "complex" if hard else ""
    number = 1 if level is Level.FIRST else 2
    return f"KN-RESOLVE-{number}{'R' * remote}{'C' * hard}", ""


def resolve_term(law: Law, on: date, level: Level, reading: Reading, *, remote: bool, complexity: Complexity) -> Term:
    """From the day of acceptance."""
    rule, variant = resolve_rule(level, reading, remote=remote, complexity=complexity)
    return law.term("resolve", rule, trigger_on=on, variant=variant, trigger=_accepted(level))


def accept_term(law: Law, on: date, level: Level) -> Term:
    """Ten days from receipt by whoever is competent (Art. 27, 36)."""
    if level is Level.FIRST:
        return law.term("accept", "KN-ACCEPT-1", trigger_on=on, trigger="ComplaintReceived")
    return law.term("accept", "KN-ACCEPT-2", trigger_on=on, trigger="SecondComplaintReceived")


def send_term(law: Law, on: date, level: Level) -> Term:
    """From the day of the decision (Art. 32, 41)."""
    return law.term("send", "KN-SEND-1" if level is Level.FIRST else "KN-SEND-2", trigger_on=on)


def effect_term(law: Law, on: date, *, remote: bool) -> Term:
    """When the decision takes effect unless somebody goes on: counted from its issue (Art. 44)."""
    return law.term("effect", "KN-EFFECT", trigger_on=on, variant="remote" if remote else "")


def publish_term(law: Law, on: date) -> Term:
    """Second decisions only. Raises RuleNotInForceError before 10/12/2020, whose text was not seen."""
    return law.term("publish", "KN-PUBLISH", trigger_on=on)


def posted_until(law: Law, on: date) -> Term:
    """How long a decision stays on a page at least."""
    return law.term("posted", "KN-POST", trigger_on=on)


def limits(law: Law, readings: Sequence[Reading], known_on: date | None, obstacle: Obstacle | None) -> tuple[Term, ...]:
    """Until when the first complaint could be lodged, one term per reading; empty where the start is not known."""
    if known_on is None:
        return ()
    rules = {Reading.GENERAL: "KN-LIMIT", Reading.DISCIPLINE: "KN-DISC-LIMIT"}
    found = (law.term("limit", rules[one], trigger_on=known_on, trigger="TargetKnown") for one in readings)
    return tuple(_stretched(law, term, obstacle) for term in found)


def windows(
    law: Law, readings: Sequence[Reading], received_on: date, *, remote: bool, dismissal: bool
) -> tuple[Term, ...]:
    """Until when the second complaint can be lodged, from the proven receipt of the first decision."""
    return tuple(_window(law, one, received_on, remote=remote, dismissal=dismissal) for one in readings)


def window_after_silence(law: Law, due_on: date, *, remote: bool) -> Term:
    """The same where no first decision came: from the day on which it was due (Art. 33)."""
    variant = "remote" if remote else ""
    return law.term("window", "KN-WINDOW-2", trigger_on=due_on, variant=variant, trigger="FirstDeadlineExpired")


def _window(law: Law, reading: Reading, on: date, *, remote: bool, dismissal: bool) -> Term:
    if reading is Reading.DISCIPLINE:
        variant = "second-dismissal" if dismissal else "second"
        return law.term("window", "KN-DISC-LIMIT", trigger_on=on, variant=variant, trigger="FirstDecisionReceived")
    variant = "remote" if remote else ""
    return law.term("window", "KN-WINDOW-2", trigger_on=on, variant=variant, trigger="FirstDecisionReceived")


def stretched(law: Law, terms: Iterable[Term], obstacle: Obstacle | None) -> tuple[Term, ...]:
    """The same without the days of an obstacle."""
    return tuple(_stretched(law, term, obstacle) for term in terms)


def _stretched(law: Law, term: Term, obstacle: Obstacle | None) -> Term:
    if obstacle is None:
        return term
    if obstacle.last < obstacle.first:
        raise ObstacleOutsideError(field="obstacle")
    after = obstacle.last.fromordinal(obstacle.last.toordinal() + 1)
    return law.paused(term, obstacle.first, after, "Luật Khiếu nại 02/2011/QH13 Đ.9")


def timeliness(lodged_on: date, until: Sequence[Term]) -> Timeliness:
    """Compared with each reading."""
    if not until:
        return Timeliness.UNKNOWN
    late = [lodged_on > term.due_on for term in until]
    if all(late):
        return Timeliness.LATE
    return Timeliness.UNCLEAR if any(late) else Timeliness.IN_TIME


def other_term(law: Law, term: Term, level: Level, reading: Reading, *, remote: bool, complexity: Complexity) -> Term:
    """The time to resolve by other circumstances, from the original acceptance; what it was stays in its steps."""
    rule, variant = resolve_rule(level, reading, remote=remote, complexity=complexity)
    if (rule, variant) == (term.rule_id, term.variant):
        return term
    return replace(law.with_variant(term, rule, variant))


def _accepted(level: Level) -> str:
    return "ComplaintAccepted" if level is Level.FIRST else "SecondComplaintAccepted"
