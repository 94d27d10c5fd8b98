"""The pages of one complaint: read it, look back, its history and papers."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.api.case_json import fact_json
from adapters.http.api.complaint_json import fact_told, moment_told, paper_answer
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.alert_lines import alert_lines
from adapters.http.web.staff.complaint_context import complaint_context
from adapters.http.web.staff.complaint_documents import documents_of
from adapters.http.web.staff.complaint_dossier import PATH, ComplaintDossier, open_complaint
from adapters.http.web.staff.history import rows, table
from adapters.http.web.staff.moments import address, asked_moment, band, look_back
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.tables import csv_answer
from application.access import Actor, Role
from application.complaint_access import exports_complaint
from domain.calendar import legal_date


class ComplaintPageController(Controller):
    """`/complaints/{id}` and what hangs below it for reading."""

    path = "/complaints/{case_id:str}"
    include_in_schema = False

    @get("/")
    async def one(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The complaint, now or then."""
        desk = desk_of(room, request, signed_in)
        dossier = await open_complaint(desk, case_id, asked_moment(desk))
        calendar = await room.calendar(desk.actor)
        context = await shell(desk, PATH) | complaint_context(dossier, calendar, desk.actor)
        query = dossier.asked.query()
        context |= {
            "look_back": look_back(dossier.href, dossier.asked, marks=[], happened=True),
            "past": _band(dossier, dossier.href),
            "exports": _exports(dossier, desk.actor),
            "documents": documents_of(dossier) if dossier.answer.moment.live else [],
            "alerts": await alert_lines(desk, path_id(case_id), dossier.answer.moment),
            "history_href": address(f"{dossier.href}/history", query),
        }
        return page(request, "staff/complaint.html", context)

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
        dossier = await open_complaint(desk, case_id, asked_moment(desk))
        query, path = dossier.asked.query(), f"{dossier.href}/history"
        facts = [{**row, "change": None} for row in rows(dossier)]
        context = await shell(desk, PATH) | {
            "case": dossier.head() | {"href": address(dossier.href, query)},
            "facts": facts,
            "topics": Role.AUDITOR in desk.actor.roles,
            "verified": None,
            "look_back": look_back(path, dossier.asked, marks=[], happened=True),
            "past": _band(dossier, path),
            "exports": [{"href": address(f"{path}.{form}", query), "text": form.upper()} for form in ("csv", "json")],
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
        return csv_answer("history.csv", table(await _then(desk_of(room, request, signed_in), case_id)))

    @get("/history.json")
    async def history_json(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The same as the API answers."""
        desk = desk_of(room, request, signed_in)
        dossier = await _then(desk, case_id)
        answer = dossier.answer
        names, posts = dict(dossier.names), dict(dossier.posts)
        facts = [fact_told(desk.actor, fact_json(one, answer.disclose, names, posts)) for one in answer.history]
        headers = {"content-disposition": 'attachment; filename="history.json"'}
        content = {**moment_told(desk.actor, answer.moment), "case_id": case_id, "facts": facts}
        return Response(content, media_type="application/json", headers=headers)

    @get("/files/{file_id:str}")
    async def file(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """A paper, byte for byte as it came."""
        reader = room.complaint_reader
        paper, _name, content = await reader.file(signed_in.actor, path_id(case_id), path_id(file_id))
        return paper_answer(paper, content)


def _exports(dossier: ComplaintDossier, actor: Actor) -> list[Context]:
    """The whole file, and the covered one, for who may take them along."""
    if not exports_complaint(actor, dossier.answer.state):
        return []
    _, href, query = dossier.words.gettext, f"{dossier.href}/export", dossier.asked.query()
    return [
        {"href": address(href, query), "text": _("Whole file (ZIP)")},
        {"href": address(href, {**query, "covered": "1"}), "text": _("Covered, without names, texts and papers (ZIP)")},
    ]


async def _then(desk: Desk, case_id: str) -> ComplaintDossier:
    return await open_complaint(desk, case_id, asked_moment(desk))


def _band(dossier: ComplaintDossier, path: str) -> Context | None:
    """The band on top in the past."""
    answer = dossier.answer
    day = legal_date(answer.moment.at)
    law = dossier.words.known("complaint-word", f"regime/{answer.view.state.regime}")
    return band(path, dossier.asked, {}, since=answer.later, law=f"{law} · {day:%d/%m/%Y}" if law else None)
