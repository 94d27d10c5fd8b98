"""A list shows one place in the log, also while its read models are not equally far."""

from __future__ import annotations

from pathlib import Path

from adapters.bootstrap import READ_MODELS, open_world
from adapters.http.cases import READ
from adapters.postgres.runner import ProjectionRunner
from adapters.settings import Settings
from application.feedback_intake import Submission
from projections.case_filters import Filters
from projections.case_index import CaseIndex
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.world import CITIZEN, SCHOOL, open_town

TEXT = "Mái tôn sân trường bị dột, đề nghị xem (demo)."


async def test_a_list_is_that_of_the_slowest_read_model_and_can_be_asked_for_again(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_town(database, tmp_path) as town:
        await town.submit(Submission(text=TEXT))
        await town.settle()
        head = await town.actor("son")
    async with open_world(Settings(data_dir=tmp_path), database.database) as world:  # no worker runs here
        place = await world.places.by_id(SCHOOL)
        assert place is not None
        await world.feedback.submit(CITIZEN, asked(), place, Submission(text=TEXT))
        await world.sequencer.tick()
        ahead = [model for model in READ_MODELS if isinstance(model, CaseIndex)]
        await ProjectionRunner(world.pool, world.log, ahead).catch_up()
        assert await world.db.cursor_of((CaseIndex.name,)) > await world.db.cursor_of(READ)
        page, moment = await world.cases.page(head, Filters())
        assert moment.mark.recorded_at is not None
        again, _ = await world.cases.page(head, Filters(), moment=await world.cases.moment(moment.mark.recorded_at))
        assert (page.total, page.rows) == (again.total, again.rows)
        assert page.total == 1
        await world.settle()
        assert (await world.cases.page(head, Filters()))[0].total == 2
