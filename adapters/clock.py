"""Clocks: the real one, one that is moved by hand (tests, the loader of demo data), one that starts on another day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)


class SetClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """An instant that lies behind changes nothing."""
        self._at = max(self._at, at.astimezone(UTC))

    def advance(self, by: timedelta) -> None:
        """Forward only."""
        self.move_to(self._at + by)


class ShiftedClock:
    """Begins at an instant of one's choice and then runs like the real one: a demonstration on another day."""

    def __init__(self, start: datetime) -> None:
        self._shift = start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC) + self._shift
