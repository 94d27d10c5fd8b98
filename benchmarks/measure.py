"""Rates, rounds, medians, and who used the processors meanwhile."""

from __future__ import annotations

import contextlib
import os
import statistics
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

import msgspec
import psutil

FULL = 0.85
"""Share of a core from which on one thread counts as fully busy."""


class Rate(msgspec.Struct, frozen=True):
    """So many in so many seconds."""

    count: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


class Cpu(msgspec.Struct, frozen=True):
    """Cores used on average by each group of processes, and by everybody else on the machine."""

    groups: dict[str, float]
    others: float

    def words(self, single: str) -> str:
        """What limited a measurement, going by the processors. `single` is the group that has one thread only."""
        cores = os.cpu_count() or 1
        spent = ", ".join(f"{name} {used:.2f}" for name, used in self.groups.items())
        busy = sum(self.groups.values()) + self.others
        if self.groups.get(single, 0) >= FULL:
            held = f"{single}: one full core"
        elif busy >= FULL * cores:
            held = f"all {cores} cores full"
        else:
            held = "waiting: disk, locks, round trips"
        return f"{held} ({spent}, others {self.others:.2f} of {cores} cores)"


class Watch:
    """Processor time between enter and exit. Groups are trees of processes by the id of their root."""

    def __init__(self, trees: dict[str, int], *, own: str = "") -> None:
        """`own` names a group for this process alone, without its children."""
        self._trees, self._own = trees, own
        self._before: dict[str, dict[int, float]] = {}
        self._busy = self._began = 0.0
        self.cpu = Cpu({}, 0.0)

    def __enter__(self) -> Self:
        self._before, self._busy, self._began = self._now(), _busy(), time.monotonic()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        seconds, busy, after = time.monotonic() - self._began, _busy() - self._busy, self._now()
        groups = {
            name: sum(used - self._before[name].get(pid, 0.0) for pid, used in now.items()) / seconds
            for name, now in after.items()
        }
        self.cpu = Cpu(groups, max(0.0, busy / seconds - sum(groups.values())))

    def _now(self) -> dict[str, dict[int, float]]:
        found = {name: dict(_times(_tree(pid))) for name, pid in self._trees.items()}
        if self._own:
            found[self._own] = dict(_times([psutil.Process()]))
        return found


def _tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def _times(processes: Iterable[psutil.Process]) -> Iterable[tuple[int, float]]:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            used = process.cpu_times()
            yield process.pid, used.user + used.system


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def median(values: Iterable[float]) -> float:
    """The middle one: a burst of somebody else's work moves it least."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
