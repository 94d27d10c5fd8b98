"""What the ids on a page or in an answer are called: people, posts, places, authorities."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from application.ports import ErasedError, Reader, Recorded, Vault
from projections.authorities import AuthorityRow, authority, authority_names
from projections.people import people, posts_by_id
from projections.places import place_names


class Naming:
    """Looks names up in one go. Names of officials lie sealed and are opened here; who was erased has none."""

    def __init__(self, db: Reader, vault: Vault) -> None:
        self._db, self._vault = db, vault

    async def names(self, ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Display names by id; unknown ids are left out."""
        wanted = {identifier for identifier in ids if identifier is not None}
        found = await place_names(self._db, wanted)
        found |= await authority_names(self._db, wanted - found.keys())
        for person in (await people(self._db, wanted - found.keys())).values():
            try:
                found[person.id] = self._vault.open(person.display_name)
            except ErasedError:
                continue
        return found

    async def body(self, authority_id: UUID) -> AuthorityRow | None:
        """An authority with what it has published of itself."""
        return await authority(self._db, authority_id)

    async def posts(self, ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Titles of posts by id."""
        wanted = {identifier for identifier in ids if identifier is not None}
        return {post.id: post.title for post in (await posts_by_id(self._db, wanted)).values()}

    async def of_history(self, history: Collection[Recorded]) -> tuple[dict[UUID, str], dict[UUID, str]]:
        """Names and post titles of everybody who acts in these facts."""
        people_and_bodies = [recorded.actor_id for recorded in history if recorded.actor_kind == "official"]
        people_and_bodies += [recorded.authority_id for recorded in history if recorded.authority_id]
        return await self.names(people_and_bodies), await self.posts(recorded.post_id for recorded in history)
