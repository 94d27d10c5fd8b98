"""What the use cases need from the world. Adapters implement these; tests use the in-memory ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Generic, Literal, Protocol, TypeVar
from uuid import UUID

import msgspec

from domain.kernel import Decider, Fact, Sealed
from domain.people.roles import Role

S = TypeVar("S")
ActorKind = Literal["official", "citizen", "system"]


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """One fact with who, when and why. Its first two names make it an eventsourcing `DomainEventProtocol`.

    `occurred_at` is when it happened; when it was recorded is stamped by the sequencer (`Recorded`). `blinding` are 32
    random bytes that keep the digest of the canonical envelope from being guessed.
    """

    originator_id: UUID
    originator_version: int
    fact: Fact
    event_id: UUID
    occurred_at: datetime
    actor_kind: ActorKind
    actor_id: UUID
    post_id: UUID | None
    unit_id: UUID | None
    authority_id: UUID | None
    command_id: UUID
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    blinding: bytes = b""


class Recorded(Envelope, frozen=True, kw_only=True):
    """An envelope with its place in the log: dense `log_index` 0, 1, 2 … and the stamp of the second clock."""

    log_index: int
    recorded_at: datetime


class Versioned(msgspec.Struct, Generic[S], frozen=True):
    """State plus its place in the stream: eventsourcing's `ImmutableAggregateProtocol`."""

    id: UUID
    version: int
    state: S


class Receipt(msgspec.Struct, frozen=True):
    """The answer to a command: the stream it was about and that stream's version after it."""

    case_id: UUID
    version: int


class Request(msgspec.Struct, frozen=True):
    """One wish of one person. The same `id` twice is one effect; another `fingerprint` under it is refused.

    `fingerprint` is a keyed HMAC of what was asked (route and body), never of what the desk looked up.
    `if_version` is the version of the case that the person saw; None for those who need not say (a citizen, the
    system). `version_needed` marks officials' writes to an existing case.
    """

    id: UUID
    fingerprint: bytes
    if_version: int | None = None
    version_needed: bool = False
    correlation_id: UUID | None = None
    causation_id: UUID | None = None


class Mark(msgspec.Struct, frozen=True):
    """A place in the log: the index of the last fact before it (-1: none) and its stamp (None: none)."""

    log_index: int
    recorded_at: datetime | None


class VersionConflictError(Exception):
    """Another append moved a stream first, or the stream is not there. Nothing was written."""


class CommandReusedError(Exception):
    """The same command id came with another body."""


class OutcomeUnknownError(Exception):
    """The connection was lost, or replication was not confirmed, during COMMIT. A retry with the same id settles it."""


class EventStore(Protocol):
    """Streams of facts."""

    async def receipt_of(self, command_id: UUID, fingerprint: bytes) -> Receipt | None:
        """The first answer to this command, if it was given. Raises CommandReusedError."""
        ...

    async def load(self, decider: Decider[S, Any, Any], stream_id: UUID) -> Versioned[S] | None:
        """The state of a stream with all that was appended, sequenced or not; None for one of another kind too."""
        ...

    async def append(self, envelopes: Sequence[Envelope], fingerprint: bytes) -> Receipt:
        """All or nothing, over one stream or several, with the command id of the envelopes.

        The receipt names the stream of the first envelope. Raises VersionConflictError, CommandReusedError,
        OutcomeUnknownError. An append whose command id was already answered returns that first answer.
        """
        ...


class Log(Protocol):
    """All facts in their one order, as consumers and looking back read them."""

    async def head(self) -> Mark: ...

    async def mark_at(self, moment: datetime) -> Mark:
        """The log prefix up to the last stamp <= moment; waits for the next tick if `moment` is newer than the head."""
        ...

    async def after(self, log_index: int, limit: int) -> list[Recorded]:
        """Facts behind `log_index`, at most about `limit`, but always whole ticks (facts that share a stamp)."""
        ...

    async def of_streams(self, stream_ids: Collection[UUID], *, up_to: int | None = None) -> list[Recorded]:
        """The sequenced facts of these streams in log order, up to and including `up_to`."""
        ...


class Clock(Protocol):
    """The time of our own acts. Aware, UTC."""

    def now(self) -> datetime: ...


class ErasedError(Exception):
    """The key of this subject was destroyed: nothing can be sealed or opened for it any more."""


class Vault(Protocol):
    """Sealing by subject. Keys are files of their own, outside the database."""

    async def create_subject(self, subject: UUID) -> None:
        """Makes the subject's key durable, before the first fact about it. Idempotent. Raises ErasedError."""
        ...

    def seal(self, subject: UUID, context: str, text: str) -> Sealed:
        """Raises ErasedError, or KeyError when the subject has no key."""
        ...

    def open(self, value: Sealed) -> str:
        """The plaintext. Raises ErasedError when the key is gone."""
        ...

    async def destroy(self, subject: UUID) -> None:
        """Renames a tombstone over the key, durably. Idempotent."""
        ...

    def erased(self, subject: UUID) -> bool: ...


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who somebody is and how to reach them. Never part of a fact."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


class Identities(Protocol):
    """Names and contacts of submitters, behind a random reference."""

    async def keep(self, ref: UUID, subject: UUID, identity: Identity) -> None: ...

    async def open(self, ref: UUID) -> Identity | None:
        """None when there is none; raises ErasedError when it was erased."""
        ...


class StoredFile(msgspec.Struct, frozen=True):
    """Where a file rests. `address` is the SHA-256 (hex) of its ciphertext; its name lies in the sealed part."""

    address: str
    media_type: str
    size: int
    """Bytes of the plaintext as kept."""
    meta: Sealed
    """JSON of the original name and the SHA-256 of the plaintext."""


class Files(Protocol):
    """Files by the hash of their ciphertext, durable before the fact that names them."""

    async def keep_public_image(self, subject: UUID, context: str, data: bytes) -> StoredFile:
        """A citizen's photo or PDF: sniffed, bounded, re-encoded without metadata. Raises FileRefusedError."""
        ...

    async def keep_evidence(self, subject: UUID, context: str, name: str, data: bytes) -> StoredFile:
        """An official's file, byte for byte."""
        ...

    async def read(self, subject: UUID, address: str) -> bytes:
        """The plaintext. Raises ErasedError, FileNotFoundError."""
        ...


class FileRefusedError(Exception):
    """`code`: file-type-not-allowed, file-too-large, file-unreadable, too-many-files."""

    def __init__(self, code: str, position: int = 0) -> None:
        super().__init__(code)
        self.code, self.position = code, position


class Secrets(Protocol):
    """Keyed hashes under secrets of the key store; no secret ever leaves it."""

    def tracking_code(self, command_id: UUID) -> str:
        """16 signs of a 32-letter alphabet (80 bits), the same for the same command."""
        ...

    def code_hash(self, code: str) -> bytes:
        """What is stored of a tracking code."""
        ...

    def fingerprint(self, *parts: bytes) -> bytes:
        """What is stored of a request, to tell the same from another."""
        ...

    def blind_index(self, field: str, value: str) -> bytes:
        """Keyed hash for exact search by telephone or name."""
        ...


class Reader(Protocol):
    """Read-only SQL for the queries of projections."""

    async def fetch(self, query: str, *args: Any) -> list[Any]: ...

    async def fetchrow(self, query: str, *args: Any) -> Any | None: ...

    async def fetchval(self, query: str, *args: Any) -> Any: ...


class Visibility(Protocol):
    """Read your own write."""

    async def visible(self, receipt: Receipt, projections: Collection[str], timeout_s: float = 2.0) -> bool:
        """True once the cursors of these projections have passed the receipt's fact; False on timeout."""
        ...


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may see in lists: the same question as the policies ask of one case, as values for a query.

    `areas` empty: the whole territory. All flags false: nothing.
    """

    authority_id: UUID | None
    person_id: UUID
    areas: frozenset[UUID] = frozenset()
    stands_in_for: frozenset[UUID] = frozenset()
    """Whose cases the person has in hand as well."""
    staff: bool = False
    """May hold a case or be named as its reader."""
    head: bool = False
    intake: bool = False
    officer: bool = False
    child_contact: bool = False
    auditor: bool = False


class OpenCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case that may have running terms. `number` empty: not shown to who keeps the calendar."""

    id: UUID
    authority_id: UUID
    number: str


class PlaceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that feedback can be about, as of today."""

    id: UUID
    code: str
    """Short public code, part of the QR address."""
    name: str
    kind: str
    area_id: UUID
    area_name: str
    authority_id: UUID
    """Who is competent for feedback about it today."""
    authority_name: str
    demo: bool


class Places(Protocol):
    """Schools and other units, by their public code or id."""

    async def by_code(self, code: str) -> PlaceInfo | None: ...

    async def by_id(self, place_id: UUID) -> PlaceInfo | None: ...


class Staffing(Protocol):
    """Who else works in an authority."""

    async def others(self, authority_id: UUID, roles: Collection[Role], day: date, but: UUID) -> int:
        """How many people other than `but` hold a post with one of these roles on this day; locked accounts do not."""
        ...


class AuthorityCodes(Protocol):
    """The short code of an authority, as it stands in register numbers."""

    async def code_of(self, authority_id: UUID) -> str: ...


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A mail. It says counts, register numbers and links only: no name, no title, no word of a case."""

    id: UUID
    """Becomes the Message-ID: the same letter sent twice is recognised as one."""
    to: str
    subject: str
    text: str
    written_at: datetime


class MailNotSentError(Exception):
    """It may be tried again. `code` says what went wrong, without addresses and words of the server."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Mailer(Protocol):
    """Hands mails over: at least once."""

    async def send(self, letter: Letter) -> None:
        """Raises MailNotSentError."""
        ...


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be sent to whom; the words and the address are found when it goes out."""

    id: UUID
    account_id: UUID
    kind: str
    case_id: UUID | None = None
    send_after: datetime


class Outbox(Protocol):
    """Mails on their way."""

    async def put(self, mails: Collection[Mail]) -> None:
        """One with an id that was put before changes nothing."""
        ...


class Offices(Protocol):
    """Who works where."""

    async def accounts_in(self, authority_id: UUID) -> Collection[UUID]:
        """The accounts with a post in this authority, held or ended."""
        ...


class MailWish(msgspec.Struct, frozen=True):
    """Which mails an account with an address wants."""

    account_id: UUID
    kinds: frozenset[str]


class MailWishes(Protocol):
    """Who is reached by mail."""

    async def of(self, account_id: UUID) -> MailWish | None:
        """None: no address was given."""
        ...

    async def page(self, after: UUID | None, limit: int) -> Sequence[MailWish]:
        """All of them, by id."""
        ...
