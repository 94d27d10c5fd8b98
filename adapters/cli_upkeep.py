"""The commands that set a store up and look after it. Each imports what it needs only when it runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from adapters.commands.terminal import console, run_async
from adapters.settings import Settings

FOLDER = click.Path(file_okay=False, path_type=Path)
A_SET = click.Path(exists=True, file_okay=False, path_type=Path)
LEVELS = ("commune", "district-division", "district", "department", "province")


@click.command()
@click.option("--username", prompt="User name of the first administrator")
@click.option("--name", prompt="Name of the first administrator")
@click.option("--authority-code", prompt="Code of the first authority (a-z, 0-9, -)")
@click.option("--authority-name", prompt="Name of the first authority")
@click.option("--province", prompt="Province")
@click.option("--level", type=click.Choice(LEVELS), default="commune", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day of the authority; today if left out.")
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Holds the start password; without it HOSO_ADMIN_PASSWORD, or it is asked for.",
)
@click.pass_obj
def init(settings: Settings, /, password_file: Path | None, since: datetime | None, **words: str) -> None:
    """Make an empty store for real work, with its first authority and administrator."""
    from adapters.commands.init import Founding, found_store, password_from
    from adapters.commands.reaching import refuse_unsafe
    from domain.authorities.levels import Level

    refuse_unsafe(settings)
    password = password_from(password_file, settings.environ.get("HOSO_ADMIN_PASSWORD"))
    level = Level(words.pop("level"))
    day = since.date() if since else None
    founding = Founding(**words, level=level, since=day, password=password)
    run_async(found_store(settings, founding, console()))


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--keys", "keys_folder", metavar="DIR2", type=FOLDER, help="Back the keys up too, apart from the others.")
@click.pass_obj
def backup(settings: Settings, folder: Path, keys_folder: Path | None) -> None:
    """Back up database and files into DIR, each as a set of its own, while the server may run."""
    from adapters.cli import VERSION
    from adapters.commands.backup import back_up

    run_async(back_up(settings, folder, keys_folder, VERSION, console()))


@click.command()
@click.argument("database_set", type=A_SET)
@click.argument("files_set", type=A_SET)
@click.argument("keys_set", type=A_SET)
@click.pass_obj
def restore(settings: Settings, database_set: Path, files_set: Path, keys_set: Path) -> None:
    """Put three sets of one installation into an empty data folder. Who was erased since stays erased."""
    from adapters.commands.restore import restore_and_say

    run_async(restore_and_say(settings, (database_set, files_set, keys_set), console()))


@click.command()
@click.argument("folder", metavar="DIR", type=A_SET)
@click.option("--keys", "keys_folder", metavar="DIR2", type=A_SET, required=True, help="Where the sets of keys are.")
@click.pass_obj
def drill(settings: Settings, folder: Path, keys_folder: Path) -> None:
    """Restore the newest backup into a temporary folder, verify it and open a case of it."""
    from adapters.commands.drill import drill as run_drill

    run_async(run_drill(settings, folder, keys_folder, console()))


@click.command()
@click.option("--progress/--no-progress", default=True, help="Show a bar.")
@click.pass_obj
def verify(settings: Settings, *, progress: bool) -> None:
    """Recompute every digest, version and place, and name what differs. Exit code 1 with findings."""
    from adapters.commands.verify import verify_store

    run_async(verify_store(settings, console(), progress=progress))


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the schema to this release."""
    from adapters.commands.migrate_command import migrate_store

    run_async(migrate_store(settings, console()))


@click.command("second-factor")
@click.argument("rule", type=click.Choice(["required", "waived"]))
@click.pass_obj
def second_factor(settings: Settings, rule: str) -> None:
    """Ask heads, administrators and auditors for a second step of signing in, or no longer."""
    from adapters.commands.second_factor import say_second_factor

    run_async(say_second_factor(settings, console(), wanted=rule == "required"))


@click.group()
def projections() -> None:
    """Read models: where they stand, whether they are what the facts say, and making them anew."""


@projections.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Cursor, parked keys and halts of every consumer. Exit code 1 when something waits."""
    from adapters.commands.projections import show_status

    run_async(show_status(settings, console()))


@projections.command()
@click.option("--compare", is_flag=True, help="Make each again and compare. Exit code 1 when one differs.")
@click.pass_obj
def digest(settings: Settings, *, compare: bool) -> None:
    """The digest of each served read model."""
    from adapters.commands.projections import show_digests

    run_async(show_digests(settings, console(), compare=compare))


def _known(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    from adapters.commands.projections import NAMES

    if name not in NAMES:
        raise click.BadParameter(f"one of {', '.join(NAMES)}")
    return name


@projections.command()
@click.argument("name", callback=_known)
@click.pass_obj
def rebuild(settings: Settings, name: str) -> None:
    """Make a read model again from the facts and serve the new rows."""
    from adapters.commands.projections import rebuild as run_rebuild

    run_async(run_rebuild(settings, console(), name))


@projections.command()
@click.argument("name", callback=_known)
@click.pass_obj
def prepare(settings: Settings, name: str) -> None:
    """Fill this release's version beside the one that an older release serves."""
    from adapters.commands.projections import prepare as run_prepare

    run_async(run_prepare(settings, console(), name))


@projections.command()
@click.argument("name", callback=_known)
@click.argument("key", type=click.UUID)
@click.pass_obj
def unpark(settings: Settings, name: str, key: UUID) -> None:
    """Fold the facts that wait for a parked key."""
    from adapters.commands.projections import unpark as run_unpark

    run_async(run_unpark(settings, console(), name, key))


@projections.command()
@click.argument("name", callback=_known)
@click.pass_obj
def resume(settings: Settings, name: str) -> None:
    """Let a halted read model try again."""
    from adapters.commands.projections import resume as run_resume

    run_async(run_resume(settings, console(), name))


COMMANDS = (init, backup, restore, drill, verify, migrate, second_factor, projections)
