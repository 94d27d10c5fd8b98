"""`hoso restore`: three sets of one installation into an empty data folder; who was erased since stays erased."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click
import msgspec
from rich.console import Console

from adapters.bootstrap import READ_MODELS, World, database_of, open_world, prepare_schema
from adapters.commands.backup_set import BackupSet, SetKind, check_together, checked
from adapters.commands.erased_before import erased_in
from adapters.commands.reaching import has_keys, in_one_sentence, make_data_folder
from adapters.commands.readable import Unreadable, look_for_unreadable
from adapters.commands.terminal import bar
from adapters.postgres import migrate
from adapters.postgres.connect import Database, owner_pool
from adapters.postgres.dump import DumpFailedError, MissingProgramError, NotEmptyError, load
from adapters.postgres.history_digest import history_digest
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.verify import Finding, verify
from adapters.settings import Settings
from adapters.vault.key_store import NoKeyStoreError, installation_of
from adapters.vault.sets import SetDamagedError, open_archive, restore_files, restore_keys


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a restore."""

    facts: int
    log_index: int
    same_history: bool
    """Whether the log up to the backup's index is what it was, to the bit."""
    erased_again: int
    """Identities of erased subjects that the older database brought back, and that are gone again."""
    unreadable: Unreadable
    """Keys or files that facts name and that are in none of the sets: these are older than the database."""
    rebuilt: tuple[str, ...]
    """Read models that were not what the facts say, and were made again."""
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Nothing is missing and nothing differs."""
        return self.same_history and self.unreadable == Unreadable(0, 0) and not self.findings


class Sets(msgspec.Struct, frozen=True):
    """The three parts of one backup, each found whole."""

    database: BackupSet
    files: BackupSet
    keys: BackupSet


def read_sets(database: Path, files: Path, keys: Path, out: Console) -> Sets:
    """Raises ClickException for a damaged set, a foreign one, one of a newer release."""
    found: list[BackupSet] = []
    named: tuple[tuple[SetKind, Path], ...] = (("database", database), ("files", files), ("keys", keys))
    try:
        for number, (kind, folder) in enumerate(named):
            with bar(out, f"reading {kind}") as moved:
                found.append(checked(folder, kind))
                moved(number + 1, len(named))
    except SetDamagedError as error:
        raise click.ClickException(f"Refused, the set is damaged: {error}") from None
    sets = Sets(*found)
    with in_one_sentence():
        check_together(*found)
    _refuse_newer(sets.database)
    for part in (sets.files, sets.keys):
        if part.manifest.taken_at < sets.database.manifest.taken_at:
            kind = part.manifest.kind
            out.print(f"Note: the {kind} are older than the database: what came between cannot be read with them.")
    return sets


async def restore(settings: Settings, sets: Sets, out: Console) -> Restored:
    """Raises ClickException where the data folder is not empty, or the installation key does not open the keys."""
    refuse_filled(settings, sets)
    with in_one_sentence():
        try:
            await asyncio.to_thread(open_archive, sets.keys.content, settings.environ)
            make_data_folder(settings)
            with _all_or_nothing(settings):
                async with database_of(settings) as database:
                    await _fill(settings, database, sets, out)
                    return await _bring_to_life(settings, database, sets, out)
        except SetDamagedError as error:
            raise click.ClickException(f"Refused, the set is damaged: {error}") from None
        except NotEmptyError:
            raise click.ClickException("Refused: there is a store in the database already.") from None
        except (DumpFailedError, MissingProgramError) as error:
            raise click.ClickException(f"The database was not restored: {error}") from None


def refuse_filled(settings: Settings, sets: Sets) -> None:
    """Only the key store of the same installation may be there: then a tombstone wins on either side."""
    for folder in (settings.postgres, settings.files):
        if folder.exists() and any(folder.iterdir()):
            raise click.ClickException(f"Refused: {folder} is not empty. A restore begins with an empty data folder.")
    try:
        found = installation_of(settings.keys).id
    except NoKeyStoreError:
        return
    if found != sets.keys.manifest.installation:
        raise click.ClickException(f"Refused: {settings.keys} is the key store of another installation ({found}).")


def report(restored: Restored, out: Console) -> None:
    """One line for each thing that one wants to know afterwards."""
    out.print(f"{restored.facts} facts restored, log index {restored.log_index}.")
    same = "the same as in the backup" if restored.same_history else "NOT the same as in the backup"
    out.print(f"History: {same}.")
    out.print(f"Erased again: {restored.erased_again} (a tombstone wins over an older database).")
    lost = restored.unreadable
    out.print(f"Missing: keys of {lost.subjects} subjects, {lost.files} files (a newer set may have them).")
    out.print(f"Read models made again: {', '.join(restored.rebuilt) or 'none, all were what the facts say'}.")
    for finding in restored.findings:
        out.print(f"  {finding.kind} {finding.stream_id or ''} {finding.version or ''} {finding.subject}".rstrip())


@contextmanager
def _all_or_nothing(settings: Settings) -> Iterator[None]:
    """What a failed restore made is gone again; a key store that was there before stays."""
    made = [settings.postgres, settings.files, *([] if has_keys(settings) else [settings.keys])]
    try:
        yield
    except BaseException:
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        raise


async def _fill(settings: Settings, database: Database, sets: Sets, out: Console) -> None:
    with bar(out, "database"):
        await load(database, sets.database.content)
    gone = await erased_in(database)
    with bar(out, "keys and files"):
        await asyncio.to_thread(restore_keys, sets.keys.content, settings.keys, gone)
        await asyncio.to_thread(restore_files, sets.files.content, settings.files, sets.files.manifest.installation)


async def _bring_to_life(settings: Settings, database: Database, sets: Sets, out: Console) -> Restored:
    manifest = sets.database.manifest
    await prepare_schema(database)
    async with open_world(settings, database) as world:
        erased = await _erase_again(world)
        await world.settle()
        with bar(out, "keys and files of all facts") as moved:
            unreadable = await look_for_unreadable(world, moved)
        rebuilt = await _check_read_models(world, database, out)
        with bar(out, "verifying") as moved:
            findings = await verify(world.pool, moved)
        async with world.pool.acquire() as connection, connection.transaction(readonly=True):
            await connection.execute("set local transaction_timeout = 0")
            history = await history_digest(connection, manifest.log_index)
            facts = await connection.fetchval("select count(*) from event")
        return Restored(
            facts=facts,
            log_index=manifest.log_index,
            same_history=history == manifest.history,
            erased_again=erased,
            unreadable=unreadable,
            rebuilt=rebuilt,
            findings=tuple(findings),
        )


async def _erase_again(world: World) -> int:
    """Tombstones win: identities, hashes for search and files of erased subjects go. Answers how many came back."""
    gone = await world.identities.erase_again()
    subjects = {UUID(path.parent.name) for path in world.files.all_paths()}
    for subject in sorted(subject for subject in subjects if world.vault.erased(subject)):
        await world.files.erase(subject)
    return len(gone)


async def _check_read_models(world: World, database: Database, out: Console) -> tuple[str, ...]:
    """Each is compared with what the facts say, and made again where it differs; new versions are filled."""
    owner = await owner_pool(database)
    made: list[str] = []
    try:
        rebuilder = Rebuilder(owner, world.log)
        for projection in READ_MODELS:
            with bar(out, f"read model {projection.name}") as moved:
                result = await rebuilder.rebuild(projection, moved)
                if not result.equal:
                    await rebuilder.rebuild(projection, moved, replace=True)
                    made.append(projection.name)
    finally:
        await owner.close()
    return tuple(made)


def _refuse_newer(database: BackupSet) -> None:
    known = {migration.name for migration in migrate.migrations()}
    newer = [name for name in database.manifest.migrations if name not in known]
    if newer:
        raise click.ClickException(
            f"Refused: the backup has migration {newer[0]}: use release {database.manifest.release}."
        )


async def restore_and_say(settings: Settings, folders: tuple[Path, Path, Path], out: Console) -> None:
    """The command. Exit code 1 when something is missing or differs; the store is there nevertheless."""
    sets = read_sets(*folders, out)
    restored = await restore(settings, sets, out)
    report(restored, out)
    if not restored.whole:
        sys.exit(1)
