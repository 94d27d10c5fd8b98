"""Fixtures of the browser tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.browser import browser
from tests.support.site import served
from tests.support.world import Town, town

__all__ = ["browser", "town"]


@pytest.fixture
async def site(town: Town) -> AsyncIterator[str]:
    """The town's pages at an address."""
    async with served(town) as address:
        yield address
