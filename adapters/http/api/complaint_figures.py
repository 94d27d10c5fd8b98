"""Figures of complaints in a period, as of any moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from litestar import Controller, get

from adapters.http.api.case_json import Json
from adapters.http.api.cases import AsOf, moment_of
from adapters.http.api.complaint_json import moment_told
from adapters.http.complaint_figures import asked_span, figures_for
from adapters.http.complaints import ComplaintReader, must_list
from adapters.http.injected import FromQuery, Injected
from adapters.http.naming import Naming
from application.access import Actor
from projections.complaint_figures import ComplaintFigures

Kind = Literal["month", "quarter", "half-year", "year", "days"]


class ComplaintFiguresController(Controller):
    path = "/api/complaint-figures"
    tags = ("Complaints",)

    @get("/", operation_id="GetComplaintFigures", summary="Figures of complaints")
    async def figures(
        self,
        *,
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        naming: Injected[Naming],
        period: FromQuery[Kind] = "quarter",
        first: FromQuery[date | None] = None,
        last: FromQuery[date | None] = None,
        as_of: AsOf = None,
    ) -> Json:
        """Of the month, quarter, half-year or year that holds `first` (today where it is left out), or of two days.

        Counted from what you may see today; with `as_of` from what had been recorded by then.
        """
        must_list(actor)
        moment = await complaints.moment(moment_of(as_of))
        found = await figures_for(complaints, actor, asked_span(period, first, last, moment.day), moment)
        names = await naming.names([*found.units, *found.skipping])
        return {**moment_told(actor, moment), **_json(found, names)}


def _json(found: ComplaintFigures, names: Mapping[UUID, str]) -> dict[str, Any]:
    def unit(place_id: UUID) -> dict[str, str]:
        return {"id": str(place_id), "name": names.get(place_id, "")}

    return {
        "period": {"first": found.span.first, "last": found.span.last},
        "standing_on": found.day,
        "received": {
            "total": found.received,
            "by_level": found.levels,
            "by_target": found.targets,
            "by_unit": [{"unit": unit(one), "received": found.units[one]} for one in sorted(found.units)],
        },
        "accepted": found.accepted,
        "refused": {"total": found.refused, "by_ground": found.grounds},
        "transferred": found.transferred,
        "guided": found.guided,
        "withdrawn": found.withdrawn,
        "decided": {"total": found.decided, "by_outcome": found.outcomes},
        "open": found.open,
        "overdue": found.overdue,
        "on_time": [
            {"duty": duty, "done": one.done, "in_time_happened": one.happened, "in_time_recorded": one.recorded}
            for duty, one in found.on_time.items()
        ],
        "level_skipping": [
            {"unit": unit(one), "received": skip.received, "at_authority_first": skip.at_authority}
            for one, skip in sorted(found.skipping.items())
        ],
    }
