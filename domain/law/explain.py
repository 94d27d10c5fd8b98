"""A date explains itself: a stored term as sentences (msgid and arguments), in the order in which people ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import assert_never

from domain.calendar import legal_date
from domain.law import steps as s
from domain.law.rules import DayCount, Unit
from domain.law.sentences import Clock, Day, Days, Listing, Named, Sentence, listing, say
from domain.law.term import Term

HEADINGS = {
    "acknowledge": "Acknowledgement due by the end of %(day)s",
    "triage": "Classification due by the end of %(day)s",
    "reply": "Answer due by the end of %(day)s",
    "review": "Review may be asked for until the end of %(day)s",
    "explain": "Explanation due by the end of %(day)s",
    "keep": "Kept until the end of %(day)s",
}
EVENTS = {
    "FeedbackSubmitted": "Receipt of the feedback",
    "PetitionReceived": "Receipt of the feedback",
    "ExplanationRequested": "Request for explanation",
    "FeedbackAnswered": "Answer sent",
    "ReviewRequested": "Request for review",
    "FeedbackReopened": "Opened again",
    "PetitionClassifiedIneligible": "Found ineligible",
    "ComplaintReceived": "Receipt of the complaint",
    "SecondComplaintReceived": "Receipt of the second complaint",
    "ComplaintAccepted": "Acceptance of the complaint",
    "SecondComplaintAccepted": "Acceptance of the second complaint",
    "TargetKnown": "Decision received or act known",
    "FirstDeadlineExpired": "The first time to resolve ran out",
    "FirstDecisionReceived": "Receipt of the first decision",
    "FirstDecisionIssued": "Issue of the decision",
    "SecondDecisionIssued": "Issue of the decision",
    "DecisionIssued": "Issue of the decision",
    "DecisionPublished": "Publication of the decision",
}
RECEIPTS = {"FeedbackSubmitted", "PetitionReceived"}
CAUSES = {
    "calendar": "the calendar changed",
    "variant": "another limit of the law applies",
    "pause": "the count was paused",
    "extension": "the term was extended",
}


def heading(term: Term) -> Sentence:
    """What is due, and until when."""
    if term.due_at is not None:
        return say("Due by %(time)s on %(day)s", time=Clock(term.due_at), day=Day(term.due_on))
    return say(HEADINGS.get(term.purpose, "Due by the end of %(day)s"), day=Day(term.due_on))


def badge(term: Term, *, public: bool = False) -> Sentence:
    """One of the three badges that stand on every date (glossary: statutory, the authority's own rule, law unclear)."""
    match term.kind:
        case "statutory":
            return say("Statutory – %(basis)s", basis=term.basis)
        case "unclear":
            return say("Law unclear – the earlier count is used")
        case "policy":
            if public:
                return say("The authority set this date itself")
            if term.document is None:
                return say("Authority's own rule – built-in default, no document yet")
            return say(
                "Authority's own rule – no. %(number)s, from %(day)s",
                number=term.document.number,
                day=Day(term.document.from_day),
            )
        case _:
            assert_never(term.kind)


def explain(term: Term, *, with_time: bool = True) -> tuple[Sentence, ...]:
    """The numbered lines. `with_time` False leaves out hour and minute of the start (public and school pages)."""
    trigger = next((step.trigger for step in term.steps if isinstance(step, s.Started)), "")
    lines = [line for step in term.steps if (line := _line(step, trigger, with_time=with_time))]
    return (*lines, _interruptions(term.steps))


def grounds(term: Term, *, public: bool = False) -> tuple[Sentence, ...]:
    """Below the lines: article, limit, latest arguable day; for staff also rule, calendar, earlier dates."""
    lines = [_basis(term)]
    for step in term.steps:
        if isinstance(step, s.OtherReading):
            limit = _limit(step.value, "day", "WORKING")
            lines.append(say("Latest arguable count: %(day)s (%(limit)s).", day=Day(step.ends_on), limit=limit))
    if public:
        return tuple(lines)
    lines.append(say("Rule %(rule)s, verification: %(status)s", rule=term.rule_id, status=_verified(term.status)))
    edition, published = term.calendar_edition, Day(term.calendar_published_on)
    lines.append(say("Calendar: edition %(edition)s, of %(day)s", edition=edition, day=published))
    if term.estimated:
        lines.append(say("Days off of %(year)s are an estimate: no notice was known yet.", year=str(term.due_on.year)))
    earlier = [_earlier(step) for step in term.steps if isinstance(step, s.EarlierDerivation)]
    return (*lines, *(earlier or [say("Earlier dates: none")]))


def _verified(status: str) -> Sentence:
    """In a few words; where a figure was seen, and what of it was not, stands word for word in the term itself."""
    if status.startswith("verified"):
        if "memory" in status:
            return say("partly checked against a published text")
        return say("checked against a published text")
    if status.startswith("memory"):
        return say("not yet checked against the text")
    if status.startswith("policy"):
        return say("a rule of the authority, not of the law")
    return say("not known")


def question_does_not_stop(asked_on: date) -> Sentence:
    """For a case in which the sender was asked: no law stops the term for that."""
    return say("The question to the sender on %(day)s does not stop the term.", day=Day(asked_on, "bare"))


def _line(step: s.Step, trigger: str, *, with_time: bool) -> Sentence | None:  # noqa: PLR0911 (one for each step)
    match step:
        case s.Started():
            return _started(step, with_time=with_time)
        case s.ReceptionMoved():
            return say(
                "Came in after hours or on a day off: received on %(day)s (authority's rule no. %(number)s).",
                day=Day(step.received_on),
                number=step.document.number,
            )
        case s.ReceptionKept():
            return say("Came in on a day off, and counts from that day all the same.")
        case s.EventDayLeftOut():
            receipt = "The day of receipt is not counted; day one is %(day)s (Civil Code 2015, Art. 147)."
            event = "The day itself is not counted; day one is %(day)s (Civil Code 2015, Art. 147)."
            return say(receipt if trigger in RECEIPTS else event, day=Day(step.first_day, "short"))
        case s.Counted():
            return _counted(step)
        case s.Rolled():
            direction = "%(idle)s → end of the next working day: %(day)s (Art. 148)."
            if step.backwards:
                direction = "%(idle)s → end of the working day before: %(day)s."
            return say(direction, idle=_idle(step.idle), day=Day(step.to_day))
        case s.WithinLaw():
            return say(
                "The authority's own limit gives %(own)s, the law's (%(rule)s) %(law)s: the earlier day stands.",
                own=Day(step.policy_due_on),
                rule=step.law_rule_id,
                law=Day(step.law_due_on),
            )
        case s.Paused() | s.Extended() | s.OtherReading() | s.EarlierDerivation():
            return None
        case _:
            assert_never(step)


def _started(step: s.Started, *, with_time: bool) -> Sentence:
    event = say(EVENTS[step.trigger]) if step.trigger in EVENTS else say("Start (%(event)s)", event=step.trigger)
    what = _day_kind(step)
    if step.at is None or not with_time:
        return say("%(event)s: %(day)s – %(what)s.", event=event, day=Day(step.on), what=what)
    day = Day(legal_date(step.at))
    return say("%(event)s: %(day)s, %(time)s – %(what)s.", event=event, day=day, time=Clock(step.at), what=what)


def _day_kind(step: s.Started) -> Sentence:
    match step.kind:
        case "working":
            return say("a working day")
        case "weekend":
            return say("a weekly day off")
        case "day-off":
            return say("a day off (%(name)s)", name=Named(step.name, step.name_en))
        case "make-up":
            if step.replaces is None:
                return say("a working day (made up)")
            return say("a working day (made up for %(day)s)", day=Day(step.replaces, "short"))
        case _:
            assert_never(step.kind)


def _counted(step: s.Counted) -> Sentence:
    limit, day = _limit(step.value, step.unit, step.day_count, consecutive=True), Day(step.ends_on)
    if step.backwards:
        return say("Count back %(limit)s → %(day)s.", limit=limit, day=day)
    passed = []
    if step.skipped:
        passed.append(say("not counted: %(idle)s", idle=_idle(step.skipped)))
    if step.worked:
        passed.append(say("counted as made up: %(days)s", days=Days(step.worked)))
    if passed:
        return say("Count %(limit)s → %(day)s (%(passed)s).", limit=limit, day=day, passed=listing(passed))
    return say("Count %(limit)s → %(day)s.", limit=limit, day=day)


def _idle(days: Iterable[s.Idle]) -> Listing:
    phrases = []
    for (vi, en), group in groupby(days, key=lambda day: (day.name, day.name_en)):
        which = Days(tuple(day.day for day in group))
        phrases.append(
            say("%(days)s off for %(name)s", days=which, name=Named(vi, en))
            if vi
            else say("%(days)s weekend", days=which)
        )
    return listing(phrases)


def _limit(value: int, unit: Unit, day_count: DayCount, *, consecutive: bool = False) -> Sentence:
    match unit:
        case "hour":
            return say("%(number)s hour", "%(number)s hours", number=value)
        case "month":
            return say("%(number)s month", "%(number)s months", number=value)
        case "year":
            return say("%(number)s year", "%(number)s years", number=value)
        case _ if day_count == "WORKING":
            return say("%(number)s working day", "%(number)s working days", number=value)
        case _ if consecutive:
            return say("%(number)s consecutive day", "%(number)s consecutive days", number=value)
        case _:
            return say("%(number)s day", "%(number)s days", number=value)


def _interruptions(steps: Iterable[s.Step]) -> Sentence:
    pauses = [
        say("%(start)s up to %(end)s", start=Day(step.from_day), end=Day(step.resumed_on))
        for step in steps
        if isinstance(step, s.Paused)
    ]
    extensions = [
        say("no. %(count)s by %(value)s", count=step.number, value=step.value)
        for step in steps
        if isinstance(step, s.Extended)
    ]
    none = [say("none")]
    return say(
        "Pauses: %(pauses)s. Extensions: %(extensions)s.",
        pauses=listing(pauses or none),
        extensions=listing(extensions or none),
    )


def _basis(term: Term) -> Sentence:
    limit = _limit(term.value, term.unit, term.day_count)
    if term.kind == "policy":
        if term.document is None:
            return say("Basis: the authority's own rule, built-in default – “%(limit)s”.", limit=limit)
        return say(
            "Basis: the authority's own rule no. %(number)s, from %(day)s – “%(limit)s”.",
            number=term.document.number,
            day=Day(term.document.from_day),
            limit=limit,
        )
    if term.note_vi:
        note = Named(term.note_vi, term.note_en)
        return say("Basis: %(basis)s – “%(limit)s”; %(note)s.", basis=term.basis, limit=limit, note=note)
    return say("Basis: %(basis)s – “%(limit)s”.", basis=term.basis, limit=limit)


def _earlier(step: s.EarlierDerivation) -> Sentence:
    return say(
        "Earlier date: %(day)s (calendar %(edition)s, counted on %(counted)s); counted again because %(cause)s.",
        day=Day(step.due_on),
        edition=step.calendar_edition,
        counted=Day(legal_date(step.derived_at)),
        cause=say(CAUSES[step.cause]),
    )
