"""A backup set on disk: a folder that says what it holds, whose it is and when it was taken, with a hash of each file.

A set is written under a name that begins with a dot and gets its own name when it is whole.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

import msgspec

from adapters.vault.durable import make_folder, sync_folder, write_new
from adapters.vault.sets import Entry, ForeignSetError, SetDamagedError

SetKind = Literal["database", "files", "keys"]
MANIFEST: Final = "manifest.json"
CONTENT: Final[dict[SetKind, str]] = {"database": "database.dump", "files": "files.tar", "keys": "keys.tar"}
BLOCK = 2**20


class SetManifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json`. `checksum` is of the manifest itself, so that a flipped byte anywhere in a set is noticed."""

    kind: SetKind
    installation: UUID
    taken_at: datetime
    release: str
    log_index: int = -1
    """Database: the last fact that has its place."""
    facts: int = 0
    history: str = ""
    """Database: the digest of the whole log up to there."""
    migrations: tuple[str, ...] = ()
    files: tuple[Entry, ...] = ()
    checksum: str = ""


class BackupSet(msgspec.Struct, frozen=True):
    """A set that was found whole."""

    folder: Path
    manifest: SetManifest

    @property
    def content(self) -> Path:
        """The one file of it."""
        return self.folder / CONTENT[self.manifest.kind]


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """A folder to fill, gone again when that fails."""
    make_folder(folder.parent)
    place = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    place.mkdir(mode=0o700)
    try:
        yield place
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def finish(place: Path, folder: Path, manifest: SetManifest) -> SetManifest:
    """Gives a filled draft its manifest and its name, durably."""
    content = CONTENT[manifest.kind]
    (place / content).chmod(0o600)
    whole = msgspec.structs.replace(manifest, files=(_entry(place, content),))
    whole = msgspec.structs.replace(whole, checksum=_checksum(whole))
    write_new(place / MANIFEST, _encoded(whole))
    sync_folder(place)
    place.rename(folder)
    sync_folder(folder.parent)
    return whole


def checked(folder: Path, kind: SetKind) -> BackupSet:
    """A set after every byte of it was read and compared. Raises SetDamagedError."""
    manifest = manifest_of(folder)
    if manifest.kind != kind or [entry.path for entry in manifest.files] != [CONTENT[kind]]:
        raise SetDamagedError(f"{folder} is not a set of {kind}")
    for entry in manifest.files:
        if not (folder / entry.path).is_file() or _entry(folder, entry.path) != entry:
            raise SetDamagedError(f"{folder / entry.path} is not what was backed up")
    return BackupSet(folder, manifest)


def manifest_of(folder: Path) -> SetManifest:
    """What a set says of itself. Raises SetDamagedError."""
    try:
        raw = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(raw, type=SetManifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise SetDamagedError(f"{folder} has no readable manifest") from None
    if raw != _encoded(manifest) or manifest.checksum != _checksum(manifest):
        raise SetDamagedError(f"{folder / MANIFEST} was altered")
    return manifest


def check_together(*sets: BackupSet) -> None:
    """Raises ForeignSetError unless all are of one installation."""
    found = {part.manifest.installation for part in sets}
    if len(found) != 1:
        named = ", ".join(f"{part.manifest.kind} of {part.manifest.installation}" for part in sets)
        raise ForeignSetError(named)


def newest(folder: Path, kind: SetKind, installation: UUID | None = None) -> Path | None:
    """The newest readable set of a kind in a folder of sets; of one installation, if it is named."""
    found = []
    for place in folder.glob(f"*-{kind}"):
        try:
            manifest = manifest_of(place)
        except SetDamagedError:
            continue
        if manifest.kind == kind and installation in (None, manifest.installation):
            found.append((manifest.taken_at, place))
    return max(found)[1] if found else None


def _entry(folder: Path, name: str) -> Entry:
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return Entry(name, size, digest.hexdigest())


def _encoded(manifest: SetManifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def _checksum(manifest: SetManifest) -> str:
    return hashlib.sha256(_encoded(msgspec.structs.replace(manifest, checksum=""))).hexdigest()
