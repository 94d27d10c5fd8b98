"""Figure 5: memory of the server's process, and how long a start with demo data takes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import psutil

from benchmarks import product
from benchmarks.figures import Figure

AIM_START_S = 8.0
MIB = 2**20


class Starts(msgspec.Struct, frozen=True):
    """Seconds until the first page is answered, and what the process then holds."""

    first_s: float
    second_s: float
    idle_mib: float


def starts(folder: Path) -> Starts:
    """`hoso run` twice: the first makes cluster, schema and demo data, the second finds them."""
    with product.running(folder) as (process, port):
        first_s = product.first_answer(process, port)
    page = f"/p/{product.demo_of(folder).public_code}"
    with product.running(folder) as (process, port):
        second_s = product.first_answer(process, port, page)
        idle_mib = memory_mib(process.pid)
    return Starts(first_s, second_s, idle_mib)


def memory_mib(pid: int) -> float:
    """Resident memory of one process, without PostgreSQL's."""
    return float(psutil.Process(pid).memory_info().rss / MIB)


def figures(found: Starts, loaded_mib: float, commands: int) -> list[Figure]:
    """`commands`: how many the process had answered when it was measured again."""
    return [
        Figure(name="start with demo data, second time", value=found.second_s, unit="s", aim=AIM_START_S, at_most=True),
        Figure(name="first start: cluster, schema, demo data", value=found.first_s, unit="s"),
        Figure(name="memory of the server process, idle", value=found.idle_mib, unit="MiB"),
        Figure(name=f"memory after {commands:,} commands", value=loaded_mib, unit="MiB"),
    ]
