"""Who is competent for a place on a day: authorities come and go, places are entrusted to others."""

from __future__ import annotations

from datetime import date
from uuid import UUID


def competent_on(entrusted: tuple[tuple[date, UUID], ...], day: date) -> UUID | None:
    """The authority of the latest day that is not after `day`."""
    begun = [(since, n, authority) for n, (since, authority) in enumerate(entrusted) if since <= day]
    return max(begun)[2] if begun else None
