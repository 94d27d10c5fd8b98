"""One number for the whole history: equal in two databases only when every fact, its place and its stamp are equal."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from typing import Any

EVERY = 5000
_frame = struct.Struct(">q16sq")
_QUERY = """select l.log_index, e.stream_id, e.version, extract(epoch from l.recorded_at)::text as stamp, e.digest
            from log l join event e using (pos) where l.log_index <= $1 order by l.log_index"""


async def history_digest(connection: Any, up_to: int, progress: Callable[[int], None] = lambda _done: None) -> str:
    """SHA-256 (hex) over places, stamps and stored digests up to this log index. Inside a transaction only.

    That each stored digest is that of its fact is what `verify` recomputes; together they speak for every byte.
    """
    digest, done = hashlib.sha256(), 0
    async for log_index, stream_id, version, stamp, stored in connection.cursor(_QUERY, up_to, prefetch=2000):
        digest.update(_frame.pack(log_index, stream_id.bytes, version))
        digest.update(stamp.encode() + b"\n")
        digest.update(stored)
        done += 1
        if done % EVERY == 0:
            progress(done)
    progress(done)
    return digest.hexdigest()
