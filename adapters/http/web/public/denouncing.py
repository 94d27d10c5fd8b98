"""How to denounce, for every sender: nobody and no machine sorts texts before an official has read them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from adapters.http.naming import Naming

_LOOKED_AT = frozenset(
    {"sent", "in-progress", "needs-your-reply", "under-review", "information-received", "information-review"}
)
"""States of the sender in which the message is still being looked at."""


async def denouncing(naming: Naming, authority_id: UUID, day: date, state: str) -> dict[str, Any] | None:
    """For `p/_denounce.html`: the authority with what it has published for this day."""
    body = await naming.body(authority_id)
    if body is None:
        return None
    return {"authority": body.name, "contact": body.contact_on(day), "looked_at": state in _LOOKED_AT}
