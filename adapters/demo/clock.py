"""The clock of a demo store: it stands at the moment the story has reached, and is let run when the story is over."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SimulatedClock:
    """`application.ports.Clock` for desks and sequencer alike. Never goes back."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)
        self._running_since: float | None = None

    def now(self) -> datetime:
        """Where the clock stands, or has run to. Aware, UTC."""
        if self._running_since is None:
            return self._at
        return self._at + timedelta(seconds=time.monotonic() - self._running_since)

    def advance_to(self, at: datetime) -> None:
        """Raises ValueError for a moment that has passed."""
        if _aware(at) < self.now():
            raise ValueError("a clock does not go back")
        self._at, self._running_since = _aware(at), None

    def let_run(self) -> None:
        """From here on it runs as any clock does."""
        self._at, self._running_since = self.now(), time.monotonic()


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC)
