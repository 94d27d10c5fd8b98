"""What a server that ended badly leaves behind, and what a running one says of itself in its pid file."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

STATUS_LINE = 7
PROC = Path("/proc")


def is_ready(data: Path) -> bool:
    """Whether the server of this cluster says that it accepts connections, and is alive to say so."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > STATUS_LINE and lines[STATUS_LINE].strip() == "ready" and _lives(int(lines[0]), data)


def end_servers_of(data: Path) -> None:
    """Asks every server process that works in this cluster, and that nobody watches any more, for a fast shutdown."""
    for pid in _working_in(data):
        try:
            os.kill(pid, signal.SIGINT)
        except ProcessLookupError:
            continue


def remove_stale_pid_files(data: Path, sockets: Path) -> None:
    """To be called under the server lock only: no process of the server lives, so whatever these files say is untrue.

    PostgreSQL trusts them: it refuses to start on one cut short by a power failure, or naming an id in use again.
    """
    (data / "postmaster.pid").unlink(missing_ok=True)
    for file in sockets.glob(".s.PGSQL.*"):
        file.unlink()


def _lives(pid: int, data: Path) -> bool:
    """A process that was killed has no working folder any more, even before its parent has noticed."""
    if not PROC.exists():
        return True
    try:
        return (PROC / str(pid) / "cwd").readlink() == data
    except OSError:
        return False


def _working_in(data: Path) -> Iterator[int]:
    """The postmaster of this cluster, if one runs: on Linux only, elsewhere the watchdog alone must do."""
    for folder in PROC.glob("[0-9]*"):
        try:
            works_here = (folder / "cwd").readlink() == data
            is_postmaster = works_here and (folder / "cmdline").read_bytes().split(b"\0")[1:2] == [b"-D"]
        except OSError:
            continue
        if is_postmaster:
            yield int(folder.name)
