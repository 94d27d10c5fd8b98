"""A case as it was told."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from adapters.demo.ledger import Value
from adapters.demo.turn import Step, case_id_of


class Told(msgspec.Struct, frozen=True):
    """What it is about, and its acts in order of time."""

    slug: str
    unit: str
    story: str
    steps: tuple[Step, ...]
    case_of: UUID | None = None

    @property
    def case_id(self) -> UUID:
        """The stream."""
        return self.case_of or case_id_of(self.slug)

    @property
    def standing(self) -> Mapping[str, Value]:
        """What the ledger says of it in the end."""
        return {key: value for step in self.steps for key, value in step.then.items()}
