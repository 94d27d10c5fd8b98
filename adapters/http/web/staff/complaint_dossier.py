"""One complaint as staff pages read it: the answer of the reader with every name that the page needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from adapters.http.complaints import ComplaintAnswer
from adapters.http.conditional import path_id
from adapters.http.web.staff.moments import Asked
from adapters.http.web.staff.room import Context, Desk, ids
from adapters.http.web.staff.words import Words
from application.ports import Recorded

PATH = "/complaints"
ShownText = str | dict[str, bool] | None


class ComplaintDossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one complaint that a page shows."""

    answer: ComplaintAnswer
    asked: Asked
    names: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    numbers: Mapping[UUID, str]
    words: Words
    anonymous: str

    @property
    def href(self) -> str:
        """The complaint in the present."""
        return f"{PATH}/{self.answer.view.case_id}"

    @property
    def number(self) -> str:
        """The register number; a case that the register has not reached says so."""
        return self.answer.number or self.words.gettext("no number yet")

    def text(self, sealed: object) -> str | None:
        """The plaintext; None where it was erased, empty where the post does not open it."""
        shown: ShownText = self.answer.disclose.text(sealed)  # type: ignore[arg-type]  # Sealed or None
        return None if isinstance(shown, dict) else shown or ""

    def said(self, sealed: object) -> str:
        """The same for places that hold only text."""
        text = self.text(sealed)
        return self.words.gettext("Erased") if text is None else text

    def name(self, person: UUID | None) -> str:
        """An official, a school, an authority; somebody without a name was erased."""
        return self.names.get(person, self.anonymous) if person else ""

    def actor(self, recorded: Recorded) -> str:
        """Who did it."""
        if recorded.actor_kind == "official":
            return self.name(recorded.actor_id)
        return self.words.label("actor", recorded.actor_kind)

    def word(self, field: str, value: Any) -> str:
        """A code of a closed list in words; empty for none."""
        return self.words.label("complaint-word", f"{field}/{value.value}") if value else ""

    def title(self) -> str:
        """Level and unit."""
        state = self.answer.view.state
        return f"{self.word('level', state.level)} · {self.name(state.place_id)}"

    def head(self) -> Context:
        """What pages about a case show above everything."""
        return {"number": self.number, "href": self.href, "version": self.answer.view.version, "title": self.title()}


async def open_complaint(desk: Desk, case_id: str | UUID, asked: Asked | None = None) -> ComplaintDossier:
    """Raises NotVisibleError."""
    asked = asked or Asked()
    identifier = case_id if isinstance(case_id, UUID) else path_id(case_id)
    answer = await desk.room.complaint_reader.one(desk.actor, identifier, asked.at, asked.clock)
    state = answer.view.state
    wanted = ids(state.authority_id, state.place_id, state.received_by_id, state.resolver_id, state.holder_id)
    wanted += [*state.verifiers, *state.involved]
    for recorded in answer.history:
        wanted += ids(recorded.authority_id, recorded.unit_id)
        if recorded.actor_kind == "official":
            wanted.append(recorded.actor_id)
        wanted += [one for field in _PEOPLE for one in _ids_in(getattr(recorded.fact, field, None))]
    naming = desk.room.naming
    return ComplaintDossier(
        answer=answer,
        asked=asked,
        names=await naming.names(wanted),
        posts=await naming.posts(recorded.post_id for recorded in answer.history),
        numbers=await desk.room.complaint_reader.numbers([state.first_id, state.second_id]),
        words=desk.words,
        anonymous=desk.words.gettext("An account without a name"),
    )


_PEOPLE = ("official_id", "verifier_ids", "drafter_id", "signer_id", "chair_id", "redactor_id")


def _ids_in(value: Any) -> list[UUID]:
    values = value if isinstance(value, tuple) else (value,)
    return [one for one in values if isinstance(one, UUID)]
