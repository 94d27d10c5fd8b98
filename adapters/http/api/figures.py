"""Figures of cases as JSON, as of any moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, named, of_moment
from adapters.http.api.cases import AsOf, moment_of
from adapters.http.cases import Cases
from adapters.http.figures import ROLES, EndedMonths
from adapters.http.injected import FromQuery, Injected
from adapters.http.naming import Naming
from application.access import Actor, ForbiddenError
from projections.case_figures import AGES, Figures, Period, Share, Wanted


class FiguresController(Controller):
    path = "/api/figures"
    tags = ("Cases",)

    @get("", operation_id="GetFigures", summary="Figures of the cases that you may see")
    async def figures(
        self,
        *,
        actor: Injected[Actor],
        cases: Injected[Cases],
        naming: Injected[Naming],
        ended_months: Injected[EndedMonths],
        area: FromQuery[UUID | None] = None,
        first: Annotated[date | None, QueryParameter(name="from", description="First day of the period.")] = None,
        last: Annotated[date | None, QueryParameter(name="to", description="Last day of the period.")] = None,
        as_of: AsOf = None,
    ) -> Json:
        """Stocks at the moment, flows of the period (without one, the last twelve months).

        Channels are those of the whole authority in months that are over; counts below 5 are left out, and others from
        which they could be worked out.
        """
        if not actor.roles & ROLES:
            raise ForbiddenError
        at, period = moment_of(as_of), Period(first=first, last=last, area_id=area)
        found, shown = await cases.figures(actor, period, await cases.moment(at) if at else None)
        names = await naming.names(found.areas)
        return {
            **of_moment(shown),
            **_json(found, period.on(shown.day), names),
            "channels": [
                {"month": f"{month.first:%Y-%m}", "counts": month.counts}
                for month in await ended_months.channels(actor, shown)
            ],
        }


def _json(found: Figures, wanted: Wanted, names: Mapping[UUID, str]) -> Json:
    return {
        "day": wanted.day.isoformat(),
        "from": wanted.first.isoformat(),
        "to": wanted.last.isoformat(),
        **_share(found.total),
        "answered": found.answered,
        "days_to_answer": {"median": found.median, "ninetieth_percentile": found.ninetieth},
        "ages": [
            {"from_days": youngest, "to_days": oldest, "open": count}
            for (youngest, oldest), count in zip(AGES, found.ages, strict=True)
        ],
        "categories": [{"category": code, **_share(share)} for code, share in sorted(found.categories.items())],
        "areas": [
            {"area": named(area, names), **_share(share)}
            for area, share in sorted(found.areas.items(), key=lambda item: str(item[0]))
        ],
        "months": [
            {"month": f"{month.first:%Y-%m}", "received": month.received, "answered": month.answered}
            for month in found.months
        ],
    }


def _share(share: Share) -> dict[str, Any]:
    return {"received": share.received, "open": share.open, "overdue": share.overdue}
