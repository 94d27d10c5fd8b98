"""What is cleared away once a day, and what is not: on the real store, with files whose fact came and did not come."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.housekeeping import Cleared, Housekeeping, topics_with_files
from adapters.reference_facts import lines_of, shipped_facts
from application.feedback_intake import Submission
from domain.dialogues.events import DialogueMinutesFiled
from domain.explanations.events import ExplanationGiven, ExplanationRequested
from domain.feedback.events import FeedbackSubmitted, SenderReplied
from domain.kernel import Fact
from domain.reception.events import MinutesAttached
from tests.support.complaining import Complaining
from tests.support.explaining import answered, asked_of_school, taken_in
from tests.support.postgres import FreshDatabase
from tests.support.receiving import held
from tests.support.uploads import telling_photo
from tests.support.world import open_town

CONTEXT = f"{FeedbackSubmitted.TOPIC}:attachments"


def test_every_fact_that_names_files_is_read_before_any_is_removed() -> None:
    files: tuple[type[Fact], ...] = (
        FeedbackSubmitted,
        SenderReplied,
        ExplanationRequested,
        ExplanationGiven,
        MinutesAttached,
    )
    files = (*files, DialogueMinutesFiled)
    papers = {f"complaint.{name}.v1" for name in WITH_PAPERS}
    assert set(topics_with_files()) == {fact.TOPIC for fact in files} | papers
    named = {fact.TOPIC for fact in shipped_facts() if _names_files(fact)}
    assert set(topics_with_files()) == named


WITH_PAPERS = (
    *("received", "forwarded", "examined", "refused", "transferred", "guided", "accepted", "withdrawn", "terminated"),
    *("circumstances_established", "verification_assigned", "evidence_recorded", "verification_reported"),
    *("dialogue_held", "execution_suspended", "execution_suspension_lifted", "suspended"),
    *("decision_issued", "decision_amended", "decision_received", "decision_published", "decision_executed"),
)
"""Facts of complaints that a paper may come with."""


def _names_files(fact: type[Fact]) -> bool:
    """By the reference: where a file lies stands beside of which kind it is."""
    paths = {line.path for line in lines_of(fact)}
    places = {path.removesuffix(".address") for path in paths if path.endswith(".address")}
    return any(f"{place}.media_type" in paths for place in places)


async def test_what_was_sent_to_a_school_and_what_it_sent_back_stays(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        case = await taken_in(town, photos=(telling_photo("JPEG"),))
        photo = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()["attachments"][0]["id"]
        explanation = await asked_of_school(town, case, attachments=[{"file_id": photo, "looked_at": True}])
        paper = {"name": "bien-ban.jpg", "content": b64encode(telling_photo("JPEG")).decode()}
        assert (await answered(town, explanation, papers=[paper])).status_code == 201
        before = set(town.world.files.all_paths())
        assert len(before) == 3
        cleared = await town.world.housekeeping.once(datetime.now(UTC) + timedelta(days=1, seconds=5))
        assert cleared.files == 0
        assert set(town.world.files.all_paths()) == before


async def test_signed_minutes_of_a_visit_stay(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        await held(town)
        before = set(town.world.files.all_paths())
        assert len(before) == 1
        cleared = await town.world.housekeeping.once(datetime.now(UTC) + timedelta(days=1, seconds=5))
        assert (cleared.files, set(town.world.files.all_paths())) == (0, before)


async def test_the_papers_of_a_complaint_stay(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        await Complaining(town).in_one_day()
        before = set(town.world.files.all_paths())
        assert len(before) == 6
        cleared = await town.world.housekeeping.once(datetime.now(UTC) + timedelta(days=1, seconds=5))
        assert cleared.files == 0
        assert set(town.world.files.all_paths()) == before


async def test_what_is_over_goes_and_what_a_fact_names_stays(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        world, tomorrow = town.world, datetime.now(UTC) + timedelta(days=1, seconds=5)
        sent = await town.submit(
            Submission(text="Mái tôn sân trường bị dột (demo).", photos=(telling_photo("JPEG"), telling_photo("PNG")))
        )
        refused = uuid4()
        await world.vault.create_subject(refused)
        orphan = await world.files.keep_public_image(refused, CONTEXT, telling_photo("JPEG"))
        mai = await town.of("mai")
        housekeeping = world.housekeeping
        assert await housekeeping.once() == Cleared(sessions=0, throttles=0, fingerprints=0, files=0)
        town.pass_time(timedelta(days=2, hours=13))
        cleared = await housekeeping.once(tomorrow)
        assert (cleared.files, cleared.fingerprints) == (1, 0)
        assert cleared.sessions >= 1
        assert cleared.throttles >= 1
        assert (await mai.get("/api/cases")).status_code == 401
        with pytest.raises(FileNotFoundError):
            await world.files.read(refused, orphan.address)
        assert len([path for path in world.files.all_paths() if len(path.name) == 64]) == 2
        assert await world.pool.fetchval("select count(*) from stream where id = $1", sent.case_id) == 1


async def test_each_day_is_done_by_whoever_comes_first(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path) as town:
        world, stop = town.world, asyncio.Event()
        several = [
            Housekeeping(world.pool, world.sessions, world.throttle, world.files, first_look_s=0.01) for _ in range(3)
        ]
        now = datetime.now(UTC)
        claims = await asyncio.gather(*(one.claim(now) for one in several))
        assert sorted(claims) == [False, False, True]
        assert not await several[0].claim(now + timedelta(hours=23))
        assert await several[0].claim(now + timedelta(hours=25))
        running = [asyncio.create_task(one.run(stop)) for one in several]
        stop.set()
        await asyncio.gather(*running)
