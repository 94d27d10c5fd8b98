"""The benchmarks can be started: what they measure is read by people, not asserted here."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import benchmarks
from adapters.bootstrap import READ_MODELS, prepare_schema
from adapters.postgres.supervisor import Supervisor
from adapters.postgres.verify import verify
from benchmarks import append, loading, pgbench, reading, town
from benchmarks.ground import Ground
from projections.case_index import CaseIndex
from tests.support.postgres import FreshDatabase
from tests.support.running import rebuilt

MODULES = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
SECONDS = 0.3


@pytest.mark.parametrize("name", MODULES)
def test_every_module_of_the_benchmarks_imports(name: str) -> None:
    assert importlib.import_module(f"benchmarks.{name}").__doc__


async def test_sixteen_writers_append_for_a_moment(database: FreshDatabase) -> None:
    async with append.working_store(database.database) as store:
        rate = await append.ours(store, SECONDS)
    assert rate.count == await (await database.pool()).fetchval("select count(*) from log") >= append.WRITERS


def test_pgbench_gets_the_statement_of_the_store_with_every_parameter_filled() -> None:
    script = pgbench.script(*append.stored(), append.FACTS_OF_A_STREAM)
    assert "$" not in script
    assert "pg_current_xact_id_if_assigned() is null" in script
    assert script.endswith("select max(pos) from ev;\n")


async def test_what_is_loaded_past_the_desks_is_what_the_product_makes_of_the_same_facts(
    database: FreshDatabase, tmp_path: Path
) -> None:
    await prepare_schema(database.database)
    await town.found(database.database, tmp_path)
    facts = await loading.load(database.database, tmp_path, 40)
    made = {model.name: model for model in await rebuilt(database, READ_MODELS)}
    assert [name for name, model in made.items() if not model.equal or model.parked] == []
    assert made[CaseIndex.name].rows > 400
    pool = await database.pool()
    assert await verify(pool) == []
    assert await pool.fetchval("select max(log_index) from log") > facts > 400
    current = await pool.fetchval("select count(*) from pg_indexes where schemaname = 'read_model'")
    assert current == sum(1 + len(model.indexes) for model in READ_MODELS), "every index is there again"


async def test_growth_is_told_of_every_page(postgres_server: Supervisor, tmp_path: Path) -> None:
    found = await reading.figures(Ground(postgres_server), tmp_path, (40, 80), times=2)
    told = [figure.name for figure in found]
    for page in reading.AIMS:
        assert f"{page}, 80 cases: p95" in told
        assert f"{page}: growth of p95 from 40 cases" in told
    assert all(figure.value > 0 for figure in found)
