"""What tests of the whole application may ask for."""

from __future__ import annotations

from tests.support.world import town

__all__ = ["town"]
