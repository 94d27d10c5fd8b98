"""A new database cluster and the passwords of its roles."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import msgspec

from adapters.postgres.binaries import binary, run_as, server_user
from adapters.postgres.settings import INITDB, ROLES, TUNING


class ServerFailedError(Exception):
    """The server did not start or could not be made. The message ends with what it said last."""


def make_cluster(folder: Path, *, sync: bool) -> None:
    """Makes `folder`/data: beside its place, and moved there when it is whole. Raises ServerFailedError."""
    passwords = {role: secrets.token_hex(24) for role in ROLES}
    draft, secret = folder / "data.new", folder / "initdb.password"
    _write_private(folder / "passwords.json", msgspec.json.encode(passwords))
    _write_private(secret, passwords["postgres"].encode())
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    user = server_user(draft)
    if user is not None:
        os.chown(draft, user.pw_uid, user.pw_gid)
        os.chown(secret, user.pw_uid, user.pw_gid)
    tuning = [f"--set={name}={value}" for name, value in TUNING.items()]
    command = [binary("initdb"), *INITDB, *tuning, f"--pwfile={secret}", f"--pgdata={draft}"]
    made = subprocess.run(  # noqa: S603  # our own program with our own arguments
        [*run_as(user, draft), *command, *([] if sync else ["--no-sync"])],
        capture_output=True,
        check=False,
        env=environment(),
        cwd="/",
    )
    secret.unlink()
    if made.returncode != 0:
        raise ServerFailedError(made.stderr.decode(errors="replace"))
    draft.rename(folder / "data")
    _sync(folder)


def passwords_of(folder: Path) -> dict[str, str]:
    """By role."""
    return msgspec.json.decode((folder / "passwords.json").read_bytes(), type=dict[str, str])


def environment() -> dict[str, str]:
    """For the server's programs: nothing of the caller's PG* variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def own_folder(folder: Path, uid: int) -> None:
    """A private folder for sockets. Raises ServerFailedError when somebody else put one there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in {uid, os.geteuid()}:
        raise ServerFailedError(f"{folder} belongs to somebody else")
    if found.st_uid != uid:
        os.chown(folder, uid, -1)
    folder.chmod(0o700)


def _sync(folder: Path) -> None:
    """New names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_private(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
