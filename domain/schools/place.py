"""Place: registered with its source, entrusted to an authority by date, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.kernel import Decider, RefusalError, UnknownCaseError
from domain.schools import commands as c
from domain.schools import events as f
from domain.schools.codes import public_code
from domain.schools.competence import competent_on
from domain.schools.vocabulary import AREAS, PlaceKind

DEMO_MARK = "(demo)"


class PlaceAlreadyRegisteredError(RefusalError):
    code = "place-already-registered"


class NameMissingError(RefusalError):
    code = "name-missing"


class SourceMissingError(RefusalError):
    """A register says where it has its entries from."""

    code = "source-missing"


class DemoMarkError(RefusalError):
    """An invented place is called (demo), and only an invented one is."""

    code = "place-demo-mark"


class PosterWithoutAuthorityError(RefusalError):
    """What is reported about a place needs somebody who reads it, and an area whose people do."""

    code = "place-poster-without-authority"


class LevelOnlyForSchoolsError(RefusalError):
    code = "place-level-only-for-schools"


class AlreadyEntrustedError(RefusalError):
    code = "place-already-entrusted"


class PlaceClosedError(RefusalError):
    code = "place-closed"


class DayBeforeBeginningError(RefusalError):
    code = "place-day-before-beginning"


class Place(msgspec.Struct, frozen=True):
    """Only what the rules read."""

    valid_from: date | None = None
    valid_to: date | None = None
    entrusted: tuple[tuple[date, UUID], ...] = ()

    def authority_on(self, day: date) -> UUID | None:
        """Who is competent on this legal day; of two with the same first day the later recorded one."""
        return competent_on(self.entrusted, day)


def evolve(state: Place | None, fact: f.PlaceFact) -> Place:
    """Rule-free and total."""
    state = state or Place()
    match fact:
        case f.PlaceRegistered():
            first = ((fact.valid_from or date.min, fact.authority_id),) if fact.authority_id else ()
            return replace(state, valid_from=fact.valid_from, entrusted=(*first, *state.entrusted))
        case f.PlaceEntrusted():
            return replace(state, entrusted=(*state.entrusted, (fact.from_day, fact.authority_id)))
        case f.PlaceClosed():
            return replace(state, valid_to=fact.valid_to)
        case _:
            assert_never(fact)


def register(cmd: c.RegisterPlace) -> Sequence[f.PlaceFact]:
    """With a name and a source; a poster needs somebody competent."""
    if not cmd.name.strip():
        raise NameMissingError(field="name")
    if not cmd.source.strip():
        raise SourceMissingError(field="source")
    if cmd.demo != cmd.name.strip().endswith(DEMO_MARK):
        raise DemoMarkError(field="name")
    if cmd.level and cmd.kind is not PlaceKind.SCHOOL:
        raise LevelOnlyForSchoolsError(field="level")
    if cmd.poster and (cmd.kind in AREAS or cmd.area_id is None or cmd.authority_id is None):
        raise PosterWithoutAuthorityError(field="poster")
    return (
        f.PlaceRegistered(
            kind=cmd.kind,
            name=cmd.name.strip(),
            source=cmd.source.strip(),
            demo=cmd.demo,
            level=cmd.level,
            area_id=cmd.area_id,
            authority_id=cmd.authority_id,
            public_code=public_code(cmd.place_id) if cmd.poster else "",
            remote=cmd.remote,
            valid_from=cmd.valid_from,
        ),
    )


def entrust(state: Place, cmd: c.EntrustPlace) -> Sequence[f.PlaceFact]:
    """From a day on; what is open there is handed over by each case itself."""
    _open(state, cmd.from_day)
    if state.authority_on(cmd.from_day) == cmd.authority_id:
        raise AlreadyEntrustedError(field="authority_id")
    return (f.PlaceEntrusted(authority_id=cmd.authority_id, from_day=cmd.from_day),)


def close(state: Place, cmd: c.ClosePlace) -> Sequence[f.PlaceFact]:
    """Once, with the source that says so."""
    _open(state, cmd.valid_to)
    if not cmd.source.strip():
        raise SourceMissingError(field="source")
    return (f.PlaceClosed(valid_to=cmd.valid_to, successor_id=cmd.successor_id, source=cmd.source.strip()),)


def _open(state: Place, day: date) -> None:
    if state.valid_to is not None:
        raise PlaceClosedError
    if state.valid_from is not None and day < state.valid_from:
        raise DayBeforeBeginningError


def decide(state: Place | None, command: c.PlaceCommand) -> Sequence[f.PlaceFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.RegisterPlace):
        if state is not None:
            raise PlaceAlreadyRegisteredError
        return register(command)
    if state is None:
        raise UnknownCaseError
    match command:
        case c.EntrustPlace():
            return entrust(state, command)
        case c.ClosePlace():
            return close(state, command)
        case _:
            assert_never(command)


PLACE: Decider[Place, c.PlaceCommand, f.PlaceFact] = Decider("place", decide, evolve)
