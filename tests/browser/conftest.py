"""Fixtures of the browser tests."""

from tests.support.browser import browser
from tests.support.world import town

__all__ = ["browser", "town"]
