"""`hoso init`: an empty store for real work, with its first authority and its first administrator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import msgspec
from rich.console import Console

from adapters.bootstrap import World, database_of, open_world, prepare_schema
from adapters.commands.reaching import (
    has_keys,
    in_one_sentence,
    make_data_folder,
    refuse_unsafe,
    refuse_unsafe_server,
)
from adapters.http.passwords import SHORTEST, is_weak
from adapters.postgres.connect import Database, owner_connection
from adapters.settings import Settings
from adapters.vault.installation import given_key
from application.access import SYSTEM, Role
from application.authorities import authority_id_of
from application.execute import Executor
from application.identifiers import seeded_id
from application.people import NewPost
from application.ports import CommandReusedError, Receipt, Request
from application.store_kind import StoreDesk
from domain.authorities.levels import Level
from domain.calendar import legal_date
from domain.kernel import RefusalError
from domain.people.account import normal_username
from domain.store.events import DemoStoreOpened, StoreOpened

POST_TITLE = "Quản trị hệ thống"


class Founding(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator of the machine says once. `since`: the authority's first day; None: today."""

    username: str
    name: str
    password: str
    authority_code: str
    authority_name: str
    province: str
    level: Level = Level.COMMUNE
    since: date | None = None


def password_from(path: Path | None, environ_value: str | None) -> str:
    """From a file, from HOSO_ADMIN_PASSWORD, or asked for twice on the terminal; never shown."""
    if path is not None:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    if environ_value:
        return environ_value
    asked: str = click.prompt("Start password of the administrator", hide_input=True, confirmation_prompt=True)
    return asked


async def found_store(settings: Settings, founding: Founding, out: Console) -> None:
    """Schema, keys, `store.opened.v1`, authority, administrator. One that broke off is taken up with the same words.

    Raises ClickException naming whatever is unsafe, refused, or already there.
    """
    refuse_unsafe(settings)
    if is_weak(normal_username(founding.username), founding.password):
        raise click.ClickException(f"password-too-weak: at least {SHORTEST} signs, not regular, without the user name")
    with in_one_sentence():
        given_key(settings.environ)
        make_data_folder(settings)
        async with database_of(settings) as database:
            await refuse_unsafe_server(database)
            await prepare_schema(database)
            await _refuse_used(settings, database)
            async with open_world(settings, database, new_keys=not has_keys(settings)) as world:
                try:
                    await _found(world, founding)
                except RefusalError as error:
                    raise click.ClickException(f"{error.code}: {error.field or ''}".rstrip(": ")) from None
                except CommandReusedError:
                    raise click.ClickException(
                        "An earlier `hoso init` broke off: repeat it with the same words, or begin in an empty folder."
                    ) from None
    _say(settings, founding, out)


async def _refuse_used(settings: Settings, database: Database) -> None:
    """A store that holds anything but the beginning of an init that broke off. Raises ClickException."""
    connection = await owner_connection(database)
    try:
        facts, demo, opened, accounts = await connection.fetchrow(
            "select count(*), count(*) filter (where topic = $1), count(*) filter (where topic = $2),"
            " (select count(*) from credential) from event",
            DemoStoreOpened.TOPIC,
            StoreOpened.TOPIC,
        )
    finally:
        await connection.close()
    if not facts:
        return
    where = f"the database of {'HOSO_DATABASE_URL' if settings.database_url else settings.data_dir}"
    if demo:
        raise click.ClickException(f"store-not-empty: {where} holds demo data ({facts} facts). Choose an empty one.")
    if accounts or not opened:
        raise click.ClickException(f"store-not-empty: {where} is a store in use ({facts} facts).")
    if not has_keys(settings):
        raise click.ClickException(f"store-not-empty: {where} has {facts} facts, and no key store is in the folder.")


async def _found(world: World, founding: Founding) -> None:
    async def sequence() -> None:
        while await world.sequencer.tick():
            pass

    desk = StoreDesk(Executor(world.store), world.clock, world.log, sequence)
    await desk.open_in_earnest()
    await sequence()  # the first fact of the log, before any other
    state = await desk.state()
    if state is not None and not state.second_factor:
        await desk.require_second_factor(wanted=True)
    today = legal_date(world.clock.now())
    authority = authority_id_of(founding.authority_code)
    await world.authorities.establish(
        SYSTEM,
        _once(world, "authority", founding),
        code=founding.authority_code,
        name=founding.authority_name,
        level=founding.level,
        province=founding.province,
        valid_from=founding.since or today,
    )
    await _administrator(
        world,
        founding,
        NewPost(title=POST_TITLE, roles=frozenset({Role.ADMINISTRATOR}), authority_id=authority, from_day=today),
    )
    await world.settle()


async def _administrator(world: World, founding: Founding, post: NewPost) -> Receipt:
    return await world.people.open_account(
        SYSTEM,
        _once(world, "administrator", founding),
        username=founding.username,
        display_name=founding.name,
        password=founding.password,
        post=post,
    )


def _once(world: World, what: str, founding: Founding) -> Request:
    """The same wish whenever this founding is repeated; the password may be another."""
    words = msgspec.structs.replace(founding, password="")
    return Request(seeded_id(f"init/{what}"), world.secrets.fingerprint(what.encode(), msgspec.json.encode(words)))


def _say(settings: Settings, founding: Founding, out: Console) -> None:
    out.print(f"A store for real work was made in {settings.data_dir}.")
    out.print(f"Start it with `hoso serve`, then sign in at {settings.origin} as {founding.username}.")
    out.print("Heads, administrators and auditors sign in in two steps: `hoso second-factor waived` ends that.")
    out.print(
        f"Its keys are in {settings.keys}. Whoever loses them loses every personal value of this store for ever: "
        "`hoso backup DIR --keys OTHER_DIR` keeps a copy apart from the database."
    )
