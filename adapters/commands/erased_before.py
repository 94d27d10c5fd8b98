"""Whose data a database says was destroyed: their keys stay out of a restore, though an older set of keys has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from adapters.postgres.connect import Database, owner_connection
from adapters.postgres.mapper import EnvelopeMapper
from domain.explanations.events import ExplanationRequested
from domain.feedback.events import FeedbackSubmitted, PetitionPurged
from domain.kernel import Fact
from domain.privacy.events import SubjectErased
from domain.reception.events import VisitLinked, VisitRecorded

TOLD_BY = (SubjectErased, PetitionPurged, FeedbackSubmitted, ExplanationRequested, VisitRecorded, VisitLinked)
_FACTS = "select stream_id, topic, state from event where topic = any($1)"


async def erased_in(database: Database) -> frozenset[UUID]:
    """By the facts, those included that have no place in the log yet."""
    connection = await owner_connection(database)
    try:
        rows = await connection.fetch(_FACTS, [kind.TOPIC for kind in TOLD_BY])
    finally:
        await connection.close()
    mapper = EnvelopeMapper()
    return erased_subjects([(row["stream_id"], mapper.fact(row["topic"], row["state"])) for row in rows])


def erased_subjects(told: Collection[tuple[UUID, Fact]]) -> frozenset[UUID]:
    """From streams and facts to subjects: senders erased on request or by the list, and what their cases sent along."""
    subject_of = {stream: fact.subject_id for stream, fact in told if isinstance(fact, FeedbackSubmitted)}
    gone = {fact.subject_id for _, fact in told if isinstance(fact, SubjectErased)}
    visits = set(_grown_from(told, {case for case, subject in subject_of.items() if subject in gone}))
    gone |= {subject_of[stream] for stream, fact in told if isinstance(fact, PetitionPurged) and stream in subject_of}
    sent_along = set(_sent_along(told, {case for case, subject in subject_of.items() if subject in gone}))
    return frozenset(gone | sent_along | visits)


def _sent_along(told: Iterable[tuple[UUID, Fact]], cases: Collection[UUID]) -> Iterable[UUID]:
    return (fact.subject_id for _, fact in told if isinstance(fact, ExplanationRequested) and fact.case_id in cases)


def _grown_from(told: Collection[tuple[UUID, Fact]], cases: Collection[UUID]) -> Iterable[UUID]:
    """Visits that were linked to these cases. What the list destroys is a petition: the register of visits stays."""
    linked = {(day, fact.number) for day, fact in told if isinstance(fact, VisitLinked) and fact.case_id in cases}
    return (fact.subject_id for day, fact in told if isinstance(fact, VisitRecorded) and (day, fact.number) in linked)
