"""What the rules of feedback read, and how facts make it. Anything only a screen shows belongs to a projection."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.feedback import events as f
from domain.feedback.vocabulary import Ending, Sensitivity, Stage, stage_of
from domain.kernel import Sealed
from domain.law.term import Term


class Feedback(msgspec.Struct, frozen=True):
    """The state of one submission."""

    authority_id: UUID | None = None
    area_id: UUID | None = None
    place_id: UUID | None = None
    subject_id: UUID | None = None
    identity_ref: UUID | None = None
    danger: bool = False
    sensitivity: Sensitivity = Sensitivity.NORMAL
    narrowed_by_person: bool = False
    holder_id: UUID | None = None
    """Who has it in hand: the official who acknowledged it, then the handler."""
    assigned: bool = False
    classified: bool = False
    readers: frozenset[UUID] = frozenset()
    involved: frozenset[UUID] = frozenset()
    requests: frozenset[int] = frozenset()
    questions: int = 0
    open_questions: dict[int, datetime] = {}
    """The questions without a reply, with when each was asked."""
    drafts: int = 0
    draft_covers: frozenset[int] = frozenset()
    drafted_by: UUID | None = None
    waits_for_release: bool = False
    answered: bool = False
    review_until: date | None = None
    closed: bool = False
    terms: tuple[Term, ...] = ()
    """The terms that still run."""
    opened: f.FeedbackSubmitted | None = None
    """How it began: what a part that is split off takes over."""
    content: Sealed | None = None
    """The sender's words as they are shown now."""
    relatives: frozenset[UUID] = frozenset()
    """Cases that hold parts of the same words, under the same key."""
    category: str = ""
    released_draft: int = 0
    ending: Ending | None = None
    terms_before_ending: tuple[Term, ...] = ()
    """What runs again when the ending is taken back."""
    keep_until: date | None = None
    purged: bool = False
    spam_proposed_by: UUID | None = None
    replied: frozenset[int] = frozenset()
    correction: int = 0
    """The draft of a correction that waits for a head."""
    explanations: frozenset[UUID] = frozenset()
    """Requests to the unit that wait for its explanation."""
    information: bool = False
    assessed: bool = False
    superior_id: UUID | None = None
    """The authority above whose heads decide here too."""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(
            closed=self.closed,
            answered=self.answered,
            waits=self.waits_for_release,
            asked=bool(self.open_questions),
            assigned=self.assigned,
            classified=self.classified,
            held=self.holder_id is not None,
            ending=self.ending or "",
            unit_asked=bool(self.explanations),
            information=self.information,
            assessed=self.assessed,
        )

    @property
    def over(self) -> bool:
        """Answered, closed or ended: nothing is owed any more."""
        return self.answered or self.closed or self.ending is not None

    def without_term(self, *purposes: str) -> tuple[Term, ...]:
        """The running terms but those of `purposes`, which were met."""
        return tuple(term for term in self.terms if term.purpose not in purposes)
