"""The projector is killed with -9 at random points; what it leaves is what the facts say.

Here with toy read models of every sort (one without history, one that mixes keys); test_real_rebuild.py does the same
to the read models of the product.
"""

from __future__ import annotations

import importlib

import pytest

from adapters.postgres.log import PostgresLog
from adapters.postgres.runner import ProjectionRunner
from tests.support.counting import story, tell
from tests.support.postgres import FreshDatabase
from tests.support.running import kill_runner_at_random_points, make_tables, rebuilt


@pytest.mark.parametrize("projections", ["tests.support.counting:read_models"])
async def test_live_read_models_equal_their_rebuild_after_ten_kills(database: FreshDatabase, projections: str) -> None:
    module, _, function = projections.partition(":")
    models = getattr(importlib.import_module(module), function)()
    await make_tables(database, models)
    pool = await database.pool()
    await tell(pool, story(5000, counters=200, seed=11), per_tick=5)
    head = (await PostgresLog(pool).head()).log_index
    assert head >= 5000
    killed_at = await kill_runner_at_random_points(database, projections, kills=10, batch=50)
    assert sum(1 for cursor in killed_at if cursor < head) >= 8, killed_at
    runner = ProjectionRunner(pool, PostgresLog(pool), models)
    await runner.catch_up()
    assert [(one.cursor, one.parked, one.halted) for one in await runner.status()] == [(head, 0, None)] * len(models)
    for result in await rebuilt(database, models):
        assert result.rows > 0, result.name
        assert result.equal, result.name
