"""Figure 2: a whole command over HTTP: authenticated, decided, sealed, durable; everything in one process."""

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
from benchmarks.measure import Watch, median
from benchmarks.product import Office

CLIENTS, SECONDS, ROUNDS, WARM_UP_S = 16, 4.0, 3, 2.0
AIM = 0.5
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


async def figures(ground: Ground, ours: Side, peer: Side, clients: ProcessPoolExecutor) -> list[Figure]:
    """Interleaved rounds on two databases of one server; the ratio is taken round by round."""
    for side in (ours, peer):
        await side.run(clients, WARM_UP_S)
    rates: list[tuple[float, float]] = []
    watch = Watch({"hoso": ours.pid, "PostgreSQL": ground.server_pid, "clients": tree_of(clients)})
    beside = Watch({"bare": peer.pid, "PostgreSQL": ground.server_pid})
    for _ in range(ROUNDS):
        with watch:
            mine = await ours.run(clients, SECONDS)
        with beside:
            other = await peer.run(clients, SECONDS)
        rates.append((_rate(mine), _rate(other)))
    ratios = tuple(mine / other for mine, other in rates)
    return [
        Figure(
            name="whole command over HTTP, 16 clients",
            value=median(mine for mine, _ in rates),
            unit="commands/s",
            peer_name="bare litestar endpoint, same SQL",
            peer=median(other for _, other in rates),
            ratio=median(ratios),
            aim=AIM,
            limit=f"{watch.cpu.words('hoso')}; {_cost(watch, beside, rates)}",
            others=watch.cpu.others,
            rounds=ratios,
        )
    ]


def tree_of(clients: ProcessPoolExecutor) -> int:
    """The process of the clients; it is there once something was run in it."""
    return int(next(iter(clients._processes)))  # noqa: SLF001 - an executor does not tell its processes


def _cost(ours: Watch, peer: Watch, rates: list[tuple[float, float]]) -> str:
    """Processor time of a command in the last round: it hardly depends on what others do on the machine."""
    spent = [
        1000 * watch.cpu.groups[name] / rate
        for watch, rate in zip((ours, peer), rates[-1], strict=True)
        for name in (watch.first, "PostgreSQL")
    ]
    return "a command takes {:.2f} ms of Python and {:.2f} of PostgreSQL, the peer {:.2f} and {:.2f}".format(*spent)


def _rate(outcome: client.Outcome) -> float:
    return len(outcome.answered) / outcome.seconds
