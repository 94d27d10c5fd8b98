"""Giấy biên nhận: what the sender takes home, on one A5 sheet (Thông tư 04/2021/TT-TTCP)."""

from __future__ import annotations

from uuid import UUID

from adapters.http.web.i18n import label
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.room import Context, Desk
from adapters.http.web.staff.terms import case_terms
from application.access import NotVisibleError
from domain.feedback.vocabulary import Channel


async def slip(desk: Desk, case_id: str | UUID, code: str = "") -> Context:
    """One receipt. Without `code` it says that the code was given once. Raises NotVisibleError."""
    dossier = await open_dossier(desk, case_id)
    by_code = dossier.answer.view.opened.channel is Channel.QR
    if by_code or not dossier.answer.disclose.sees("informant"):
        raise NotVisibleError
    view, words, room = dossier.answer.view, desk.words, desk.room
    terms = case_terms(view, dossier.answer.moment.day, await room.calendar(desk.actor), words)
    track = f"{room.settings.base_url}/p/track"
    return {
        "case": dossier.head(),
        "id": str(view.case_id),
        "number": dossier.answer.row.number if dossier.answer.row else "",
        "authority": dossier.names.get(view.authority_id, ""),
        "unit": dossier.names.get(view.opened.place_id, ""),
        "received_at": view.opened_at,
        "place": dossier.text(view.opened.received_at_place),
        "papers": _papers(dossier),
        "taken_by": next((dossier.actor(fact) for fact in dossier.answer.history), ""),
        "printed_on": room.today(),
        "code": code,
        "track": track,
        "qr": qr_picture(track),
        "terms": [term for term in terms if term["purpose"] in ("acknowledge", "reply")],
    }


def _papers(dossier: Dossier) -> list[str]:
    """What was handed over: the way, the day on the paper, the document that came with it, the scans."""
    opened, words = dossier.answer.view.opened, dossier.words
    _, found = words.gettext, [label(words.language, "paper", opened.channel.value)]
    if opened.paper_day:
        found.append(_("dated %(day)s") % {"day": f"{opened.paper_day:%d/%m/%Y}"})
    if body := dossier.text(opened.sent_by):
        number, day = dossier.text(opened.document_number) or "…", opened.document_day
        on = f"{day:%d/%m/%Y}" if day else "…"
        passed_on = _("passed on by %(body)s, document %(number)s of %(day)s")
        found.append(passed_on % {"body": body, "number": number, "day": on})
    if count := len(opened.attachments):
        found.append(words.ngettext("%(num)d scanned file", "%(num)d scanned files", count) % {"num": count})
    return found
