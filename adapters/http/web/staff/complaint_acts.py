"""Doing something to a complaint: each act has a page of its own, which comes back with what was typed if refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.complaints import PAPERS_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.complaints import READ
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import InvalidInputError
from adapters.http.web.render import page
from adapters.http.web.staff.complaint_context import notes_of
from adapters.http.web.staff.complaint_dossier import PATH, ComplaintDossier, open_complaint
from adapters.http.web.staff.complaint_forms import SECTIONS, Choices, WishForm, scans_in
from adapters.http.web.staff.forms import PAGE, Errors, Typed, new_command, refusal, typed_of
from adapters.http.web.staff.history import timeline
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError
from application.complaint_access import resolves
from application.complaint_commands import INTENTIONS
from application.execute import StaleVersionError, VersionMissingError
from application.feedback_intake import Scan
from application.ports import FileRefusedError, OutcomeUnknownError
from domain.complaints.deciding_events import DecisionDrafted
from domain.complaints.terms import REGIMES
from domain.kernel import RefusalError

WARNING = frozenset({"refusals", "terminations", "transfers", "involvements", "effects", "publication-endings"})
"""Acts that are hard to undo."""
HIDES = frozenset({"involvements", "transfers", "assignments"})
"""Afterwards the case may be out of sight."""


class ComplaintActController(Controller):
    """`/complaints/{id}/{act}`."""

    path = "/complaints/{case_id:str}/{act:str}"
    include_in_schema = False

    @get("/")
    async def form(
        self,
        case_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The form; the case itself when the act is not possible now."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)
        await _must_do(desk, identifier, act)
        dossier = await open_complaint(desk, identifier)
        if act not in dossier.answer.actions:
            return to(f"{dossier.href}?done=not-now")
        return await _page(desk, act, dossier)

    @post("/", status_code=200, request_max_body_size=PAPERS_LIMIT)
    async def do(
        self,
        case_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Done, and on to the case; or the form again with what is wrong."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)

        async def seen() -> None:
            await _must_do(desk, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        await seen()
        typed = await typed_of(request)
        form = WishForm(INTENTIONS[act].shape, desk.words, typed)
        scans = await scans_in(request, form.file_fields())
        dossier = await open_complaint(desk, identifier)
        form = await _form(desk, act, dossier, typed)
        if await room.complaints.known(wish) is None:
            if wish.if_version is None:
                raise VersionMissingError
            if wrong := form.faults(scans):
                return await _page(desk, act, dossier, typed, wrong, lost=len(scans), version=wish.if_version)
        try:
            receipt = await room.complaints.act(desk.actor, wish, identifier, act, form.wish(scans))
        except (RefusalError, InvalidInputError, FileRefusedError) as error:
            return await _refused(desk, act, dossier, typed, scans, error)
        except StaleVersionError as error:
            return await _stale(desk, act, identifier, typed, len(scans), error)
        except OutcomeUnknownError:
            retry = {"action": request.url.path, "fields": [list(pair) for pair in typed.texts()]}
            told = {"status": 503, "retry": retry}
            return page(request, "error.html", told, status_code=503, headers={"retry-after": "2"})
        await room.visibility.visible(receipt, READ)
        if act in HIDES and not await _still_seen(desk, identifier):
            return to(f"{PATH}?done=complaint-{act}")
        return to(f"{PATH}/{identifier}?done=complaint-{act}")


async def _must_do(desk: Desk, case_id: UUID, act: str) -> None:
    """Raises NotVisibleError for what is no act."""
    if act not in INTENTIONS:
        raise NotVisibleError
    await desk.room.complaints.must_see(desk.actor, case_id, act)


async def _form(desk: Desk, act: str, dossier: ComplaintDossier, typed: Typed | None) -> WishForm:
    state = dossier.answer.state
    choices: dict[str, list[tuple[str, str]]] = {}
    shape = INTENTIONS[act].shape
    if {"official_id", "verifier_ids"} & set(shape.__struct_fields__):
        people = await desk.room.complaint_reader.workers(state)
        names = await desk.room.naming.names(worker.id for worker in people)
        told = [(str(one.id), f"{names.get(one.id, dossier.anonymous)}, {one.post}") for one in people]
        choices |= {"official_id": told, "verifier_ids": told}
    if act == "regimes":
        choices["regime"] = [(code, desk.words.label("complaint-word", f"regime/{code}")) for code in REGIMES]
    oneself = act == "involvements" and not resolves(desk.actor, state)
    only = {"ground": sorted(ground.value for ground in state.found)} if act == "refusals" else {}
    return WishForm(
        shape,
        desk.words,
        typed,
        preset=_preset(act, dossier),
        choices=_tupled(choices),
        only=only,
        without=frozenset({"official_id"} if oneself else ()),
    )


def _tupled(choices: Mapping[str, list[tuple[str, str]]]) -> Choices:
    return {name: tuple(items) for name, items in choices.items()}


def _preset(act: str, dossier: ComplaintDossier) -> dict[str, str]:
    """What the case says already: the last draft, what the acceptance found."""
    state = dossier.answer.state
    if act == "drafts":
        drafted = dossier.answer.view.last(DecisionDrafted)
        texts = (
            {f"{SECTIONS}.{part.section.value}": dossier.text(part.text) or "" for part in drafted.sections}
            if drafted
            else {}
        )
        return {**texts, "outcome": drafted.outcome.value if drafted else ""}
    if act == "circumstances":
        return {"remote": "yes" if state.remote else "no", "complexity": state.complexity.value}
    return {}


async def _page(
    desk: Desk,
    act: str,
    dossier: ComplaintDossier,
    typed: Typed | None = None,
    errors: Errors | None = None,
    *,
    lost: int = 0,
    status_code: int = 0,
    changes: list[Context] | None = None,
    version: int | None = None,
) -> Response[str]:
    words, view = desk.words, dossier.answer.view
    form = await _form(desk, act, dossier, typed)
    context = await shell(desk, PATH, errors=errors or {}) | {
        "title": words.label("complaint-act", act),
        "caption": f"{dossier.number} · {dossier.title()}",
        "explain": _explained(dossier, act),
        "back": dossier.href,
        "version": view.version if version is None else version,
        "action": f"{dossier.href}/{act}",
        "command_id": new_command(),
        "inputs": [field.context() for field in form.fields()],
        "do": words.known("complaint-do", act) or words.label("complaint-act", act),
        "warning": act in WARNING,
        "keeps": True,
        "previews": _previews(dossier, act),
        "lost": lost,
        "changes": changes or [],
        "beside_title": words.gettext("What is complained of, and why"),
        "beside": dossier.text(view.opened.content) or None,
    }
    return page(desk.request, "staff/act.html", context, status_code=status_code or (400 if errors else 200))


def _explained(dossier: ComplaintDossier, act: str) -> list[str]:
    """What the act means, and for a reading of the law what hangs on it."""
    text = dossier.words.known("complaint-explain", act)
    return [*([text] if text else []), *(notes_of(dossier) if act in ("readings", "effects") else [])]


def _previews(dossier: ComplaintDossier, act: str) -> list[Context]:
    """The draft, before the one who signs it or gives it back."""
    drafted = dossier.answer.view.last(DecisionDrafted) if act in ("approvals", "returns") else None
    if drafted is None:
        return []
    _, word = dossier.words.gettext, dossier.words.label
    parts = [
        f"{word('complaint-word', f'section/{part.section.value}')}\n{dossier.said(part.text)}"
        for part in drafted.sections
    ]
    told = {"number": drafted.draft_number, "outcome": dossier.word("outcome", drafted.outcome)}
    return [{"title": _("DRAFT no. %(number)s: %(outcome)s") % told, "text": "\n\n".join(parts)}]


async def _refused(
    desk: Desk, act: str, dossier: ComplaintDossier, typed: Typed, scans: Mapping[str, Scan], error: Exception
) -> Response[str]:
    """The sentence at its field; a refusal is 409, as in the API."""
    dossier = await open_complaint(desk, dossier.answer.view.case_id)
    form = await _form(desk, act, dossier, typed)
    aliases, files = form.aliases(), form.file_fields()
    if section := getattr(error, "details", {}).get("section"):
        aliases[SECTIONS] = f"{SECTIONS}.{section}"
    if isinstance(error, FileRefusedError) and files:
        aliases |= dict.fromkeys(("", "photos", "files"), files[min(error.position, len(files) - 1)])
    errors = refusal(error, desk.words, form.fields(), aliases)
    status = 409 if isinstance(error, RefusalError) else 400
    return await _page(desk, act, dossier, typed, errors, lost=len(scans), status_code=status)


async def _stale(
    desk: Desk, act: str, case_id: UUID, typed: Typed, lost: int, error: StaleVersionError
) -> Response[Any]:
    """Somebody was first: what they did, and the form with the new version and what was typed."""
    dossier, words = await open_complaint(desk, case_id), desk.words
    newer = tuple(fact for fact in dossier.answer.history if fact.originator_version > error.expected)
    form = await _form(desk, act, dossier, typed)
    if act not in dossier.answer.actions:
        kept = [
            {"label": field.label, "text": field.value} for field in form.fields() if field.kind in ("area", "text")
        ]
        told = {"status": 412, "back": dossier.href, "typed": [one for one in kept if one["text"]]}
        return page(desk.request, "error.html", told, status_code=412)
    errors = {PAGE: words.gettext("The case has changed in the meantime. Look at what is new, then send it again.")}
    return await _page(desk, act, dossier, typed, errors, lost=lost, status_code=412, changes=timeline(dossier, newer))


async def _still_seen(desk: Desk, case_id: UUID) -> bool:
    try:
        await desk.room.complaints.must_see(desk.actor, case_id)
    except NotVisibleError:
        return False
    return True
