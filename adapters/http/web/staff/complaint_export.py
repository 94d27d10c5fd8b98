"""One complaint as a ZIP (xuất hồ sơ): index of every fact, papers with their SHA-256, for archive, court or superior.

Whole, or covered: without names, texts and papers, for who shall learn only what happened when and by which rule.
"""

from __future__ import annotations

import asyncio
import hashlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.api.complaint_json import complaint_json
from adapters.http.authenticate import SignedIn
from adapters.http.complaints import paper_meta
from adapters.http.disclose import Discloser
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.web.render import language_of
from adapters.http.web.staff.complaint_dossier import ComplaintDossier, open_complaint
from adapters.http.web.staff.exports import About, preamble
from adapters.http.web.staff.history import rows, table
from adapters.http.web.staff.moments import asked_moment
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of
from adapters.http.web.staff.tables import csv_bytes
from application.access import ForbiddenError
from application.complaint_access import exports_complaint
from application.ports import ErasedError
from projections.complaint_view import PaperLine

ZIP = "application/zip"
_ANY_DAY = (2000, 1, 1, 0, 0, 0)
"""No clock enters the archive: the same case exported twice differs in its first lines alone."""


class ComplaintExportController(Controller):
    """The ZIP, from the page of the complaint and from the API."""

    tags = ("Complaints",)

    @get("/complaints/{case_id:str}/export", include_in_schema=False)
    async def page(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        covered: FromQuery[bool] = False,  # noqa: FBT002 - a choice in an address
    ) -> Response[bytes]:
        """For a person at a browser."""
        return await _answer(desk_of(room, request, signed_in), case_id, covered=covered)

    @get(
        "/api/complaints/{case_id:str}/export",
        operation_id="ExportComplaint",
        summary="One complaint as a ZIP",
        media_type=ZIP,
    )
    async def export(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        covered: FromQuery[bool] = False,  # noqa: FBT002 - a choice in an address
    ) -> Response[bytes]:
        """Index of every fact with both clocks, the case as JSON, its papers, and SHA-256 of each.

        `covered`: without names, texts and papers. For who works on it and auditors; `as_of` and `clock` as for the
        case itself.
        """
        return await _answer(desk_of(room, request, signed_in), case_id, covered=covered)


async def _answer(desk: Desk, case_id: str, *, covered: bool) -> Response[bytes]:
    """Raises NotVisibleError, ForbiddenError."""
    dossier = await open_complaint(desk, case_id, asked_moment(desk))
    if not exports_complaint(desk.actor, dossier.answer.state):
        raise ForbiddenError
    if covered:
        shown = Discloser(desk.room.vault, frozenset({"public", "internal"}))
        dossier = msgspec.structs.replace(dossier, answer=msgspec.structs.replace(dossier.answer, disclose=shown))
    name = f"{_plain(dossier.number)}{'-covered' if covered else ''}.zip"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(await _zip(desk, dossier, covered=covered), media_type=ZIP, headers=headers)


async def _zip(desk: Desk, dossier: ComplaintDossier, *, covered: bool) -> bytes:
    words, answer = desk.words, dossier.answer
    said = (words.gettext("Covered: without names, texts and papers"),) if covered else ()
    about = About(f"{words.gettext('Case file')} {dossier.number}", answer.moment, dossier.asked, said)
    lines = await preamble(desk, about)
    heads = [words.label("document", key) for key in ("name", "media", "digest", "address")]
    papers = [] if covered else [await _paper(desk, dossier, line, n) for n, line in enumerate(answer.view.papers, 1)]
    listed = [
        [name, line.paper.media_type, _digest(words, content), line.paper.address] for name, line, content in papers
    ]
    index: dict[str, Any] = {
        "title": about.title,
        "case": dossier.head(),
        "lines": lines,
        "facts": rows(dossier),
        "documents": [dict(zip(("name", "media", "digest", "address"), one, strict=True)) for one in listed],
        "document_heads": heads,
    }
    html = desk.request.app.state.pages.html("case_index.html", index, language_of(desk.request))
    whole = {
        "index.html": html.encode(),
        "index.csv": csv_bytes([*lines, [], *table(dossier)]),
        "papers.csv": csv_bytes([heads, *listed]),
        "case.json": msgspec.json.format(
            msgspec.json.encode(complaint_json(desk.actor, answer, dossier.names, dossier.numbers)), indent=1
        ),
    }
    whole |= {name: content for name, _line, content in papers if content is not None}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in whole.items())
    return await asyncio.to_thread(_packed, {**whole, "SHA256SUMS": sums.encode()})


async def _paper(
    desk: Desk, dossier: ComplaintDossier, line: PaperLine, place: int
) -> tuple[str, PaperLine, bytes | None]:
    """Name in the archive, where it comes from, bytes; None: its key was destroyed, or it is not there any more."""
    suffix = line.paper.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    meta = paper_meta(line.paper, dossier.answer.disclose)
    content: bytes | None = None
    if meta is not None:
        try:
            content = await desk.room.files.read(dossier.answer.view.opened.subject_id, line.paper.address)
        except (ErasedError, FileNotFoundError):
            content = None
    topic = line.topic.removeprefix("complaint.").removesuffix(".v1").replace("_", "-")
    return f"papers/{place:02}-{topic}-{line.field}.{suffix}", line, content


def _digest(words: Any, content: bytes | None) -> str:
    erased: str = words.gettext("Erased")
    return erased if content is None else hashlib.sha256(content).hexdigest()


def _packed(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, _ANY_DAY), content, ZIP_DEFLATED)
    return packed.getvalue()


def _plain(number: str) -> str:
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in number)
