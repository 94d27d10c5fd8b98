"""What every command shares on a terminal: the event loop, a console, a bar for work that takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Moved = Callable[[int, int | None], None]
"""(done, in all). None: nobody knows yet."""


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """In uvloop."""
    import uvloop  # noqa: PLC0415 - loaded when something runs, not when help is asked for

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def console() -> Console:
    """For what a command says on its standard output."""
    return Console(highlight=False, soft_wrap=True)


@contextmanager
def bar(out: Console, what: str, *, shown: bool = True) -> Iterator[Moved]:
    """A bar while the work lasts; none where nobody looks on (a file, a service's journal)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True, disable=not (shown and out.is_terminal)) as progress:
        task = progress.add_task(what, total=None)

        def moved(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        yield moved
