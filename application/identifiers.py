"""Ids that follow from other ids, so that a repetition finds the first one again."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d2b9e-52f4-5d5e-9a37-6c8d1f0e4b11")


def event_id_of(command_id: UUID, stream_id: UUID, number: int) -> UUID:
    """The event id of the n-th fact that a command adds to a stream."""
    return uuid5(command_id, f"{stream_id}/{number}")


def seeded_id(slug: str) -> UUID:
    """The id of something that has a fixed slug: `authority/phuong-doi-thong`, `school/DEMO-TH-binh-nguyen`."""
    return uuid5(NAMESPACE, slug)


def scoped_id(scope: UUID, key: UUID) -> UUID:
    """A command id from somebody's Idempotency-Key: two people may use the same key."""
    return uuid5(scope, key.hex)


def register_book_id(authority_id: UUID, kind: str, year: int) -> UUID:
    """The stream of one register book (sổ)."""
    return uuid5(authority_id, f"register/{kind}/{year}")
