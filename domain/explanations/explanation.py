"""Request for explanation (yêu cầu giải trình): one stream from the questions of an officer to a school's answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import legal_date
from domain.explanations import commands as c
from domain.explanations import events as f
from domain.explanations import refusals as r
from domain.kernel import Decider, UnknownCaseError
from domain.law.term import Term

FEW = 5
"""Below so many who could know of a matter the school might guess who told it: asking then needs a reason."""


class Explanation(msgspec.Struct, frozen=True):
    """Only what the rules below and the policies read."""

    case_id: UUID | None = None
    authority_id: UUID | None = None
    place_id: UUID | None = None
    subject_id: UUID | None = None
    questions: frozenset[int] = frozenset()
    due_on: date | None = None
    term: Term | None = None
    """What the day follows from; None where somebody set it by hand, or gave more time: then it stays."""
    opened: bool = False
    time_wanted: date | None = None
    """The later day that the school asked for, until somebody decides."""
    given: bool = False
    recalled: bool = False


def evolve(state: Explanation | None, fact: f.ExplanationFact) -> Explanation:  # noqa: PLR0911 - one arm per fact
    """Rule-free and total."""
    state = state or Explanation()
    match fact:
        case f.ExplanationRequested():
            return replace(
                state,
                case_id=fact.case_id,
                authority_id=fact.authority_id,
                place_id=fact.place_id,
                subject_id=fact.subject_id,
                questions=frozenset(question.number for question in fact.questions),
                due_on=fact.due_on,
                term=fact.term if fact.term.due_on == fact.due_on else None,
            )
        case f.ExplanationOpened():
            return replace(state, opened=True)
        case f.MoreTimeAsked():
            return replace(state, time_wanted=fact.until)
        case f.MoreTimeGranted():
            return replace(state, due_on=fact.due_on, term=None, time_wanted=None)
        case f.ExplanationDayMoved():
            return replace(state, due_on=fact.new.due_on, term=fact.new)
        case f.MoreTimeRefused():
            return replace(state, time_wanted=None)
        case f.ExplanationGiven():
            return replace(state, given=True, time_wanted=None)
        case f.RequestRecalled():
            return replace(state, recalled=True)
        case _:
            assert_never(fact)


def decide(  # noqa: C901, PLR0911 - one arm per command
    state: Explanation | None, command: c.ExplanationCommand
) -> Sequence[f.ExplanationFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.RequestExplanation):
        return request(state, command)
    if state is None or state.case_id is None:
        raise UnknownCaseError
    if isinstance(command, c.RederiveDay):
        return rederive(state, command)
    if state.recalled:
        raise r.RequestRecalledError
    match command:
        case c.OpenRequest():
            return () if state.opened else (f.ExplanationOpened(),)
        case c.AskMoreTime():
            return ask_more_time(state, command)
        case c.GrantMoreTime():
            return grant_more_time(state, command)
        case c.RefuseMoreTime():
            return refuse_more_time(state, command)
        case c.GiveExplanation():
            return give(state, command)
        case c.RecallRequest():
            return recall(state, command)
        case _:
            assert_never(command)


def request(state: Explanation | None, cmd: c.RequestExplanation) -> Sequence[f.ExplanationFact]:
    """Questions, a day with its reason, and care for who told it (CMP-I9)."""
    if state is not None:
        raise r.AlreadyRequestedError
    if not cmd.questions:
        raise r.QuestionsMissingError(field="questions")
    check_circle(cmd.could_know, has_reason=cmd.few_reason is not None)
    check_looked_at(attachment.looked_at for attachment in cmd.attachments)
    term = cmd.law.term("explain", "POL-EXPLAIN", trigger_at=cmd.at, trigger="ExplanationRequested")
    due_on, reason = cmd.due_on or term.due_on, cmd.date_reason.strip()
    check_date(due_on, term.due_on, legal_date(cmd.at), reason)
    if not cmd.preview_confirmed:
        raise r.PreviewNotConfirmedError(field="preview_confirmed")
    return (
        f.ExplanationRequested(
            number=cmd.number,
            case_id=cmd.case_id,
            authority_id=cmd.authority_id,
            place_id=cmd.place_id,
            subject_id=cmd.subject_id,
            questions=tuple(f.ExplanationQuestion(n, text) for n, text in enumerate(cmd.questions, start=1)),
            attachments=tuple(attachment.file for attachment in cmd.attachments),
            term=term,
            due_on=due_on,
            date_reason=reason if due_on != term.due_on else "",
            could_know=cmd.could_know_sealed,
            few_reason=cmd.few_reason,
        ),
    )


def check_circle(could_know: int, *, has_reason: bool) -> None:
    """Asking stays possible when few could know, with a reason. Raises CouldKnowMissingError, FewCouldKnowError."""
    if could_know < 1:
        raise r.CouldKnowMissingError(field="could_know")
    if could_know < FEW and not has_reason:
        raise r.FewCouldKnowError(field="few_reason", fewest=FEW)


def check_looked_at(looks: Iterable[bool]) -> None:
    """Each file on its own. Raises NotLookedAtError."""
    if not all(looks):
        raise r.NotLookedAtError(field="attachments")


def check_date(due_on: date, usual: date, today: date, reason: str) -> None:
    """Another day than the usual one is told why. Raises DateNotAheadError, DateReasonMissingError."""
    if due_on <= today:
        raise r.DateNotAheadError(field="due_on")
    if due_on != usual and not reason:
        raise r.DateReasonMissingError(field="date_reason")


def ask_more_time(state: Explanation, cmd: c.AskMoreTime) -> Sequence[f.ExplanationFact]:
    """As often as the school likes, but one wish at a time."""
    _waited_for(state)
    if state.time_wanted is not None:
        raise r.MoreTimeAlreadyAskedError
    _longer(state, cmd.until, legal_date(cmd.at))
    return (f.MoreTimeAsked(until=cmd.until, reason=cmd.reason),)


def grant_more_time(state: Explanation, cmd: c.GrantMoreTime) -> Sequence[f.ExplanationFact]:
    """The day that was asked for, or another later one."""
    if state.time_wanted is None or state.due_on is None:
        raise r.MoreTimeNotAskedError
    until = cmd.until or state.time_wanted
    _longer(state, until, legal_date(cmd.at))
    return (f.MoreTimeGranted(old_due_on=state.due_on, due_on=until),)


def refuse_more_time(state: Explanation, cmd: c.RefuseMoreTime) -> Sequence[f.ExplanationFact]:
    """The day stays."""
    if state.time_wanted is None:
        raise r.MoreTimeNotAskedError
    return (f.MoreTimeRefused(reason=cmd.reason),)


def waits(state: Explanation) -> bool:
    """Whether the school still owes it."""
    return state.case_id is not None and not state.given and not state.recalled


def rederive(state: Explanation, cmd: c.RederiveDay) -> Sequence[f.ExplanationFact]:
    """By the rule's own count only, and only while the school still owes it: what somebody set by hand stays."""
    moved = cmd.law.rederive(state.term) if state.term is not None and waits(state) else None
    if state.term is None or moved is None or moved.due_on == state.term.due_on:
        return ()
    return (f.ExplanationDayMoved(old=state.term, new=moved, reason=cmd.reason),)


def give(state: Explanation, cmd: c.GiveExplanation) -> Sequence[f.ExplanationFact]:
    """Question by question, also after the day; once."""
    _waited_for(state)
    answered = {part.question for part in cmd.parts}
    if unknown := sorted(answered - state.questions):
        raise r.UnknownQuestionError(field="parts", question=unknown[0])
    if missing := sorted(state.questions - answered):
        raise r.QuestionUnansweredError(field="parts", question=missing[0])
    return (f.ExplanationGiven(parts=cmd.parts, attachments=cmd.attachments),)


def recall(state: Explanation, cmd: c.RecallRequest) -> Sequence[f.ExplanationFact]:
    """Only what nobody at the school has read."""
    if state.opened:
        raise r.AlreadyOpenedError
    if not cmd.reason.strip():
        raise r.ExplanationReasonMissingError(field="reason")
    return (f.RequestRecalled(reason=cmd.reason.strip()),)


def possible_actions(state: Explanation) -> frozenset[str]:
    """What the rules allow now, whoever asks; who may is the policy's question. Names are those of the API's paths."""
    if state.case_id is None or state.recalled or state.given:
        return frozenset()
    if not state.opened:
        return frozenset({"recalls"})
    if state.time_wanted is not None:
        return frozenset({"answers", "more-time-grants", "more-time-refusals"})
    return frozenset({"answers", "more-time-requests"})


def _waited_for(state: Explanation) -> None:
    if not state.opened:
        raise r.NotOpenedError
    if state.given:
        raise r.AlreadyGivenError


def _longer(state: Explanation, until: date, today: date) -> None:
    if until <= today or (state.due_on is not None and until <= state.due_on):
        raise r.TimeNotLongerError(field="until")


EXPLANATION: Decider[Explanation, c.ExplanationCommand, f.ExplanationFact] = Decider("explanation", decide, evolve)
