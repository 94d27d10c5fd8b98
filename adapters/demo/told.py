"""A case as it was told."""

from __future__ import annotations

import msgspec

from adapters.demo.turn import Step


class Told(msgspec.Struct, frozen=True):
    """What it is about, and its acts in order of time."""

    slug: str
    unit: str
    story: str
    steps: tuple[Step, ...]
