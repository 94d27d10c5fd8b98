"""`hoso backup`: database, files and keys, each a set of its own; the keys only where one asks for them, elsewhere."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import msgspec
from rich.console import Console

from adapters.commands.backup_set import CONTENT, SetManifest, draft, finish
from adapters.commands.reaching import in_one_sentence, need_keys, reached
from adapters.commands.terminal import bar
from adapters.postgres.dump import DumpFailedError, MissingProgramError, dump
from adapters.settings import Settings
from adapters.vault.key_store import installation_of
from adapters.vault.sets import back_up_files, back_up_keys, check_same_installation

MIXED = (
    "Keys and database belong together: with a lost key store every personal value is unreadable for ever, "
    "and whoever holds both copies can read everything. Keep them apart, and keep a copy of the keys for 30 days only."
)


async def back_up(settings: Settings, folder: Path, keys_folder: Path | None, release: str, out: Console) -> None:
    """Three sets, the database first: what a fact names was durable before it. Works beside a running server."""
    need_keys(settings)
    refuse_same_folder(settings, folder, keys_folder)
    taken_at = datetime.now(UTC)
    with in_one_sentence():
        installation = installation_of(settings.keys).id
        about = partial(SetManifest, installation=installation, taken_at=taken_at, release=release)
        made = [await _database(settings, folder, about(kind="database"), out)]
        made.append(await _archive(settings, folder, about(kind="files"), out))
        if keys_folder is not None:
            made.append(await _archive(settings, keys_folder, about(kind="keys"), out))
    for place, manifest in made:
        size = sum(entry.size for entry in manifest.files)
        out.print(f"{manifest.kind:<9} {place}  {size:,} bytes")
    out.print(f"installation {installation}, log index {made[0][1].log_index}, {made[0][1].facts} facts")
    if keys_folder is None:
        out.print("The keys were NOT backed up: `--keys OTHER_DIR` does that. Without them these sets cannot be read.")
    out.print(MIXED)


def refuse_same_folder(settings: Settings, folder: Path, keys_folder: Path | None) -> None:
    """Keys never lie where the other sets lie, nor any set in the data folder. Raises ClickException."""
    target, data = folder.resolve(), settings.data_dir.resolve()
    for place in (target, keys_folder.resolve() if keys_folder else None):
        if place is not None and (place == data or data in place.parents):
            raise click.ClickException(f"{place} lies in the data folder: what destroys one would destroy the other.")
    keys = keys_folder.resolve() if keys_folder else None
    if keys is not None and (keys == target or target in keys.parents or keys in target.parents):
        raise click.ClickException("--keys: the keys belong in another folder, apart from database and files.")


def _place(folder: Path, manifest: SetManifest) -> Path:
    return folder / f"hoso-{manifest.taken_at:%Y%m%dT%H%M%S%fZ}-{manifest.kind}"


async def _database(settings: Settings, folder: Path, manifest: SetManifest, out: Console) -> tuple[Path, SetManifest]:
    target = _place(folder, manifest)
    with draft(target) as place, bar(out, "database") as moved:
        try:
            async with reached(settings) as database:
                dumped = await dump(database, place / CONTENT["database"], lambda done: moved(done, None))
        except (DumpFailedError, MissingProgramError) as error:
            raise click.ClickException(f"The database was not backed up: {error}") from None
        check_same_installation(dumped.installation, manifest.installation)
        seen = msgspec.structs.asdict(dumped)
        return target, finish(place, target, msgspec.structs.replace(manifest, **seen))


async def _archive(settings: Settings, folder: Path, manifest: SetManifest, out: Console) -> tuple[Path, SetManifest]:
    target, kind = _place(folder, manifest), manifest.kind
    with draft(target) as place, bar(out, kind) as moved:

        def pack() -> None:
            archive = place / CONTENT[kind]
            if kind == "keys":
                back_up_keys(settings.keys, archive, lambda done: moved(done, None))
            else:
                back_up_files(settings.files, manifest.installation, archive, lambda done: moved(done, None))

        await asyncio.to_thread(pack)
        return target, finish(place, target, manifest)
