"""The committed data of the demo store, each file with its provenance: who, where, what is told, in which words."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from domain.authorities.levels import Level
from domain.feedback.vocabulary import Channel, Kind, SubmitterRole, Topic
from domain.people.roles import Role
from domain.schools.vocabulary import PlaceKind, SchoolLevel

T = TypeVar("T")


class Area(msgspec.Struct, frozen=True):
    """An invented ward or commune."""

    slug: str
    kind: PlaceKind
    name: str
    since: date | None = msgspec.field(name="from", default=None)


class Body(msgspec.Struct, frozen=True):
    """An invented authority. `to` is its last day."""

    code: str
    name: str
    level: Level
    province: str
    since: date = msgspec.field(name="from")
    to: date | None = None
    superior: str = ""
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class Guidance(msgspec.Struct, frozen=True):
    """Whose schools the department guides: `first`, and `later` from the reform on."""

    by: str
    first: tuple[str, ...]
    later: tuple[str, ...]


class Unit(msgspec.Struct, frozen=True):
    """An invented school or tutoring facility, with its authority before and since the reform of 01/07/2025."""

    slug: str
    name: str
    area: str
    first: str
    later: str
    level: SchoolLevel | None = None
    remote: bool = False
    since: date | None = msgspec.field(name="from", default=None)

    @property
    def levels(self) -> frozenset[str]:
        """The words by which stories say where they fit."""
        return frozenset(self.level.value.split("&")) if self.level else frozenset({"FACILITY"})


class PostHeld(msgspec.Struct, frozen=True):
    """A post with its first and last day."""

    title: str
    roles: frozenset[Role]
    authority: str
    since: date = msgspec.field(name="from")
    to: date | None = None
    why: str = ""
    areas: tuple[str, ...] = ()
    unit: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody invented, with a given name only."""

    username: str
    name: str
    posts: tuple[PostHeld, ...]
    opened: date = date(2024, 9, 1)


class Office(msgspec.Struct, frozen=True):
    """Who does what in an authority. A name that stands twice does twice as much. `only_in`: the officer of an area."""

    authority: str
    intake: tuple[str, ...]
    officers: tuple[str, ...]
    heads: tuple[str, ...]
    child: str = ""
    custodian: str = ""
    only_in: dict[str, str] = {}


class World(msgspec.Struct, frozen=True):
    """Everything that the story needs before anybody reports anything."""

    provenance: str
    areas: tuple[Area, ...]
    authorities: tuple[Body, ...]
    guidance: Guidance
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    offices: tuple[Office, ...]

    def unit(self, slug: str) -> Unit:
        """Raises StopIteration for an unknown one, as the others here do."""
        return next(unit for unit in self.units if unit.slug == slug)

    def area(self, slug: str) -> Area:
        return next(area for area in self.areas if area.slug == slug)

    def body(self, code: str) -> Body:
        return next(body for body in self.authorities if body.code == code)

    def office(self, authority: str) -> Office:
        return next(office for office in self.offices if office.authority == authority)


class Story(msgspec.Struct, frozen=True):
    """What somebody reports, and all that is later said about it. `wrong`: a classification that is put right."""

    id: str
    levels: frozenset[str]
    topic: Topic
    category: str
    sub: str
    text: str
    title: str
    requests: tuple[str, ...]
    question: str
    reply: str
    answers: tuple[str, ...]
    kind: Kind = Kind.FEEDBACK
    roles: tuple[SubmitterRole, ...] = (SubmitterRole.PARENT,)
    channels: tuple[Channel, ...] = ()
    wrong: tuple[str, str] | None = None
    danger: bool = False
    anonymous: bool = False
    remote: bool = False
    rare: bool = False
    named: bool = False
    """Told only where the script names it."""


class SchoolAsking(msgspec.Struct, frozen=True):
    """What officers ask of a school, in their own words, and what it answers to each."""

    questions: tuple[str, ...]
    answers: tuple[str, ...]


class Phrases(msgspec.Struct, frozen=True):
    """Words that fit any story, or any of a topic: those stand under its code, the others under `any`."""

    provenance: str
    openings: tuple[str, ...]
    neutral_openings: tuple[str, ...]
    closings: tuple[str, ...]
    received_at: dict[Channel, tuple[str, ...]]
    late_reasons: dict[str, tuple[str, ...]]
    notes: dict[str, tuple[str, ...]]
    reclassify_reasons: tuple[str, ...]
    reassign_reasons: tuple[str, ...]
    involved_reasons: tuple[str, ...]
    return_reasons: dict[str, tuple[str, ...]]
    close_reasons: tuple[str, ...]
    sender_reopens: dict[str, tuple[str, ...]]
    official_reopens: tuple[str, ...]
    restrict_reasons: tuple[str, ...]
    reader_reasons: tuple[str, ...]
    dismiss_reasons: tuple[str, ...]
    alone_reason: str
    handover_reason: str
    handover_document: str
    explain: dict[str, tuple[SchoolAsking, ...]]
    more_time_reasons: dict[str, tuple[str, ...]]
    second_questions: tuple[str, ...]
    second_replies: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]


def fitting(told: dict[str, tuple[T, ...]], topic: Topic) -> tuple[T, ...]:
    """Words of this topic, and those that fit any."""
    return (*told.get(topic.value, ()), *told.get("any", ()))


class Ward(msgspec.Struct, frozen=True):
    """A real ward or commune, as printed. `from_2025`: one of those that began on 01/07/2025."""

    id: str
    kind: PlaceKind
    name: str
    source: str
    from_2025: bool


class School(msgspec.Struct, frozen=True):
    """A real school, as printed."""

    id: str
    level: SchoolLevel
    name: str
    source: str


class ReferencePlaces(msgspec.Struct, frozen=True):
    """Real places: name and source, no story."""

    provenance: str
    wards: tuple[Ward, ...]
    schools: tuple[School, ...]


def _read(name: str, kind: Any) -> Any:
    return msgspec.json.decode(files("adapters.demo").joinpath(f"data/{name}.json").read_bytes(), type=kind)


@cache
def world() -> World:
    """Authorities, units and people."""
    found: World = _read("world", World)
    return found


@cache
def phrases() -> Phrases:
    """Words that fit any story."""
    found: Phrases = _read("phrases", Phrases)
    return found


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of the files."""
    names = ("stories_money", "stories_learning", "stories_welfare", "stories_more")
    return tuple(story for name in names for story in _read(name, tuple[Story, ...]))


@cache
def story(identifier: str) -> Story:
    """One of them."""
    return next(story for story in stories() if story.id == identifier)


@cache
def reference_places() -> ReferencePlaces:
    """Real places, for the register of places only."""
    found: ReferencePlaces = _read("reference_places", ReferencePlaces)
    return found
