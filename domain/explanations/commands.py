"""What officials and a school ask of a request for explanation, in the imperative. Texts arrive sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.explanations.events import ExplanationFile, ExplanationPart
from domain.kernel import Command, Sealed
from domain.law.law import Law


class LookedAt(msgspec.Struct, frozen=True):
    """A file that is to go along. `looked_at`: somebody saw it and says that it gives nobody away."""

    file: ExplanationFile
    looked_at: bool


class RequestExplanation(Command, frozen=True):
    """`due_on` None: the day of the authority's own rule; another day needs `date_reason`.

    `could_know` is sealed as `could_know_sealed` too: how small the circle is could lead to somebody.
    """

    number: str
    case_id: UUID
    authority_id: UUID
    place_id: UUID
    subject_id: UUID
    questions: tuple[Sealed, ...]
    attachments: tuple[LookedAt, ...]
    could_know: int
    could_know_sealed: Sealed
    few_reason: Sealed | None
    preview_confirmed: bool
    law: Law
    due_on: date | None = None
    date_reason: str = ""


class OpenRequest(Command, frozen=True):
    pass


class AskMoreTime(Command, frozen=True):
    until: date
    reason: Sealed


class GrantMoreTime(Command, frozen=True):
    """`until` None: what the school asked for."""

    until: date | None


class RefuseMoreTime(Command, frozen=True):
    reason: Sealed


class RederiveDay(Command, frozen=True):
    """After days off changed; `reason` names the paper that says so."""

    law: Law
    reason: str


class GiveExplanation(Command, frozen=True):
    parts: tuple[ExplanationPart, ...]
    attachments: tuple[ExplanationFile, ...]


class RecallRequest(Command, frozen=True):
    reason: str


ExplanationCommand = (
    RequestExplanation
    | OpenRequest
    | AskMoreTime
    | GrantMoreTime
    | RefuseMoreTime
    | RederiveDay
    | GiveExplanation
    | RecallRequest
)
