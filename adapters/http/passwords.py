"""Passwords: what is too weak, argon2 outside the event loop and never more than two at once, the table of hashes."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import Any
from uuid import UUID

import asyncpg
from pwdlib.hashers.argon2 import Argon2Hasher

from application.people import WeakPasswordError

SHORTEST, LONGEST = 12, 128
"""Characters (ASVS 5.0, 6.2.1 and 6.2.9: at least 8, better 15; long ones allowed)."""
FEWEST_DIFFERENT = 5
AT_ONCE = 2
"""argon2 wants 64 MiB and a core each: more at once would starve everybody who is signed in."""
_ROWS = ("01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p")
_KNOWN = frozenset(
    {
        "administrator",
        "administrator1",
        "adminadmin123",
        "adminpassword",
        "anhyeuemnhieulam",
        "baconsocuatoi",
        "changeme1234",
        "chaomungcacban",
        "conmeochomeo",
        "correcthorsebatterystaple",
        "hanoivietnam",
        "helloworld123",
        "hosogiaoduc",
        "iloveyou1234",
        "letmein12345",
        "loveyouforever",
        "matkhau12345",
        "matkhau123456",
        "matkhaucuatoi",
        "passw0rd1234",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "qwerty123456",
        "qwertyuiop123",
        "tieuhoc12345",
        "trustno1trustno1",
        "vietnam12345",
        "vietnamvodich",
        "welcome12345",
        "xinchaovietnam",
    }
)
"""Passwords of the usual lists that are long enough to get here, Vietnamese ones included."""


def normal_password(text: str) -> str:
    """One writing for what looks the same on different keyboards."""
    return unicodedata.normalize("NFKC", text)


def is_weak(username: str, password: str) -> bool:
    """Too short, too long, too regular, on the list, or built around the user name."""
    plain = normal_password(password).lower()
    if not SHORTEST <= len(plain) <= LONGEST or len(set(plain)) < FEWEST_DIFFERENT:
        return True
    if plain in _KNOWN or (username and username.lower() in plain):
        return True
    return any(plain in row or plain[::-1] in row for row in _ROWS)


class Passwords:
    """argon2id. The costs are those of ASVS 11.4.2 unless a test wants it faster."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 64 * 1024) -> None:
        self._hasher = Argon2Hasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._nobody = self._hasher.hash("the password of an account that is not there")

    async def hash(self, password: str) -> str:
        """What may be stored."""
        async with self._gate:
            return await asyncio.to_thread(self._hasher.hash, normal_password(password))

    async def verify(self, password: str, stored: str | None) -> bool:
        """The same work whether there is a hash or not."""
        async with self._gate:
            right = await asyncio.to_thread(self._hasher.verify, normal_password(password), stored or self._nobody)
        return right and stored is not None


class PostgresCredentials:
    """The port Credentials, and what signing in needs of it."""

    def __init__(self, pool: asyncpg.Pool[Any], passwords: Passwords) -> None:
        self._pool, self._passwords = pool, passwords

    async def prepare(self, username: str, password: str) -> str:
        """Raises WeakPasswordError."""
        if is_weak(username, password):
            raise WeakPasswordError(field="password", shortest=SHORTEST)
        return await self._passwords.hash(password)

    async def prepare_code(self, code: str) -> str:
        """The hash of a start code that we made."""
        return await self._passwords.hash(code)

    async def replace(self, account_id: UUID, prepared: str, version: int) -> None:
        """Whoever signs in with the old password meanwhile waits for this, or is signed out by it."""
        async with self._pool.acquire() as connection, connection.transaction():
            stored = await connection.fetchval(
                "insert into credential (account_id, hash, version) values ($1, $2, $3)"
                " on conflict (account_id) do update"
                " set hash = excluded.hash, version = excluded.version, replaced_at = clock_timestamp()"
                " where credential.version < excluded.version returning true",
                account_id,
                prepared,
                version,
            )
            if stored:
                # A statement of its own: it sees the sessions that were opened while the first one waited.
                await connection.execute(
                    "update session set revoked_at = clock_timestamp() where account_id = $1 and revoked_at is null",
                    account_id,
                )

    async def verified(self, account_id: UUID, password: str) -> str | None:
        """The stored hash if the password belongs to it. The same work whether there is one or not."""
        stored: str | None = await self._pool.fetchval("select hash from credential where account_id = $1", account_id)
        return stored if await self._passwords.verify(password, stored) else None
