"""Walks through feedback as the store would keep them: with actors, both clocks and places in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID, uuid5

from msgspec.structs import asdict

from application.identifiers import event_id_of
from application.ports import Envelope, Recorded
from tests.support.feedback_story import SUBJECT
from tests.support.feedback_walk import Step


def appends(case_id: UUID, steps: Sequence[Step]) -> list[list[Envelope]]:
    """One append for each step of the walk."""
    version = 0
    done: list[list[Envelope]] = []
    for number, step in enumerate(steps):
        command_id = uuid5(case_id, f"command/{number}")
        done.append(
            [
                Envelope(
                    originator_id=case_id,
                    originator_version=version + n,
                    fact=fact,
                    event_id=event_id_of(command_id, case_id, n),
                    occurred_at=step.command.happened_at().astimezone(UTC),
                    actor_kind="citizen" if step.command.by == SUBJECT else "official",
                    actor_id=step.command.by,
                    post_id=None,
                    unit_id=None,
                    authority_id=None,
                    command_id=command_id,
                    blinding=bytes(32),
                )
                for n, fact in enumerate(step.facts, start=1)
            ]
        )
        version += len(step.facts)
    return [envelopes for envelopes in done if envelopes]


def recorded(case_id: UUID, steps: Sequence[Step]) -> list[Recorded]:
    """The walk in a log of its own; each fact recorded when its command was given."""
    told = [envelope for append in appends(case_id, steps) for envelope in append]
    stamps = [step.command.at.astimezone(UTC) for step in steps for _fact in step.facts]
    return [
        Recorded(**asdict(envelope), log_index=index, recorded_at=stamp)
        for index, (envelope, stamp) in enumerate(zip(told, stamps, strict=True))
    ]
