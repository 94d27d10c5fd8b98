"""What a case page says of the explanations that were asked, and where they are asked."""

from __future__ import annotations

from adapters.http.web.staff.asking import ACTION
from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.explanation_words import request_term
from adapters.http.web.staff.room import Context, Desk


async def case_explanations(desk: Desk, dossier: Dossier) -> Context | None:
    """None where there is nothing to show and nothing to ask."""
    answer = dossier.answer
    ask = f"{dossier.href}/{ACTION}" if ACTION in answer.actions else None
    rows = await desk.room.explanation_reader.of_case(answer)
    if not rows and ask is None:
        return None
    calendar = await desk.room.calendar(desk.actor)
    return {
        "ask": ask,
        "rows": [
            {
                "href": f"/explanations/{row.id}",
                "number": row.number,
                "state": desk.words.label("explanation-state", row.status),
                "term": None
                if row.status == "recalled"
                else request_term(row, answer.moment.day, calendar, desk.words),
            }
            for row in rows
        ],
    }
