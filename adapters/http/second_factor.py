"""The second step of signing in: a code of the telephone (TOTP, RFC 6238) or one of the printed recovery codes."""

from __future__ import annotations

import secrets as randomness
from base64 import b32encode
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pyotp

from application.ports import Clock, Secrets, Vault
from application.tracking_code import normalise_code
from domain.kernel import Sealed

CONTEXT = "second-factor:secret"
STEP_S, STEPS_BESIDE = 30, 1
"""A clock that is half a minute off is still right (RFC 6238 §5.2)."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
ISSUER = "hoso"
_RECOVERY_SIGNS = 12


class SecondFactors:
    """The tables of secrets and recovery codes. A code of the telephone is good once, a recovery code too."""

    def __init__(self, pool: asyncpg.Pool[Any], vault: Vault, secrets: Secrets, clock: Clock) -> None:
        self._pool, self._vault, self._secrets, self._clock = pool, vault, secrets, clock

    async def begin(self, account_id: UUID) -> str:
        """A secret to set up, in base 32: the one that was shown before, as long as it is not confirmed."""
        row = await self._pool.fetchrow("select secret, confirmed from second_factor where account_id = $1", account_id)
        if row is not None and not row["confirmed"]:
            return self._open(row["secret"])
        secret = b32encode(randomness.token_bytes(SECRET_BYTES)).decode()
        sealed = self._vault.seal(account_id, CONTEXT, secret)
        await self._pool.execute(
            "insert into second_factor (account_id, secret) values ($1, $2) on conflict (account_id) do update"
            " set secret = excluded.secret, confirmed = false, last_step = 0",
            account_id,
            msgspec.json.encode(sealed),
        )
        return secret

    def address(self, username: str, secret: str) -> str:
        """What the QR code holds."""
        return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=username, issuer_name=ISSUER)

    async def confirm(self, account_id: UUID, code: str) -> Sequence[str] | None:
        """Takes the first code and gives the recovery codes, shown this once; None when the code is wrong."""
        if not await self._take(account_id, code, confirmed=False):
            return None
        codes = [randomness.token_hex(_RECOVERY_SIGNS // 2).upper() for _ in range(RECOVERY_CODES)]
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("update second_factor set confirmed = true where account_id = $1", account_id)
            await connection.execute("delete from recovery_code where account_id = $1", account_id)
            await connection.executemany(
                "insert into recovery_code (account_id, hash) values ($1, $2)",
                [(account_id, self._hash(account_id, one)) for one in codes],
            )
        return codes

    async def take(self, account_id: UUID, code: str) -> bool:
        """Whether the code is right, of the telephone or a recovery code; it is good no more afterwards."""
        if await self._take(account_id, code, confirmed=True):
            return True
        gone = await self._pool.fetchval(
            "delete from recovery_code where account_id = $1 and hash = $2 returning true",
            account_id,
            self._hash(account_id, code),
        )
        return bool(gone)

    async def left(self, account_id: UUID) -> int:
        """How many recovery codes are left."""
        count: int = await self._pool.fetchval("select count(*) from recovery_code where account_id = $1", account_id)
        return count

    async def forget(self, account_id: UUID) -> None:
        """After it was removed."""
        await self._pool.execute("delete from second_factor where account_id = $1", account_id)
        await self._pool.execute("delete from recovery_code where account_id = $1", account_id)

    async def _take(self, account_id: UUID, code: str, *, confirmed: bool) -> bool:
        row = await self._pool.fetchrow(
            "select secret from second_factor where account_id = $1 and confirmed = $2", account_id, confirmed
        )
        digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
        if row is None:
            return False
        totp, now = pyotp.TOTP(self._open(row["secret"]), interval=STEP_S), int(self._clock.now().timestamp())
        here = now // STEP_S
        for step in range(here - STEPS_BESIDE, here + STEPS_BESIDE + 1):
            if randomness.compare_digest(totp.at(step * STEP_S), digits):
                return bool(
                    await self._pool.fetchval(
                        "update second_factor set last_step = $2 where account_id = $1 and last_step < $2"
                        " returning true",
                        account_id,
                        step,
                    )
                )
        return False

    def _open(self, stored: bytes) -> str:
        return self._vault.open(msgspec.json.decode(stored, type=Sealed))

    def _hash(self, account_id: UUID, code: str) -> bytes:
        return self._secrets.code_hash(f"{account_id.hex}{normalise_code(code)}")
