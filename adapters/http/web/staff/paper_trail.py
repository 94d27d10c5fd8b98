"""How something came on paper, on the page of its case: place, days, who passed it on, the scans as they came."""

from __future__ import annotations

import msgspec

from adapters.http.web.i18n import short_day
from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.history import late_days
from adapters.http.web.staff.room import Context
from domain.feedback.vocabulary import Channel


class _Meta(msgspec.Struct):
    name: str = ""
    sha256: str = ""


def paper_context(dossier: Dossier) -> Context | None:
    """None for what came by QR code, and for whoever may not see how it came."""
    opened, shown = dossier.answer.view.opened, dossier.answer.disclose
    if opened.channel is Channel.QR or not (shown.sees("informant") and shown.sees("personal")):
        return None
    return {"facts": _facts(dossier), "originals": _originals(dossier), "slip": f"{dossier.href}/receipt"}


def _facts(dossier: Dossier) -> list[tuple[str, str]]:
    """Only what was said."""
    opened, words = dossier.answer.view.opened, dossier.words
    _ = words.gettext
    late = max((late_days(fact) for fact in dossier.answer.history[:1]), default=0)
    how_late = words.ngettext("recorded %(num)d day late", "recorded %(num)d days late", late) % {"num": late}
    lines = (
        (_("Where it was received"), dossier.text(opened.received_at_place)),
        (_("Who collected it"), dossier.text(opened.collected_by)),
        (_("Day written on the paper"), short_day(opened.paper_day) if opened.paper_day else ""),
        (_("Which body passed it on"), dossier.text(opened.sent_by)),
        (_("Number of its document"), dossier.text(opened.document_number)),
        (_("Day of its document"), short_day(opened.document_day) if opened.document_day else ""),
        (_("Entered late"), f"{how_late}: {opened.late_reason}" if late and opened.late_reason else ""),
    )
    return [(label, _("Erased") if text is None else text) for label, text in lines if text is None or text]


def _originals(dossier: Dossier) -> list[Context]:
    """Each scan byte for byte, with the hash that it had when it came."""
    found = []
    for number, item in enumerate(dossier.answer.view.opened.originals, start=1):
        text = dossier.text(item.meta)
        meta = msgspec.json.decode(text, type=_Meta) if text else _Meta()
        name = dossier.words.gettext("Scan %(number)s as it came, unchanged") % {"number": number}
        href = f"{dossier.href}/files/{item.attachment_id}/original"
        digest = f"SHA-256 {meta.sha256}" if meta.sha256 else ""
        found.append({"href": href, "name": f"{name} ({meta.name})" if meta.name else name, "hash": digest})
    return found
