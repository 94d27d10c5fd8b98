"""What is reported: one line for each figure, with its peer, the ratio aimed at and what held it back."""

from __future__ import annotations

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table. `peer` and `ratio` are None where a figure stands alone or its peer was not there."""

    name: str
    value: float
    unit: str
    peer_name: str = ""
    peer: float | None = None
    ratio: float | None = None
    aim: float | None = None
    """The least `ratio`, or with `at_most` the greatest `value`, that is good enough."""
    at_most: bool = False
    limit: str = ""
    """What kept it from being better, as measured in this run."""
    others: float | None = None
    """Cores that processes outside this run used meanwhile."""
    rounds: tuple[float, ...] = ()
    """The ratio (or value) of each round; what is reported is their median."""

    @property
    def met(self) -> bool | None:
        """Whether the aim is reached; None where there is none, or nothing to compare with."""
        if self.aim is None:
            return None
        if self.at_most:
            return self.value <= self.aim
        return None if self.ratio is None else self.ratio >= self.aim


class Skipped(msgspec.Struct, frozen=True):
    """A comparison that could not be made, and what would make it possible."""

    name: str
    why: str


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """Where and under which load of others the run took place."""

    cores: int
    memory_gib: float
    python: str
    postgresql: str
    load_before: tuple[float, float, float]
    load_after: tuple[float, float, float]
    others_cores: float | None
    """None where no part of the run looks at it."""
    """The mean of the figures' `others`."""
    seconds: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`var/bench.json`."""

    surroundings: Surroundings
    figures: tuple[Figure, ...]
    skipped: tuple[Skipped, ...] = ()
