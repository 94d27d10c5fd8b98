"""Runs the embedded PostgreSQL below one folder: makes it, starts it, stops it, and never leaves it behind.

<folder>/data            the database cluster
<folder>/passwords.json  of its roles, readable by us alone
<folder>/run             its sockets (elsewhere when the path is too long for one)
<folder>/server.log      what the server says
<folder>/*.lock          app.lock: whose server this is; server.lock: held while a process of it lives
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Self

from adapters.postgres import leftovers, watchdog
from adapters.postgres.binaries import binary, run_as, server_user
from adapters.postgres.cluster import ServerFailedError, environment, make_cluster, own_folder, passwords_of
from adapters.postgres.connect import Database
from adapters.postgres.settings import command_line, roles_sql

LONGEST_SOCKET_PATH = 103  # bytes; 107 on Linux, 103 on macOS
SOCKET = ".s.PGSQL.5432"
LOG_LIMIT = 10_000_000  # bytes, after which the log is put aside at a start
LOOK_AGAIN_S = 0.05
CLAIM_S = 1.0  # an application that was killed a moment ago may still hold its lock
REPORT_S = 1.0

Progress = Callable[[str, float], None]
"""Told what is being waited for, and for how many seconds."""


class ServerInUseError(Exception):
    """Another hoso runs a server on this data."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another hoso is already running on the data in {folder}")


def quiet(_what: str, _seconds: float) -> None:
    """Reports nothing."""


class Supervisor:
    """One embedded server. A context manager; blocking, so call `start` and `stop` from a thread of an event loop."""

    def __init__(self, folder: Path, *, overrides: Mapping[str, str] | None = None, progress: Progress = quiet) -> None:
        """`overrides` are PostgreSQL settings that win over ours (tests switch fsync off)."""
        self._folder = folder.absolute()
        self._data = self._folder / "data"
        self._overrides = overrides or {}
        self._progress = progress
        self._watchdog: subprocess.Popen[bytes] | None = None
        self._app_lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def watchdog_pid(self) -> int | None:
        """The process that ends the server should we be killed; None when stopped."""
        return self._watchdog.pid if self._watchdog else None

    @property
    def log(self) -> Path:
        """Where the server writes its log."""
        return self._folder / "server.log"

    def start(self) -> Database:
        """The server accepts connections afterwards, however long its recovery takes.

        Raises ServerInUseError, ServerFailedError, ClosedFolderError, MissingBinariesError.
        """
        as_root = os.geteuid() == 0
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o711 if as_root else 0o700)
        self._app_lock = self._claim()
        try:
            with (self._folder / "server.lock").open("ab") as lock:
                self._wait_for_previous(lock)
                self._make()
                leftovers.remove_stale_pid_files(self._data, self._sockets())
                self._watchdog = self._launch(lock.fileno())
            self.wait_until_ready()
            self._make_roles()
        except BaseException:
            self.stop()
            raise
        return self.database()

    def stop(self, timeout_s: float = 60.0) -> None:
        """Fast shutdown; after `timeout_s` an immediate one, from which the next start recovers. Idempotent."""
        if (process := self._watchdog) is not None and process.stdin is not None:
            try:
                process.stdin.write(watchdog.FAST)
                process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                process.stdin.write(watchdog.IMMEDIATE)
                process.wait()
            except BrokenPipeError:
                process.wait()
            process.stdin.close()
            self._watchdog = None
        if self._app_lock is not None:
            self._app_lock.close()
            self._app_lock = None

    def attach(self, name: str = "hoso") -> Database | None:
        """The database of the server that another hoso runs on this folder; None when none runs."""
        return self.database(name) if leftovers.is_ready(self._data) else None

    def database(self, name: str = "hoso") -> Database:
        """How to reach one database of this server as each role."""
        passwords = passwords_of(self._folder)
        return Database(
            *(
                {"host": str(self._sockets()), "user": role, "password": passwords[role], "database": name}
                for role in ("hoso_owner", "hoso_app")
            )
        )

    def superuser(self, name: str = "postgres") -> dict[str, str]:
        """Connection keywords of the role that may do everything; for tests and for repairs."""
        password = passwords_of(self._folder)["postgres"]
        return {"host": str(self._sockets()), "user": "postgres", "password": password, "database": name}

    def _claim(self) -> IO[bytes]:
        lock, began = (self._folder / "app.lock").open("ab"), time.monotonic()
        while not _locked(lock):
            if time.monotonic() - began > CLAIM_S:
                lock.close()
                raise ServerInUseError(self._folder)
            time.sleep(LOOK_AGAIN_S)
        return lock

    def _wait_for_previous(self, lock: IO[bytes]) -> None:
        """A hoso that was killed leaves its server shutting down; what nobody stops any more is asked to end here."""
        began = time.monotonic()
        while not _locked(lock):
            leftovers.end_servers_of(self._data)
            self._wait("the previous server to stop", began)

    def _make(self) -> None:
        made = (self._data / "PG_VERSION").exists()
        if made and not (self._folder / "passwords.json").exists():
            raise ServerFailedError(
                f"{self._folder / 'passwords.json'} is missing: it belongs to the database beside it"
            )
        if not made:
            self._progress("a new database to be made", 0.0)
            make_cluster(self._folder, sync=self._overrides.get("fsync") != "off")

    def _launch(self, lock: int) -> subprocess.Popen[bytes]:
        user = server_user(self._data)
        sockets = self._sockets()
        own_folder(sockets, user.pw_uid if user else os.geteuid())
        prefix = run_as(user, self._data, sockets)
        if prefix and sys.platform == "linux":
            prefix.append("--pdeathsig=INT")
        server = [*prefix, binary("postgres"), *command_line(self._data, sockets, self._overrides)]
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.rename(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # our own program with our own arguments
                [sys.executable, "-I", "-S", watchdog.__file__, str(lock), *server],
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,
                env=environment(),
                cwd="/",
            )

    def wait_until_ready(self) -> None:
        """Until the server accepts connections, also again after it was killed. Raises ServerFailedError."""
        began = time.monotonic()
        while not leftovers.is_ready(self._data):
            if self._watchdog is None or self._watchdog.poll() is not None:
                raise ServerFailedError("\n".join(self._last_lines()))
            self._wait("the database to be ready", began)

    def _make_roles(self) -> None:
        passwords, login = passwords_of(self._folder), self.superuser()
        made = subprocess.run(  # noqa: S603  # our own program with our own arguments
            [binary("psql"), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-h", login["host"], "-U", "postgres"],
            input=roles_sql(passwords["hoso_owner"], passwords["hoso_app"]).encode(),
            env=environment() | {"PGPASSWORD": login["password"], "PGDATABASE": "postgres"},
            capture_output=True,
            check=False,
        )
        if made.returncode != 0:
            raise ServerFailedError(made.stderr.decode(errors="replace"))

    def _wait(self, what: str, began: float) -> None:
        before = time.monotonic() - began
        time.sleep(LOOK_AGAIN_S)
        after = time.monotonic() - began
        if before // REPORT_S != after // REPORT_S:
            self._progress(what, after)

    def _sockets(self) -> Path:
        near = self._folder / "run"
        if len(os.fsencode(near / SOCKET)) <= LONGEST_SOCKET_PATH:
            return near
        short = hashlib.sha256(os.fsencode(self._data)).hexdigest()[:16]
        runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        return (runtime if runtime.is_dir() else Path(tempfile.gettempdir())) / f"hoso-{short}"

    def _last_lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines()[-8:] if self.log.exists() else []


def _locked(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
