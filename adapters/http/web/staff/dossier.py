"""One case as staff pages read it: the answer of `Cases` with every name that the page needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec

from adapters.http.cases import FeedbackAnswer
from adapters.http.conditional import path_id
from adapters.http.web.staff.moments import Asked
from adapters.http.web.staff.room import Context, Desk, ids
from adapters.http.web.staff.words import Words
from application.access import Role
from application.feedback_access import STAFF
from application.ports import Recorded
from domain.calendar import legal_date
from domain.feedback.events import FEEDBACK_FACTS
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from projections.arrangements import stand_ins_of
from projections.feedback_view import Draft
from projections.people import PostRow, people, posts_in

ShownText = str | dict[str, bool] | None


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who works in the authority on a day."""

    id: UUID
    name: str
    post: str
    roles: frozenset[Role]

    @property
    def text(self) -> str:
        """Name and post."""
        return f"{self.name}, {self.post}"


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one case that a page shows."""

    answer: FeedbackAnswer
    asked: Asked
    names: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    words: Words
    anonymous: str
    in_place_of: Mapping[UUID, UUID] = {}
    """Event id → the absent person for whom it was done."""

    @property
    def href(self) -> str:
        """The case in the present."""
        return f"/cases/{self.answer.view.case_id}"

    @property
    def number(self) -> str:
        """The register number; a case that the register has not reached says so."""
        row = self.answer.row
        return (row.number if row else "") or self.words.gettext("no number yet")

    def text(self, sealed: object) -> str | None:
        """The plaintext; None where it was erased, empty where the post does not open it."""
        shown: ShownText = self.answer.disclose.text(sealed)  # type: ignore[arg-type]  # Sealed or None
        return None if isinstance(shown, dict) else shown or ""

    def said(self, sealed: object) -> str:
        """The same for places that hold only text."""
        text = self.text(sealed)
        return self.words.gettext("Erased") if text is None else text

    def name(self, person: UUID | None) -> str:
        """An official; somebody without a name was erased."""
        return self.names.get(person, self.anonymous) if person else ""

    def actor(self, recorded: Recorded) -> str:
        """Who did it. A sender is never named."""
        if recorded.actor_kind == "official":
            name, absent = self.name(recorded.actor_id), self.in_place_of.get(recorded.event_id)
            if absent is None:
                return name
            said = self.words.gettext("%(name)s in place of %(absent)s")
            return said % {"name": name, "absent": self.name(absent)}
        return self.words.label("actor", recorded.actor_kind)

    @property
    def draft(self) -> Draft | None:
        """The last one."""
        return self.answer.view.drafts[-1] if self.answer.view.drafts else None

    def head(self) -> Context:
        """What pages about a case show above everything."""
        return {"number": self.number, "href": self.href, "version": self.answer.view.version, "title": self.title()}

    def title(self) -> str:
        """The neutral title, or what the sender chose."""
        view = self.answer.view
        chosen = self.words.label("topic-choice", view.opened.topic.value)
        return view.title or self.words.gettext("Not yet classified. The sender chose: %(topic)s") % {"topic": chosen}


async def open_dossier(desk: Desk, case_id: str | UUID, asked: Asked | None = None) -> Dossier:
    """Raises NotVisibleError."""
    asked = asked or Asked()
    identifier = case_id if isinstance(case_id, UUID) else path_id(case_id)
    answer = await desk.room.cases.feedback(desk.actor, identifier, asked.at, asked.clock)
    view = answer.view
    wanted = ids(view.authority_id, view.opened.area_id, view.opened.place_id, view.holder_id)
    wanted += [*view.readers, *view.involved, *(note.by for note in view.notes)]
    wanted += [person for draft in view.drafts for person in ids(draft.drafter_id, draft.releaser_id)]
    for recorded in answer.history:
        wanted += ids(recorded.authority_id, _named_in(recorded))
        if recorded.actor_kind == "official":
            wanted.append(recorded.actor_id)
    in_place_of = await _in_place_of(desk, answer.history)
    wanted += in_place_of.values()
    return Dossier(
        in_place_of=in_place_of,
        answer=answer,
        asked=asked,
        names=await desk.room.naming.names(wanted),
        posts=await desk.room.naming.posts(recorded.post_id for recorded in answer.history),
        words=desk.words,
        anonymous=desk.words.gettext("An account without a name"),
    )


async def _in_place_of(desk: Desk, history: Sequence[Recorded]) -> dict[UUID, UUID]:
    """What a stand-in did to a case while the absent person held it, on a day of the appointment."""
    actors = {recorded.actor_id for recorded in history if recorded.actor_kind == "official"}
    stand_ins = await stand_ins_of(desk.room.db, actors)
    found: dict[UUID, UUID] = {}
    state: Feedback | None = None
    for recorded in history if stand_ins else ():
        holder, day = state.holder_id if state else None, legal_date(recorded.occurred_at)
        if any(
            row.receiver_id == recorded.actor_id and row.giver_id == holder and row.runs_on(day) for row in stand_ins
        ):
            found[recorded.event_id] = cast("UUID", holder)
        if isinstance(recorded.fact, FEEDBACK_FACTS):
            state = FEEDBACK.evolve(state, cast("Any", recorded.fact))
    return found


def _named_in(recorded: Recorded) -> UUID | None:
    fact = recorded.fact
    for field in ("handler_id", "official_id", "to_authority_id"):
        if found := getattr(fact, field, None):
            return found if isinstance(found, UUID) else None
    return None


async def colleagues(desk: Desk, authority_id: UUID, at: datetime | None = None) -> list[Colleague]:
    """Who holds a working post in the authority today (locked accounts left out), or held one on the day of `at`."""
    day = legal_date(at) if at else desk.room.today()
    held = [row for row in await posts_in(desk.room.db, authority_id) if row.held_on(day) and set(row.roles) & STAFF]
    accounts = await people(desk.room.db, {row.account_id for row in held})
    names = await desk.room.naming.names(accounts)
    merged: dict[UUID, list[PostRow]] = {}
    for row in held:
        if at is not None or not accounts[row.account_id].locked:
            merged.setdefault(row.account_id, []).append(row)
    found = [
        Colleague(
            person,
            names.get(person, desk.words.gettext("An account without a name")),
            ", ".join(row.title for row in rows),
            frozenset(role for row in rows for role in row.roles),
        )
        for person, rows in merged.items()
    ]
    return sorted(found, key=lambda colleague: colleague.name)
