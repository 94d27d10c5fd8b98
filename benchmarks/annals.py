"""What happened in the town, in the order in which it was recorded: legal histories, spread over three years.

Each fact stands where the sequencer would have put it, and bears the stamp of its day: so an early moment knows few
cases, and a late one many, as in an authority that is asked about its past.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace

from application.identifiers import register_book_id
from application.people import account_id_of
from application.ports import Envelope, Vault
from benchmarks import town
from benchmarks.histories import appended
from domain.calendar import legal_date
from domain.feedback.categories import CATEGORIES
from domain.feedback.events import FeedbackClassified, FeedbackSubmitted, SenderReplied
from domain.feedback.vocabulary import Channel
from domain.kernel import Fact, Sealed
from domain.registers.events import CaseEntered
from tests.support import feedback_story, feedback_walk

WEEKS, WALKS, STEPS = 150, 60, 14
_PACES = (timedelta(hours=7), timedelta(hours=20), timedelta(days=2), timedelta(days=4))
"""From one act on a case to the next."""
_LATE = (timedelta(hours=3), timedelta(days=1), timedelta(days=3))
_WEEK, _JITTER_S = timedelta(weeks=1), 600
_ENTRY = 1
"""The place of the register entry among what happens to a case: right after the opening."""


class Story(msgspec.Struct, frozen=True):
    """A history that many cases share: its facts, and by which act each of them came."""

    opened_at: datetime
    facts: tuple[Fact, ...]
    acts: tuple[int, ...]


class Case(msgspec.Struct, frozen=True):
    """What is a case's own. `begun`: when it came in."""

    id: UUID
    story: Story
    begun: datetime
    pace: timedelta
    school: int
    title: str
    category: str
    channel: Channel
    late: timedelta
    """How long before it was recorded its paper came, and each of its sender's letters."""

    def stamps(self) -> Iterator[datetime]:
        """When each fact was recorded, with the register entry among them."""
        yield self.begun
        yield self.begun + timedelta(seconds=2)
        for act in self.story.acts[1:]:
            yield self.begun + timedelta(seconds=4) + self.pace * act

    def fact(self, number: int) -> Fact:
        """About one of the schools, by its own channel, with its own title and category."""
        match fact := self.story.facts[number]:
            case FeedbackSubmitted():
                code, area = sha256(self.id.bytes).digest(), town.area(self.school % town.AREAS)
                place = town.place(self.school)
                return replace(fact, place_id=place, area_id=area, channel=self.channel, code_hash=code)
            case FeedbackClassified():
                return replace(fact, title=self.title, category=self.category, sub_category="")
        return fact


class Entry(msgspec.Struct, frozen=True):
    """A fact with the stamp of the second clock. `last`: nothing more happens to the case."""

    envelope: Envelope
    recorded_at: datetime
    case_id: UUID
    last: bool


class Annals:
    """All that happened to so many cases until `now`."""

    def __init__(self, vault: Vault, cases: int, now: datetime) -> None:
        random, stories = Random(cases), _stories(vault, now)  # noqa: S311 - the same cases each time
        self._cases = [_case(random, random.choice(stories)) for _ in range(cases)]
        stamps = (
            (stamp, number, n)
            for number, case in enumerate(self._cases)
            for n, stamp in enumerate(case.stamps())
            if stamp < now
        )
        self._order = sorted(stamps)
        self._facts = array("i", [0]) * cases
        for _, number, _ in self._order:
            self._facts[number] += 1
        self.books: dict[UUID, int] = defaultdict(int)
        """How many cases each register book holds."""

    def __len__(self) -> int:
        """How many facts there are."""
        return len(self._order)

    def __iter__(self) -> Iterator[Entry]:
        """Every fact, in the order of the log. Once only: the register books are filled on the way."""
        commands: dict[int, tuple[datetime, UUID]] = {}
        for stamp, number, n in self._order:
            case = self._cases[number]
            at, command_id = commands.get(number, (None, None))
            if command_id is None or at != stamp:
                command_id = uuid4()
                commands[number] = stamp, command_id
            envelope = self._entered(case, stamp, command_id) if n == _ENTRY else _of(case, n, stamp, command_id)
            yield Entry(envelope, stamp, case.id, last=n + 1 == self._facts[number])

    def _entered(self, case: Case, at: datetime, command_id: UUID) -> Envelope:
        year = legal_date(at).year
        book = register_book_id(town.AUTHORITY, "feedback", year)
        self.books[book] += 1
        fact = CaseEntered(case_id=case.id, kind="feedback", authority_code=town.CODE, year=year)
        return appended(book, self.books[book], fact, command_id, at, town.AUTHORITY)


def _of(case: Case, n: int, at: datetime, command_id: UUID) -> Envelope:
    number = n if n < _ENTRY else n - 1
    fact = case.fact(number)
    happened = at - case.late if isinstance(fact, FeedbackSubmitted | SenderReplied) else at
    return appended(case.id, number + 1, fact, command_id, happened, town.AUTHORITY)


def _case(random: Random, story: Story) -> Case:
    title = town.RARE if random.random() < 1 / 500 else random.choice(town.TITLES)
    return Case(
        id=UUID(int=random.getrandbits(128), version=4),
        story=story,
        begun=story.opened_at + timedelta(seconds=random.random() * _JITTER_S),
        pace=random.choice(_PACES),
        school=random.randrange(town.SCHOOLS),
        title=title,
        category=random.choice(list(CATEGORIES)),
        channel=random.choice(list(Channel)),
        late=random.choice(_LATE) if random.random() < 1 / 25 else timedelta(),
    )


def _stories(vault: Vault, now: datetime) -> list[Story]:
    """Walks through the rules, each moved by whole weeks, their texts sealed by the key of one subject."""
    found: list[Story] = []
    random, ahead = Random(7), (now - feedback_story.SATURDAY) // _WEEK  # noqa: S311 - the same each time
    for number in range(WALKS):
        steps = feedback_walk.wander(random.choice, STEPS + number % 6, to_the_end=number % 12 != 0)
        acts = tuple(act for act, step in enumerate(steps) for _ in step.facts)
        for weeks in range(number % 5, WEEKS, 5):
            moved = _Moved(vault, _WEEK * (weeks - ahead))
            facts = tuple(map(moved, feedback_walk.facts_of(steps)))
            found.append(Story(moved(feedback_story.SATURDAY).astimezone(UTC), facts, acts))
    return found


class _Moved:
    """The same value some weeks earlier, in our authority, with texts that can be opened."""

    def __init__(self, vault: Vault, back: timedelta) -> None:
        self._vault, self._back = vault, back
        self._ids = {feedback_story.SUBJECT: town.SUBJECT, feedback_story.SON: account_id_of(town.USER)}
        self._ids |= dict.fromkeys((feedback_story.DOI_THONG, feedback_story.NUI_XANH), town.AUTHORITY)

    def __call__(self, value: Any) -> Any:
        match value:
            case Sealed():
                return self._vault.seal(town.SUBJECT, value.context, "Nội dung để đo, không có thật (demo).")
            case UUID():
                return self._ids.get(value, value)
            case date() | datetime():
                return value - self._back
            case tuple():
                return tuple(map(self, value))
            case msgspec.Struct():
                return replace(value, **{name: self(getattr(value, name)) for name in value.__struct_fields__})
        return value
