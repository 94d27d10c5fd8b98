"""The peer that does nothing but send the append statement: pgbench, in C, prepared, over the same kind of streams."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from adapters.postgres.binaries import binary
from adapters.postgres.connect import Database
from adapters.postgres.stored import APPEND

MISSING = "pgbench not found: apt install postgresql-contrib"
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)
_STREAM = "md5(:seed::text || '/' || :client_id::text || '/' || :s::text)::uuid"
"""Ids as scattered as ours, without a table of them: client, number of the stream."""


def program() -> str | None:
    """The one beside the server, or one on the path."""
    beside = binary("pgbench")
    return beside if Path(beside).exists() else shutil.which("pgbench")


def script(topic: str, state: bytes, facts_of_a_stream: int) -> str:
    """append.sql with every parameter as an expression of pgbench's own variables."""
    arguments = {
        1: f"array[{_STREAM}]",
        2: "array[:v::int]",
        3: "array[1]",
        4: f"array['{topic.partition('.')[0]}']",
        5: "gen_random_uuid()",
        6: _bytes(bytes(32)),
        7: _STREAM,
        8: "(:v::int + 1)",
        9: f"array[{_STREAM}]",
        10: "array[:v::int + 1]",
        11: f"array['{topic}']",
        12: f"array[{_bytes(state)}]",
        13: f"array[{_bytes(bytes(32))}]",
    }
    statement = re.sub(r"--.*", "", APPEND)
    statement = re.sub(r"\$(\d+)", lambda match: arguments[int(match[1])], statement)
    # k counts the client's facts, s its streams, v the version that the stream has before
    return f"\\set k :k + 1\n\\set s :k / {facts_of_a_stream}\n\\set v :k % {facts_of_a_stream}\n{statement.strip()};\n"


def _bytes(value: bytes) -> str:
    return f"'\\x{value.hex()}'::bytea"


class Bench:
    """Runs on one database; each run fills streams of its own."""

    def __init__(self, database: Database, script: str) -> None:
        self._dsn, self._script, self._runs = database.app, script, 0

    def run(self, clients: int, seconds: float) -> float:
        """Appends per second. Raises RuntimeError when any failed."""
        self._runs += 1
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(self._script)
            file.flush()
            command = self._command(file.name, clients, seconds)
            found = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)
        failed = _FAILED.search(found.stdout)
        rate = _TPS.search(found.stdout)
        if found.returncode or rate is None or (failed and failed[1] != "0"):
            raise RuntimeError(found.stderr or found.stdout)
        return float(rate[1])

    def _command(self, file: str, clients: int, seconds: float) -> list[str]:
        found = program()
        if found is None:
            raise FileNotFoundError(MISSING)
        how = ["-n", "-M", "prepared", "-c", str(clients), "-j", str(os.cpu_count() or 1), "-T", str(round(seconds))]
        return [found, *how, "-D", "k=-1", "-D", f"seed={self._runs}", "-f", file]

    def _environment(self) -> dict[str, str]:
        names = {"host": "PGHOST", "user": "PGUSER", "password": "PGPASSWORD", "database": "PGDATABASE"}
        return {**os.environ, **{names[key]: str(value) for key, value in self._dsn.items()}}
