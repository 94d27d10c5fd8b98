"""Stands between hoso and its PostgreSQL: stops the server when hoso is gone, starts it again when it was killed.

Run as a program of its own, in a session of its own, with the standard library only. Its standard input is a pipe from
hoso: `f` asks for a fast shutdown, and so does end of file, however hoso ended; `q` asks for an immediate one. Signals
from a terminal or a service manager are for hoso, which stops the server when it is done itself.

    watchdog.py <descriptor of the server lock> <postgres command …>
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading

FAST, IMMEDIATE = b"f", b"q"
PR_SET_PDEATHSIG = 1
RESTART_ATTEMPTS, RESTART_PAUSE_S = 120, 0.5


class Watchdog:
    """One server, kept running until hoso asks for its end or is gone."""

    def __init__(self, lock: int, command: list[str]) -> None:
        self._lock, self._command = lock, command
        self._asked = threading.Event()
        self._guard = threading.Lock()
        self._server = self._spawn()

    def run(self) -> int:
        """Waits for the server and gives its exit status. A server that was killed is started again."""
        threading.Thread(target=self._listen, daemon=True).start()
        status = self._server.wait()
        attempts = RESTART_ATTEMPTS if status < 0 else 0
        while attempts and status != 0 and not self._asked.wait(RESTART_PAUSE_S):
            # The old backends need a moment to notice the kill; until then a new server refuses to start.
            with self._guard:
                self._server = self._spawn()
                if self._asked.is_set():
                    self._server.send_signal(signal.SIGQUIT)
            status = self._server.wait()
            attempts = RESTART_ATTEMPTS if status < 0 else attempts - 1
        return status

    def _spawn(self) -> subprocess.Popen[bytes]:
        """The lock's descriptor goes to every process of the server: it is free only when the last of them is gone."""
        return subprocess.Popen(  # noqa: S603  # the command is our supervisor's
            self._command,
            stdin=subprocess.DEVNULL,
            pass_fds=(self._lock,),
            preexec_fn=_end_with_the_watchdog,  # noqa: PLW1509  # the other thread only reads and signals
        )

    def _listen(self) -> None:
        word = FAST
        while word == FAST:
            word = os.read(0, 1)
            with self._guard:
                self._asked.set()
                self._server.send_signal(signal.SIGQUIT if word == IMMEDIATE else signal.SIGINT)


def _end_with_the_watchdog() -> None:
    """Should the watchdog itself be killed, the kernel asks the server to stop.

    Lost when `setpriv` changes the user, which is why the supervisor gives `setpriv` the same wish.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def main() -> int:
    """The program."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    return abs(Watchdog(int(sys.argv[1]), sys.argv[2:]).run())


if __name__ == "__main__":
    sys.exit(main())
