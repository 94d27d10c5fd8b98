"""Doing something to a case: each act has a page of its own, which comes back with what was typed if refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import InvalidInputError
from adapters.http.web import i18n
from adapters.http.web.render import page
from adapters.http.web.staff.act_kinds import Act, Doing, Setting
from adapters.http.web.staff.acts import ACTS
from adapters.http.web.staff.case_context import answer_text, returned_by
from adapters.http.web.staff.dossier import Dossier, colleagues, open_dossier
from adapters.http.web.staff.forms import PAGE, Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.history import timeline
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import HOME, to
from application.access import NotVisibleError
from application.execute import StaleVersionError, VersionMissingError
from application.ports import OutcomeUnknownError, Receipt
from domain.kernel import RefusalError
from projections.authorities import authorities

RELEASE = "/release"
BACK = {"desk": RELEASE, "work": HOME}
"""Where an act leads back to, by the word `from` of its address."""
NEEDS_COLLEAGUES = frozenset({"assignments", "reader-namings", "information-openings"})


class CaseActController(Controller):
    """`/cases/{id}/{act}`."""

    path = "/cases/{case_id:str}/{act:str}"
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
        desk, chosen, identifier = desk_of(room, request, signed_in), act_of(act), path_id(case_id)
        await room.feedback.must_see(desk.actor, identifier, act)
        dossier = await open_dossier(desk, identifier)
        if act not in dossier.answer.actions:
            return to(f"{dossier.href}?done=not-now")
        return await act_page(desk, chosen, dossier)

    @post("/", status_code=200)
    async def do(
        self,
        case_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Done, and on to the case; or the form again with what is wrong."""
        desk, chosen, identifier = desk_of(room, request, signed_in), act_of(act), path_id(case_id)

        async def seen() -> None:
            await room.feedback.must_see(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        doing = Doing(desk, wish, identifier, typed)
        if await room.feedback.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            dossier = await open_dossier(desk, identifier)
            setting = await setting_of(desk, chosen, dossier, typed)
            if wrong := faults(chosen.fields(setting), typed, desk.words):
                return await act_page(desk, chosen, dossier, typed, wrong, version=wish.if_version)
        try:
            receipt = await chosen.perform(doing)
        except (RefusalError, InvalidInputError) as error:
            return await _refused(doing, chosen, error)
        except StaleVersionError as error:
            return await _stale(doing, chosen, error)
        except OutcomeUnknownError:
            return _unknown(doing)
        return await _done(doing, chosen, receipt)


def act_of(name: str) -> Act:
    """Raises NotVisibleError for what is no act."""
    if name not in ACTS:
        raise NotVisibleError
    return ACTS[name]


async def setting_of(desk: Desk, act: Act, dossier: Dossier, typed: Typed | None) -> Setting:
    """With the people and authorities that the act chooses from."""
    authority_id = dossier.answer.view.authority_id
    people = await colleagues(desk, authority_id) if act.name in NEEDS_COLLEAGUES else []
    bodies: list[tuple[str, str]] = []
    if act.name in {"hand-overs", "transfers"}:
        today = desk.room.today()
        found = [row for row in await authorities(desk.room.db) if row.exists_on(today) and row.id != authority_id]
        bodies = [(str(row.id), row.name) for row in found]
    return Setting(dossier=dossier, words=desk.words, typed=typed, colleagues=people, authorities=bodies)


async def act_page(
    desk: Desk,
    act: Act,
    dossier: Dossier,
    typed: Typed | None = None,
    errors: Errors | None = None,
    *,
    status_code: int = 0,
    changes: list[Context] | None = None,
    version: int | None = None,
) -> Response[str]:
    """The form of one act, with what the case says beside it."""
    words, view = desk.words, dossier.answer.view
    fields = act.fields(await setting_of(desk, act, dossier, typed))
    query = desk.request.query_params
    kept = {name: query.get(name, "") for name in ("from", "tab", "view")} if query.get("from") in BACK else {}
    context = await shell(desk, "/cases", errors=errors or {}) | {
        "title": words.label("act", act.name),
        "caption": f"{dossier.number} · {dossier.title()}",
        "explain": [*([text] if (text := words.known("act-explain", act.name)) else []), *_returned(dossier, act)],
        "back": _back(desk, dossier.href),
        "version": view.version if version is None else version,
        "action": address(f"{dossier.href}/{act.name}", kept),
        "command_id": new_command(),
        "inputs": [field.context() for field in fields],
        "do": words.label("act-do", act.name),
        "warning": act.warning,
        "keeps": True,
        "previews": _previews(dossier, act),
        "changes": changes or [],
        "beside": dossier.text(view.opened.content) or None,
    }
    return page(desk.request, "staff/act.html", context, status_code=status_code or (400 if errors else 200))


def _returned(dossier: Dossier, act: Act) -> list[str]:
    """What the head wants mended, where it is mended."""
    draft = dossier.draft
    if act.name != "drafts" or draft is None or not draft.returned_at:
        return []
    words = dossier.words
    at = i18n.moment(draft.returned_at, words.language)
    told = {"by": returned_by(dossier, draft), "at": at, "reason": dossier.said(draft.return_reason)}
    return [words.gettext("Returned by %(by)s at %(at)s: %(reason)s") % told]


def _previews(dossier: Dossier, act: Act) -> list[Context]:
    draft = dossier.draft
    if not act.shows_draft or draft is None:
        return []
    return [{"title": dossier.words.gettext("The sender will see"), "text": answer_text(dossier, draft)}]


async def _refused(doing: Doing, act: Act, error: Exception) -> Response[str]:
    """The sentence at its field; a refusal is 409, as in the API."""
    desk, dossier = doing.desk, await open_dossier(doing.desk, doing.case_id)
    fields = act.fields(await setting_of(desk, act, dossier, doing.typed))
    aliases = dict(act.aliases)
    missing = getattr(error, "details", {}).get("request")
    if missing:
        aliases["parts"] = f"part-{missing}"
    errors = refusal(error, desk.words, fields, aliases)
    status = 409 if isinstance(error, RefusalError) else 400
    return await act_page(desk, act, dossier, doing.typed, errors, status_code=status)


async def _stale(doing: Doing, act: Act, error: StaleVersionError) -> Response[Any]:
    """Somebody was first: what they did, and the form with the new version and what was typed."""
    dossier = await open_dossier(doing.desk, doing.case_id)
    words = doing.desk.words
    newer = tuple(fact for fact in dossier.answer.history if fact.originator_version > error.expected)
    if act.name not in dossier.answer.actions:
        return _too_late(doing, act, dossier)
    errors = {PAGE: words.gettext("The case has changed in the meantime. Look at what is new, then send it again.")}
    return await act_page(
        doing.desk, act, dossier, doing.typed, errors, status_code=412, changes=timeline(dossier, newer)
    )


def _too_late(doing: Doing, act: Act, dossier: Dossier) -> Response[str]:
    """The act is not possible any more; what was typed is shown, so that it can be copied."""
    setting = Setting(dossier=dossier, words=doing.desk.words, typed=doing.typed)
    typed = [{"label": field.label, "text": text} for field in _free_texts(act, setting) if (text := field.value)]
    context = {"status": 412, "back": dossier.href, "typed": typed}
    return page(doing.desk.request, "error.html", context, status_code=412)


def _free_texts(act: Act, setting: Setting) -> list[Field]:
    return [field for field in act.fields(setting) if field.kind in ("area", "text")]


def _unknown(doing: Doing) -> Response[str]:
    """The same wish once more, with the same id."""
    request = doing.desk.request
    retry = {"action": request.url.path, "fields": [list(pair) for pair in doing.typed.texts()]}
    return page(request, "error.html", {"status": 503, "retry": retry}, status_code=503, headers={"retry-after": "2"})


async def _done(doing: Doing, act: Act, receipt: Receipt) -> Response[Any]:
    """Wait until lists and case show it, then go on."""
    desk = doing.desk
    await desk.room.visibility.visible(receipt, READ)
    if act.hides_case and not await _still_seen(desk, doing.case_id):
        return to(f"{HOME}?done={act.name}")
    if desk.request.query_params.get("from") in BACK:
        return to(_back(desk, "", done=act.name))
    return to(f"/cases/{doing.case_id}?done={act.name}")


def _back(desk: Desk, otherwise: str, **more: str) -> str:
    """The list that led here, as it was looked at."""
    query = desk.request.query_params
    path = BACK.get(query.get("from", ""))
    if path is None:
        return otherwise
    return address(path, {**{name: query.get(name, "") for name in ("tab", "view")}, **more})


async def _still_seen(desk: Desk, case_id: UUID) -> bool:
    try:
        await desk.room.cases.feedback(desk.actor, case_id)
    except NotVisibleError:
        return False
    return True
