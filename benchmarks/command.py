"""Figure 2: a whole command over HTTP: authenticated, decided, sealed, durable."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import msgspec

from adapters.postgres.connect import Database
from benchmarks import bare, client, product
from benchmarks.bare import Statement
from benchmarks.figures import Figure
from benchmarks.ground import Ground
from benchmarks.measure import Cpu, Watch, median
from benchmarks.product import Office

CLIENTS, SECONDS, ROUNDS, WARM_UP_S = 16, 4.0, 3, 2.0
AIM = 0.5
PEER = "bare litestar endpoint, same SQL"
SPAWN = multiprocessing.get_context("spawn")


@contextmanager
def bare_server(database: Database, statements: list[Statement]) -> Iterator[tuple[int, int]]:
    """The peer in a process of its own: its id and port."""
    port = product.free_port()
    process = SPAWN.Process(target=bare.serve, args=(database, statements, port), daemon=True)
    process.start()
    try:
        product.first_answer(None, port, "/")
        assert process.pid is not None
        yield process.pid, port
    finally:
        process.terminate()
        process.join()


class Side:
    """One of the two servers, with its own copy of the cases."""

    def __init__(self, name: str, pid: int, port: int, path: str, office: Office) -> None:
        self.name, self.pid, self.answered = name, pid, 0
        self.load = client.Load(
            port=port,
            path=path,
            token=office.token,
            body=product.BODY,
            targets=office.targets,
            seconds=SECONDS,
            clients=CLIENTS,
        )

    async def run(self, clients: ProcessPoolExecutor, seconds: float) -> client.Outcome:
        """One round; the versions of the cases are kept for the next."""
        load = msgspec.structs.replace(self.load, seconds=seconds)
        outcome = await asyncio.get_running_loop().run_in_executor(clients, client.closed_loop, load)
        self.keep(outcome)
        return outcome

    def keep(self, outcome: client.Outcome) -> None:
        """What the cases have come to."""
        self.load = msgspec.structs.replace(self.load, targets=outcome.targets)
        self.answered += len(outcome.answered)


async def figures(ground: Ground, sides: list[Side], peer: Side, clients: ProcessPoolExecutor) -> list[Figure]:
    """Interleaved rounds on databases of one server; the ratios are taken round by round."""
    for side in (*sides, peer):
        await side.run(clients, WARM_UP_S)
    watches = {
        side.name: Watch({"hoso": side.pid, "PostgreSQL": ground.server_pid, "clients": tree_of(clients)})
        for side in (*sides, peer)
    }
    rates: dict[str, list[float]] = {name: [] for name in watches}
    for _ in range(ROUNDS):
        for side in (*sides, peer):
            with watches[side.name]:
                outcome = await side.run(clients, SECONDS)
            rates[side.name].append(len(outcome.answered) / outcome.seconds)
    theirs = rates[peer.name]
    lines = [_line(side.name, rates[side.name], theirs, watches[side.name].cpu) for side in sides]
    spent = {name: _spent(watch.cpu, rates[name][-1]) for name, watch in watches.items()}
    return [*lines, *(_cost(side.name, spent[side.name], spent[peer.name]) for side in sides)]


def _line(name: str, mine: list[float], theirs: list[float], cpu: Cpu) -> Figure:
    ratios = tuple(one / other for one, other in zip(mine, theirs, strict=True))
    return Figure(
        name=f"whole command over HTTP, {name}",
        value=median(mine),
        unit="commands/s",
        peer_name=PEER,
        peer=median(theirs),
        ratio=median(ratios),
        aim=AIM,
        limit=cpu.words("hoso"),
        others=cpu.others,
        rounds=ratios,
    )


def _spent(cpu: Cpu, per_second: float) -> tuple[float, float]:
    """Milliseconds of Python and of PostgreSQL for a command."""
    return 1000 * cpu.groups["hoso"] / per_second, 1000 * cpu.groups["PostgreSQL"] / per_second


def _cost(name: str, mine: tuple[float, float], theirs: tuple[float, float]) -> Figure:
    """Of the last round. It hardly depends on what others do on the machine."""
    return Figure(
        name=f"processor time of a command, {name}",
        value=sum(mine),
        unit="ms",
        peer_name=PEER,
        peer=sum(theirs),
        ratio=sum(theirs) / sum(mine),
        limit="Python {:.2f}, PostgreSQL {:.2f}; the peer {:.2f} and {:.2f}".format(*mine, *theirs),
    )


def tree_of(clients: ProcessPoolExecutor) -> int:
    """The process of the clients; it is there once something was run in it."""
    return int(next(iter(clients._processes)))  # noqa: SLF001 - an executor does not tell its processes
