"""From `hoso init` to a case that opens on another machine, by the real commands; and what a restore refuses."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import msgspec
import pytest

from adapters.bootstrap import World, open_world
from adapters.commands.backup_set import (
    CONTENT,
    MANIFEST,
    SetKind,
    SetManifest,
    checked,
    draft,
    finish,
    manifest_of,
    newest,
)
from adapters.postgres.supervisor import Supervisor
from adapters.settings import Settings
from adapters.vault.key_store import create_key_store, open_key_store
from adapters.vault.sets import SetDamagedError, back_up_keys
from application.access import Actor, Role
from application.ports import ErasedError, Request
from domain.feedback.events import FeedbackSubmitted
from domain.privacy.vocabulary import ErasureGround
from tests.support.command import hoso, init, serving
from tests.support.real_store import (
    AUTHORITY,
    ERASED,
    KEPT,
    OFFICER,
    SENDER,
    RealCase,
    RealStore,
    photos_of,
    tell,
)
from tests.support.two_steps import TwoSteps

OLD, NEW = "old", "new"


class Shelf(msgspec.Struct, frozen=True):
    """Two backups of one store: before and after somebody was erased."""

    folder: Path
    store: RealStore
    token: dict[str, str]
    """A session of the time of the first backup."""

    def set_of(self, when: str, kind: SetKind) -> Path:
        """One of the six sets."""
        where = self.folder / when / ("keys" if kind == "keys" else "sets")
        found = newest(where, kind)
        assert found is not None
        return found

    def sets(self, database: str, files: str, keys: str) -> tuple[Path, Path, Path]:
        """Three sets, by when they were taken."""
        return self.set_of(database, "database"), self.set_of(files, "files"), self.set_of(keys, "keys")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("shelf")
    folder.chmod(0o711)
    data = folder / "data"
    made = init(data)
    assert made.code == 0, made.out
    with serving(data) as client:
        kept, erased = tell(client, people := TwoSteps())
        token = people.signed_in(client, OFFICER)
        back_up(folder, data, OLD)
    store = RealStore(data, kept, erased, people)
    asyncio.run(erase(store))
    back_up(folder, data, NEW)
    yield Shelf(folder, store, token)
    shutil.rmtree(folder)


def back_up(folder: Path, data: Path, when: str) -> None:
    said = hoso(data, "backup", folder / when / "sets", "--keys", folder / when / "keys")
    assert said.code == 0, said.out
    assert "Keys and database belong together" in said.out


def test_the_case_opens_after_the_machine_was_thrown_away(shelf: Shelf, tmp_path: Path) -> None:
    data = tmp_path / "another" / "data"
    said = hoso(data, "restore", *shelf.sets(OLD, OLD, OLD))
    assert said.code == 0, said.out
    assert "History: the same as in the backup." in said.out
    assert "none, all were what the facts say" in said.out
    with serving(data) as client:
        for case, text in ((shelf.store.kept, KEPT), (shelf.store.erased, ERASED)):
            tracked = client.get(f"/api/track/{case.code}")
            assert (tracked.status_code, tracked.json()["text"], tracked.json()["photos"]) == (200, text, 2)
            assert client.get(f"/api/cases/{case.id}", headers=shelf.token).status_code == 401  # sessions are not kept
            assert photos_of(client, case.id, shelf.store.officer(client)) == case.photos
    again = hoso(data, "restore", *shelf.sets(OLD, OLD, OLD))
    assert again.code == 1
    assert "is not empty" in again.out


def test_the_drill_opens_a_case_and_leaves_nothing_behind(shelf: Shelf, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o711)
    said = hoso(
        tmp_path / "unused",
        "drill",
        shelf.folder / OLD / "sets",
        "--keys",
        shelf.folder / OLD / "keys",
        TMPDIR=str(scratch),
    )
    assert said.code == 0, said.out
    assert "The drill passed." in said.out
    assert f"{len(ERASED)} characters decrypted, a photo of {len(shelf.store.erased.photos[0]):,} bytes" in said.out
    assert not any(word in said.out for word in (KEPT, ERASED, *SENDER.values()))
    assert list(scratch.iterdir()) == []


def test_a_flipped_byte_anywhere_in_a_set_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    random = Random(5)
    kinds: tuple[SetKind, ...] = ("database", "files", "keys")
    for kind in kinds:
        for name in (CONTENT[kind], MANIFEST):
            whole = shelf.set_of(OLD, kind)
            size = (whole / name).stat().st_size
            for place in {0, size - 1, *(random.randrange(size) for _ in range(12))}:
                bad = altered(whole, tmp_path / "bad", name, place)
                with pytest.raises(SetDamagedError):
                    checked(bad, kind)
            assert checked(whole, kind).manifest.kind == kind


def test_the_command_refuses_a_damaged_set_and_writes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    database, files, keys = shelf.sets(OLD, OLD, OLD)
    bad = altered(database, tmp_path / "bad", CONTENT["database"], 5000)
    said = hoso(tmp_path / "data", "restore", bad, files, keys)
    assert said.code == 1
    assert "Refused, the set is damaged" in said.out
    assert not (tmp_path / "data").exists()


def altered(whole: Path, target: Path, name: str, place: int) -> Path:
    """A copy of a set with one bit flipped."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(whole, target)
    content = bytearray((target / name).read_bytes())
    content[place] ^= 1
    (target / name).write_bytes(content)
    return target


def test_keys_of_another_installation_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    foreign = create_key_store(tmp_path / "foreign", {})
    target = tmp_path / "hoso-foreign-keys"
    about = SetManifest(kind="keys", installation=foreign.installation, taken_at=datetime.now(UTC), release="0")
    with draft(target) as place:
        back_up_keys(foreign.folder, place / CONTENT["keys"])
        finish(place, target, about)
    database, files, _ = shelf.sets(OLD, OLD, OLD)
    said = hoso(tmp_path / "data", "restore", database, files, target)
    assert said.code == 1
    assert "not of one installation" in said.out
    assert not (tmp_path / "data").exists()


def test_the_wrong_installation_key_is_refused_before_anything_is_written(shelf: Shelf, tmp_path: Path) -> None:
    said = hoso(tmp_path / "data", "restore", *shelf.sets(OLD, OLD, OLD), HOSO_KEY=os.urandom(32).hex())
    assert said.code == 1
    assert "installation-key-foreign" in said.out
    assert not (tmp_path / "data").exists()


def test_sets_beside_the_data_or_beside_their_keys_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    data = shelf.store.data
    for target, keys in (
        (data / "backup", tmp_path / "k"),
        (tmp_path / "b", data / "k"),
        (tmp_path / "b", tmp_path / "b"),
        (tmp_path / "b", tmp_path / "b" / "k"),
    ):
        said = hoso(data, "backup", target, "--keys", keys)
        assert said.code == 1, said.out
    assert list(tmp_path.iterdir()) == []


async def test_an_older_database_beside_todays_keys_shows_the_person_nowhere(shelf: Shelf, tmp_path: Path) -> None:
    data = tmp_path / "another" / "data"
    said = hoso(data, "restore", *shelf.sets(OLD, OLD, NEW))
    assert said.code == 0, said.out
    assert "Erased again: 1 " in said.out
    with Supervisor(data / "postgres") as server:
        async with open_world(Settings(data_dir=data), server.database()) as world:
            await nothing_is_left_of(world, shelf.store.erased)
            assert len(await world.identities.find("phone", SENDER["phone"])) == 1  # of the case that stays
    with serving(data) as client:
        officer = shelf.store.officer(client)
        assert client.get(f"/api/track/{shelf.store.kept.code}").json()["text"] == KEPT
        assert photos_of(client, shelf.store.kept.id, officer) == shelf.store.kept.photos
        shown = client.get(f"/api/cases/{shelf.store.erased.id}", headers=officer)
        assert shown.status_code == 200
        assert ERASED not in shown.text
        assert '"erased":true' in shown.text.replace(" ", "")
    drilled = hoso(tmp_path, "drill", shelf.folder / NEW / "sets", "--keys", shelf.folder / NEW / "keys")
    assert drilled.code == 0, drilled.out
    assert f"{len(KEPT)} characters decrypted" in drilled.out


def test_older_keys_into_todays_key_store_bring_nobody_back(shelf: Shelf, tmp_path: Path) -> None:
    """Database and files lost, the key store still there: its tombstones win over the older set."""
    data = tmp_path / "data"
    restored = hoso(data, "restore", *shelf.sets(NEW, NEW, NEW))
    assert restored.code == 0, restored.out
    for folder in ("postgres", "files"):
        shutil.rmtree(data / folder)
    said = hoso(data, "restore", *shelf.sets(OLD, OLD, OLD))
    assert said.code == 0, said.out
    assert "Erased again: 1 " in said.out


def test_a_newer_database_with_older_keys_forgets_whom_it_erased_and_says_what_is_missing(
    shelf: Shelf, tmp_path: Path
) -> None:
    """Those of her case, and those of the request that went to the school about it."""
    subjects = erased_subjects(shelf)
    assert len(subjects) == 2
    data = tmp_path / "data"
    said = hoso(data, "restore", *shelf.sets(NEW, OLD, OLD))
    assert said.code == 0, said.out
    assert "Note: the keys are older than the database" in said.out
    ring = open_key_store(data / "keys", {})
    for subject in subjects:
        assert ring.erased(subject)
        assert {path.name for path in (data / "files" / subject.hex[:2] / str(subject)).iterdir()} == {"erased"}


def test_a_set_without_a_key_that_a_fact_needs_says_so_and_ends_with_one(shelf: Shelf, tmp_path: Path) -> None:
    """Keys from before the cases: as one has them who backs up the database daily and the keys once."""
    ring = open_key_store(shelf.store.data / "keys", {})
    early = tmp_path / "early"
    shutil.copytree(ring.folder, early)
    for path in early.glob("subjects/*/*"):
        path.unlink()
    target = tmp_path / "hoso-early-keys"
    taken = manifest_of(shelf.set_of(OLD, "database")).taken_at.replace(year=2020)
    about = SetManifest(kind="keys", installation=ring.installation, taken_at=taken, release="0")
    with draft(target) as place:
        back_up_keys(early, place / CONTENT["keys"])
        finish(place, target, about)
    database, files, _ = shelf.sets(OLD, OLD, OLD)
    said = hoso(tmp_path / "data", "restore", database, files, target)
    assert said.code == 1, said.out
    assert "Missing: keys of 5 subjects" in said.out  # two accounts, two senders, a request to a school


async def erase(store: RealStore) -> None:
    """Asked for by one, approved by another, carried out."""
    asker = Actor(kind="official", id=uuid4(), authority_id=AUTHORITY, roles=frozenset({Role.INTAKE}))
    approver = Actor(kind="official", id=uuid4(), authority_id=AUTHORITY, roles=frozenset({Role.CUSTODIAN}))
    with Supervisor(store.data / "postgres") as server:
        async with open_world(Settings(data_dir=store.data), server.database()) as world:
            desk, case_id = world.privacy, store.erased.id
            wish = Request(uuid4(), b"wish")
            paper = "12/ĐN (demo)"
            await desk.request_erasure(asker, wish, case_id, ground=ErasureGround.SUBJECT_ASKED, document=paper)
            await desk.approve(approver, Request(uuid4(), b"wish"), case_id, document=paper)
            await world.settle()
            await nothing_is_left_of(world, store.erased)


async def nothing_is_left_of(world: World, case: RealCase) -> None:
    (first, *_) = await world.log.of_streams([case.id])
    fact = first.fact
    assert isinstance(fact, FeedbackSubmitted)
    assert fact.identity_ref is not None
    with pytest.raises(ErasedError):
        world.vault.open(fact.content)
    with pytest.raises(ErasedError):
        await world.identities.open(fact.identity_ref)
    for attachment in fact.attachments:
        with pytest.raises(ErasedError):
            await world.files.read(fact.subject_id, attachment.address)
    kept = await world.pool.fetchval("select sealed from submitter_identity where subject = $1", fact.subject_id)
    assert kept is None
    hashes = await world.pool.fetchval("select count(*) from blind_index where subject = $1", fact.subject_id)
    assert hashes == 0
    left = [path.name for path in world.files.all_paths() if path.parent.name == str(fact.subject_id)]
    assert left == ["erased"]


def erased_subjects(shelf: Shelf) -> set[UUID]:
    """Whose keys are tombstones."""
    ring = open_key_store(shelf.store.data / "keys", {})
    subjects = (UUID(path.name) for path in ring.folder.glob("subjects/*/*"))
    return {subject for subject in subjects if ring.erased(subject)}
