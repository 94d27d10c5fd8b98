"""Known? load, may? version? decide, append. The only place where a decision becomes history."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Policy
from application.identifiers import event_id_of
from application.ports import Envelope, EventStore, Receipt, Request, VersionConflictError, Versioned
from domain.kernel import Command, Decider, Fact

ATTEMPTS = 4


class VersionMissingError(Exception):
    """An official must say which version of the case was seen."""


class StaleVersionError(Exception):
    """The case has moved since the person saw it."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(f"expected version {expected}, found {actual}")
        self.expected, self.actual = expected, actual


class Act(msgspec.Struct, frozen=True):
    """One command to one stream, with the two questions that are asked of its state first.

    `command` may be a function of the state that was seen: what must be sealed is sealed for that stream's subject,
    after it is settled that the actor may act at all.
    """

    decider: Decider[Any, Any, Any]
    stream_id: UUID
    command: Command | Callable[[Any], Command]
    visible: Policy
    may: Policy


class Executor:
    """Runs one act, or several streams' acts in one append."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def known(self, request: Request) -> Receipt | None:
        """The first answer, asked before anything is sealed or loaded. Raises CommandReusedError."""
        return await self._store.receipt_of(request.id, request.fingerprint)

    async def load(self, decider: Decider[Any, Any, Any], stream_id: UUID) -> Versioned[Any] | None:
        """The present state, for desks that must look before they build the command."""
        return await self._store.load(decider, stream_id)

    async def __call__(self, actor: Actor, request: Request, *acts: Act) -> Receipt:
        """The receipt names the first act's stream; `if_version` speaks of that stream.

        Raises NotVisibleError, ForbiddenError, VersionMissingError, StaleVersionError, RefusalError,
        CommandReusedError, VersionConflictError, OutcomeUnknownError.
        """
        for attempt in range(1, ATTEMPTS + 1):
            if known := await self._store.receipt_of(request.id, request.fingerprint):
                return known
            envelopes: list[Envelope] = []
            first = Receipt(acts[0].stream_id, 0)
            for act in acts:
                seen = await self._store.load(act.decider, act.stream_id)
                version, state = (seen.version, seen.state) if seen else (0, None)
                _check(actor, act, state)
                if act is acts[0]:
                    first = Receipt(act.stream_id, version)
                    if request.version_needed and request.if_version is None:
                        raise VersionMissingError
                    if request.if_version is not None and request.if_version != version:
                        raise StaleVersionError(request.if_version, version)
                command = act.command if isinstance(act.command, Command) else act.command(state)
                facts = act.decider.decide(state, command)
                envelopes += _envelopes(actor, request, act.stream_id, version, command.happened_at(), facts)
            if not envelopes:
                return first
            try:
                return await self._store.append(envelopes, request.fingerprint)
            except VersionConflictError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError


def _check(actor: Actor, act: Act, state: Any) -> None:
    if not act.visible(actor, state):
        raise NotVisibleError
    if not act.may(actor, state):
        raise ForbiddenError


def _envelopes(
    actor: Actor, request: Request, stream_id: UUID, version: int, at: datetime, facts: Sequence[Fact]
) -> list[Envelope]:
    return [
        Envelope(
            originator_id=stream_id,
            originator_version=version + n,
            fact=fact,
            event_id=event_id_of(request.id, stream_id, n),
            occurred_at=at,
            actor_kind=actor.kind,
            actor_id=actor.id,
            post_id=actor.post_id,
            unit_id=actor.unit_id,
            authority_id=actor.authority_id,
            command_id=request.id,
            correlation_id=request.correlation_id or request.id,
            causation_id=request.causation_id,
            blinding=secrets.token_bytes(32),
        )
        for n, fact in enumerate(facts, start=1)
    ]
