"""Did nearly the same words come shortly before? Kept as keyed hashes that change every day, for an hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

import asyncpg

from application.ports import Clock, Secrets
from domain.calendar import legal_date
from domain.searching import search_key

WINDOW = timedelta(hours=1)
BANDS, ROWS = 5, 4
"""Texts that share nine word groups of ten meet in some band 99 times of 100; of three in ten, 4 times of 100."""
WORDS_TOGETHER = 3
_SPREAD = 8


class NearTexts:
    """MinHash over groups of words: a changed number, name or line does not hide that a text is the same."""

    def __init__(self, pool: asyncpg.Pool[Any], secrets: Secrets, clock: Clock) -> None:
        self._pool, self._secrets, self._clock = pool, secrets, clock

    async def came_before(self, place_id: UUID, text: str, request_id: UUID) -> bool:
        """Whether another request about this unit said nearly the same within the window; remembers this one."""
        now = self._clock.now()
        day = legal_date(now).isoformat().encode()
        keys = [
            self._secrets.fingerprint(b"near-text", day, place_id.bytes, bytes([band]), print_)
            for band, print_ in enumerate(bands_of(text))
        ]
        seen = await self._pool.fetchval(
            "with before as (select count(*) as n from recent_text where key = any($1) and at > $2 and by <> $3),"
            " kept as (insert into recent_text (key, by, at) select key, $3, $4 from unnest($1::bytea[]) as key"
            " order by key on conflict (key) do update set at = excluded.at, by = excluded.by)"
            " select n > 0 from before",
            sorted(set(keys)),
            now - WINDOW,
            request_id,
            now,
        )
        return bool(seen)

    async def clear(self) -> int:
        """Forgets what no longer matters; how many."""
        gone: int = await self._pool.fetchval(
            "with gone as (delete from recent_text where at < $1 returning 1) select count(*) from gone",
            self._clock.now() - WINDOW,
        )
        return gone


def bands_of(text: str) -> list[bytes]:
    """The prints of a text that are compared: marks, case, digits and signs do not count."""
    words = ["".join(sign for sign in word if sign.isalpha()) for word in search_key(text).split()]
    words = [word for word in words if word]
    together = min(WORDS_TOGETHER, max(1, len(words)))
    groups = {" ".join(words[start : start + together]) for start in range(max(1, len(words) - together + 1))}
    least = [min(_hashes(groups, seed)) for seed in range(BANDS * ROWS)]
    return [b"".join(least[band * ROWS : band * ROWS + ROWS]) for band in range(BANDS)]


def _hashes(groups: Iterable[str], seed: int) -> Iterable[bytes]:
    salt = seed.to_bytes(_SPREAD)
    return (blake2b(group.encode(), digest_size=_SPREAD, salt=salt).digest() for group in groups)
