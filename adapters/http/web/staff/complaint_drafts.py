"""Drafts and decision of a complaint: what changed from one to the next, what it relied on, how it went out."""

from __future__ import annotations

from datetime import date

from adapters.http.web import i18n
from adapters.http.web.staff.complaint_dossier import ComplaintDossier
from adapters.http.web.staff.room import Context
from domain.complaints import deciding_events as d
from domain.complaints.vocabulary import Level, Target


def drafts_of(dossier: ComplaintDossier) -> list[Context]:
    """The newest first; a part that reads otherwise than in the draft before says how it read."""
    view, found = dossier.answer.view, list[Context]()
    before: dict[str, str] = {}
    returns = {fact.draft_number: fact for _recorded, fact in view.every(d.DraftReturned)}
    signed = {fact.draft_number: fact for _recorded, fact in view.every(d.DraftApproved)}
    for recorded, fact in view.every(d.DecisionDrafted):
        texts = {part.section.value: dossier.said(part.text) for part in fact.sections}
        returned, approved = returns.get(fact.draft_number), signed.get(fact.draft_number)
        parts = [
            {
                "title": dossier.words.label("complaint-word", f"section/{name}"),
                "text": text,
                "before": before.get(name) if found and before.get(name) != text else None,
                "new": bool(found) and name not in before,
            }
            for name, text in texts.items()
        ]
        found.append(
            {
                "number": fact.draft_number,
                "outcome": dossier.word("outcome", fact.outcome),
                "by": dossier.name(fact.drafter_id),
                "at": recorded.occurred_at,
                "parts": parts,
                "returned": dossier.said(returned.reason) if returned else None,
                "signed": dossier.name(approved.signer_id) if approved else None,
                "alone": approved.alone_reason if approved else "",
            }
        )
        before = texts
    return found[::-1]


def decision_of(dossier: ComplaintDossier) -> Context | None:
    """Number and paper, basis, days of issue, sending, receipt and effect."""
    view, _ = dossier.answer.view, dossier.words.gettext
    approved, issued = view.last(d.DraftApproved), view.last(d.DecisionIssued)
    if approved is None and issued is None:
        return None
    rows: list[tuple[str, str]] = []
    if issued is not None:
        paper = issued.decision
        rows += [
            (_("Outcome"), dossier.word("outcome", issued.outcome)),
            (_("Decision"), f"{paper.number}/{paper.symbol}, {_day(dossier, paper.day)}"),
            (_("Digital signature"), paper.signature or _("A scan: no digital signature to check.")),
        ]
    if sent := view.last(d.DecisionSent):
        rows.append((_("Decision sent"), f"{_day(dossier, sent.sent_on)}, {dossier.word('way', sent.way)}"))
    for _recorded, received in view.every(d.DecisionReceived):
        told = f"{_day(dossier, received.received_on)}, {dossier.word('proof', received.proof)}"
        rows.append((_("Decision received"), f"{told} ({received.corrects})" if received.corrects else told))
    if effect := view.last(d.DecisionTookEffect):
        why = f" – {effect.against_window}" if effect.against_window else ""
        rows.append((_("In force"), f"{_day(dossier, effect.effective_on)}{why}"))
    rows += _public(dossier)
    if done := view.last(d.DecisionExecuted):
        rows.append((_("Executed"), f"{_day(dossier, done.executed_on)}: {dossier.said(done.report)}"))
    return {
        "rows": rows,
        "signed_only": issued is None,
        "relied": _relied(dossier, approved),
        "amendments": [
            {
                "paper": f"{fact.decision.number}/{fact.decision.symbol}, {i18n.short_day(fact.decision.day)}",
                "reason": fact.reason,
                "text": dossier.said(fact.text),
            }
            for _recorded, fact in view.every(d.DecisionAmended)
        ],
    }


def _public(dossier: ComplaintDossier) -> list[tuple[str, str]]:
    view, _ = dossier.answer.view, dossier.words.gettext
    published = view.last(d.DecisionPublished)
    if published is None:
        if view.state.decided_on is None:
            return []
        if view.state.target is Target.DISCIPLINE:
            return [(_("Publication"), _("Decisions about a person's discipline are not made public."))]
        if view.state.level is Level.FIRST:
            return [(_("Publication"), _("First level: no duty to publish was found."))]
        return []
    told = f"{dossier.word('form', published.form)}, {_day(dossier, published.from_day)}, {published.where}"
    rows = [(_("Publication"), told)]
    if ended := view.last(d.PublicationEnded):
        rows.append((_("Taken down"), f"{_day(dossier, ended.ended_on)}: {ended.reason}"))
    return rows


def _relied(dossier: ComplaintDossier, approved: d.DraftApproved | None) -> Context | None:
    """What was frozen when it was signed, and what came after."""
    if approved is None:
        return None
    view, relied = dossier.answer.view, approved.relied
    by_address = {line.paper.address: line for line in view.papers}
    later = [recorded for recorded in view.facts if recorded.originator_version > relied.version]
    return {
        "version": relied.version,
        "draft": relied.draft_number,
        "papers": [by_address[one] for one in relied.papers if one in by_address],
        "count": len(relied.papers),
        "rules": ", ".join(relied.rules),
        "later": len(later),
    }


def _day(dossier: ComplaintDossier, on: date) -> str:
    return i18n.day(on, dossier.words.language)
