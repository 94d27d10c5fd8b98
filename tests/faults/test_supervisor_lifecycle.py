"""The embedded server lives exactly as long as the application that started it, and survives every bad end."""

from __future__ import annotations

import asyncio
import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from adapters.postgres.binaries import ClosedFolderError, run_as
from adapters.postgres.cluster import ServerFailedError
from adapters.postgres.supervisor import SOCKET, ServerInUseError, Supervisor
from tests.support.postgres import FAST, server_folder
from tests.support.supervised import App, all_end, backends_of, ends


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as folder:
        yield folder


@pytest.fixture
def app(folder: Path) -> Iterator[App]:
    app = App(folder)
    yield app
    app.kill()


def ask(server: Supervisor, query: str) -> object:
    async def connected() -> object:
        connection = await asyncpg.connect(**server.superuser("hoso"))
        try:
            return await connection.fetchval(query)
        finally:
            await connection.close()

    return asyncio.run(connected())


def test_a_killed_application_leaves_no_server(app: App, folder: Path) -> None:
    waited = [ends(pid) for pid in (app.watchdog, *backends_of(folder))]
    app.process.kill()
    assert all_end(*waited)
    assert backends_of(folder) == []


def test_a_killed_watchdog_takes_the_server_along(app: App, folder: Path) -> None:
    waited = [ends(pid) for pid in (app.watchdog, *backends_of(folder))]
    os.kill(app.watchdog, signal.SIGKILL)
    assert all_end(*waited)


def test_an_application_that_leaves_has_stopped_its_server_before(app: App, folder: Path) -> None:
    app.leave()
    assert backends_of(folder) == []
    assert "database system is shut down" in (folder / "server.log").read_text()


def test_signals_of_the_terminal_are_for_the_application_alone(app: App) -> None:
    assert {os.getsid(app.watchdog), os.getsid(app.postmaster)} == {app.watchdog}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(app.watchdog, number)
    app.leave()
    assert app.process.returncode == 0


def test_a_killed_server_is_started_again(folder: Path) -> None:
    with Supervisor(folder, overrides=FAST) as server:
        before = int((folder / "data" / "postmaster.pid").read_text().split("\n")[0])
        gone = ends(before)
        os.kill(before, signal.SIGKILL)
        assert all_end(gone)
        server.wait_until_ready()
        assert int((folder / "data" / "postmaster.pid").read_text().split("\n")[0]) != before
        assert ask(server, "select 1") == 1


def test_after_everything_was_killed_the_next_start_recovers(app: App, folder: Path) -> None:
    pids = [app.watchdog, *backends_of(folder)]
    waited = [ends(pid) for pid in pids]
    for pid in (app.process.pid, *pids):
        with suppress(ProcessLookupError):  # one may have noticed already that the others are gone
            os.kill(pid, signal.SIGKILL)
    assert all_end(*waited)
    assert (folder / "data" / "postmaster.pid").exists()
    with Supervisor(folder, overrides=FAST) as server:
        assert ask(server, "select 1") == 1
    assert "was not properly shut down" in (folder / "server.log").read_text()


def test_every_acknowledged_write_is_there_after_everything_was_killed(folder: Path) -> None:
    acknowledged: list[int] = []

    async def write(app: App) -> None:
        connection = await asyncpg.connect(**Supervisor(folder).superuser("hoso"))
        await connection.execute("create table if not exists written (number int)")
        for number in range(200):
            await connection.execute("insert into written values ($1)", number)
            acknowledged.append(number)
        for pid in (app.process.pid, app.watchdog, *backends_of(folder)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        connection.terminate()

    for _ in range(3):
        app = App(folder, "earnest")
        waited = [ends(pid) for pid in (app.watchdog, *backends_of(folder))]
        asyncio.run(write(app))
        assert all_end(*waited)
        app.kill()
    with Supervisor(folder) as server:
        assert ask(server, "select count(*) from written") == len(acknowledged) == 600


@pytest.mark.parametrize("content", ["", "12", "1\n/nowhere\n", f"{os.getpid()}\n"])
def test_a_pid_file_that_lies_does_not_stop_a_start(folder: Path, content: str) -> None:
    with Supervisor(folder, overrides=FAST):
        pass
    (folder / "data" / "postmaster.pid").write_text(content)
    with Supervisor(folder, overrides=FAST) as server:
        assert ask(server, "select 1") == 1


def test_a_second_application_on_the_same_data_is_refused(app: App, folder: Path) -> None:
    with pytest.raises(ServerInUseError, match="another hoso is already running"):
        Supervisor(folder, overrides=FAST).start()
    os.kill(app.postmaster, 0)  # the first one is none the worse for it


def test_another_process_reaches_the_running_server_without_starting_one(app: App, folder: Path) -> None:
    async def who() -> object:
        database = Supervisor(folder).attach()
        assert database is not None
        connection = await asyncpg.connect(**database.owner)
        try:
            return await connection.fetchval("select current_user")
        finally:
            await connection.close()

    assert asyncio.run(who()) == "hoso_owner"
    app.leave()
    assert Supervisor(folder).attach() is None


def test_a_database_without_its_passwords_is_not_made_anew(folder: Path) -> None:
    with Supervisor(folder, overrides=FAST):
        pass
    (folder / "passwords.json").unlink()
    with pytest.raises(ServerFailedError, match=r"passwords\.json is missing"):
        Supervisor(folder, overrides=FAST).start()


def test_a_start_waits_for_the_server_of_an_application_that_was_just_killed(app: App, folder: Path) -> None:
    app.process.kill()
    app.process.wait()
    with Supervisor(folder, overrides=FAST) as server:
        assert ask(server, "select 1") == 1


def test_a_start_that_was_broken_off_while_making_the_database_begins_anew(folder: Path) -> None:
    (folder / "data.new" / "base").mkdir(parents=True)
    with Supervisor(folder, overrides=FAST) as server:
        assert ask(server, "select 1") == 1


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ServerFailedError, match="shared_buffers"):
        Supervisor(folder, overrides=FAST | {"shared_buffers": "none"}).start()
    assert backends_of(folder) == []
    with Supervisor(folder, overrides=FAST) as server:
        assert ask(server, "select 1") == 1


def test_it_works_below_a_closed_folder_and_opens_none(folder: Path) -> None:
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    above = {place: place.stat().st_mode for place in (closed, *closed.parents)}
    with Supervisor(closed / "var" / "postgres", overrides=FAST) as server:
        assert ask(server, "select 1") == 1
    assert {place: place.stat().st_mode for place in above} == above


def test_a_program_below_a_closed_folder_passes_the_check_that_the_server_makes_of_itself(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    words = run_as(pwd.getpwnam("nobody"), closed)
    check = [sys.executable, "-I", "-S", "-c", "import os, sys; sys.exit(not os.access(sys.argv[1], os.X_OK))"]
    without = [word for word in words if not word.startswith("--securebits")]
    assert subprocess.run([*words, *check, str(program)], check=False, cwd="/").returncode == 0
    assert subprocess.run([*without, *check, str(program)], check=False, cwd="/").returncode == 1, "the control"


def test_where_it_cannot_the_closed_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir(mode=0o700)
    monkeypatch.setenv("PATH", "")  # no setpriv
    with pytest.raises(ClosedFolderError, match="HOSO_DATA_DIR") as caught:
        run_as(pwd.getpwnam("nobody"), tmp_path / "data")
    assert not caught.value.folder.stat().st_mode & stat.S_IXOTH


def test_a_path_too_long_for_a_socket_finds_a_short_private_place(folder: Path) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    with Supervisor(deep, overrides=FAST) as server:
        assert ask(server, "select 1") == 1
        sockets = Path(server.superuser()["host"])
        assert len(str(sockets / SOCKET)) <= 103
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    sockets.rmdir()
