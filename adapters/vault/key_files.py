"""Making, reading and destroying the file of one key, safely among processes and across power cuts."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.vault.durable import PRIVATE_FILE, replace, sync_folder, write_all
from adapters.vault.subject_key import KEY_FILE_BYTES, is_tombstone, new_key_file, tombstone
from application.ports import ErasedError

LARGEST = 1024


class Freshness(NamedTuple):
    """By which a file is recognised as the one read before. A tombstone differs in every part."""

    inode: int
    modified_ns: int
    size: int


def freshness(seen: os.stat_result) -> Freshness:
    """What to remember of a file that was read, or to compare with what is remembered."""
    return Freshness(seen.st_ino, seen.st_mtime_ns, seen.st_size)


def read_key(path: Path) -> tuple[Freshness, bytes]:
    """The content, and by what it is recognised. Raises FileNotFoundError."""
    while True:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            seen, content = freshness(os.fstat(fd)), os.pread(fd, LARGEST, 0)
        finally:
            os.close(fd)
        if path.stat().st_ino == seen.inode:  # else a tombstone came meanwhile, and what we read may be zeros
            return seen, content


def fill_key(path: Path, master: AESGCM, bound_to: bytes) -> None:
    """A new key under this name, unless there is one. The folder is left to the caller to sync. Raises ErasedError.

    The name is made with O_EXCL and the content written under a lock, so that of two makers one makes; a file that a
    crash left empty is filled by the next maker: no fact can name a key before it is durable.
    """
    flags = os.O_RDWR | os.O_CLOEXEC
    try:
        fd = os.open(path, flags | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    except FileExistsError:
        fd = os.open(path, flags)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        content = os.pread(fd, LARGEST, 0)
        if is_tombstone(content):
            raise ErasedError
        if len(content) >= KEY_FILE_BYTES:
            return
        write_all(fd, new_key_file(master, bound_to))
        if path.stat().st_ino != os.fstat(fd).st_ino:  # a tombstone was renamed over the name while we wrote
            raise ErasedError
    finally:
        os.close(fd)


def destroy_key(path: Path, subject: UUID) -> None:
    """A tombstone over the name, durable; then zeros over the old content, for what the disk still holds of it."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        replace(path, tombstone(subject))
        return
    try:
        content = os.pread(fd, LARGEST, 0)
        if is_tombstone(content):
            sync_folder(path.parent)
            return
        replace(path, tombstone(subject))
        write_all(fd, bytes(max(len(content), KEY_FILE_BYTES)))
    finally:
        os.close(fd)
