"""The benchmarks can be started: what they measure is read by people, not asserted here."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import benchmarks
from benchmarks import append, pgbench
from tests.support.postgres import FreshDatabase

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
