"""A small application with an embedded server, to be killed by tests; and waiting for ends of processes, not for time.

python -m tests.support.supervised <folder>     prints "<postmaster pid> <watchdog pid>", then waits for its input
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

from adapters.postgres.supervisor import Supervisor
from tests.support.postgres import FAST

LIMIT_S = 30


class App:
    """One such application."""

    def __init__(self, folder: Path, how: str = "fast") -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.supervised", str(folder), how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.postmaster, self.watchdog = map(int, self.process.stdout.readline().split())
        self._watchdog_ends = ends(self.watchdog)

    def leave(self) -> None:
        """Ends by itself, in good order."""
        self.process.communicate("\n", timeout=LIMIT_S)

    def kill(self) -> None:
        """With -9; waits until its server is gone as well."""
        self.process.kill()
        self.process.communicate()
        assert all_end(self._watchdog_ends)


def ends(pid: int) -> int:
    """A descriptor that becomes readable when the process is gone. To be opened before it is made to go."""
    return os.pidfd_open(pid)


def all_end(*descriptors: int) -> bool:
    """Waits until all of these processes are gone; False after a long time."""
    left = set(descriptors)
    while left:
        gone, _, _ = select.select(list(left), [], [], LIMIT_S)
        if not gone:
            return False
        left -= set(gone)
    for descriptor in descriptors:
        os.close(descriptor)
    return True


def backends_of(folder: Path) -> list[int]:
    """Every process that works in the cluster of this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder / "data":
                found.append(int(entry.name))
        except OSError:
            continue
    return found


if __name__ == "__main__":
    with Supervisor(Path(sys.argv[1]), overrides=FAST if sys.argv[2] == "fast" else {}) as server:
        postmaster = (Path(sys.argv[1]) / "data" / "postmaster.pid").read_text().split("\n")[0]
        print(postmaster, server.watchdog_pid, flush=True)
        sys.stdin.readline()
