"""`make bench`: every figure beside its peer, measured in one run. A table for people, var/bench.json for programs."""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from pathlib import Path
from statistics import fmean

import click
import msgspec
import psutil
import structlog
import uvloop
from rich.console import Console

from benchmarks import append, command, junk, product, reading, rebuild, server, visible
from benchmarks.figures import Figure, Report, Skipped, Surroundings
from benchmarks.ground import ROOT, Ground, data_folder, ground
from benchmarks.table import show

REPORT = "bench.json"
ALL = ("append", "http", "rebuild", "reading", "junk")
Line = Figure | Skipped


async def over_http(folder: Path, base: Ground, starts: server.Starts) -> list[Line]:
    """Commands, their way into the register, memory: all on one server process, beside the bare peer."""
    office = await product.open_office(folder, base.database())
    alone, copy = await base.clone("hoso", "alone"), await base.clone("hoso", "bare")
    with (
        product.running(folder, base.database()) as (process, port),
        product.running(folder, alone, "serve", "--web-only") as (web, web_port),
        command.bare_server(copy, office.statements) as (bare_pid, bare_port),
        ProcessPoolExecutor(1, command.SPAWN) as clients,
    ):
        product.first_answer(process, port)
        product.first_answer(web, web_port)
        whole = command.Side("workers in the process", process.pid, port, product.PATH, office)
        apart = command.Side("workers apart", web.pid, web_port, product.PATH, deepcopy(office))
        peer = command.Side("bare", bare_pid, bare_port, "/bare/{case_id}", deepcopy(office))
        lines: list[Line] = [*await command.figures(base, [apart, whole], peer, clients)]
        lines += await visible.figures(base, base.database(), whole, clients)
        loaded = server.memory_mib(process.pid)
    return [*lines, *server.figures(starts, loaded, whole.answered)]


async def measure(folder: Path, wanted: tuple[str, ...], console: Console) -> tuple[list[Line], str]:
    """All figures, one after the other, and the version of the server."""
    starts = None
    if "http" in wanted:
        console.print("Starting hoso twice, with demo data ...")
        starts = await asyncio.to_thread(server.starts, folder)
    lines: list[Line] = []
    with ground(folder) as base:
        if "append" in wanted:
            console.print("Appending ...")
            lines += await append.figures(base)
        if starts is not None:
            console.print("Commands over HTTP ...")
            lines += await over_http(folder, base, starts)
        if "rebuild" in wanted:
            console.print("Rebuilding ...")
            lines += await rebuild.figures(base)
        if "reading" in wanted:
            few, many = map(int, os.environ.get("HOSO_BENCH_CASES", reading.SIZES).split())
            console.print(f"Reading among {few:,} and {many:,} cases (loading them takes minutes) ...")
            lines += await reading.figures(base, folder, (few, many))
        if "junk" in wanted:
            console.print("Junk for a minute ...")
            beside = folder / "junk"
            beside.mkdir()
            lines += await asyncio.to_thread(
                junk.measure, beside, round(junk.POSTS * junk.IN_BENCH / junk.MINUTES), junk.IN_BENCH
            )
        return lines, await base.version()


@click.command()
@click.option("--only", type=click.Choice(ALL), multiple=True, help="Only these figures.")
def main(only: tuple[str, ...]) -> None:
    """Measures; fails only when something could not be measured."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    console, began, load = Console(), time.monotonic(), os.getloadavg()
    with data_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        lines, version = runner.run(measure(folder, only or ALL, console))
        figures = tuple(line for line in lines if isinstance(line, Figure))
        others = [one.others for one in figures if one.others is not None]
        report = Report(
            surroundings=Surroundings(
                cores=os.cpu_count() or 1,
                memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
                python=platform.python_version(),
                postgresql=version,
                load_before=load,
                load_after=os.getloadavg(),
                others_cores=fmean(others) if others else None,
                seconds=time.monotonic() - began,
            ),
            figures=figures,
            skipped=tuple(line for line in lines if isinstance(line, Skipped)),
        )
        path = folder.parent / REPORT
        path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1))
    show(report, console)
    console.print(f"Also in {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")


if __name__ == "__main__":
    main()
