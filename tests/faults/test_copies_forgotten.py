"""What was sent along with a request for explanation is forgotten with the case, by whichever way that is forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from adapters.commands.erased_before import erased_subjects
from application.access import Actor
from application.execute import Act, Executor
from application.explanations import Asking, CasePhoto, ExplanationDesk
from application.ports import ErasedError, Receipt, Request
from domain.explanations.events import ExplanationGiven, ExplanationRequested
from domain.feedback.events import FeedbackSubmitted
from projections.explanations import NumbersInUse
from tests.support.explaining import ASKING, answered, asked_of_school, taken_in
from tests.support.office import asked, command
from tests.support.postgres import FreshDatabase
from tests.support.uploads import telling_photo
from tests.support.world import CLASSIFIED, Town, open_town

TWO_MATTERS = "Lớp thu tiền máy chiếu không có biên lai (demo).\nSân trường ngập nước sau mưa (demo)."
PAPER = {"document": "12/DM-TH (demo)"}
UNCLEAR = {"ground": "content-unclear", "reason": "Không rõ lớp nào (demo)."}


@pytest.fixture
async def town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as opened:
        yield opened


async def explained(town: Town, case: UUID, photo_of: UUID) -> UUID:
    """The school was sent a photo and answered; the request."""
    shown = (await (await town.of("mai")).get(f"/api/cases/{photo_of}")).json()["attachments"]
    looked = [{"file_id": item["id"], "looked_at": True} for item in shown]
    explanation = await asked_of_school(town, case, attachments=looked)
    assert (await answered(town, explanation)).status_code == 201
    await town.settle()
    return explanation


async def subjects_of(town: Town, case: UUID, explanation: UUID) -> tuple[UUID, UUID]:
    """Of the case and of the request, each with at least one file."""
    facts = [recorded.fact for recorded in await town.world.log.of_streams((case, explanation))]
    (sent,) = (fact for fact in facts if isinstance(fact, FeedbackSubmitted))
    (sent_along,) = (fact for fact in facts if isinstance(fact, ExplanationRequested))
    files = {path.parent.name for path in town.world.files.all_paths()}
    assert {str(sent.subject_id), str(sent_along.subject_id)} <= files
    return sent.subject_id, sent_along.subject_id


async def assert_forgotten(town: Town, explanation: UUID) -> None:
    """Neither the words nor the copies of the request can be had any more."""
    for recorded in await town.world.log.of_streams((explanation,)):
        if isinstance(recorded.fact, ExplanationRequested):
            sealed = [recorded.fact.could_know, *(item.text for item in recorded.fact.questions)]
        elif isinstance(recorded.fact, ExplanationGiven):
            sealed = [item.text for item in recorded.fact.parts]
        else:
            continue
        for value in sealed:
            with pytest.raises(ErasedError):
                town.world.vault.open(value)
    assert {path.name for path in town.world.files.all_paths()} == {"erased"}


async def told(town: Town) -> list[tuple[UUID, Any]]:
    return [(recorded.originator_id, recorded.fact) for recorded in await town.world.log.after(-1, 10_000)]


async def erase(town: Town, case: UUID) -> None:
    """Asked for by one, approved by another, carried out."""
    for version, (who, act, more) in enumerate(
        (("mai", "erasure-requests", {"ground": "subject-asked"}), ("kho", "erasure-approvals", {}))
    ):
        path, body = f"/api/cases/{case}/{act}", {**PAPER, **more}
        done = await (await town.of(who)).post(path, json=body, headers=command(version))
        assert done.status_code == 201, done.text
    await town.settle()


async def test_purging_a_petition_takes_the_copies_along_that_the_school_was_sent(town: Town) -> None:
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    explanation = await explained(town, case, case)
    subjects = await subjects_of(town, case, explanation)
    path = f"/api/submissions/{case}"
    await town.do("mai", f"{path}/ineligibility-findings", UNCLEAR)
    town.pass_time(timedelta(days=400))
    await town.of("son", anew=True)
    assert erased_subjects(await told(town)) == frozenset()
    await town.do("son", f"{path}/purges", PAPER)
    await town.settle()
    await assert_forgotten(town, explanation)
    assert erased_subjects(await told(town)) == frozenset(subjects)


async def test_an_erasure_reaches_what_a_part_asked_that_was_split_off(town: Town) -> None:
    """And the other way round: asked before the split, erased at the part."""
    case = await taken_in(town, TWO_MATTERS, photos=(telling_photo("JPEG"),))
    before = await explained(town, case, case)
    await town.do("mai", f"/api/submissions/{case}/splits", {"parts": [[1], [2]], "reason": "Hai việc (demo)"})
    await town.settle()
    found = (await (await town.of("mai")).get("/api/cases", params={"status": "acknowledged"})).json()["cases"]
    one, other = (UUID(row["case_id"]) for row in found)
    await town.do("mai", f"/api/submissions/{one}/classifications", CLASSIFIED)
    after = await explained(town, one, one)
    subjects = {subject for request in (before, after) for subject in await subjects_of(town, case, request)}
    assert len(subjects) == 3
    await erase(town, other)
    for explanation in (before, after):
        await assert_forgotten(town, explanation)
    assert erased_subjects(await told(town)) == subjects


async def test_the_request_of_another_sender_stays(town: Town) -> None:
    hers, his = [await taken_in(town, photos=(telling_photo("JPEG"),)) for _ in range(2)]
    requests = [await explained(town, case, case) for case in (hers, his)]
    kept = await subjects_of(town, his, requests[1])
    await erase(town, hers)
    assert erased_subjects(await told(town)).isdisjoint(kept)
    files = {path.parent.name for path in town.world.files.all_paths() if path.name != "erased"}
    assert files == {str(subject) for subject in kept}


class Interrupted(Executor):
    """Everything was looked at and copied; before it is appended the case is erased."""

    def __init__(self, town: Town, case: UUID) -> None:
        super().__init__(town.world.store)
        self._town, self._case = town, case

    async def __call__(self, actor: Actor, request: Request, *acts: Act) -> Receipt:
        await erase(self._town, self._case)
        return await super().__call__(actor, request, *acts)


async def test_a_request_that_was_on_its_way_while_its_case_was_erased_is_forgotten_too(town: Town) -> None:
    case, world = await taken_in(town, photos=(telling_photo("JPEG"),)), town.world
    (sent, *_) = [recorded.fact for recorded in await world.log.of_streams((case,))]
    assert isinstance(sent, FeedbackSubmitted)
    photos = [CasePhoto(one, looked_at=True) for one in sent.attachments]
    asking = Asking(questions=["Thu khoản nào? (demo)"], could_know=40, photos=photos, preview_confirmed=True)
    numbers = NumbersInUse(world.db)
    desk = ExplanationDesk(Interrupted(town, case), world.clock, world.law, world.vault, world.files, numbers)
    requested = await desk.request(await town.actor("mai"), asked(), case, asking)
    await town.settle()
    await assert_forgotten(town, requested.explanation_id)
    assert len(list(world.files.all_paths())) == 2  # the marks of both folders


async def test_about_an_erased_case_no_school_is_asked(town: Town) -> None:
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    await erase(town, case)
    client, version = await town.of("mai"), await town.version_of(case)
    path = f"/api/feedback/{case}/explanation-requests"
    answer = await client.post(path, json=ASKING, headers=command(version))
    assert (answer.status_code, answer.json()["code"]) == (410, "erased")
