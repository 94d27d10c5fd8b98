"""Where a right ends: tries without end, a disclosure sent again, an authority that is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.http.throttle import TRACKING
from application.feedback_intake import Submission
from application.people import account_id_of
from domain.feedback.refusals import LateReasonMissingError, ReceivedInFutureError
from domain.feedback.vocabulary import Channel
from tests.http.test_feedback_api import NAME, REASON, code_of, in_hand, post, sent
from tests.support.office import asked, command
from tests.support.postgres import FreshDatabase
from tests.support.world import SCHOOL, Town, open_town


async def test_tracking_codes_cannot_be_tried_without_end(database: FreshDatabase, tmp_path: Path) -> None:
    wrong = "0000000000000000"
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        code, look = (await sent(town)).code, town.anonymous.get
        await town.settle()
        assert {(await look(f"/api/track/{wrong}")).status_code for _ in range(TRACKING.capacity)} == {404}
        for tried in (wrong, code):
            assert code_of(await look(f"/api/track/{tried}")) == (429, "too-many-attempts")
        town.pass_time(timedelta(seconds=TRACKING.refill_s))
        assert (await look(f"/api/track/{code}")).status_code == 200
        keys = await town.world.pool.fetch("select key from throttle")
        assert not any(b"127.0.0" in row["key"] for row in keys), "the address itself is kept nowhere"


async def test_a_disclosure_sent_again_opens_nothing_for_who_lost_the_right(town: Town) -> None:
    case_id = await in_hand(town, identity=NAME)
    path, wish = f"/api/submissions/{case_id}/identity-disclosures", command(3)
    first = await post(town, "mai", path, REASON, **wish)
    assert first.json()["identity"]["phone"] == NAME.phone
    assert (await post(town, "mai", path, REASON, **wish)).content == first.content
    await town.do("son", f"/api/submissions/{case_id}/assignments", {"handler_id": str(account_id_of("thu"))})
    assert code_of(await post(town, "mai", path, REASON, **wish)) == (403, "forbidden")
    await town.do("mai", f"/api/feedback/{case_id}/involvements")
    assert code_of(await post(town, "mai", path, REASON, **wish)) == (404, "not-found")


async def test_nothing_is_handed_over_to_an_authority_that_is_not_there(town: Town) -> None:
    case_id = await in_hand(town)
    path = f"/api/feedback/{case_id}/hand-overs"
    for nowhere in (uuid4(), SCHOOL, account_id_of("dung")):
        refused = await post(town, "son", path, {"to_authority_id": str(nowhere), **REASON}, **command(3))
        assert (*code_of(refused), refused.json()["field"]) == (409, "hand-over-to-no-authority", "to_authority_id")
    hidden = await post(town, "dung", path, {"to_authority_id": str(uuid4()), **REASON}, **command(3))
    assert code_of(hidden) == (404, "not-found")


async def test_paper_that_is_refused_leaves_neither_a_name_nor_a_key(town: Town) -> None:
    place, mai = await town.place(), await town.actor("mai")
    keys = {path for path in town.world.vault.folder.rglob("*") if path.is_file()}
    late = town.world.clock.now() - timedelta(days=2)
    for when, refusal in ((late, LateReasonMissingError), (late + timedelta(days=9), ReceivedInFutureError)):
        paper = Submission(text="x" * 40, identity=NAME, channel=Channel.POST, received_at=when)
        with pytest.raises(refusal):
            await town.world.feedback.submit(mai, asked(), place, paper)
    assert {path for path in town.world.vault.folder.rglob("*") if path.is_file()} == keys
    assert await town.world.pool.fetchval("select count(*) from submitter_identity") == 0
