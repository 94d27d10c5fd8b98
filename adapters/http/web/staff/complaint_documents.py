"""Official papers of a complaint, filled from what is recorded: as PDF to print and sign, as DOCX to edit."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web.staff.complaint_dossier import ComplaintDossier, open_complaint
from adapters.http.web.staff.moments import asked_moment
from adapters.http.web.staff.room import Context, StaffRoom, desk_of
from adapters.papers.complaint_case import Known, filled, possible
from adapters.papers.complaints import PAPERS
from adapters.papers.docx import docx_of
from adapters.papers.pdf import pdf_of
from application.access import NotVisibleError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ComplaintDocumentController(Controller):
    """`/complaints/{id}/papers/{code}.pdf` and `.docx`; with `as_of` as the case stood then."""

    path = "/complaints/{case_id:str}/papers"
    include_in_schema = False

    @get("/{paper:str}")
    async def made(
        self,
        case_id: FromPath[str],
        paper: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """The same facts give the same bytes, whenever it is asked for."""
        desk = desk_of(room, request, signed_in)
        dossier = await open_complaint(desk, case_id, asked_moment(desk))
        code, _dot, suffix = paper.partition(".")
        view = dossier.answer.view
        if suffix not in ("pdf", "docx") or code not in possible(view.state):
            raise NotVisibleError
        if not dossier.answer.disclose.sees("personal"):
            raise NotVisibleError
        area = view.state.area_id
        names = {**dossier.names, **await room.naming.names([area])}
        document = PAPERS[code](filled(Known(view=view, names=names, said=dossier.said), code))
        content = await (pdf_of(document) if suffix == "pdf" else docx_of(document))
        headers = {
            "Content-Disposition": f'inline; filename="{code}.{suffix}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        }
        return Response(content, media_type="application/pdf" if suffix == "pdf" else DOCX, headers=headers)


def documents_of(dossier: ComplaintDossier) -> list[Context]:
    """What can be made now, in the order in which it is needed."""
    if not dossier.answer.disclose.sees("personal"):
        return []
    path = f"{dossier.href}/papers"
    word = dossier.words.label
    return [
        {"title": word("complaint-paper", code), "pdf": f"{path}/{code}.pdf", "docx": f"{path}/{code}.docx"}
        for code in possible(dossier.answer.view.state)
    ]
