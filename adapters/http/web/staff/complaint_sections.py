"""What was taken in, examined, accepted and verified of a complaint, as rows for its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adapters.http.web import i18n
from adapters.http.web.staff.complaint_dossier import ComplaintDossier
from adapters.http.web.staff.room import Context
from domain.complaints import events as f

Rows = list[tuple[str, str]]


def petition_rows(dossier: ComplaintDossier) -> Rows:
    """Who complains of what, in which form, and who resolves."""
    words, opened = dossier.words, dossier.answer.view.opened
    _ = words.gettext
    competence = opened.competence
    resolver = f"{dossier.word('resolver', opened.resolver)} – {dossier.name(opened.resolver_id)}"
    rows = [
        (_("Resolver"), resolver),
        (_("Why competent"), f"{competence.basis} ({_status(dossier, competence.status)})" if competence else ""),
        (_("Another resolver because"), opened.competence_reason),
        (_("Complainant"), dossier.said(opened.complainant)),
        (_("Contact"), dossier.said(opened.contact) if opened.contact else ""),
        (_("Representation"), dossier.word("representation", opened.representation) if opened.representative else ""),
        (_("Representative"), dossier.said(opened.representative) if opened.representative else ""),
        (_("Form of the complaint"), dossier.word("form", opened.form)),
        (_("What is complained of"), dossier.word("target", opened.target)),
        (_("Its number and day"), _number_and_day(dossier, opened.target_number, opened.target_day)),
        (_("Serves as"), dossier.word("employment", opened.employment)),
        (_("Known or received on"), _day(dossier, opened.known_on)),
        (_("Petition received on"), _day(dossier, opened.received_on)),
        (_("At the resolver since"), _day(dossier, dossier.answer.view.state.at_resolver_on)),
        (_("Recorded late because"), opened.late_reason),
        (_("Legal regime"), words.label("complaint-word", f"regime/{dossier.answer.view.state.regime}")),
    ]
    return _filled(rows)


def _status(dossier: ComplaintDossier, status: str) -> str:
    return dossier.words.known("rule-status", status) or status


def examined(dossier: ComplaintDossier) -> Context | None:
    """The conditions, and how it ended where it was not accepted."""
    view, _ = dossier.answer.view, dossier.words.gettext
    rows: Rows = []
    if found := view.last(f.ComplaintExamined):
        grounds = "; ".join(dossier.word("ground", ground) for ground in found.found)
        obstacle = found.obstacle
        rows += [
            (_("Grounds of Article 11"), grounds or _("no ground against acceptance")),
            (_("In time?"), dossier.word("timeliness", found.timeliness)),
            (_("Obstacle"), f"{_day(dossier, obstacle.first)} – {_day(dossier, obstacle.last)}" if obstacle else ""),
            (_("Findings"), dossier.said(found.findings)),
        ]
    if refused := view.last(f.ComplaintRefused):
        rows.append((_("Not accepted"), dossier.word("ground", refused.ground)))
        rows.append((_("Reason"), dossier.said(refused.reason)))
    if guided := view.last(f.ComplainantGuided):
        rows.append((_("Guidance"), dossier.said(guided.guidance)))
    if moved := view.last(f.ComplaintTransferred):
        rows += [(_("Transferred to"), moved.to), (_("Reason"), moved.reason)]
    return _section(_("Conditions of acceptance"), rows)


def accepted(dossier: ComplaintDossier) -> Context | None:
    """When, and every circumstance that moved the date."""
    view, _ = dossier.answer.view, dossier.words.gettext
    found, state = view.last(f.ComplaintAccepted), view.state
    if found is None:
        return None
    notice = found.notice
    rows = [
        (_("Accepted on"), _day(dossier, found.accepted_on)),
        (_("Notice"), f"{notice.number}/{notice.symbol}, {i18n.short_day(notice.day)}"),
        (_("Remote area"), found.remote_reason if found.remote else ""),
        (_("Complexity"), dossier.word("complexity", found.complexity)),
        (_("Why complex"), found.complexity_reason),
        (_("Reading of the law"), dossier.word("reading", state.reading)),
    ]
    for recorded, fact in view.every(f.CircumstancesEstablished):
        label = _("Established on %(day)s") % {"day": i18n.short_day(recorded.occurred_at)}
        moved = f"{i18n.short_day(fact.old.due_on)} → {i18n.short_day(fact.new.due_on)}"
        rows.append((label, f"{dossier.word('complexity', fact.complexity)}: {fact.reason} ({moved})"))
    return _section(_("Acceptance"), rows)


def verified(dossier: ComplaintDossier) -> Context | None:
    """Who verifies, evidence, report, dialogue, and what stood still meanwhile."""
    view, _ = dossier.answer.view, dossier.words.gettext
    rows: Rows = []
    if view.state.verifiers:
        rows.append((_("Verifiers"), ", ".join(dossier.name(one) for one in sorted(view.state.verifiers))))
    for _recorded, item in view.every(f.EvidenceRecorded):
        told = f"{dossier.word('kind', item.kind)}, {_day(dossier, item.obtained_on)}"
        label = _("Evidence %(number)s") % {"number": item.number}
        rows.append((label, f"{told}: {dossier.said(item.description)}"))
    if report := view.last(f.VerificationReported):
        differs = _("differs from the claim") if report.differs else _("agrees with the claim")
        told = f"{_day(dossier, report.reported_on)}, {differs}"
        rows.append((_("Verification report"), f"{told}: {dossier.said(report.summary)}"))
    if talk := view.last(f.DialogueHeld):
        agreed = _("agreed") if talk.agreed else _("not agreed")
        told = f"{_day(dossier, talk.held_on)}, {talk.chair}, {agreed}"
        rows.append((_("The dialogue"), f"{told}: {dossier.said(talk.content)}"))
    rows += [(_("Execution suspended"), dossier.said(fact.reason)) for _r, fact in view.every(f.ExecutionSuspended)]
    lifted = view.every(f.ExecutionSuspensionLifted)
    rows += [(_("Suspension lifted"), dossier.said(fact.reason)) for _r, fact in lifted]
    rows += [
        (_("Suspended since %(day)s") % {"day": i18n.short_day(fact.from_day)}, fact.awaited)
        for _r, fact in view.every(f.ComplaintSuspended)
    ]
    return _section(_("Verification"), rows)


def _section(title: str, rows: Rows) -> Context | None:
    filled = _filled(rows)
    return {"title": title, "rows": filled} if filled else None


def _filled(rows: Iterable[tuple[str, str]]) -> Rows:
    return [(label, value) for label, value in rows if value]


def _day(dossier: ComplaintDossier, on: date | None) -> str:
    return i18n.day(on, dossier.words.language) if on else ""


def _number_and_day(dossier: ComplaintDossier, number: str, on: date | None) -> str:
    return ", ".join(filter(None, (number, _day(dossier, on))))
