"""What was decided by one person where two are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from litestar import Controller, get

from adapters.http.alone import decisions
from adapters.http.cases import Cases
from adapters.http.injected import Injected
from adapters.http.naming import Naming
from application.access import Actor


class AloneDecision(msgspec.Struct, frozen=True, kw_only=True):
    """`what`: an answer, a correction of one, or spam. `number` is empty until the register has the case."""

    case_id: UUID
    number: str
    what: Literal["answer", "correction", "spam"]
    by: UUID
    by_name: str | None
    at: datetime
    reason: str


class AloneDecisions(msgspec.Struct, frozen=True):
    """The latest first, at most 200."""

    decisions: list[AloneDecision]


class AloneController(Controller):
    path = "/api/alone-decisions"
    tags = ("Audit",)

    @get("", operation_id="ListAloneDecisions", summary="Decisions of one person where two are asked for")
    async def list_alone(
        self, actor: Injected[Actor], cases: Injected[Cases], naming: Injected[Naming]
    ) -> AloneDecisions:
        """Cơ quan chỉ có một người. For auditors with a stated purpose, and for heads: of cases that you may see."""
        found = await decisions(cases, actor)
        names = await naming.names([one.made.person_id for one in found])
        return AloneDecisions(
            [
                AloneDecision(
                    case_id=one.case.case_id,
                    number=one.case.number,
                    what=one.made.what,  # type: ignore[arg-type]  # the projection writes these three words
                    by=one.made.person_id,
                    by_name=names.get(one.made.person_id),
                    at=one.made.at,
                    reason=one.made.reason,
                )
                for one in found
            ]
        )
