"""Dialogue meeting (hội nghị đối thoại, F6): planned, announced, held, its opinions recorded and settled, closed, told.

No law sets a day for any of this; every day is one that a person sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from domain.calendar import legal_date
from domain.dialogues import commands as c
from domain.dialogues import events as f
from domain.dialogues import refusals as r
from domain.dialogues.counting import told_by_level, told_by_state, told_total
from domain.dialogues.recording import dismiss, take_in
from domain.dialogues.settling import answer, reopen, route, transfer
from domain.dialogues.state import Dialogue, evolve
from domain.dialogues.vocabulary import OpinionStatus
from domain.kernel import Decider, UnknownCaseError


def decide(  # noqa: C901, PLR0911, PLR0912 - one arm per command
    state: Dialogue | None, command: c.DialogueCommand
) -> Sequence[f.DialogueFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.PlanDialogue):
        return plan(state, command)
    if state is None or state.authority_id is None:
        raise UnknownCaseError
    if isinstance(command, c.PublishSummary):
        return publish(state, command)
    if isinstance(command, c.WithdrawSummary):
        return withdraw(state, command)
    if state.closed:
        raise r.BatchClosedError
    match command:
        case c.AnnounceDialogue():
            return announce(state, command)
        case c.HoldDialogue():
            return hold(state, command)
        case c.FileMinutes():
            return file_minutes(state, command)
        case c.TakeInOpinions():
            return take_in(state, command)
        case c.DismissRow():
            return dismiss(state, command)
        case c.RouteOpinions():
            return route(state, command)
        case c.AnswerOpinion():
            return answer(state, command)
        case c.TransferOpinions():
            return transfer(state, command)
        case c.ReopenOpinion():
            return reopen(state, command)
        case c.WriteSummary():
            return summarise(state, command)
        case c.CloseDialogue():
            return close(state)
        case _:
            assert_never(command)


def plan(state: Dialogue | None, cmd: c.PlanDialogue) -> Sequence[f.DialogueFact]:
    """Also for a meeting of long ago that is entered afterwards."""
    if state is not None:
        raise r.AlreadyPlannedError
    texts = {name: getattr(cmd, name).strip() for name in ("title", "matter", "place", "chair_post", "invited")}
    if missing := next((name for name, text in texts.items() if not text), None):
        raise r.WordsMissingError(field=missing)
    return (
        f.DialoguePlanned(
            authority_id=cmd.authority_id,
            subject_id=cmd.subject_id,
            planned_on=cmd.planned_on,
            chair_name=cmd.chair_name,
            **texts,
        ),
    )


def announce(state: Dialogue, cmd: c.AnnounceDialogue) -> Sequence[f.DialogueFact]:
    """As often as it was told, until it is held."""
    if state.held_on is not None:
        raise r.AlreadyHeldError
    if not cmd.how.strip():
        raise r.WordsMissingError(field="how")
    if cmd.announced_on > legal_date(cmd.at):
        raise r.DayAheadError(field="announced_on")
    return (f.DialogueAnnounced(announced_on=cmd.announced_on, how=cmd.how.strip()),)


def hold(state: Dialogue, cmd: c.HoldDialogue) -> Sequence[f.DialogueFact]:
    """Once, after it was announced."""
    if state.held_on is not None:
        raise r.AlreadyHeldError
    if not state.announced:
        raise r.NotAnnouncedError
    if cmd.held_on > legal_date(cmd.at):
        raise r.DayAheadError(field="held_on")
    if cmd.participants < 1:
        raise r.NobodyThereError(field="participants")
    held = f.DialogueMeetingHeld(held_on=cmd.held_on, participants=cmd.participants)
    return (held,) if cmd.minutes is None else (held, f.DialogueMinutesFiled(minutes=cmd.minutes))


def file_minutes(state: Dialogue, cmd: c.FileMinutes) -> Sequence[f.DialogueFact]:
    """Of a meeting that was held; a better scan replaces the one before."""
    if state.held_on is None:
        raise r.NotHeldError
    return (f.DialogueMinutesFiled(minutes=cmd.minutes),)


def summarise(state: Dialogue, cmd: c.WriteSummary) -> Sequence[f.DialogueFact]:
    """When each opinion has its level or is settled already; what is recorded later wants a new one."""
    if not state.opinions:
        raise r.NoOpinionsError
    without = sorted(n for n, one in state.opinions.items() if one.status is OpinionStatus.RECORDED)
    if without:
        raise r.NotRoutedError(first=without[0], count=len(without))
    if cmd.text is None:
        raise r.SummaryMissingError(field="text")
    return (f.DialogueSummarised(text=cmd.text),)


def close(state: Dialogue) -> Sequence[f.DialogueFact]:
    """Only when no row waits and every opinion is answered or passed on (complaints.md F6)."""
    if not state.opinions:
        raise r.NoOpinionsError
    if waiting := state.open_numbers():
        raise r.OpinionsOpenError(first=waiting[0], count=len(waiting))
    if state.aside:
        raise r.RowsWaitError(count=len(state.aside))
    if not state.summarised:
        raise r.SummaryMissingError
    return (f.DialogueBatchClosed(total=len(state.opinions)),)


def publish(state: Dialogue, cmd: c.PublishSummary) -> Sequence[f.DialogueFact]:
    """After the closing, when no count can change any more."""
    if not state.closed or state.held_on is None:
        raise r.NotClosedError
    if state.published:
        raise r.AlreadyPublishedError
    if cmd.text is None:
        raise r.SummaryMissingError(field="text")
    if not cmd.confirmed:
        raise r.NotConfirmedError(field="confirmed")
    return (
        f.DialogueSummaryPublished(
            text=cmd.text,
            title=state.title,
            held_on=state.held_on,
            total=told_total(state),
            by_state=told_by_state(state),
            by_level=told_by_level(state),
        ),
    )


def withdraw(state: Dialogue, cmd: c.WithdrawSummary) -> Sequence[f.DialogueFact]:
    """Taking down leaves its reason."""
    if not state.published:
        raise r.NotPublishedError
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.DialogueSummaryWithdrawn(reason=cmd.reason.strip()),)


def possible_actions(state: Dialogue) -> frozenset[str]:
    """What the rules allow now, whoever asks; who may is the policy's question. Names are those of the API's paths.

    A closing that the rules refuse is offered all the same once opinions are there: the refusal says what is missing.
    """
    if state.authority_id is None:
        return frozenset()
    if state.closed:
        return frozenset({"withdrawals"} if state.published else {"publications"})
    if state.held_on is None:
        return frozenset({"announcements", "meetings"} if state.announced else {"announcements"})
    found = {"minutes", "opinions"}
    if state.aside:
        found.add("row-dismissals")
    if state.opinions:
        found |= {"closures", "summaries"}
        if state.open_numbers():
            found |= {"routings", "answers", "transfers"}
        if len(state.open_numbers()) < len(state.opinions):
            found.add("reopenings")
    return frozenset(found)


DIALOGUE: Decider[Dialogue, c.DialogueCommand, f.DialogueFact] = Decider("dialogue", decide, evolve)
