"""The eventsourcing library's own conformance cases, on our recorder, ten times over."""

from __future__ import annotations

import contextlib
import io
import unittest
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)

from tests.contract.bridge import Bridge, EventsOnly
from tests.support.postgres import FreshDatabase

ROUNDS = 10


class OnOurRecorder(unittest.TestCase):
    """What makes the recorder of the case that is run."""

    make: ClassVar[Callable[[], Any]]

    def create_recorder(self) -> Any:
        return type(self).make()


class Aggregates(OnOurRecorder, AggregateRecorderTestCase):
    __test__ = False


class Applications(OnOurRecorder, ApplicationRecorderTestCase[Any]):
    __test__ = False


class Processes(OnOurRecorder, ProcessRecorderTestCase):
    __test__ = False


class Cursors(OnOurRecorder, TrackingRecorderTestCase):
    __test__ = False


class NotInterleaving(OnOurRecorder, NonInterleavingNotificationIDsBaseCase):
    __test__ = False


CASES = [
    (case, name)
    for case in (Aggregates, Applications, Processes, Cursors, NotInterleaving)
    for name in dir(case)
    if name.startswith(("test", "optional_test")) and callable(getattr(case, name))
]


@pytest.fixture
def make_bridge(database: FreshDatabase) -> Iterator[Callable[[type[Bridge]], Bridge]]:
    """Makes recorders that are closed after the test."""
    made: list[Bridge] = []

    def make(kind: type[Bridge]) -> Bridge:
        made.append(kind(database))
        return made[-1]

    yield make
    for bridge in made:
        bridge.close()


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize(("case", "name"), CASES, ids=[f"{case.__name__}.{name}" for case, name in CASES])
def test_our_recorder_passes(
    case: type[OnOurRecorder], name: str, turn: int, make_bridge: Callable[[type[Bridge]], Bridge]
) -> None:
    case.make = lambda: make_bridge(EventsOnly if case is Aggregates else Bridge)
    result = unittest.TestResult()
    with contextlib.redirect_stdout(io.StringIO()):
        case(name).run(result)
    assert result.testsRun == 1
    assert not result.errors, result.errors[0][1]
    assert not result.failures, result.failures[0][1]
    assert not result.skipped


def test_all_five_families_are_run() -> None:
    assert {case.__name__: sum(1 for c, _ in CASES if c is case) for case, _ in CASES} == {
        "Aggregates": 2,
        "Applications": 5,
        "Processes": 4,
        "Cursors": 2,
        "NotInterleaving": 1,
    }
