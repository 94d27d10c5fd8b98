"""What every case kind shares: facts, commands, refusals, deciders, sealed values. No clock, no I/O, no randomness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec
from eventsourcing.utils import register_topic

T = TypeVar("T")

# The privacy class of a field, written with its type: `handler_id: Internal[UUID]`. A test refuses a fact with a field
# that has none. What each class means, and which post may see it: docs/reference/facts.md.
Public = Annotated[T, msgspec.Meta(extra={"privacy": "public"})]
"""May stand on a public page."""
Internal = Annotated[T, msgspec.Meta(extra={"privacy": "internal"})]
"""For officials who may see the case; no person can be recognised by it."""
Personal = Annotated[T, msgspec.Meta(extra={"privacy": "personal"})]
"""About a person: always `Sealed`, opened for a post that needs it."""
Informant = Annotated[T, msgspec.Meta(extra={"privacy": "informant"})]
"""Could lead to who gave information: an opaque reference or `Sealed`; never shown to the unit concerned."""


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """A personal value as it rests: ciphertext under its subject's own key. Destroying that key erases it everywhere.

    `subject` names the key, `context` is "topic:field" and, with `subject` and `value_id`, is authenticated, so that a
    value cannot be moved to another place. `commitment` is an HMAC of the plaintext under the subject's commitment key.
    """

    subject: UUID
    value_id: UUID
    context: str
    nonce: bytes
    ciphertext: bytes
    commitment: bytes


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, in the past tense. TOPIC is its name on disk, for ever."""

    TOPIC: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "TOPIC" in cls.__dict__:
            register_topic(cls.TOPIC, cls)


class SupersededFact(Fact, frozen=True):
    """A fact whose topic is no longer written. It stays readable for ever, in the `legacy.py` of its area."""

    def upcast(self) -> Fact:
        """The same in the next topic's words."""
        raise NotImplementedError


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one decision needs, looked-up data included.

    `by` is who asks and `at` when (an aware instant). Repetition is recognised by the store, never by `decide`.
    """

    by: UUID
    at: datetime

    def happened_at(self) -> datetime:
        """When the facts of this command happened: `at`, unless the command reports something from outside."""
        return self.at


class RefusalError(Exception):
    """The rules forbid this command. `code` is a stable kebab-case name that the API shows.

    `field` names the input at fault where there is one; `details` are values for the localised sentence.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, *, field: str | None = None, **details: str | int) -> None:
        super().__init__(self.code)
        self.field, self.details = field, details


class UnknownCaseError(RefusalError):
    """There is nothing yet to act on."""

    code = "unknown-case"


S = TypeVar("S")
C = TypeVar("C", bound=Command)
F = TypeVar("F", bound=Fact)


class Decider(msgspec.Struct, Generic[S, C, F], frozen=True):
    """A kind of stream: what may be decided and how its facts fold into the state that decisions read.

    `name` is how the topics of its facts begin; a stream of another kind is none for it.
    """

    name: str
    decide: Callable[[S | None, C], Sequence[F]]
    evolve: Callable[[S | None, F], S]

    def fold(self, facts: Iterable[F], state: S | None = None) -> S | None:
        """The state after `facts`. Total: never raises, in whatever order the facts come."""
        for fact in facts:
            state = self.evolve(state, fact)
        return state
