"""Sealing by subject, keys as files, tombstones."""

from __future__ import annotations

import asyncio
import base64
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.vault.installation import KEY_FILE, InstallationKeyError
from adapters.vault.key_store import KeyStoreExistsError, NoKeyStoreError, create_key_store, open_key_store
from adapters.vault.keyring import KeyRing, UnknownSubjectError, subject_path
from adapters.vault.subject_key import KEY_FILE_BYTES, KeyDamagedError, SealBrokenError, is_tombstone
from application.ports import ErasedError, Vault
from domain.kernel import Sealed

TEXT = "Cô giáo thu tiền học thêm (demo)"
GOOD_KEY = base64.b64encode(bytes(range(100, 132))[::-3] + os.urandom(21)).decode()


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


@pytest.fixture
async def subject(ring: KeyRing) -> UUID:
    subject = uuid4()
    await ring.create_subject(subject)
    return subject


def test_the_key_ring_is_the_vault_that_the_desks_know(ring: KeyRing) -> None:
    vault: Vault = ring
    assert vault.erased(uuid4()) is False


async def test_what_is_sealed_opens_again_also_after_a_restart(ring: KeyRing, subject: UUID) -> None:
    sealed = ring.seal(subject, "feedback.submitted.v1:content", TEXT)
    assert ring.open(sealed) == TEXT
    assert open_key_store(ring.folder, {}).open(sealed) == TEXT


async def test_a_sealed_value_shows_nothing_of_its_text(ring: KeyRing, subject: UUID) -> None:
    sealed = ring.seal(subject, "a:b", TEXT)
    stored = msgspec.msgpack.encode(sealed)
    for part in (TEXT.encode(), base64.b64encode(TEXT.encode()), TEXT.encode("utf-16-le")):
        assert part not in stored
    again = ring.seal(subject, "a:b", TEXT)
    assert (sealed.value_id, sealed.nonce, sealed.ciphertext) != (again.value_id, again.nonce, again.ciphertext)


@pytest.mark.parametrize(
    "moved",
    [
        lambda sealed, other: msgspec.structs.replace(sealed, subject=other),
        lambda sealed, _other: msgspec.structs.replace(sealed, context="other:field"),
        lambda sealed, _other: msgspec.structs.replace(sealed, value_id=uuid4()),
        lambda sealed, _other: msgspec.structs.replace(sealed, nonce=bytes(12)),
        lambda sealed, _other: msgspec.structs.replace(sealed, nonce=b""),
        lambda sealed, _other: msgspec.structs.replace(sealed, ciphertext=sealed.ciphertext[:-1]),
        lambda sealed, _other: msgspec.structs.replace(sealed, ciphertext=b""),
        lambda sealed, _other: msgspec.structs.replace(sealed, commitment=bytes(32)),
    ],
)
async def test_a_value_that_was_moved_or_altered_does_not_open(
    ring: KeyRing, subject: UUID, moved: Callable[[Sealed, UUID], Sealed]
) -> None:
    other = uuid4()
    await ring.create_subject(other)
    with pytest.raises(SealBrokenError):
        ring.open(moved(ring.seal(subject, "a:b", TEXT), other))


async def test_the_commitment_is_the_same_for_both_forms_of_a_text(ring: KeyRing, subject: UUID) -> None:
    composed, decomposed = ring.seal(subject, "a:b", "Hòa"), ring.seal(subject, "a:b", "Ho\u0300a")
    assert composed.commitment == decomposed.commitment
    assert ring.open(decomposed) == "Ho\u0300a"


SHARED = uuid4()


@pytest.fixture(scope="module")
def shared_ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """A key store with the subject SHARED."""
    ring = create_key_store(tmp_path_factory.mktemp("shared") / "keys", {})
    asyncio.run(ring.create_subject(SHARED))
    return ring


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])), context=st.text(max_size=60))
def test_any_text_comes_back_as_it_was(shared_ring: KeyRing, text: str, context: str) -> None:
    assert shared_ring.open(shared_ring.seal(SHARED, context, text)) == text


async def test_making_a_key_twice_keeps_the_first(ring: KeyRing, subject: UUID) -> None:
    sealed = ring.seal(subject, "a:b", TEXT)
    await ring.create_subject(subject)
    assert ring.open(sealed) == TEXT


def test_a_subject_without_a_key_is_refused(ring: KeyRing) -> None:
    with pytest.raises(UnknownSubjectError):
        ring.seal(uuid4(), "a:b", TEXT)


async def test_after_destruction_nothing_opens_seals_or_comes_back(ring: KeyRing, subject: UUID) -> None:
    sealed = ring.seal(subject, "a:b", TEXT)
    await ring.destroy(subject)
    await ring.destroy(subject)
    assert ring.erased(subject)
    assert is_tombstone(subject_path(ring.folder, subject).read_bytes())
    with pytest.raises(ErasedError):
        ring.open(sealed)
    with pytest.raises(ErasedError):
        ring.seal(subject, "a:b", TEXT)
    with pytest.raises(ErasedError):
        await ring.create_subject(subject)
    with pytest.raises(ErasedError):
        ring.encrypt_file(subject, b"x")


async def test_a_subject_may_be_destroyed_before_it_had_a_key(ring: KeyRing) -> None:
    subject = uuid4()
    await ring.destroy(subject)
    with pytest.raises(ErasedError):
        await ring.create_subject(subject)


async def test_the_old_content_of_a_destroyed_key_is_overwritten(ring: KeyRing, subject: UUID) -> None:
    path = subject_path(ring.folder, subject)
    with path.open("rb") as held_open:
        assert len(held_open.read()) == KEY_FILE_BYTES
        await ring.destroy(subject)
        held_open.seek(0)
        assert held_open.read() == bytes(KEY_FILE_BYTES)


async def test_a_copy_of_a_key_under_another_name_or_in_another_store_does_not_open(
    ring: KeyRing, subject: UUID, tmp_path: Path
) -> None:
    content, other = subject_path(ring.folder, subject).read_bytes(), uuid4()
    subject_path(ring.folder, other).write_bytes(content)
    with pytest.raises(KeyDamagedError):
        ring.seal(other, "a:b", TEXT)
    foreign = create_key_store(tmp_path / "foreign", {})
    subject_path(foreign.folder, subject).write_bytes(content)
    with pytest.raises(KeyDamagedError):
        foreign.seal(subject, "a:b", TEXT)


async def test_a_key_file_that_a_crash_left_empty_is_filled_by_the_next_maker(ring: KeyRing) -> None:
    subject = uuid4()
    subject_path(ring.folder, subject).touch(mode=0o600)
    with pytest.raises(UnknownSubjectError):
        ring.seal(subject, "a:b", TEXT)
    await ring.create_subject(subject)
    assert ring.open(ring.seal(subject, "a:b", TEXT)) == TEXT


def test_of_many_makers_of_one_key_all_hold_the_same(ring: KeyRing) -> None:
    rings = [open_key_store(ring.folder, {}) for _ in range(8)]
    for _ in range(20):
        subject, start = uuid4(), threading.Barrier(8)

        def make(one: KeyRing, subject: UUID = subject, start: threading.Barrier = start) -> Sealed:
            start.wait()
            one._create((subject,))
            return one.seal(subject, "a:b", TEXT)

        with ThreadPoolExecutor(len(rings)) as threads:
            sealed = list(threads.map(make, rings))
        assert {one.open(value) for one in rings for value in sealed} == {TEXT}


async def test_of_a_maker_and_a_destroyer_at_once_the_tombstone_wins(ring: KeyRing) -> None:
    other = open_key_store(ring.folder, {})
    for _ in range(40):
        subject = uuid4()
        await asyncio.gather(ring.create_subject(subject), other.destroy(subject), return_exceptions=True)
        assert ring.erased(subject)
        with pytest.raises(ErasedError):
            ring.seal(subject, "a:b", TEXT)


async def test_key_files_are_for_their_owner_only(ring: KeyRing, subject: UUID) -> None:
    files = [path for path in ring.folder.rglob("*") if path.is_file()]
    assert len(files) == 7
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in ring.folder.rglob("*") if path.is_dir()} == {0o700}


def test_a_key_store_is_founded_once(ring: KeyRing) -> None:
    with pytest.raises(KeyStoreExistsError):
        create_key_store(ring.folder, {})
    assert open_key_store(ring.folder, {}).installation == ring.installation


def test_a_folder_without_keys_is_no_key_store(tmp_path: Path) -> None:
    with pytest.raises(NoKeyStoreError):
        open_key_store(tmp_path, {})


@pytest.mark.parametrize(
    ("given_key", "code"),
    [
        ("changeme", "installation-key-default"),
        ("", "installation-key-too-short"),
        ("c2hvcnQ=", "installation-key-too-short"),
        (base64.b64encode(bytes(32)).decode(), "installation-key-default"),
        (bytes(range(32)).hex(), "installation-key-default"),
        (base64.b64encode(b"hoso" * 8).decode(), "installation-key-default"),
        (base64.b64encode(os.urandom(48)).decode(), "installation-key-unreadable"),
        ("một mật khẩu dễ nhớ của cơ quan", "installation-key-unreadable"),
    ],
)
@pytest.mark.parametrize("setting", ["HOSO_KEY", "HOSO_KEY_FILE"])
def test_an_installation_key_that_can_be_guessed_is_refused_by_name(
    tmp_path: Path, given_key: str, code: str, setting: str
) -> None:
    (tmp_path / "key").write_text(given_key, encoding="utf-8")
    value = given_key if setting == "HOSO_KEY" else str(tmp_path / "key")
    with pytest.raises(InstallationKeyError) as refused:
        create_key_store(tmp_path / "keys", {setting: value})
    expected = "installation-key-unreadable" if not given_key.isascii() else code
    assert (refused.value.code, refused.value.setting) == (expected, setting)


def test_a_given_installation_key_is_never_written_down(tmp_path: Path) -> None:
    ring = create_key_store(tmp_path / "keys", {"HOSO_KEY": GOOD_KEY})
    assert not (ring.folder / KEY_FILE).exists()
    assert open_key_store(ring.folder, {"HOSO_KEY": GOOD_KEY}).installation == ring.installation
    with pytest.raises(InstallationKeyError) as refused:
        open_key_store(ring.folder, {})
    assert refused.value.code == "installation-key-missing"


def test_another_installation_key_is_noticed_at_the_start(ring: KeyRing) -> None:
    with pytest.raises(InstallationKeyError) as refused:
        open_key_store(ring.folder, {"HOSO_KEY": GOOD_KEY})
    assert refused.value.code == "installation-key-foreign"


def test_an_installation_key_that_others_may_read_is_refused(ring: KeyRing) -> None:
    (ring.folder / KEY_FILE).chmod(0o644)
    with pytest.raises(InstallationKeyError) as refused:
        open_key_store(ring.folder, {})
    assert refused.value.code == "installation-key-exposed"


async def test_keys_are_made_fast_enough_for_a_day_of_submissions(ring: KeyRing) -> None:
    subjects = [uuid4() for _ in range(1_000)]
    began = time.perf_counter()
    await ring.create_subjects(subjects)
    made = len(subjects) / (time.perf_counter() - began)
    began = time.perf_counter()
    sealed = [ring.seal(subject, "a:b", TEXT) for subject in subjects for _ in range(2)]
    sealing = len(sealed) / (time.perf_counter() - began)
    print(f"{made:,.0f} keys/s in one go, {sealing:,.0f} values sealed/s, keys read included")
    assert made > 50
