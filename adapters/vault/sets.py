"""Backup sets: keys and files each in an archive of their own, beside the database's, never together with it.

Take the database first, then files, then keys: whatever a fact names is durable before the fact, so the later sets hold
it. An archive is a plain tar whose last member, `manifest.json`, names every file with its SHA-256. Restoring reads
all of it before it writes anything.
"""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Final, Literal
from uuid import UUID

import msgspec

from adapters.vault.durable import PRIVATE_FILE, make_folder, replace, sync_folder
from adapters.vault.installation import KEY_FILE, InstallationKeyError, given_key, parse_key
from adapters.vault.key_files import destroy_key
from adapters.vault.key_store import (
    MARK_FILE,
    Installation,
    NoKeyStoreError,
    check_key,
    installation_of,
    make_folders,
)
from adapters.vault.keyring import subject_path
from adapters.vault.subject_key import is_tombstone

SetKind = Literal["keys", "files"]
MANIFEST: Final = "manifest.json"
LARGEST_MEMBER = 64 * 2**20


class Entry(msgspec.Struct, frozen=True):
    """One file of a set, with its path below the set's folder."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds and whose it is."""

    kind: SetKind
    installation: UUID
    entries: tuple[Entry, ...]


class SetDamagedError(Exception):
    """The archive is not whole, or not what its manifest says."""


class ForeignSetError(Exception):
    """The archive, the key store and the database are not all of one installation. Mixing them loses every value."""


def check_same_installation(database: UUID, keys: UUID) -> None:
    """Raises ForeignSetError when the id in store_meta is not the one in the key store."""
    if database != keys:
        raise ForeignSetError(f"database of {database}, keys of {keys}")


def back_up_keys(folder: Path, archive: Path, progress: Callable[[int], object] = lambda _done: None) -> Manifest:
    """Everything in the key store, tombstones too. Who holds this archive can read all: keep it apart from the others.

    With the installation key from the surroundings the archive holds only wrapped keys. `progress` hears the count.
    """
    return _back_up("keys", installation_of(folder).id, folder, archive, progress)


def back_up_files(
    folder: Path, installation: UUID, archive: Path, progress: Callable[[int], object] = lambda _done: None
) -> Manifest:
    """All stored files, as ciphertext."""
    return _back_up("files", installation, folder, archive, progress)


def restore_keys(archive: Path, folder: Path, erased: Iterable[UUID] = ()) -> Manifest:
    """Adds an archive to a key store, which may be new. A tombstone wins on either side, whichever is older.

    `erased`: subjects whose erasure the database recorded; into an empty folder an old archive would bring their keys
    back. Raises SetDamagedError, ForeignSetError.
    """
    manifest = read_manifest(archive, "keys")
    try:
        if installation_of(folder).id != manifest.installation:
            raise ForeignSetError
    except NoKeyStoreError:
        make_folders(folder)
    gone = frozenset(erased)
    mark = b""
    for path, content in _contents(archive, manifest):
        if path == MARK_FILE:
            mark = content
        else:
            _restore_key(folder, path, content, gone)
    if not mark or msgspec.json.decode(mark, type=Installation).id != manifest.installation:
        raise SetDamagedError
    for subject in gone:  # also those whose key is newer than the archive
        destroy_key(subject_path(folder, subject), subject)
    if not (folder / MARK_FILE).exists():
        replace(folder / MARK_FILE, mark)  # last: only a whole key store can be opened
    return manifest


def open_archive(archive: Path, environ: Mapping[str, str]) -> Installation:
    """Whose keys these are, after a look whether the installation key at hand opens them. Writes nothing.

    Raises SetDamagedError, InstallationKeyError.
    """
    manifest = read_manifest(archive, "keys")
    own = {path: content for path, content in _contents(archive, manifest) if path in (MARK_FILE, KEY_FILE)}
    if MARK_FILE not in own:
        raise SetDamagedError(archive.name)
    mark = msgspec.json.decode(own[MARK_FILE], type=Installation)
    key = given_key(environ)
    if key is None:
        if KEY_FILE not in own:
            raise InstallationKeyError("installation-key-missing", KEY_FILE)
        key = parse_key(own[KEY_FILE].decode("ascii", errors="replace"), KEY_FILE)
    check_key(mark, key)
    return mark


def restore_files(archive: Path, folder: Path, installation: UUID) -> Manifest:
    """Adds an archive to the stored files. Raises SetDamagedError, ForeignSetError."""
    manifest = read_manifest(archive, "files")
    if manifest.installation != installation:
        raise ForeignSetError
    for path, content in _contents(archive, manifest):
        target = folder / path
        make_folder(target.parent)
        replace(target, content)
    return manifest


def read_manifest(archive: Path, kind: SetKind) -> Manifest:
    """After every file was read and compared with it. Raises SetDamagedError."""
    found: dict[str, Entry] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                content = _content(tar, member)
                if member.name == MANIFEST:
                    manifest = msgspec.json.decode(content, type=Manifest)
                else:
                    found[member.name] = Entry(member.name, len(content), sha256(content).hexdigest())
    except (tarfile.TarError, msgspec.MsgspecError, EOFError) as error:
        raise SetDamagedError(str(archive.name)) from error
    if manifest is None or manifest.kind != kind or {entry.path: entry for entry in manifest.entries} != found:
        raise SetDamagedError(str(archive.name))
    return manifest


def _back_up(
    kind: SetKind, installation: UUID, folder: Path, archive: Path, progress: Callable[[int], object]
) -> Manifest:
    entries: list[Entry] = []
    temporary = archive.with_name(f".{archive.name}.{token_hex(8)}")
    fd = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        with os.fdopen(fd, "wb") as out:
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for path in _files_below(folder):
                    name = path.relative_to(folder).as_posix()
                    try:
                        content = path.read_bytes()
                    except FileNotFoundError:  # an erasure removed it since the folder was read
                        continue
                    _add(tar, name, content)
                    entries.append(Entry(name, len(content), sha256(content).hexdigest()))
                    progress(len(entries))
                manifest = Manifest(kind, installation, tuple(entries))
                _add(tar, MANIFEST, msgspec.json.encode(manifest))
            out.flush()
            os.fsync(out.fileno())
        temporary.rename(archive)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(archive.parent)
    return manifest


def _files_below(folder: Path) -> Iterator[Path]:
    """Whole files only: what begins with a dot is being written."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), PRIVATE_FILE
    tar.addfile(member, io.BytesIO(content))


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    """Raises SetDamagedError for anything but a plain file below the folder."""
    path = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isreg() and member.size <= LARGEST_MEMBER else None
    if stream is None or path.is_absolute() or ".." in path.parts:
        raise SetDamagedError(member.name)
    return stream.read()


def _contents(archive: Path, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Once more, compared again: the archive may have changed since."""
    expected = {entry.path: entry.sha256 for entry in manifest.entries}
    with tarfile.open(archive, "r:") as tar:
        for member in tar:
            if member.name == MANIFEST:
                continue
            content = _content(tar, member)
            if sha256(content).hexdigest() != expected.get(member.name):
                raise SetDamagedError(member.name)
            yield member.name, content


def _restore_key(folder: Path, path: str, content: bytes, gone: frozenset[UUID]) -> None:
    target = folder / path
    make_folder(target.parent)
    if path.startswith("subjects/"):
        try:
            subject = UUID(target.name)
        except ValueError:
            raise SetDamagedError(path) from None
        if is_tombstone(content):
            destroy_key(target, subject)
        if subject in gone:
            return
    if not target.exists():
        replace(target, content)
