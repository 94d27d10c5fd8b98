"""Notices of one person, and which mails this person wants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.notice_board import NoticeBoard, Shown
from adapters.http.web.render import page
from adapters.http.web.staff.alert_lines import term_alert, term_due_on
from adapters.http.web.staff.forms import Errors, new_command, refusal, typed_of
from adapters.http.web.staff.room import (
    COMPLAINTS_PATH,
    NOTIFIED,
    PROTECTION_PATH,
    Context,
    Desk,
    StaffRoom,
    desk_of,
    shell,
)
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.words import Words
from application.notices import NoticesDesk
from application.ports import ErasedError
from domain.kernel import RefusalError
from domain.notices.notice import MailWishes
from domain.notices.vocabulary import OF_PROTECTION, MailKind, NoticeKind
from projections.complaints import ComplaintRow

NOTICES, MINE = "/notices", "/notices/mine"
SHOWN = 100
PARTS: dict[str, frozenset[NoticeKind]] = {
    "unread": frozenset(NoticeKind),
    "urgent": frozenset({NoticeKind.URGENT, NoticeKind.ESCALATED}) | OF_PROTECTION,
    "terms": frozenset({NoticeKind.HALF, NoticeKind.EIGHTY, NoticeKind.DUE, NoticeKind.OVERDUE}),
    "work": frozenset({NoticeKind.ASSIGNED, NoticeKind.REPLIED, NoticeKind.RETURNED, NoticeKind.RELEASED}),
    "all": frozenset(NoticeKind),
}


class NoticesController(Controller):
    """`/notices` and `/notices/mine`."""

    include_in_schema = False

    @get(NOTICES)
    async def notices(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        board: Injected[NoticeBoard],
    ) -> Response[Any]:
        """Tabs with counts; each notice leads to its case."""
        desk = desk_of(room, request, signed_in)
        desk.need(NOTIFIED)
        found = await board.notices(desk.actor)
        chosen = _part(request.query_params.get("tab", ""), found)
        rows = matching(found, chosen)
        names = await room.naming.names(shown.case.place_id for shown in rows[:SHOWN])
        context = await shell(desk, NOTICES) | {
            "tabs": [_tab(key, found, chosen, desk.words) for key in PARTS],
            "rows": [_row(shown, names, room.today(), desk.words) for shown in rows[:SHOWN]],
            "left_off": max(0, len(rows) - SHOWN),
            "read": {"action": f"{NOTICES}/read", "tab": chosen},
            "all_ids": [str(shown.notice.id) for shown in rows[:SHOWN] if not shown.read],
            "mine": MINE,
        }
        return page(request, "staff/notices.html", context)

    @post(f"{NOTICES}/read", status_code=200)
    async def read(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        board: Injected[NoticeBoard],
    ) -> Response[Any]:
        """One or several; what is not one's own is left alone."""
        desk = desk_of(room, request, signed_in)
        desk.need(NOTIFIED)
        typed = await typed_of(request)
        await board.mark(desk.actor, identifiers(typed.all("notice")))
        tab = typed.one("tab")
        return to(f"{NOTICES}?tab={tab}" if tab in PARTS else NOTICES)

    @get(MINE)
    async def mine(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        notices: Injected[NoticesDesk],
    ) -> Response[Any]:
        """Address and mails."""
        desk = desk_of(room, request, signed_in)
        desk.need(NOTIFIED)
        return await _mine(desk, notices, {}, None)

    @post(f"{MINE}/{{act:str}}", status_code=200)
    async def choose(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        notices: Injected[NoticesDesk],
        act: FromPath[str],
    ) -> Response[Any]:
        """`address`, `withdrawal` or `mails`."""
        desk = desk_of(room, request, signed_in)
        desk.need(NOTIFIED)
        wish = await room.intents.read_form(request, desk.actor.id)
        typed = await typed_of(request)
        try:
            match act:
                case "withdrawal":
                    await notices.withdraw_address(desk.actor, wish)
                case "mails":
                    known = {kind.value: kind for kind in MailKind}
                    kinds = [known[word] for word in typed.all("kinds") if word in known]
                    await notices.choose(desk.actor, wish, kinds)
                case _:
                    await notices.give_address(desk.actor, wish, typed.one("address"))
        except RefusalError as error:
            sentence = next(iter(refusal(error, desk.words, (), {}).values()))
            return await _mine(desk, notices, {"address": sentence}, typed.one("address"))
        return to(f"{MINE}?done=wishes")


def matching(found: Sequence[Shown], part: str) -> list[Shown]:
    """Those of a tab; urgent ones first."""
    kept = [shown for shown in found if shown.notice.kind in PARTS[part] and (part != "unread" or not shown.read)]
    return sorted(kept, key=lambda shown: shown.read or shown.notice.kind not in PARTS["urgent"])


def identifiers(texts: Sequence[str]) -> list[UUID]:
    """Those of them that are ids."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def said(shown: Shown, today: date, words: Words) -> str:
    """What somebody is told, as it reads on this day."""
    notice = shown.notice
    if notice.kind is NoticeKind.DUE and notice.day and notice.day != today:
        return term_due_on(words, notice.purpose, notice.day)
    if notice.purpose:
        return term_alert(words, notice.kind.value, notice.purpose, notice.number)
    return words.label("notice", notice.kind.value)


def _part(key: str, found: Sequence[Shown]) -> str:
    if key in PARTS:
        return key
    return "unread" if any(not shown.read for shown in found) else "all"


def _tab(key: str, found: Sequence[Shown], chosen: str, words: Words) -> Context:
    text, count = words.label("notice-tab", key), len(matching(found, key))
    return {"href": f"{NOTICES}?tab={key}", "text": text, "count": count, "active": key == chosen}


def _row(shown: Shown, names: dict[UUID, str], today: date, words: Words) -> Context:
    case, task = shown.case, shown.task_id
    complaint = isinstance(case, ComplaintRow)
    return {
        "id": str(shown.notice.id),
        "said": said(shown, today, words),
        "at": shown.notice.at,
        "urgent": shown.notice.kind in PARTS["urgent"],
        "read": shown.read,
        "href": f"{PROTECTION_PATH}/{task}" if task else f"{COMPLAINTS_PATH if complaint else '/cases'}/{case.case_id}",
        "number": case.number or words.gettext("(no number yet)"),
        "title": "" if task or isinstance(case, ComplaintRow) else case.title,
        "unit": "" if complaint or case.place_id is None else names.get(case.place_id, ""),
    }


async def _mine(desk: Desk, notices: NoticesDesk, errors: Errors, typed: str | None) -> Response[str]:
    version, wishes = await notices.wishes(desk.actor)
    words = desk.words
    context = await shell(desk, NOTICES, errors=errors) | {
        "back": NOTICES,
        "version": version,
        "has_address": wishes.address is not None,
        "address": typed if typed is not None else _address(notices, wishes),
        "kinds": [
            {"value": kind.value, "text": words.label("mail", kind.value), "checked": kind in wishes.kinds}
            for kind in MailKind
        ],
        "give": {"action": f"{MINE}/address", "command_id": new_command()},
        "withdraw": {"action": f"{MINE}/withdrawal", "command_id": new_command()},
        "choose": {"action": f"{MINE}/mails", "command_id": new_command()},
    }
    return page(desk.request, "staff/my_notices.html", context, status_code=400 if errors else 200)


def _address(notices: NoticesDesk, wishes: MailWishes) -> str:
    try:
        return notices.opened(wishes.address) if wishes.address else ""
    except ErasedError:
        return ""
