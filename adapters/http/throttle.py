"""Token buckets in the database: shared by all processes, exact under concurrency, without addresses or names."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

import asyncpg
import msgspec

from application.ports import Clock, Secrets
from domain.calendar import legal_date

FORGOTTEN_AFTER = timedelta(days=1)
IPV4_PREFIX, IPV6_PREFIX = 24, 48


class Bucket(msgspec.Struct, frozen=True):
    """So many at once, and one more every `refill_s` seconds."""

    name: str
    capacity: int
    refill_s: float


SIGN_IN = Bucket("sign-in", 10, 60)
"""One account from one neighbourhood of addresses."""
SIGN_IN_ADDRESS = Bucket("sign-in-address", 200, 2)
"""All accounts from one neighbourhood, so that nobody tries one password on every name."""

SECOND_STEP = Bucket("second-step", 5, 60)
"""Codes of one account, from wherever: of a million one is right for half a minute."""

TRACKING = Bucket("tracking", 300, 1)
"""Tracking codes from one neighbourhood: 80 bits are not guessed, but neither need anybody try."""

SUBMISSIONS = Bucket("submissions", 20, 60)
"""What comes from one neighbourhood; an empty bucket refuses nobody, it only lets the next one wait to be screened."""


ASSISTANCE = Bucket("assistance", 60, 20)
"""Codes that one official types for callers."""


class TooManyAttemptsError(Exception):
    """`retry_after_s`: when one more may be tried."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("too many attempts")
        self.retry_after_s = retry_after_s


def neighbourhood(address: str) -> str:
    """The network that an address belongs to: whoever changes his last digits is still the same visitor."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = IPV6_PREFIX if isinstance(parsed, IPv6Address) else IPV4_PREFIX
    return str(ip_network((parsed, prefix), strict=False).network_address)


class Throttle:
    """A failure of the database is a failure of `take`: nothing is let through unseen."""

    def __init__(self, pool: asyncpg.Pool[Any], secrets: Secrets, clock: Clock) -> None:
        self._pool, self._secrets, self._clock = pool, secrets, clock

    async def take(self, bucket: Bucket, *who: str) -> None:
        """One token from the bucket of `who`. Raises TooManyAttemptsError when there is none."""
        taken = await self._pool.fetchval(
            "insert into throttle as t (key, tokens, at) values ($1, $2::float8 - 1, $4)"
            " on conflict (key) do update set at = greatest(t.at, excluded.at), tokens ="
            " least($2::float8, t.tokens + greatest(extract(epoch from excluded.at - t.at), 0) / $3::float8) - 1"
            " where least($2::float8, t.tokens + greatest(extract(epoch from excluded.at - t.at), 0) / $3::float8) >= 1"
            " returning true",
            self._key(bucket, who),
            float(bucket.capacity),
            float(bucket.refill_s),
            self._clock.now(),
        )
        if not taken:
            raise TooManyAttemptsError(max(1, round(bucket.refill_s)))

    async def forgive(self, bucket: Bucket, *who: str) -> None:
        """After a success: the tries before it no longer count."""
        await self._pool.execute("delete from throttle where key = $1", self._key(bucket, who))

    async def clear(self) -> int:
        """Forgets buckets that nobody has taken from for a day; how many."""
        gone: int = await self._pool.fetchval(
            "with gone as (delete from throttle where at < $1 returning 1) select count(*) from gone",
            self._clock.now() - FORGOTTEN_AFTER,
        )
        return gone

    def _key(self, bucket: Bucket, who: tuple[str, ...]) -> bytes:
        day = legal_date(self._clock.now()).isoformat()
        return self._secrets.fingerprint(*(part.encode() for part in ("throttle", bucket.name, day, *who)))
