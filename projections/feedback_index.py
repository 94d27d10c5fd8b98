"""How feedback stands in the index of cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from application.ports import Recorded
from domain.calendar import legal_date
from domain.feedback import events as f
from domain.feedback.events import EndingFact, MendingFact
from domain.feedback.vocabulary import Ending, Sensitivity, Stage, stage_of
from domain.kernel import Fact
from domain.law.term import Term
from domain.searching import search_key
from projections.case_index import CaseRow

_WAITS_FOR = {
    Stage.SUBMITTED: "intake",
    Stage.ACKNOWLEDGED: "holder",
    Stage.CLASSIFIED: "holder",
    Stage.IN_HANDLING: "holder",
    Stage.AWAITING_SENDER: "sender",
    Stage.AWAITING_RELEASE: "head",
    Stage.AWAITING_UNIT: "unit",
    Stage.UNDER_ASSESSMENT: "holder",
    Stage.ASSESSED: "holder",
}
"""Nobody is waited for in any other stage."""
_ENDS: dict[type[Fact], Ending] = {
    f.FeedbackSplit: Ending.SPLIT,
    f.DuplicateLinked: Ending.DUPLICATE,
    f.FeedbackTransferred: Ending.TRANSFERRED,
    f.IncomingTransferRecalled: Ending.RECALLED,
    f.SenderGuided: Ending.GUIDED,
    f.FeedbackFoundIneligible: Ending.INELIGIBLE,
    f.SpamConfirmed: Ending.SPAM,
    f.FeedbackWithdrawn: Ending.WITHDRAWN,
}
_TAKE_BACK = (f.DuplicateUnlinked, f.TransferRecalled, f.GuidanceWithdrawn, f.IneligibilityRevoked, f.SpamRevoked)


class FeedbackInIndex:
    """A fold of feedback facts into `CaseRow`."""

    facts: tuple[type[Fact], ...] = f.FEEDBACK_FACTS

    def fold(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        """None until the submission is known; never raises."""
        if isinstance(fact, f.FeedbackSubmitted):
            return _opened(fact, envelope)
        if row is None:
            return None
        changed = replace(row, version=envelope.originator_version, **_change(row, fact, envelope))
        return _settled(row, changed, envelope)


def _opened(fact: f.FeedbackSubmitted, envelope: Recorded) -> CaseRow:
    row = CaseRow(
        case_id=envelope.originator_id,
        kind="feedback",
        version=envelope.originator_version,
        authority_id=fact.authority_id,
        area_id=fact.area_id,
        place_id=fact.place_id,
        status=Stage.SUBMITTED.value,
        received_on=fact.received_on,
        opened_at=envelope.occurred_at,
        recorded_at=envelope.recorded_at,
        channel=fact.channel.value,
        sensitivity=fact.sensitivity.value,
        narrow=fact.sensitivity.narrow,
        unheld_new=True,
        danger=fact.danger,
        topic=fact.topic.value,
        entered_late_days=(legal_date(envelope.recorded_at) - legal_date(envelope.occurred_at)).days,
        waiting_for="intake",
        waiting_since=envelope.recorded_at,
    )
    return replace(row, **_due(fact.terms))


def _change(row: CaseRow, fact: Fact, envelope: Recorded) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    match fact:
        case f.FeedbackAcknowledged():
            return {"holder_id": fact.holder_id}
        case f.FeedbackClassified() | f.FeedbackReclassified():
            return _classified(row, fact)
        case f.FeedbackAssigned():
            return {"holder_id": fact.handler_id, "assigned": True}
        case f.SenderAsked():
            return {"questions_open": row.questions_open + 1, "new_reply": False}
        case f.SenderReplied():
            return {"questions_open": max(0, row.questions_open - 1), "new_reply": True}
        case f.AnswerDrafted():
            return {"draft_number": fact.draft_number, "new_reply": False}
        case f.AnswerSubmittedForRelease():
            return {"waits_for_release": True, "returned": False}
        case f.AnswerReturned():
            return {"waits_for_release": False, "returned": True}
        case f.AnswerReleased():
            return _released(envelope)
        case f.FeedbackClosed():
            return {"closed": True, "questions_open": 0, "explanations": (), **_NO_DUE}
        case f.FeedbackReopened():
            return {
                "closed": False,
                "answered": False,
                "answered_on": None,
                "ending": "",
                "correction": 0,
                "waits_for_release": False,
                "reopened": True,
                **_due(fact.terms),
            }
        case f.FeedbackRestricted():
            return {**_sensitivity(fact.sensitivity), "narrowed_by_person": True}
        case f.TermRederived():
            return _due((fact.new,)) if row.due_on == fact.old.due_on else {}
    if isinstance(fact, EndingFact):
        return _ended(row, fact)
    if isinstance(fact, MendingFact):
        return _mended(row, fact)
    return _people(row, fact)


def _ended(row: CaseRow, fact: EndingFact) -> dict[str, Any]:
    match fact:
        case f.SpamProposed():
            return {"spam_proposed": True, "spam_proposer_id": fact.proposer_id}
        case f.SpamDoubted():
            return {"spam_proposed": False, "spam_proposer_id": None}
        case f.PetitionPurged():
            return {}
    ending = _ENDS.get(type(fact))
    if ending is None:
        return _taken_back(row)
    stood = (row.due_on, row.due_purpose, row.due_kind, row.latest_arguable_on)
    before = row.due_before_ending if row.ending else stood
    return {"ending": ending.value, "closed": True, "due_before_ending": before, **_NO_DUE}


def _taken_back(row: CaseRow) -> dict[str, Any]:
    if not row.ending:
        return {}
    due_on, purpose, kind, latest = row.due_before_ending or (None, "", "", None)
    return {
        "ending": "",
        "closed": False,
        "spam_proposed": False,
        "spam_proposer_id": None,
        "due_before_ending": None,
        "due_on": due_on,
        "due_purpose": purpose,
        "due_kind": kind,
        "latest_arguable_on": latest,
    }


def _mended(row: CaseRow, fact: MendingFact) -> dict[str, Any]:  # noqa: PLR0911 - one arm per fact
    match fact:
        case f.AnswerCorrectionDrafted():
            return {"correction": fact.draft_number, "draft_number": fact.draft_number}
        case f.AnswerCorrectionReturned() | f.AnswerCorrected():
            return {"correction": 0}
        case f.ExplanationAsked():
            return {"explanations": _with(row.explanations, fact.explanation_id)}
        case f.ExplanationReceived() | f.ExplanationRecalled():
            return {"explanations": _without(row.explanations, fact.explanation_id)}
        case f.InformationCaseOpened():
            readers = tuple(sorted({*row.readers, *fact.reader_ids} - set(row.involved)))
            narrow = {**_sensitivity(Sensitivity.IDENTITY_VAULT), "narrowed_by_person": True}
            return {"information": True, "kind": "information", "readers": readers, **narrow, **_NO_DUE}
        case f.InformationAssessed():
            return {"assessed": True}
        case f.ReferredToSuperior():
            return {"superior_id": fact.superior_id}
    return {}


def _people(row: CaseRow, fact: Fact) -> dict[str, Any]:
    match fact:
        case f.InvolvementDeclared():
            lets_go = {"holder_id": None, "assigned": False} if row.holder_id == fact.official_id else {}
            readers = _without(row.readers, fact.official_id)
            return {"involved": _with(row.involved, fact.official_id), "readers": readers, **lets_go}
        case f.ReaderNamed():
            return {"readers": _with(row.readers, fact.official_id)}
        case f.ReaderDismissed():
            return {"readers": _without(row.readers, fact.official_id)}
        case f.FeedbackHandedOver():
            return {
                "authority_id": fact.to_authority_id,
                "holder_id": None,
                "assigned": False,
                "readers": (),
                "superior_id": None,
            }
    return {}


def _classified(row: CaseRow, fact: f.FeedbackClassified | f.FeedbackReclassified) -> dict[str, Any]:
    sensitivity = {} if row.narrowed_by_person else _sensitivity(fact.sensitivity)
    return {
        "classified": True,
        "category": fact.category,
        "sub_category": fact.sub_category,
        "title": fact.title,
        "title_key": search_key(fact.title),
        **sensitivity,
    }


def _released(envelope: Recorded) -> dict[str, Any]:
    return {
        "answered": True,
        "answered_on": legal_date(envelope.occurred_at),
        "waits_for_release": False,
        "returned": False,
        "new_reply": False,
        "questions_open": 0,
        "explanations": (),
        **_NO_DUE,
    }


_NO_DUE: dict[str, Any] = {"due_on": None, "due_purpose": "", "due_kind": "", "latest_arguable_on": None}


def _sensitivity(sensitivity: Sensitivity) -> dict[str, Any]:
    return {"sensitivity": sensitivity.value, "narrow": sensitivity.narrow}


def _due(terms: Iterable[Term]) -> dict[str, Any]:
    """The date of a list is that of the answer."""
    reply = next((term for term in terms if term.purpose == "reply"), None)
    if reply is None:
        return {}
    return {
        "due_on": reply.due_on,
        "due_purpose": reply.purpose,
        "due_kind": str(reply.kind),
        "latest_arguable_on": reply.latest_arguable_on,
    }


def _settled(before: CaseRow, row: CaseRow, envelope: Recorded) -> CaseRow:
    """Status, and who is waited for since when, follow from the rest."""
    stage = stage_of(
        closed=row.closed,
        answered=row.answered,
        waits=row.waits_for_release,
        asked=row.questions_open > 0,
        assigned=row.assigned,
        classified=row.classified,
        held=row.holder_id is not None,
        ending=row.ending,
        unit_asked=bool(row.explanations),
        information=row.information,
        assessed=row.assessed,
    )
    waiting_for = _waits_for(row, stage)
    moved = (waiting_for, row.holder_id) != (before.waiting_for, before.holder_id)
    return replace(
        row,
        status=stage.value,
        unheld_new=row.holder_id is None and not row.classified,
        waiting_for=waiting_for,
        waiting_since=envelope.recorded_at if moved else before.waiting_since,
    )


def _waits_for(row: CaseRow, stage: Stage) -> str:
    if row.answered or row.closed:
        return "head" if row.correction else ""
    if row.spam_proposed and not row.waits_for_release:
        return "second"
    return "intake" if row.holder_id is None else _WAITS_FOR.get(stage, "")


def _with(people: tuple[UUID, ...], person: UUID) -> tuple[UUID, ...]:
    return tuple(sorted({*people, person}))


def _without(people: tuple[UUID, ...], person: UUID) -> tuple[UUID, ...]:
    return tuple(other for other in people if other != person)
