"""Who holds an account, and which posts are or were held by whom? Names are copied sealed; only pages open them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.kernel import Fact, Sealed
from domain.people import events as f
from domain.people.roles import Role
from projections.base import OPEN, Column, table_of


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account. `version` is that of its stream, for If-Match."""

    id: UUID
    version: int
    username: str
    display_name: Sealed
    locked: bool = False
    start_code_until: datetime | None = None
    """Until when a start code is good that was not used yet."""
    second_factor: bool = False


class PostRow(msgspec.Struct, frozen=True, kw_only=True):
    """One post and the days on which it is held; both ends are included."""

    id: UUID
    account_id: UUID
    title: str
    roles: tuple[Role, ...]
    authority_id: UUID
    area_ids: tuple[UUID, ...]
    unit_id: UUID | None
    from_day: date
    until_day: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether it is held on this legal day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


class People:
    """The projection of accounts."""

    name: ClassVar[str] = "people"
    version: ClassVar[int] = 2
    versioned: ClassVar[bool] = True
    row = PersonRow
    facts: ClassVar[tuple[type[Fact], ...]] = (
        f.AccountOpened,
        f.PostGiven,
        f.PostEnded,
        f.AccountLocked,
        f.AccountUnlocked,
        f.PasswordReplaced,
        f.AuditPurposeStated,
        f.SigningDelegated,
        f.DelegationEnded,
        f.StartCodeIssued,
        f.StandInAppointed,
        f.StandInEnded,
        f.SecondFactorEnrolled,
        f.SecondFactorRemoved,
    )
    columns: ClassVar[tuple[Column, ...]] = (Column("username", "text"),)
    indexes: ClassVar[tuple[str, ...]] = ()

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per account."""
        return envelope.originator_id

    def fold(self, row: PersonRow | None, fact: Fact, envelope: Recorded) -> PersonRow | None:
        """Every fact moves the version; some of them how one signs in."""
        version = envelope.originator_version
        if isinstance(fact, f.AccountOpened):
            return PersonRow(
                id=envelope.originator_id, version=version, username=fact.username, display_name=fact.display_name
            )
        if row is None:
            return None
        return replace(row, version=version, **_change(fact))


def _change(fact: Fact) -> dict[str, Any]:
    match fact:
        case f.AccountLocked() | f.AccountUnlocked():
            return {"locked": isinstance(fact, f.AccountLocked)}
        case f.StartCodeIssued():
            return {"start_code_until": fact.expires_at}
        case f.PasswordReplaced():
            return {"start_code_until": None}
        case f.SecondFactorEnrolled() | f.SecondFactorRemoved():
            return {"second_factor": isinstance(fact, f.SecondFactorEnrolled)}
    return {}


class Posts:
    """The projection of posts."""

    name: ClassVar[str] = "posts"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = PostRow
    facts: ClassVar[tuple[type[Fact], ...]] = (f.PostGiven, f.PostEnded)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("account_id", "uuid"),
        Column("authority_id", "uuid"),
        Column("from_day", "date"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(authority_id) where valid_to = {OPEN}",
        f"(account_id) where valid_to = {OPEN}",
    )

    def key(self, fact: Fact, _envelope: Recorded) -> UUID | None:
        """One row per post."""
        return fact.post_id if isinstance(fact, f.PostGiven | f.PostEnded) else None

    def fold(self, row: PostRow | None, fact: Fact, envelope: Recorded) -> PostRow | None:
        """Given, and once ended."""
        match fact:
            case f.PostGiven():
                return PostRow(
                    id=fact.post_id,
                    account_id=envelope.originator_id,
                    title=fact.title,
                    roles=fact.roles,
                    authority_id=fact.authority_id,
                    area_ids=fact.area_ids,
                    unit_id=fact.unit_id,
                    from_day=fact.from_day,
                )
            case f.PostEnded() if row:
                return replace(row, until_day=fact.until_day)
        return row


PEOPLE, POSTS = f"read_model.{table_of(People)}", f"read_model.{table_of(Posts)}"
_people, _posts = msgspec.json.Decoder(PersonRow), msgspec.json.Decoder(PostRow)


async def people(db: Reader, ids: Collection[UUID]) -> dict[UUID, PersonRow]:
    """These accounts as they are recorded now; ids that are none are left out."""
    query = f"select doc from {PEOPLE} where valid_to = {OPEN} and key = any($1::uuid[])"  # noqa: S608
    rows = [_people.decode(row[0]) for row in await db.fetch(query, list(ids))] if ids else []
    return {row.id: row for row in rows}


async def posts_of(db: Reader, account_ids: Collection[UUID]) -> list[PostRow]:
    """All posts of these accounts, held and ended, in the order of their first day."""
    query = (
        f"select doc from {POSTS} where valid_to = {OPEN} and account_id = any($1::uuid[])"  # noqa: S608
        " order by account_id, from_day, key"
    )
    return [_posts.decode(row[0]) for row in await db.fetch(query, list(account_ids))] if account_ids else []


async def posts_by_id(db: Reader, post_ids: Collection[UUID]) -> dict[UUID, PostRow]:
    """For the audit trail: what the posts are called in which something was done."""
    query = f"select doc from {POSTS} where valid_to = {OPEN} and key = any($1::uuid[])"  # noqa: S608
    rows = [_posts.decode(row[0]) for row in await db.fetch(query, list(post_ids))] if post_ids else []
    return {row.id: row for row in rows}


async def posts_in(db: Reader, authority_id: UUID) -> list[PostRow]:
    """All posts in an authority, held and ended."""
    query = f"select doc from {POSTS} where valid_to = {OPEN} and authority_id = $1 order by from_day, key"  # noqa: S608
    return [_posts.decode(row[0]) for row in await db.fetch(query, authority_id)]


class StaffingToday:
    """`application.ports.Staffing`."""

    def __init__(self, db: Reader) -> None:
        self._db = db

    async def others(
        self, authority_id: UUID, roles: Collection[Role], day: date, but: UUID, unit_id: UUID | None = None
    ) -> int:
        """See the port."""
        posts = await posts_in(self._db, authority_id)
        held = [post for post in posts if post.held_on(day) and unit_id in (None, post.unit_id)]
        who = {post.account_id for post in held if set(post.roles) & set(roles)} - {but}
        return sum(not person.locked for person in (await people(self._db, who)).values())
