"""One case as a ZIP: an index of every fact with actor, post, both clocks and reason, and the files with their SHA-256.

For handler, heads and auditors who may see the case today; what their post may not read stays out.
"""

from __future__ import annotations

import asyncio
import hashlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.api.case_json import case_json
from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web import i18n
from adapters.http.web.render import language_of
from adapters.http.web.staff.comparing import files_of
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.exports import About, preamble
from adapters.http.web.staff.history import rows, table
from adapters.http.web.staff.moments import asked_moment
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of
from adapters.http.web.staff.tables import csv_bytes
from application.access import ForbiddenError, Role
from application.ports import ErasedError

ZIP = "application/zip"


class Document(msgspec.Struct, frozen=True):
    """A photo or paper of the case. `content` None: its key was destroyed, or it is not there any more."""

    name: str
    media_type: str
    address: str
    content: bytes | None

    @property
    def digest(self) -> str:
        """SHA-256 of the file as it lies in the ZIP."""
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else ""


def may_export(desk: Desk, dossier: Dossier) -> bool:
    """Whoever handles the case, heads and auditors."""
    roles = desk.actor.roles
    return dossier.answer.state.holder_id == desk.actor.id or bool(roles & {Role.HEAD, Role.AUDITOR})


async def case_zip(desk: Desk, dossier: Dossier) -> bytes:
    """Everything that this person may read of the case at the moment that is asked for."""
    words, answer = desk.words, dossier.answer
    about = About(f"{words.gettext('Case file')} {dossier.number}", answer.moment, dossier.asked, ())
    lines = await preamble(desk, about)
    documents = [await _document(desk, dossier, item, place) for place, item in enumerate(_readable(dossier), start=1)]
    heads = [words.label("document", key) for key in ("name", "media", "digest", "address")]
    listed = [[one.name, one.media_type, one.digest or words.gettext("Erased"), one.address] for one in documents]
    index: dict[str, Any] = {
        "title": about.title,
        "case": dossier.head(),
        "lines": lines,
        "facts": rows(dossier),
        "documents": [dict(zip(("name", "media", "digest", "address"), line, strict=True)) for line in listed],
        "document_heads": heads,
    }
    pages = desk.request.app.state.pages
    html = pages.html("case_index.html", index, language_of(desk.request))
    whole = {
        "index.html": html.encode(),
        "index.csv": csv_bytes([*lines, [], *_with_details(dossier)]),
        "documents.csv": csv_bytes([heads, *listed]),
        "case.json": msgspec.json.format(msgspec.json.encode(case_json(answer, dossier.names)), indent=1),
    }
    whole |= {one.name: one.content for one in documents if one.content is not None}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in whole.items())
    return await asyncio.to_thread(_packed, {**whole, "SHA256SUMS": sums.encode()})


def _readable(dossier: Dossier) -> list[Any]:
    return files_of(dossier) if dossier.answer.disclose.sees("personal") else []


async def _document(desk: Desk, dossier: Dossier, item: Any, place: int) -> Document:
    suffix = item.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    content: bytes | None = None
    try:
        content = await desk.room.files.read(dossier.answer.view.opened.subject_id, item.address)
    except (ErasedError, FileNotFoundError):
        content = None
    return Document(f"files/{place:02}.{suffix}", item.media_type, item.address, content)


def _with_details(dossier: Dossier) -> list[list[str]]:
    """The table of the history with what each fact says in its last column."""
    head, *facts = table(dossier)
    told = ["; ".join(f"{label}: {value}" for label, value in row["details"]) for row in rows(dossier)]
    return [
        [*head, dossier.words.label("column", "details")],
        *([*fact, text] for fact, text in zip(facts, told, strict=True)),
    ]


def _packed(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


async def _answer(desk: Desk, case_id: str) -> Response[bytes]:
    """Raises NotVisibleError, ForbiddenError."""
    dossier = await open_dossier(desk, case_id, asked_moment(desk))
    if not may_export(desk, dossier):
        raise ForbiddenError
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "-" for sign in dossier.number)
    name = f"{plain}-{i18n.local(dossier.answer.moment.at):%Y%m%d-%H%M}.zip"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(await case_zip(desk, dossier), media_type=ZIP, headers=headers)


class CaseExportController(Controller):
    """The ZIP, from the page of the case and from the API."""

    tags = ("Cases",)

    @get("/cases/{case_id:str}/export", include_in_schema=False)
    async def page(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """For a person at a browser."""
        return await _answer(desk_of(room, request, signed_in), case_id)

    @get("/api/cases/{case_id:str}/export", operation_id="ExportCase", summary="One case as a ZIP", media_type=ZIP)
    async def export(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """Index of every fact with both clocks (HTML, CSV), the case as JSON, its files, and SHA-256 of each.

        For handler, heads and auditors; `as_of` and `clock` as for the case itself.
        """
        return await _answer(desk_of(room, request, signed_in), case_id)
