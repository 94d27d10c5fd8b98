"""What a school is asked to explain. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per request (yêu cầu giải trình). The school reads its own part of it and nothing of the case behind it: what
leads there is `Informant`. Texts are sealed under `subject_id`, a random id made for this request.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.law.term import Term


class ExplanationFile(msgspec.Struct, frozen=True):
    """A picture or paper. `address` is the SHA-256 of its ciphertext; its name, where it keeps one, lies in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class ExplanationQuestion(msgspec.Struct, frozen=True):
    """One thing that the school is asked, in the words of the officer."""

    number: Internal[int]
    text: Personal[Sealed]


class ExplanationPart(msgspec.Struct, frozen=True):
    """What the school answers to one question."""

    question: Internal[int]
    text: Personal[Sealed]


class ExplanationRequested(Fact, frozen=True):
    """A unit was asked to explain something (Đã yêu cầu giải trình). `due_on` is the term's day, or one set by hand."""

    TOPIC: ClassVar[str] = "explanation.requested.v1"
    number: Internal[str]
    case_id: Informant[UUID]
    authority_id: Public[UUID]
    place_id: Public[UUID]
    subject_id: Informant[UUID]
    questions: Internal[tuple[ExplanationQuestion, ...]]
    attachments: Internal[tuple[ExplanationFile, ...]]
    term: Internal[Term]
    due_on: Internal[date]
    date_reason: Internal[str]
    """Why the day is not the term's, in words that the school reads; empty where it is."""
    could_know: Informant[Sealed]
    """How many people could know of the matter, as the officer judged it."""
    few_reason: Informant[Sealed | None]
    """Why it was asked although so few could know."""


class ExplanationOpened(Fact, frozen=True):
    """The school read the request for the first time (Nhà trường đã mở yêu cầu); it cannot be recalled any more."""

    TOPIC: ClassVar[str] = "explanation.opened.v1"


class MoreTimeAsked(Fact, frozen=True):
    """The school asked for a later day (Nhà trường đã xin thêm thời gian)."""

    TOPIC: ClassVar[str] = "explanation.more_time_asked.v1"
    until: Internal[date]
    reason: Personal[Sealed]


class MoreTimeGranted(Fact, frozen=True):
    """The school got a later day (Đã cho thêm thời gian giải trình)."""

    TOPIC: ClassVar[str] = "explanation.more_time_granted.v1"
    old_due_on: Internal[date]
    due_on: Internal[date]


class MoreTimeRefused(Fact, frozen=True):
    """The day stays as it was (Không cho thêm thời gian giải trình). The school reads the reason."""

    TOPIC: ClassVar[str] = "explanation.more_time_refused.v1"
    reason: Personal[Sealed]


class ExplanationDayMoved(Fact, frozen=True):
    """A change of days off moved the day by which a school explains (Đã tính lại hạn giải trình)."""

    TOPIC: ClassVar[str] = "explanation.day_moved.v1"
    old: Internal[Term]
    new: Internal[Term]
    reason: Internal[str]


class ExplanationGiven(Fact, frozen=True):
    """The school answered every question (Nhà trường đã giải trình)."""

    TOPIC: ClassVar[str] = "explanation.given.v1"
    parts: Internal[tuple[ExplanationPart, ...]]
    attachments: Internal[tuple[ExplanationFile, ...]]


class RequestRecalled(Fact, frozen=True):
    """Taken back before the school had opened it (Đã thu hồi yêu cầu giải trình); the school sees nothing of it."""

    TOPIC: ClassVar[str] = "explanation.recalled.v1"
    reason: Internal[str]


ExplanationFact = (
    ExplanationRequested
    | ExplanationOpened
    | MoreTimeAsked
    | MoreTimeGranted
    | MoreTimeRefused
    | ExplanationDayMoved
    | ExplanationGiven
    | RequestRecalled
)
