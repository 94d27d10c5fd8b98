"""Fixtures of the browser tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.support.browser import browser
from tests.support.site import served
from tests.support.world import Town, town

__all__ = ["browser", "town"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Everything in this folder drives a browser, and is counted among what does before a run."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
async def site(town: Town) -> AsyncIterator[str]:
    """The town's pages at an address."""
    async with served(town) as address:
        yield address
