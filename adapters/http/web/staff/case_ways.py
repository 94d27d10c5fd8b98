"""What became of a case that did not go straight to an answer: where it went, why, and the cases that belong to it."""

from __future__ import annotations

from uuid import UUID

from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.room import Context, Desk, ids
from adapters.http.web.staff.way_slip import slip_of
from application.feedback_access import scope_of
from projections.case_list import visible_rows

Line = tuple[str, str]


async def case_ways(desk: Desk, dossier: Dossier) -> Context | None:
    """None where there is nothing to say. Of other cases only those that this person may see today."""
    facts = [(label, said) for label, said in (*_ending(dossier), *_information(dossier)) if said]
    rows = await visible_rows(desk.room.db, scope_of(desk.actor), _related(dossier))
    related = [
        {
            "href": f"/cases/{row.case_id}",
            "text": f"{row.number or dossier.words.gettext('no number yet')} – {row.title}",
        }
        for row in rows.values()
    ]
    if not facts and not related:
        return None
    view, words = dossier.answer.view, dossier.words
    return {
        "title": words.label("state", view.ways.ending or view.status),
        "facts": facts,
        "related": related,
        "slip": slip_of(dossier),
    }


def _ending(dossier: Dossier) -> list[Line]:
    ways, words = dossier.answer.view.ways, dossier.words
    _ = words.gettext
    lines: list[Line] = []
    if ways.spam_proposed_by:
        lines.append((words.label("act", "spam-proposals"), ways.spam_reason))
    if there := ways.transfer:
        lines += [
            (_("Name of the body"), there.receiver or _authority(dossier, there.to_authority_id)),
            (_("Where the sender can ask"), there.where_to_ask),
            (_("Document (number, day)"), there.document),
        ]
    if ways.guidance and ways.guidance.to:
        lines += [
            (_("Guide towards"), words.label("guided-to", ways.guidance.to)),
            (_("Document (number, day)"), ways.guidance.document),
        ]
    if ways.guidance:
        lines.append((_("Guidance that the sender reads"), dossier.said(ways.guidance.text)))
    if found := ways.ineligibility:
        lines += [
            (_("Ground"), words.label("ineligible-ground", found.ground)),
            (_("Reason"), dossier.said(found.reason)),
        ]
    if ways.withdrawal_reason:
        lines.append((_("Reason"), dossier.said(ways.withdrawal_reason)))
    return [*lines, (_("Reason"), ways.ending_reason)]


def _authority(dossier: Dossier, authority_id: UUID | None) -> str:
    return dossier.names.get(authority_id, "") if authority_id else ""


def _information(dossier: Dossier) -> list[Line]:
    assessed, words = dossier.answer.view.ways.assessment, dossier.words
    _ = words.gettext
    if assessed is None:
        return []
    return [
        (_("Result"), words.label("assessed-as", assessed.result)),
        (_("Name of the body"), assessed.receiver),
        (_("Assessment"), dossier.said(assessed.text)),
    ]


def _related(dossier: Dossier) -> list[UUID]:
    """Those that it became, the one whose words it says again, and those that it came from."""
    view = dossier.answer.view
    there = view.ways.transfer.opened_case_id if view.ways.transfer else None
    came_from = ids(view.opened.split_from, view.opened.transferred_from)
    return [*(part.case_id for part in view.ways.parts), *ids(view.ways.duplicate_of, there), *came_from]
