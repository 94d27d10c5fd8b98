"""From the request to the certificate on the real store, with a crash after each step of the destruction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.bootstrap import World, open_world
from adapters.postgres.reactions import ReactionRunner
from adapters.settings import Settings
from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.execute import Executor
from application.feedback_intake import Submission
from application.ports import ErasedError, Identity, PlaceInfo, Recorded, Request
from application.privacy import available_actions, erasure_stream_of
from application.reactions.erase_subject import EraseSubject
from domain.calendar import legal_date
from domain.feedback.events import FeedbackSubmitted
from domain.privacy.erasure import Erasure
from domain.privacy.events import ErasureApproved, SubjectErased
from domain.privacy.refusals import LegalHoldInForceError, SecondPersonRequiredError
from domain.privacy.vocabulary import ErasureGround, RefusalGround
from tests.support.postgres import FreshDatabase
from tests.support.uploads import telling_photo

WARD, OTHER_WARD, SCHOOL, AREA = (uuid4() for _ in range(4))
LAN = Identity(name="Trần Thị Lan (demo)", phone="0912345678")
PLACE = PlaceInfo(
    id=SCHOOL,
    code="DEMO1",
    name="Trường Tiểu học Bình Nguyên (demo)",
    kind="primary",
    area_id=AREA,
    area_name="Phường Đồi Thông (demo)",
    authority_id=WARD,
    authority_name="UBND phường Đồi Thông (demo)",
    demo=True,
)
PAPER = "12/ĐN-XDL (demo)"


def official(*roles: Role, authority: UUID = WARD) -> Actor:
    return Actor(kind="official", id=uuid4(), post_id=uuid4(), authority_id=authority, roles=frozenset(roles))


MAI, HEAD, CUSTODIAN = official(Role.INTAKE), official(Role.HEAD), official(Role.CUSTODIAN)


def wish() -> Request:
    return Request(id=uuid4(), fingerprint=b"wish")


class Case:
    """A submission with a name, a photo and a text, in a running world."""

    def __init__(self, world: World, case_id: UUID, fact: FeedbackSubmitted) -> None:
        self.world, self.id, self.fact = world, case_id, fact
        self.subject = fact.subject_id

    async def approve(self) -> Recorded:
        """Requested by one, approved by another; the fact as the reaction gets it."""
        desk = self.world.privacy
        await desk.request_erasure(MAI, wish(), self.id, ground=ErasureGround.SUBJECT_ASKED, document=PAPER, note="Lan")
        await desk.approve(CUSTODIAN, wish(), self.id, document=PAPER)
        await self.world.sequencer.tick()
        return (await self.facts(ErasureApproved))[0]

    async def carry_out(self) -> None:
        """The reaction as the runner drives it."""
        world = self.world
        execute = Executor(world.store)
        erase = EraseSubject(execute, world.clock, world.vault, world.identities, world.files, key_backup_days=30)
        await ReactionRunner(world.pool, world.log, (erase,)).catch_up()

    async def facts(self, kind: type[Any]) -> list[Recorded]:
        found = await self.world.log.of_streams([self.id, erasure_stream_of(self.subject)])
        return [recorded for recorded in found if isinstance(recorded.fact, kind)]

    async def assert_forgotten(self) -> None:
        for value in (self.fact.content, self.fact.attachments[0].meta):
            with pytest.raises(ErasedError):
                self.world.vault.open(value)
        with pytest.raises(ErasedError):
            await self.world.files.read(self.subject, self.fact.attachments[0].address)
        assert self.fact.identity_ref is not None
        with pytest.raises(ErasedError):
            await self.world.identities.open(self.fact.identity_ref)
        assert await self.world.identities.find("phone", LAN.phone) == []
        assert await self.world.pool.fetchval("select count(*) from blind_index") == 0
        assert [path.name for path in self.world.files.all_paths()] == ["erased"]


@pytest.fixture
async def case(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Case]:
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(
            open_world(Settings(data_dir=tmp_path), database.database, new_keys=True)
        )
        sender = Actor(kind="citizen", id=uuid4())
        what = Submission(
            text="Nhà trường thu tiền ngoài quy định (demo)", identity=LAN, photos=(telling_photo("JPEG"),)
        )
        submitted = await world.feedback.submit(sender, wish(), PLACE, what)
        await world.sequencer.tick()
        (recorded,) = await world.log.of_streams([submitted.receipt.case_id])
        assert isinstance(recorded.fact, FeedbackSubmitted)
        yield Case(world, submitted.receipt.case_id, recorded.fact)


async def certificates(case: Case) -> list[SubjectErased]:
    await case.world.sequencer.tick()
    return [recorded.fact for recorded in await case.facts(SubjectErased) if isinstance(recorded.fact, SubjectErased)]


async def test_an_approved_erasure_is_carried_out_and_certified(case: Case) -> None:
    await case.approve()
    await case.carry_out()
    await case.assert_forgotten()
    (certificate,) = await certificates(case)
    counts = (certificate.keys, certificate.identities, certificate.index_entries, certificate.files)
    assert counts == (1, 1, 2, 1)
    assert certificate.subject_id == case.subject
    today: date = legal_date(certificate.destroyed_at)
    assert certificate.last_key_backup_expires_on - today == timedelta(days=30)
    await case.carry_out()
    assert len(await certificates(case)) == 1


class PowerCutError(BaseException):
    """The process is gone."""


class Cut:
    """Lets a call of the named method through and then ends the process; everything else passes."""

    def __init__(self, real: Any, method: str) -> None:
        self._real, self._method = real, method

    def __getattr__(self, name: str) -> Any:
        called = getattr(self._real, name)
        if name != self._method:
            return called

        async def through_and_gone(*args: Any) -> None:
            await called(*args)
            raise PowerCutError

        return through_and_gone


@pytest.mark.parametrize("after", ["key destroyed", "identity forgotten", "files removed", "certificate appended"])
async def test_a_crash_after_any_step_ends_in_the_same_certificate(case: Case, after: str) -> None:
    world, approved = case.world, await case.approve()
    execute = Executor(world.store if after != "certificate appended" else Cut(world.store, "append"))
    crashing = EraseSubject(
        execute,
        world.clock,
        world.vault if after != "key destroyed" else Cut(world.vault, "destroy"),
        world.identities if after != "identity forgotten" else Cut(world.identities, "erase"),
        world.files if after != "files removed" else Cut(world.files, "erase"),
        key_backup_days=30,
    )
    with pytest.raises(PowerCutError):
        await crashing.react(approved)
    await case.carry_out()
    await case.assert_forgotten()
    (certificate,) = await certificates(case)
    counts = (certificate.keys, certificate.identities, certificate.index_entries, certificate.files)
    assert counts == (1, 1, 2, 1)


async def test_nothing_is_destroyed_by_one_person_or_under_a_legal_hold(case: Case) -> None:
    desk, world = case.world.privacy, case.world
    both = official(Role.HEAD)
    await desk.request_erasure(both, wish(), case.id, ground=ErasureGround.SUBJECT_ASKED, document=PAPER)
    with pytest.raises(SecondPersonRequiredError):
        await desk.approve(both, wish(), case.id, document=PAPER)
    await desk.place_hold(CUSTODIAN, wish(), case.id, reason="Chứng cứ trong vụ việc", document=PAPER)
    with pytest.raises(LegalHoldInForceError):
        await desk.approve(HEAD, wish(), case.id, document=PAPER)
    await world.sequencer.tick()
    await case.carry_out()
    assert world.vault.open(case.fact.content).endswith("(demo)")
    assert await certificates(case) == []


async def test_a_lifted_hold_and_a_refusal_are_recorded_with_their_papers(case: Case) -> None:
    desk = case.world.privacy
    await desk.request_erasure(MAI, wish(), case.id, ground=ErasureGround.CONSENT_WITHDRAWN, document=PAPER)
    placed = wish()
    await desk.place_hold(CUSTODIAN, placed, case.id, reason="Chứng cứ trong vụ việc", document=PAPER)
    await desk.refuse(HEAD, wish(), case.id, ground=RefusalGround.LEGAL_HOLD, reason="Còn lưu giữ", document=PAPER)
    (hold_id,) = _known((await desk.erasure_of(HEAD, case.id))[1]).holds
    await desk.lift_hold(HEAD, wish(), case.id, hold_id, reason="Vụ việc đã xong", document=PAPER)
    receipt = await desk.request_erasure(
        MAI, again := wish(), case.id, ground=ErasureGround.SUBJECT_ASKED, document=PAPER
    )
    assert (
        await desk.request_erasure(MAI, again, case.id, ground=ErasureGround.SUBJECT_ASKED, document=PAPER) == receipt
    )
    assert receipt.version == 5
    await desk.approve(HEAD, wish(), case.id, document=PAPER)
    await case.world.sequencer.tick()
    await case.carry_out()
    await case.assert_forgotten()


def _known(state: Erasure | None) -> Erasure:
    assert state is not None
    return state


async def test_a_malformed_wish_learns_first_whether_it_may_be_made(case: Case) -> None:
    desk = case.world.privacy
    await desk.must_see(MAI, case.id, "erasure-requests")
    with pytest.raises(ForbiddenError):
        await desk.must_see(MAI, case.id, "erasure-approvals")
    with pytest.raises(NotVisibleError):
        await desk.must_see(official(Role.HEAD, authority=OTHER_WARD), case.id, "erasure-approvals")


async def test_only_posts_that_may_ask_for_erasure_and_other_authorities_see_nothing(case: Case) -> None:
    desk = case.world.privacy
    ground = ErasureGround.SUBJECT_ASKED
    for stranger in (official(Role.HEAD, authority=OTHER_WARD), official(Role.CUSTODIAN, authority=OTHER_WARD)):
        with pytest.raises(NotVisibleError):
            await desk.request_erasure(stranger, wish(), case.id, ground=ground, document=PAPER)
        with pytest.raises(NotVisibleError):
            await desk.approve(stranger, wish(), case.id, document=PAPER)
    for nobody in (official(Role.SCHOOL), official(Role.ADMINISTRATOR), Actor(kind="citizen", id=case.subject)):
        with pytest.raises(NotVisibleError):
            await desk.request_erasure(nobody, wish(), case.id, ground=ground, document=PAPER)
    with pytest.raises(NotVisibleError):
        await desk.request_erasure(MAI, wish(), uuid4(), ground=ground, document=PAPER)
    with pytest.raises(ForbiddenError):
        await desk.approve(MAI, wish(), case.id, document=PAPER)
    with pytest.raises(ForbiddenError):
        await desk.request_erasure(CUSTODIAN, wish(), case.id, ground=ground, document=PAPER)


async def test_the_desk_offers_what_it_allows(case: Case) -> None:
    desk = case.world.privacy
    assert available_actions((await desk.erasure_of(MAI, case.id))[1], MAI) == ("erasure-requests",)
    await desk.request_erasure(HEAD, wish(), case.id, ground=ErasureGround.SUBJECT_ASKED, document=PAPER)
    version, state = await desk.erasure_of(CUSTODIAN, case.id)
    assert version == 1
    assert available_actions(state, MAI) == ()
    assert available_actions(state, CUSTODIAN) == ("erasure-approvals", "erasure-refusals", "legal-holds")
    assert available_actions(state, HEAD) == ("erasure-refusals", "legal-holds")


async def test_an_older_database_beside_todays_keys_shows_nothing_of_the_person(
    case: Case, tmp_path: Path, database: FreshDatabase
) -> None:
    """The rows as they were before the erasure, put back: what restoring an older dump does."""
    pool = case.world.pool
    identities = await pool.fetch("select ref, subject, sealed, index_entries from submitter_identity")
    index = await pool.fetch("select subject, field, hash from blind_index")
    await case.approve()
    await case.carry_out()
    await pool.executemany(
        "update submitter_identity set subject = $2, sealed = $3, index_entries = $4 where ref = $1",
        [tuple(row) for row in identities],
    )
    await pool.executemany("insert into blind_index values ($1, $2, $3)", [tuple(row) for row in index])
    assert await case.world.identities.find("phone", LAN.phone) == []
    assert case.fact.identity_ref is not None
    with pytest.raises(ErasedError):
        await case.world.identities.open(case.fact.identity_ref)
    assert await case.world.identities.erase_again() == [case.subject]
    await case.assert_forgotten()
