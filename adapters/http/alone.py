"""Decisions of one person where two are asked for, as one reader may see them."""

from __future__ import annotations

import msgspec

from adapters.http.cases import Cases
from application.access import Actor, ForbiddenError, Role
from projections.alone import AloneRow, decided_alone
from projections.case_filters import Filters
from projections.case_index import CaseRow

AUDITS = frozenset({Role.AUDITOR, Role.HEAD})
"""Who reads the list: auditors with a stated purpose, and the heads whom it is about."""
MOST = 200


class Decision(msgspec.Struct, frozen=True):
    """One of them with the line of its case."""

    made: AloneRow
    case: CaseRow


async def decisions(cases: Cases, actor: Actor) -> list[Decision]:
    """The latest first, of cases that this person may see. Raises ForbiddenError."""
    if not actor.roles & AUDITS or actor.authority_id is None:
        raise ForbiddenError
    made = await decided_alone(cases.db, actor.authority_id, limit=MOST)
    if not made:
        return []
    wanted = Filters(case_ids=tuple({one.case_id for one in made}))
    found, _moment = await cases.page(actor, wanted, limit=MOST)
    rows = {row.case_id: row for row in found.rows}
    return [Decision(one, rows[one.case_id]) for one in made if one.case_id in rows]
