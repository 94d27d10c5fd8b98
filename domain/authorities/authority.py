"""Authority: established, given a superior, areas and schools to guide, dissolved into its successors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.authorities import commands as c
from domain.authorities import events as f
from domain.authorities import refusals as r
from domain.authorities.levels import Level
from domain.kernel import Command, Decider, UnknownCaseError

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CODE = 60
CONTACT_FIELDS = ("address", "hotline", "paper_place", "reception_days", "reception_place", "denunciation_place")
LONGEST_CONTACT = 120
"""Characters of one of them: it has to fit a line or two of a poster."""


class Authority(msgspec.Struct, frozen=True):
    """Only what the rules read."""

    level: Level | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    superiors: tuple[tuple[date, UUID], ...] = ()
    """(from day, superior), in the order of recording."""
    guided: frozenset[UUID] = frozenset()
    areas: frozenset[UUID] = frozenset()
    contact: tuple[str, ...] = ()
    """What was published last: the day and the fields."""

    def exists_on(self, day: date) -> bool:
        """Whether it is a body on this legal day."""
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def superior_on(self, day: date) -> UUID | None:
        """Who stands above on this legal day; of two with the same first day the later recorded one."""
        begun = [(since, n, superior) for n, (since, superior) in enumerate(self.superiors) if since <= day]
        return max(begun)[2] if begun else None


def evolve(state: Authority | None, fact: f.AuthorityFact) -> Authority:
    """Rule-free and total."""
    state = state or Authority()
    match fact:
        case f.AuthorityEstablished():
            return replace(state, level=fact.level, valid_from=fact.valid_from)
        case f.AuthoritySubordinated():
            return replace(state, superiors=(*state.superiors, (fact.from_day, fact.superior_id)))
        case f.ProfessionalGuidanceAssigned():
            return replace(state, guided=state.guided | set(fact.guided_ids))
        case f.AreaAssigned():
            return replace(state, areas=state.areas | set(fact.area_ids))
        case f.AuthorityDissolved():
            return replace(state, valid_to=fact.valid_to)
        case f.PublicContactPublished():
            return replace(state, contact=_contact(fact))
        case _:
            assert_never(fact)


def establish(cmd: c.EstablishAuthority) -> Sequence[f.AuthorityFact]:
    """The code is the seed of its id and never changes. A superior known from the start is a fact of its own."""
    if len(cmd.code) > LONGEST_CODE or not _CODE.fullmatch(cmd.code):
        raise r.CodeNotAllowedError(field="code")
    if not cmd.name.strip():
        raise r.NameMissingError(field="name")
    if cmd.authority_id in cmd.predecessor_ids:
        raise r.SucceedsItselfError(field="predecessor_ids")
    if cmd.superior_id == cmd.authority_id:
        raise r.SuperiorCircleError(field="superior_id")
    established = f.AuthorityEstablished(
        code=cmd.code,
        name=cmd.name.strip(),
        level=cmd.level,
        province=cmd.province,
        valid_from=cmd.valid_from,
        predecessor_ids=tuple(sorted(cmd.predecessor_ids)),
        source=cmd.source,
        demo=cmd.demo,
    )
    if cmd.superior_id is None:
        return (established,)
    return (established, f.AuthoritySubordinated(superior_id=cmd.superior_id, from_day=cmd.valid_from))


def subordinate(state: Authority, cmd: c.SubordinateAuthority) -> Sequence[f.AuthorityFact]:
    """Below one body at a time, and in no circle."""
    _valid(state, cmd.from_day)
    if cmd.authority_id in cmd.above | {cmd.superior_id}:
        raise r.SuperiorCircleError(field="superior_id")
    if state.superior_on(cmd.from_day) == cmd.superior_id:
        raise r.NothingNewError(field="superior_id")
    return (f.AuthoritySubordinated(superior_id=cmd.superior_id, from_day=cmd.from_day),)


def assign_guidance(state: Authority, cmd: c.AssignProfessionalGuidance) -> Sequence[f.AuthorityFact]:
    """Of bodies that it does not guide yet."""
    _valid(state, cmd.from_day)
    if cmd.authority_id in cmd.guided_ids:
        raise r.GuidesItselfError(field="guided_ids")
    if not (new := cmd.guided_ids - state.guided):
        raise r.NothingNewError(field="guided_ids")
    return (f.ProfessionalGuidanceAssigned(guided_ids=tuple(sorted(new)), from_day=cmd.from_day),)


def assign_area(state: Authority, cmd: c.AssignArea) -> Sequence[f.AuthorityFact]:
    """Wards and communes that it does not have yet."""
    _valid(state, cmd.from_day)
    if not (new := cmd.area_ids - state.areas):
        raise r.NothingNewError(field="area_ids")
    return (f.AreaAssigned(area_ids=tuple(sorted(new)), from_day=cmd.from_day),)


def dissolve(state: Authority, cmd: c.DissolveAuthority) -> Sequence[f.AuthorityFact]:
    """Once; handing over the open cases is another act, of each case."""
    _valid(state, cmd.valid_to)
    if cmd.authority_id in cmd.successor_ids:
        raise r.SucceedsItselfError(field="successor_ids")
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (
        f.AuthorityDissolved(
            valid_to=cmd.valid_to, successor_ids=tuple(sorted(cmd.successor_ids)), reason=cmd.reason.strip()
        ),
    )


def publish_contact(state: Authority, cmd: c.PublishPublicContact) -> Sequence[f.AuthorityFact]:
    """As a whole: what is left empty is no longer stated from that day on."""
    _valid(state, cmd.from_day)
    told = {name: str(getattr(cmd, name)).strip() for name in CONTACT_FIELDS}
    if not any(told.values()):
        raise r.ContactEmptyError(field="hotline")
    if too_long := next((name for name, text in told.items() if len(text) > LONGEST_CONTACT), None):
        raise r.ContactTooLongError(field=too_long, longest=LONGEST_CONTACT)
    published = f.PublicContactPublished(from_day=cmd.from_day, **told)
    if _contact(published) == state.contact:
        raise r.NothingNewError(field="from_day")
    return (published,)


def _contact(fact: f.PublicContactPublished) -> tuple[str, ...]:
    return (fact.from_day.isoformat(), *(str(getattr(fact, name)) for name in CONTACT_FIELDS))


def _valid(state: Authority, day: date) -> None:
    if state.valid_to is not None:
        raise r.DissolvedError
    if state.valid_from is None or day < state.valid_from:
        raise r.OutsideValidityError


_RULES: dict[type[Command], Callable[[Authority, Any], Sequence[f.AuthorityFact]]] = {
    c.SubordinateAuthority: subordinate,
    c.AssignProfessionalGuidance: assign_guidance,
    c.AssignArea: assign_area,
    c.DissolveAuthority: dissolve,
    c.PublishPublicContact: publish_contact,
}


def decide(state: Authority | None, command: c.AuthorityCommand) -> Sequence[f.AuthorityFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.EstablishAuthority):
        if state is not None:
            raise r.AlreadyEstablishedError(field="code")
        return establish(command)
    if state is None:
        raise UnknownCaseError
    return _RULES[type(command)](state, command)


AUTHORITY: Decider[Authority, c.AuthorityCommand, f.AuthorityFact] = Decider("authority", decide, evolve)
