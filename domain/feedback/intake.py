"""From what the sender wrote to who works on it: submit, acknowledge, classify, assign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.calendar import legal_date
from domain.feedback import commands as c
from domain.feedback import events as f
from domain.feedback import refusals as r
from domain.feedback.categories import CATEGORIES, Category, first_sensitivity
from domain.feedback.category_facts.narrowing import narrower
from domain.feedback.standing import not_ended
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Channel, Sensitivity
from domain.kernel import UnknownCaseError

SHORTEST_TEXT, LONGEST_TEXT = 20, 20_000
"""Characters (complaints.md §4.1)."""


def submit(state: Feedback | None, cmd: c.SubmitFeedback) -> Sequence[f.FeedbackFact]:
    """Opens the stream with the three terms that run from the day of receipt."""
    if state is not None:
        raise r.AlreadySubmittedError
    check_length(cmd.content_length)
    received = received_earlier(cmd)
    check_papers(cmd.channel, received, Papers(cmd.paper_day, cmd.sent_by is not None, cmd.document_day))
    terms = (
        cmd.law.term("acknowledge", "POL-ACK", trigger_at=received, submitted=True),
        cmd.law.term("triage", "POL-TRIAGE", trigger_at=received, submitted=True),
        cmd.law.term("reply", "POL-FEEDBACK", trigger_at=received, submitted=True),
    )
    return (
        f.FeedbackSubmitted(
            channel=cmd.channel,
            authority_id=cmd.authority_id,
            place_id=cmd.place_id,
            area_id=cmd.area_id,
            subject_id=cmd.subject_id,
            identity_ref=cmd.identity_ref,
            contact=cmd.contact,
            submitter_role=cmd.submitter_role,
            topic=cmd.topic,
            danger=cmd.danger,
            content=cmd.content,
            attachments=cmd.attachments,
            received_on=cmd.law.received_on(received),
            code_hash=cmd.code_hash,
            consent_version=cmd.consent_version,
            language=cmd.language,
            sensitivity=first_sensitivity(cmd.topic, danger=cmd.danger),
            terms=terms,
            late_reason=cmd.late_reason,
            received_at_place=cmd.received_at_place,
            originals=cmd.originals,
            paper_day=cmd.paper_day,
            sent_by=cmd.sent_by,
            document_number=cmd.document_number,
            document_day=cmd.document_day,
            collected_by=cmd.collected_by,
        ),
    )


def check_length(characters: int) -> None:
    """Asked by the desk too, before anything personal is put down for a text that will be refused."""
    if characters < SHORTEST_TEXT:
        raise r.TextTooShortError(field="text", shortest=SHORTEST_TEXT)
    if characters > LONGEST_TEXT:
        raise r.TextTooLongError(field="text", longest=LONGEST_TEXT)


def received_earlier(cmd: c.SubmitFeedback | c.ReplyToQuestion) -> datetime:
    """When the authority got it. Earlier than now needs a reason, later is impossible."""
    check_received(cmd.happened_at(), cmd.at, cmd.late_reason)
    return cmd.happened_at()


def check_received(received: datetime, now: datetime, late_reason: str) -> None:
    """Asked by the desk too, before anything personal is put down."""
    if received > now:
        raise r.ReceivedInFutureError(field="received_at")
    if received < now and not late_reason.strip():
        raise r.LateReasonMissingError(field="late_reason")


class Papers(NamedTuple):
    """What the papers themselves say: the day on the sheet, whether a body is named, the day of its document."""

    paper_day: date | None = None
    names_body: bool = False
    document_day: date | None = None


def check_papers(channel: Channel, received: datetime, papers: Papers) -> None:
    """Nothing is received before it was written, and a sheet from a hamlet not after the day of receipt it bears.

    The terms run from the day of receipt (complaints.md F0), so a later one would take days from the sender. Asked by
    the desk too, before anything personal is put down.
    """
    day = legal_date(received)
    if papers.paper_day is not None and papers.paper_day > day:
        raise r.ReceivedBeforePaperError(field="received_at", day=_written(papers.paper_day))
    if channel is Channel.OFFLINE_SHEET and papers.paper_day is not None and papers.paper_day < day:
        raise r.ReceivedAfterSheetError(field="received_at", day=_written(papers.paper_day))
    if channel is Channel.TRANSFER and not papers.names_body:
        raise r.SendingBodyMissingError(field="sent_by")
    if papers.document_day is not None and papers.document_day > day:
        raise r.ReceivedBeforeDocumentError(field="received_at", day=_written(papers.document_day))


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def acknowledge(state: Feedback, cmd: c.AcknowledgeFeedback) -> Sequence[f.FeedbackFact]:
    """The official who takes it in holds it until it is assigned: nothing is left without a holder."""
    if not_ended(state).closed:
        raise r.FeedbackClosedError
    if state.answered:
        raise r.AlreadyAnsweredError
    if state.holder_id is not None:
        raise r.AlreadyAcknowledgedError
    if cmd.by in state.involved:
        raise r.HandlerInvolvedError
    return (f.FeedbackAcknowledged(holder_id=cmd.by, holder_post_id=cmd.post_id),)


def classify(state: Feedback, cmd: c.ClassifyFeedback) -> Sequence[f.FeedbackFact]:
    """By content. A second time needs a reason and leaves the first in the history."""
    _may_be_classified(state)
    category = CATEGORIES.get(cmd.category)
    if category is None or (cmd.sub_category and cmd.sub_category not in {s.code for s in category.sub}):
        raise r.UnknownCategoryError(field="category")
    if not cmd.title.strip():
        raise r.TitleMissingError(field="title")
    if not cmd.requests:
        raise r.RequestsMissingError(field="requests")
    if not state.classified:
        return (
            f.FeedbackClassified(
                kind=cmd.kind,
                category=cmd.category,
                sub_category=cmd.sub_category,
                sensitivity=_sensitivity(state, category, cmd.own_sensitivity),
                title=cmd.title,
                requests=cmd.requests,
            ),
        )
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (
        f.FeedbackReclassified(
            kind=cmd.kind,
            category=cmd.category,
            sub_category=cmd.sub_category,
            sensitivity=_sensitivity(state, category, cmd.own_sensitivity),
            title=cmd.title,
            requests=cmd.requests,
            reason=cmd.reason,
        ),
    )


def _may_be_classified(state: Feedback) -> None:
    if not_ended(state).information:
        raise r.InformationCaseError
    if state.holder_id is None:
        raise r.NotAcknowledgedError
    if state.answered:
        raise r.AlreadyAnsweredError
    if state.waits_for_release:
        raise r.WaitingForReleaseError


def _sensitivity(state: Feedback, category: Category, own: Sensitivity | None) -> Sensitivity:
    """Of the catalogue's word and the authority's own the narrower one."""
    if category.sensitivity is Sensitivity.NORMAL and state.danger:
        return narrower(Sensitivity.URGENT, own)
    return narrower(category.sensitivity, own)


def assign(state: Feedback, cmd: c.AssignFeedback) -> Sequence[f.FeedbackFact]:
    """To anybody of the authority who is not involved; a change of handler needs a reason."""
    if not_ended(state).closed:
        raise r.FeedbackClosedError
    if state.answered:
        raise r.AlreadyAnsweredError
    if state.holder_id is None and not state.classified:
        raise r.NotAcknowledgedError
    if cmd.handler_id in state.involved:
        raise r.HandlerInvolvedError(field="handler_id")
    if state.assigned and not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.FeedbackAssigned(handler_id=cmd.handler_id, handler_post_id=cmd.handler_post_id, reason=cmd.reason),)


def present(state: Feedback | None) -> Feedback:
    """The state, if anything was ever submitted. Raises UnknownCaseError."""
    if state is None or state.authority_id is None:
        raise UnknownCaseError
    return state
