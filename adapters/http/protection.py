"""Reads reports of worse treatment: for the few who look after them, a sign for handlers, own days for senders."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import msgspec

from adapters.http.disclose import Discloser
from adapters.http.sender_view import ShownText
from adapters.http.senders import Sender, Senders
from adapters.postgres.reader import PostgresReader
from application.access import Actor, ForbiddenError, NotVisibleError
from application.alerts import alerts_id
from application.disclosure import shown_to
from application.feedback_access import scope_of, sees_feedback
from application.ports import Log, Receipt, Recorded, Vault, Visibility
from application.protection import ProtectionDesk
from application.protection_access import reads_any, sees_sign, task_actions
from domain.calendar import legal_date
from projections.case_index import CaseRow
from projections.protection import (
    ProtectionRow,
    ProtectionTasks,
    Task,
    TaskFilters,
    TaskPage,
    count_tasks,
    day_of,
    folded_all,
    list_tasks,
    states_of_case,
    tasks_of_sender,
    visible_tasks,
)

if TYPE_CHECKING:
    from adapters.bootstrap import World

Sign = Literal["", "open", "closed"]
SenderTaskState = Literal["received", "looked-at", "finished"]
_SENDER_STATES: dict[str, SenderTaskState] = {"new": "received", "taken": "looked-at", "closed": "finished"}


class TaskAnswer(msgspec.Struct, frozen=True):
    """One task for somebody who may see it. `case_seen`: whether the case itself may be opened, too."""

    row: ProtectionRow
    case: CaseRow
    history: tuple[Recorded, ...]
    actions: tuple[str, ...]
    shown: Discloser
    case_seen: bool


class SenderTask(msgspec.Struct, frozen=True):
    """What a sender reads of the own report: where it stands, since which day, and the last words."""

    reported_on: date
    state: SenderTaskState
    on: date
    words: ShownText = None


class ProtectionReader:
    """Every read of a task passes here, so that no page or route forgets to ask."""

    def __init__(
        self, desk: ProtectionDesk, db: PostgresReader, log: Log, visibility: Visibility, vault: Vault
    ) -> None:
        self._desk, self._db, self._log, self._visibility, self._vault = desk, db, log, visibility, vault

    @classmethod
    def of(cls, world: World) -> ProtectionReader:
        """With the parts of a world."""
        return cls(world.protection, world.db, world.log, world.visibility, world.vault)

    async def page(
        self,
        actor: Actor,
        filters: TaskFilters,
        *,
        oldest_first: bool = False,
        after: tuple[datetime, UUID] | None = None,
        limit: int = 50,
    ) -> TaskPage:
        """Raises ForbiddenError for who has no such list."""
        must_read(actor)
        scope = scope_of(actor)
        return await list_tasks(self._db, scope, filters, oldest_first=oldest_first, after=after, limit=limit)

    async def counts(self, actor: Actor, lists: list[TaskFilters]) -> tuple[int, ...]:
        """How many each list holds for this person."""
        return await count_tasks(self._db, scope_of(actor), lists)

    async def one(self, actor: Actor, task_id: UUID) -> TaskAnswer:
        """Raises NotVisibleError."""
        seen, case = await self._desk.task(actor, task_id)
        await self._visibility.visible(Receipt(task_id, seen.version), (ProtectionTasks.name,))
        found = await visible_tasks(self._db, scope_of(actor), [task_id])
        history = await self._log.of_streams((task_id, alerts_id(task_id)))
        row = folded_all(history)
        if row is None or task_id not in found:
            raise NotVisibleError
        return TaskAnswer(
            row=row,
            case=found[task_id].case,
            history=tuple(history),
            actions=task_actions(seen.state, case, actor),
            shown=Discloser(self._vault, shown_to(actor)),
            case_seen=sees_feedback(actor, case),
        )

    async def of_case(self, actor: Actor, case_id: UUID) -> tuple[Task, ...]:
        """The tasks behind a case that this person may see; empty for everybody else."""
        if not reads_any(actor):
            return ()
        return (await list_tasks(self._db, scope_of(actor), TaskFilters(case_id=case_id))).tasks

    async def sign(self, actor: Actor, case_id: UUID, holder_id: UUID | None) -> Sign:
        """For whoever has the case in hand: that there is such a report, and whether it is still looked at."""
        states = await states_of_case(self._db, case_id) if sees_sign(actor, holder_id) else []
        return "" if not states else "closed" if set(states) == {"closed"} else "open"

    async def of_sender(self, sender: Sender) -> tuple[SenderTask, ...]:
        """Days and words, never who."""
        shown = Discloser(self._vault, ("public", "personal"))
        return tuple(
            SenderTask(
                reported_on=legal_date(row.reported_at),
                state=_SENDER_STATES[row.status],
                on=day_of(row),
                words=shown.text(row.words),
            )
            for row in await tasks_of_sender(self._db, sender.actor.id)
        )

    async def known_soon(self, receipt: Receipt) -> bool:
        """Until the sender's page and the lists have it."""
        return await self._visibility.visible(receipt, (ProtectionTasks.name,))


def must_read(actor: Actor) -> None:
    """Raises ForbiddenError for who has no list of such tasks."""
    if not reads_any(actor):
        raise ForbiddenError


async def case_now(senders: Senders, sender: Sender, part: int) -> Sender:
    """The sender at the case that a report concerns: what was passed on whole is looked at by who has it now.

    Raises NotVisibleError for what is no part of the submission.
    """
    seen = (await senders.view(sender))[1].at_part(part)
    if seen is None:
        raise NotVisibleError
    while seen.state == "transferred" and len(seen.parts) == 1:
        seen = seen.parts[0]
    return await senders.part(sender, seen.part)
