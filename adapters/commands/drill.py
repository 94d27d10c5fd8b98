"""`hoso drill`: proves a backup by using it: restored beside everything else, verified, a case opened, thrown away."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import click
import msgspec
from rich.console import Console

from adapters.bootstrap import World, open_world
from adapters.commands.backup_set import newest
from adapters.commands.reaching import in_one_sentence
from adapters.commands.restore import Restored, Sets, read_sets, report, restore
from adapters.postgres.supervisor import Supervisor
from adapters.settings import Settings
from adapters.vault.files import FileMeta
from application.access import Actor, Role
from application.ports import ErasedError, Recorded
from domain.feedback.events import Attachment, FeedbackSubmitted
from domain.feedback.feedback import FEEDBACK

LOOKED_AT = 400
"""How many of the newest submissions are tried for one that has a photo."""
_NEWEST = """select e.stream_id from event e join log l using (pos) where e.topic = $1
             order by l.log_index desc limit $2"""


class Opened(msgspec.Struct, frozen=True):
    """A case as its head would see it. Sizes only: a report shows nobody's words."""

    case_id: UUID
    characters: int
    facts: int
    photo_bytes: int | None
    """None: none of the cases looked at has a photo."""


async def drill(settings: Settings, folder: Path, keys_folder: Path, out: Console) -> None:
    """Takes the newest sets. Exit code 1 unless everything is there, the same as at the backup, and opens."""
    began = time.monotonic()
    sets = _newest_sets(folder, keys_folder, out)
    place = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="hoso-drill-"))
    try:
        trial = Settings(data_dir=place / "data", environ=settings.environ)
        restored = await restore(trial, sets, out)
        opened = await _open(trial)
    finally:
        await asyncio.to_thread(_throw_away, place)
    _report(sets, restored, opened, out)
    out.print(f"{time.monotonic() - began:.1f} s from the sets to an open case.")
    if not restored.whole:
        out.print("The drill FAILED.")
        sys.exit(1)
    out.print("The drill passed.")


def _throw_away(place: Path) -> None:
    """With its socket folder, which lies elsewhere where the path was too long for one."""
    server = Supervisor(place / "data" / "postgres")
    if (place / "data" / "postgres" / "passwords.json").exists():
        shutil.rmtree(server.database().owner["host"], ignore_errors=True)
    shutil.rmtree(place)


def _newest_sets(folder: Path, keys_folder: Path, out: Console) -> Sets:
    database = newest(folder, "database")
    files, keys = newest(folder, "files"), newest(keys_folder, "keys")
    for kind, found, where in (("database", database, folder), ("files", files, folder), ("keys", keys, keys_folder)):
        if found is None:
            raise click.ClickException(f"No set of {kind} in {where}.")
    if database is None or files is None or keys is None:
        raise AssertionError
    return read_sets(database, files, keys, out)


async def _open(trial: Settings) -> Opened | None:
    """Through the application, on a server of its own; None where no case can be opened."""
    with in_one_sentence():
        server = Supervisor(trial.postgres)
        database = await asyncio.to_thread(server.start)
        try:
            async with open_world(trial, database) as world:
                return await open_newest_case(world)
        finally:
            await asyncio.to_thread(server.stop)


async def open_newest_case(world: World) -> Opened | None:
    """The newest case with a photo that can be opened, or else the newest one that can be."""
    without_photo: Opened | None = None
    for row in await world.pool.fetch(_NEWEST, FeedbackSubmitted.TOPIC, LOOKED_AT):
        try:
            opened = await _open_case(world, row["stream_id"])
        except ErasedError:
            continue
        if opened.photo_bytes is not None:
            return opened
        without_photo = without_photo or opened
    return without_photo


async def _open_case(world: World, case_id: UUID) -> Opened:
    seen = await world.store.load(FEEDBACK, case_id)
    if seen is None:
        raise LookupError(case_id)
    head = Actor(kind="official", id=uuid4(), authority_id=seen.state.authority_id, roles=frozenset({Role.HEAD}))
    answer = await world.cases.feedback(head, case_id)
    first: Recorded = answer.history[0]
    text = world.vault.open(first.fact.content) if isinstance(first.fact, FeedbackSubmitted) else ""
    photos = answer.view.opened.attachments
    size = await _read(world, answer.view.opened.subject_id, photos[0]) if photos else None
    return Opened(case_id, len(text), len(answer.history), size)


async def _read(world: World, subject: UUID, photo: Attachment) -> int:
    """Bytes of the plaintext, compared with the hash that lies sealed in the fact."""
    content = await world.files.read(subject, photo.address)
    meta = msgspec.json.decode(world.vault.open(photo.meta), type=FileMeta)
    if sha256(content).hexdigest() != meta.sha256:
        raise click.ClickException(f"A photo of case {photo.id} is not what was sent.")
    return len(content)


def _report(sets: Sets, restored: Restored, opened: Opened | None, out: Console) -> None:
    manifest = sets.database.manifest
    out.print(
        f"Backup of {manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC, release {manifest.release}, "
        f"installation {manifest.installation}."
    )
    report(restored, out)
    if opened is None:
        out.print("No case could be opened: the store has none yet.")
        return
    photo = (
        "no photo in the cases looked at" if opened.photo_bytes is None else f"a photo of {opened.photo_bytes:,} bytes"
    )
    out.print(f"Case {opened.case_id} opened: {opened.facts} facts, {opened.characters} characters decrypted, {photo}.")
