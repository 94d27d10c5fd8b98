"""The pages of one case: read it, look back, compare, its history and files."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.api.case_json import fact_json, of_moment
from adapters.http.api.cases import file_response, original_response
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.alert_lines import alert_lines
from adapters.http.web.staff.case_context import case_context, readers_of
from adapters.http.web.staff.case_explanations import case_explanations
from adapters.http.web.staff.case_export import may_export
from adapters.http.web.staff.case_ways import case_ways
from adapters.http.web.staff.comparing import compared, compared_moment, only_in
from adapters.http.web.staff.dossier import Dossier, colleagues, open_dossier
from adapters.http.web.staff.history import rows, table
from adapters.http.web.staff.looking_back import case_band, case_look_back
from adapters.http.web.staff.moments import address, asked_moment, look_back, second_moment
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.tables import csv_answer
from adapters.http.web.staff.terms import case_terms
from application.access import Role
from application.privacy import SEES


async def case_page(desk: Desk, dossier: Dossier, **more: Any) -> Context:
    """Everything that `case.html` wants, for this moment."""
    moment, view = dossier.answer.moment, dossier.answer.view
    law = await desk.room.law.at(view.authority_id, moment.at)
    people = await colleagues(desk, view.authority_id, dossier.asked.at)
    terms = case_terms(view, moment.day, law.calendar, desk.words)
    now = dossier if moment.live else await open_dossier(desk, view.case_id)
    context = await shell(desk, "/cases") | case_context(dossier, terms, readers_of(dossier, people))
    context["look_back"] = case_look_back(dossier, now.answer.history)
    context["past"] = case_band(dossier, people)
    context["explanations"] = await case_explanations(desk, dossier)
    context["ways"] = await case_ways(desk, dossier)
    context["alerts"] = await alert_lines(desk, view.case_id, moment)
    if context["next"] and view.holder_id is None:  # until somebody takes it, the hour comes before the day
        context["next"]["hour"] = next((one["title"] for one in context["alerts"] if one["by_the_hour"]), None)
    context["export"] = address(f"{dossier.href}/export", dossier.asked.query()) if may_export(desk, dossier) else None
    context["erasure"] = f"{dossier.href}/erasure" if desk.actor.roles & SEES else None
    return context | more


async def dossier_then(desk: Desk, case_id: str) -> Dossier:
    """At the moment that the address asks for.

    A moment that cannot be read shows the present with the fault beside the form. Before the case began there is
    nothing to see: NotVisibleError, as for a case that is not there.
    """
    return await open_dossier(desk, case_id, asked_moment(desk))


def _whole(desk: Desk, dossier: Dossier) -> list[Context]:
    href = address(f"{dossier.href}/export", dossier.asked.query())
    return [{"href": href, "text": "ZIP"}] if may_export(desk, dossier) else []


class CasePageController(Controller):
    """`/cases/{id}` and what hangs below it for reading."""

    path = "/cases/{case_id:str}"
    include_in_schema = False

    @get("/")
    async def case(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The case, now or then."""
        desk = desk_of(room, request, signed_in)
        dossier = await dossier_then(desk, case_id)
        return page(request, "staff/case.html", await case_page(desk, dossier))

    @get("/history")
    async def history(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Every fact with actor, post, both clocks and reason."""
        desk = desk_of(room, request, signed_in)
        dossier = await dossier_then(desk, case_id)
        query, path = dossier.asked.query(), f"{dossier.href}/history"
        people = await colleagues(desk, dossier.answer.view.authority_id, dossier.asked.at)
        past = case_band(dossier, people)
        context = await shell(desk, "/cases") | {
            "case": dossier.head() | {"href": address(dossier.href, query)},
            "facts": rows(dossier),
            "topics": Role.AUDITOR in desk.actor.roles,
            "verified": None,
            "look_back": look_back(path, dossier.asked, marks=[], happened=True),
            "past": past and past | {"now": path, "link": address(path, query)},
            "exports": [
                *_whole(desk, dossier),
                {"href": address(f"{path}.csv", query), "text": "CSV"},
                {"href": address(f"{path}.json", query), "text": "JSON"},
            ],
        }
        return page(request, "staff/history.html", context)

    @get("/history.csv")
    async def history_csv(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """For a spreadsheet, without the texts of people."""
        dossier = await dossier_then(desk_of(room, request, signed_in), case_id)
        return csv_answer("history.csv", table(dossier))

    @get("/history.json")
    async def history_json(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The same as the API answers."""
        dossier = await dossier_then(desk_of(room, request, signed_in), case_id)
        answer = dossier.answer
        facts = [fact_json(fact, answer.disclose, dict(dossier.names), dict(dossier.posts)) for fact in answer.history]
        headers = {"content-disposition": 'attachment; filename="history.json"'}
        content = {**of_moment(answer.moment), "case_id": case_id, "facts": facts}
        return Response(content, media_type="application/json", headers=headers)

    @get("/compare")
    async def compare(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One moment beside another, or beside now."""
        desk = desk_of(room, request, signed_in)
        then, other = await dossier_then(desk, case_id), second_moment(desk)
        if then.asked.at is None and not then.asked.fault:
            return to(then.href)
        after = await open_dossier(desk, case_id, other)
        rows = compared(then, after)
        context = await shell(desk, "/cases") | {
            "case": after.head() | {"href": address(after.href, then.asked.query())},
            "action": f"{after.href}/compare",
            "first": compared_moment(then),
            "second": compared_moment(after),
            "rows": rows,
            "changed": sum(row["changed"] for row in rows),
            "added": only_in(after, then),
            "gone": only_in(then, after),
            "errors": {key: asked.fault for key, asked in (("as_of", then.asked), ("with", other)) if asked.fault},
        }
        return page(request, "staff/compare.html", context)

    @get("/files/{file_id:str}")
    async def file(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """A photo or paper of the case."""
        answer = await room.cases.feedback(signed_in.actor, path_id(case_id))
        return await file_response(answer, path_id(file_id), room.files)

    @get("/files/{file_id:str}/original")
    async def original(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """The scan as it came, to be kept as evidence."""
        answer = await room.cases.feedback(signed_in.actor, path_id(case_id))
        return await original_response(answer, path_id(file_id), room.files)
