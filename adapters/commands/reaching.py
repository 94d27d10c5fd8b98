"""From the settings to the database, beside a server that runs or without one; and what production refuses."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import click

from adapters.bootstrap import database_of
from adapters.http.refusals import refusal_text
from adapters.postgres.binaries import ClosedFolderError
from adapters.postgres.cluster import ServerFailedError
from adapters.postgres.connect import Database, owner_connection
from adapters.postgres.durability import careless_settings
from adapters.postgres.migrate import ChangedMigrationError, NewerSchemaError, SchemaBehindError
from adapters.postgres.supervisor import ServerInUseError, Supervisor
from adapters.postgres.tables import TableDiffersError
from adapters.settings import SettingError, Settings, unsafe_in_production
from adapters.vault.installation import InstallationKeyError
from adapters.vault.key_store import MARK_FILE, NoKeyStoreError
from adapters.vault.sets import ForeignSetError
from domain.kernel import RefusalError

EXPECTED = (
    ServerInUseError,
    ServerFailedError,
    ClosedFolderError,
    NewerSchemaError,
    ChangedMigrationError,
    SchemaBehindError,
    TableDiffersError,
    InstallationKeyError,
)
"""What an operator can put right: said in one sentence, without a traceback."""

UNREACHED = (
    ConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
)
"""Wrong address, wrong password, a role without its rights."""


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turns what an operator can put right into a message and exit code 1."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(str(error)) from None
    except RefusalError as error:
        raise click.ClickException(f"{refusal_text(error.code, error.details, 'en')} ({error.code})") from None
    except NoKeyStoreError:
        raise click.ClickException("There is no key store in the data folder.") from None
    except ForeignSetError as error:
        raise click.ClickException(f"Keys and database are not of one installation: {error}") from None
    except UNREACHED as error:
        raise click.ClickException(f"The database cannot be reached: {error}") from None


@asynccontextmanager
async def reached(settings: Settings) -> AsyncIterator[Database]:
    """The database by address, of the hoso that runs on the data folder, or of a server started for this command."""
    need_database(settings)
    running = Supervisor(settings.postgres).attach() if settings.database_url is None else None
    if running is not None:
        yield running
        return
    async with database_of(settings) as database:
        yield database


def need_database(settings: Settings) -> None:
    """Raises ClickException where the data folder has no database yet: looking after one never makes one."""
    if settings.database_url is None and not (settings.postgres / "data" / "PG_VERSION").exists():
        raise click.ClickException(f"No database in {settings.data_dir}: make a store with `hoso init`.")


def has_keys(settings: Settings) -> bool:
    """Whether a key store was made here."""
    return (settings.keys / MARK_FILE).exists()


def need_keys(settings: Settings) -> None:
    """Raises ClickException where no key store lies in the data folder."""
    if not has_keys(settings):
        raise click.ClickException(f"No key store in {settings.keys}: make a store with `hoso init`.")


def make_data_folder(settings: Settings) -> None:
    """PostgreSQL does not run as root, so that then others must be able to pass through the folder, not to read it."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)


def refuse_unsafe(settings: Settings) -> None:
    """Raises ClickException naming every setting at fault."""
    _refuse(unsafe_in_production(settings))


async def refuse_unsafe_server(database: Database) -> None:
    """The same for settings of the database server. Raises ClickException."""
    connection = await owner_connection(database)
    try:
        names = await careless_settings(connection)
    finally:
        await connection.close()
    _refuse([SettingError(name, "switched-off-in-the-database-server") for name in names])


def refuse_demo(settings: Settings) -> None:
    """Where the surroundings say that this is production. Raises ClickException."""
    if settings.profile == "production":
        _refuse([SettingError("HOSO_PROFILE", "demo-data")])


def _refuse(faults: list[SettingError]) -> None:
    if faults:
        raise click.ClickException("Refused in production:\n" + "\n".join(f"  {fault}" for fault in faults))
