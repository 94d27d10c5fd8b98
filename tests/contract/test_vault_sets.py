"""Keys and files as backup sets: never mixed, never bringing back what was destroyed."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.vault.binding import bind_installation
from adapters.vault.files import FileVault
from adapters.vault.key_store import NoKeyStoreError, create_key_store, open_key_store
from adapters.vault.keyring import KeyRing
from adapters.vault.sets import (
    ForeignSetError,
    SetDamagedError,
    back_up_files,
    back_up_keys,
    read_manifest,
    restore_files,
    restore_keys,
)
from application.ports import ErasedError
from tests.support.postgres import FreshDatabase

TEXT = "Nội dung phản ánh (demo)"
PDF = b"%PDF-1.4\n% evidence"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


async def test_keys_and_files_restored_on_an_empty_machine_open_what_they_sealed(ring: KeyRing, tmp_path: Path) -> None:
    subject, files = uuid4(), FileVault(tmp_path / "files", ring)
    await ring.create_subject(subject)
    sealed = ring.seal(subject, "a:b", TEXT)
    stored = await files.keep_evidence(subject, "a:b", "don.pdf", PDF)
    counted: list[int] = []
    back_up_files(files.folder, ring.installation, tmp_path / "files.tar")
    back_up_keys(ring.folder, tmp_path / "keys.tar", counted.append)
    assert counted == list(range(1, 8))

    restore_keys(tmp_path / "keys.tar", tmp_path / "new" / "keys")
    again = open_key_store(tmp_path / "new" / "keys", {})
    restore_files(tmp_path / "files.tar", tmp_path / "new" / "files", again.installation)
    assert again.open(sealed) == TEXT
    assert await FileVault(tmp_path / "new" / "files", again).read(subject, stored.address) == PDF
    await again.create_subject(uuid4())


async def test_an_older_set_never_brings_a_destroyed_key_back(ring: KeyRing, tmp_path: Path) -> None:
    subject = uuid4()
    await ring.create_subject(subject)
    sealed = ring.seal(subject, "a:b", TEXT)
    back_up_keys(ring.folder, tmp_path / "older.tar")
    await ring.destroy(subject)
    back_up_keys(ring.folder, tmp_path / "later.tar")

    restore_keys(tmp_path / "older.tar", ring.folder)
    with pytest.raises(ErasedError):
        ring.open(sealed)
    for order in (("older.tar", "later.tar"), ("later.tar", "older.tar")):
        target = tmp_path / order[0].removesuffix(".tar")
        for archive in order:
            restore_keys(tmp_path / archive, target)
        with pytest.raises(ErasedError):
            open_key_store(target, {}).open(sealed)


async def test_on_an_empty_machine_the_recorded_erasures_are_done_again(ring: KeyRing, tmp_path: Path) -> None:
    erased, kept, newer = uuid4(), uuid4(), uuid4()
    await ring.create_subjects((erased, kept))
    sealed, other = ring.seal(erased, "a:b", TEXT), ring.seal(kept, "a:b", TEXT)
    back_up_keys(ring.folder, tmp_path / "keys.tar")
    restore_keys(tmp_path / "keys.tar", tmp_path / "new", erased=(erased, newer))
    again = open_key_store(tmp_path / "new", {})
    assert again.erased(erased)
    assert again.erased(newer)
    assert again.open(other) == TEXT
    with pytest.raises(ErasedError):
        again.open(sealed)


async def test_the_control_without_the_recorded_erasures_the_old_key_is_back(ring: KeyRing, tmp_path: Path) -> None:
    subject = uuid4()
    await ring.create_subject(subject)
    sealed = ring.seal(subject, "a:b", TEXT)
    back_up_keys(ring.folder, tmp_path / "keys.tar")
    await ring.destroy(subject)
    restore_keys(tmp_path / "keys.tar", tmp_path / "new")
    assert open_key_store(tmp_path / "new", {}).open(sealed) == TEXT


def test_sets_of_two_installations_are_not_mixed(ring: KeyRing, tmp_path: Path) -> None:
    foreign = create_key_store(tmp_path / "foreign", {})
    (tmp_path / "files").mkdir()
    back_up_keys(foreign.folder, tmp_path / "keys.tar")
    back_up_files(tmp_path / "files", foreign.installation, tmp_path / "files.tar")
    with pytest.raises(ForeignSetError):
        restore_keys(tmp_path / "keys.tar", ring.folder)
    with pytest.raises(ForeignSetError):
        restore_files(tmp_path / "files.tar", tmp_path / "files", ring.installation)


async def test_a_database_works_with_one_key_store_only(database: FreshDatabase, ring: KeyRing, tmp_path: Path) -> None:
    foreign = create_key_store(tmp_path / "foreign", {})
    pool = await database.pool()
    async with pool.acquire() as connection:
        await bind_installation(connection, ring.installation)
        await bind_installation(connection, ring.installation)
        with pytest.raises(ForeignSetError):
            await bind_installation(connection, foreign.installation)


def test_one_kind_of_set_is_not_taken_for_the_other(ring: KeyRing, tmp_path: Path) -> None:
    back_up_keys(ring.folder, tmp_path / "keys.tar")
    with pytest.raises(SetDamagedError):
        restore_files(tmp_path / "keys.tar", tmp_path / "files", ring.installation)


def test_a_changed_byte_anywhere_in_a_file_of_the_set_is_noticed_before_anything_is_written(
    ring: KeyRing, tmp_path: Path
) -> None:
    back_up_keys(ring.folder, tmp_path / "keys.tar")
    whole = (tmp_path / "keys.tar").read_bytes()
    with tarfile.open(tmp_path / "keys.tar") as tar:
        places = [member.offset_data + member.size // 2 for member in tar]
    for place in places:
        (tmp_path / "bad.tar").write_bytes(whole[:place] + bytes((whole[place] ^ 1,)) + whole[place + 1 :])
        with pytest.raises(SetDamagedError):
            restore_keys(tmp_path / "bad.tar", tmp_path / "new")
    (tmp_path / "bad.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SetDamagedError):
        read_manifest(tmp_path / "bad.tar", "keys")
    with pytest.raises(NoKeyStoreError):
        open_key_store(tmp_path / "new", {})


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "subjects/../../outside"])
def test_a_set_that_would_write_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(SetDamagedError):
        read_manifest(tmp_path / "bad.tar", "keys")


def test_a_link_in_a_set_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar", "w") as tar:
        member = tarfile.TarInfo("installation.key")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(SetDamagedError):
        read_manifest(tmp_path / "bad.tar", "keys")
