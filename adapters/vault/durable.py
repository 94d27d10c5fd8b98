"""Writing that survives a power cut: a file is on disk, and its name in its folder, before the call returns."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path) -> None:
    """A folder for our eyes only, and its missing parents, durable. Leaves existing ones as they are."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(folder.parent)


def write_all(fd: int, data: bytes) -> None:
    """Writes all of `data` at the start of the file and waits until it rests on disk."""
    view, at = memoryview(data), 0
    while at < len(view):
        at += os.pwrite(fd, view[at:], at)
    os.fsync(fd)


def write_new(path: Path, data: bytes) -> None:
    """A file that must not exist yet. Its folder is left to the caller to sync. Raises FileExistsError."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        write_all(fd, data)
    finally:
        os.close(fd)


def replace(path: Path, data: bytes) -> None:
    """The file has its old content or all of the new one at every moment, and the new one when this returns."""
    temporary = path.with_name(f".{path.name}.{token_hex(8)}")
    try:
        write_new(temporary, data)
        temporary.rename(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
