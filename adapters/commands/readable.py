"""Whether all that the facts name can still be read: a key for every sealed value, a file for every attachment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from adapters.bootstrap import World
from adapters.vault.keyring import subject_path
from domain.feedback.events import Attachment
from domain.kernel import Sealed

BATCH = 5000


class Unreadable(msgspec.Struct, frozen=True):
    """What keys or files are missing for. Who was erased is not missing."""

    subjects: int
    files: int


async def look_for_unreadable(world: World, progress: Callable[[int, int], None]) -> Unreadable:
    """Walks the whole log."""
    subjects: set[UUID] = set()
    files: set[tuple[UUID, str]] = set()
    head, index = (await world.log.head()).log_index, -1
    while facts := await world.log.after(index, BATCH):
        for recorded in facts:
            for found in _personal_parts(recorded.fact):
                if isinstance(found, Sealed):
                    subjects.add(found.subject)
                else:
                    files.add((found.meta.subject, found.address))
        index = facts[-1].log_index
        progress(index, head)
    rows = await world.pool.fetch("select distinct subject from submitter_identity where sealed is not null")
    subjects.update(row["subject"] for row in rows)
    missing = {subject for subject in subjects if not subject_path(world.vault.folder, subject).exists()}
    readable = {subject for subject in subjects - missing if not world.vault.erased(subject)}
    there = {path.name for path in world.files.all_paths()}
    lost = sum(subject in readable and address not in there for subject, address in files)
    return Unreadable(len(missing), lost)


def _personal_parts(value: Any) -> Iterator[Sealed | Attachment]:
    if isinstance(value, Sealed):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _personal_parts(item)
    elif isinstance(value, msgspec.Struct):
        if isinstance(value, Attachment):
            yield value
        for name in value.__struct_fields__:
            yield from _personal_parts(getattr(value, name))
