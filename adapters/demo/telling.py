"""One case of the story while it is told: what its people do next, when, and what the ledger says of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from adapters.demo import acts, days, source
from adapters.demo.arranged import NARROWED, NARROWED_FROM
from adapters.demo.ledger import Value
from adapters.demo.source import Office, Phrases, SchoolAsking, Story, Unit, World, fitting
from adapters.demo.turn import SENDER, Act, Step, explanation_id_of
from application.authorities import authority_id_of
from application.feedback_intake import Submission
from application.people import account_id_of
from application.places import place_id_of
from application.ports import PlaceInfo
from domain.feedback.categories import CATEGORIES
from domain.feedback.vocabulary import Channel, Outcome, Sensitivity, Topic
from domain.people.roles import Role
from domain.schools.codes import public_code

SEED = "hoso-demo-1"
REFORM = days.moment(date(2025, 7, 1), 0)
"""From here on the division is gone and the communes are competent."""
HAND_OVER_FROM = days.moment(date(2025, 7, 1), 7, 30)


def place_of(world: World, unit: Unit, authority: str) -> PlaceInfo:
    """The unit as the desk wants it, under the authority that is competent at that moment of the story."""
    place_id = place_id_of(unit.slug)
    return PlaceInfo(
        id=place_id,
        code=public_code(place_id),
        name=unit.name,
        kind="school" if unit.level else "facility",
        area_id=place_id_of(unit.area),
        area_name=world.area(unit.area).name,
        authority_id=authority_id_of(authority),
        authority_name=world.body(authority).name,
        demo=True,
    )


def luck(what: str) -> Random:
    """The same each time."""
    return Random(f"{SEED}/{what}")  # noqa: S311 - a story that comes out the same each time, not a secret


def begun(slug: str, unit: Unit, story: Story, seed: str) -> Telling:
    """A case of which nothing is told yet."""
    return Telling(slug, unit, story, source.world(), source.phrases(), luck(f"{seed}/telling"))


class Telling:
    """Its methods each tell one act, at the time that the teller set with one of the `after_…` methods."""

    def __init__(self, slug: str, unit: Unit, story: Story, world: World, words: Phrases, rng: Random) -> None:
        self.slug, self.unit, self.story, self.rng = slug, unit, story, rng
        self.world, self.words = world, words
        self.steps: list[Step] = []
        self.now = REFORM
        self.authority = ""
        self.status = ""
        self.holder = ""
        self.involved: set[str] = set()
        self.readers: set[str] = set()
        self.requests = 0
        self.asked_school = 0
        self.school_asking = SchoolAsking((), ())
        self.questions = 0
        self.asked = False
        self.category = ""
        self.narrow = False
        self.restricted = False
        self.reopened = False
        self.case_of: UUID | None = None

    @property
    def office(self) -> Office:
        """The people who are competent now."""
        return self.world.office(self.authority)

    def begin(self, at: datetime) -> None:
        """Sets the moment of the first act, and with it who is competent."""
        self.now = at
        self.authority = self.unit.later if at >= REFORM else self.unit.first

    def after_minutes(self, least: int = 8, most: int = 75) -> None:
        """Soon, within office hours."""
        self._move(days.soon(self.rng, self.now, least, most))

    def after_days(self, least: int, most: int) -> None:
        """Some working days later, at some office hour; 0 is still today if there is time left."""
        count = self.rng.randint(least, most)
        if count == 0:
            self.after_minutes(20, 150)
            return
        self._move(days.office_moment(self.rng, days.working_days_later(days.day_of(self.now), count)))

    def after_days_at_home(self, least: int, most: int) -> None:
        """Some days later, when people write at home."""
        day = days.day_of(self.now) + self.rng.randint(least, most) * days.DAY
        self._move(days.any_moment(self.rng, day))

    def at(self, moment: datetime) -> None:
        """At exactly this moment."""
        self._move(moment)

    def submit(
        self, what: Submission, *, received: datetime | None = None, late_reason: str = "", photos: tuple[str, ...] = ()
    ) -> None:
        """By the sender over the QR code or the portal, else by who took it in."""
        by_sender = what.channel in (Channel.QR, Channel.PORTAL)
        who = SENDER if by_sender else self.office.only_in.get(self.unit.area, self.rng.choice(self.office.intake))
        self.narrow = what.topic is Topic.VIOLENCE
        self.status = "submitted"
        place = place_of(self.world, self.unit, self.authority)
        act = acts.submit(place, what, received, late_reason, photos)
        opened: dict[str, Value] = {
            "status": self.status,
            "authority_id": place.authority_id,
            "holder_id": None,
            "category": "",
            "requests": 0,
            "open_questions": 0,
            "answered": False,
            "closed": False,
            "reply_due_on": days.reply_due_on(received or self.now, self.authority),
        }
        self.tell(who, "submit", act, opened, happened=received)

    def acknowledge(self) -> None:
        self.holder = self.rng.choice(self.office.intake)
        self.status = "acknowledged"
        then: dict[str, Value] = {"status": self.status, "holder_id": account_id_of(self.holder)}
        self.tell(self.holder, "acknowledge", acts.acknowledge, then)

    def classify(self, category: str, sub: str, *, more: int = 0, reason: str = "") -> None:
        """The first time, or again with a reason; `more`: requests that were found only then."""
        wanted = [*self.story.requests, *("Trả lời bằng văn bản về kết quả",) * more]
        self.requests, self.category = len(wanted), category
        self.narrow = self.restricted or CATEGORIES[category].sensitivity.narrow or self._kept_closer(category)
        act = acts.classify(self.story.kind, category, sub, self.story.title, wanted, reason)
        then: dict[str, Value] = {"category": category, "requests": len(wanted)}
        if not reason:
            self.status = then["status"] = "classified"
        self.tell(self.holder, "classify again" if reason else "classify", act, then)

    def _kept_closer(self, category: str) -> bool:
        return (self.authority, category) == NARROWED and days.day_of(self.now) >= NARROWED_FROM

    def assign(self, by: str, handler: str, reason: str = "") -> None:
        self.holder = handler
        then: dict[str, Value] = {"holder_id": account_id_of(handler)}
        if self.status == "classified":
            self.status = then["status"] = "in-handling"
        self.tell(by, "assign", acts.assign(handler, reason), then)

    def declare_involvement(self) -> None:
        """The handler lets go; nobody has it until it is assigned again."""
        who, self.holder = self.holder, ""
        self.involved.add(who)
        self.status = "classified"
        then: dict[str, Value] = {"status": "classified", "holder_id": None}
        self.tell(who, "declare involvement", acts.declare_involvement, then)

    def ask(self, question: str) -> None:
        self.questions += 1
        self.asked, self.status = True, "awaiting-sender"
        self.tell(self.holder, "ask", acts.ask(question), {"status": self.status, "open_questions": 1})

    def reply(self, text: str, channel: Channel, received: datetime | None = None, late_reason: str = "") -> None:
        """By the sender, or taken down by the handler."""
        who = SENDER if channel is Channel.QR else self.holder
        self.asked, self.status = False, "in-handling"
        act = acts.reply(self.questions, text, channel, received, late_reason)
        self.tell(who, "reply", act, {"status": self.status, "open_questions": 0}, happened=received)

    @property
    def principal(self) -> str:
        """Who answers for the unit now; empty where nobody has an account."""
        day = days.day_of(self.now)
        return next(
            (
                person.username
                for person in self.world.people
                for post in person.posts
                if post.unit == self.unit.slug
                and Role.SCHOOL in post.roles
                and post.since <= day
                and (post.to is None or day <= post.to)
            ),
            "",
        )

    def ask_school(self) -> None:
        """The handler asks the unit to explain."""
        self.asked_school = len(self.steps) + 1
        self.school_asking = self.rng.choice(fitting(self.words.explain, self.story.topic))
        self.status = "awaiting-unit"
        could_know = self.rng.choice((35, 40, 90, 300))
        self.tell(
            self.holder,
            "ask the school",
            acts.ask_school(self.school_asking.questions, could_know),
            {"status": self.status},
        )

    def open_request(self) -> None:
        """The principal reads it."""
        self.tell(self.principal, "open the request", acts.open_request(self._request()), {})

    def ask_more_time(self) -> None:
        """The principal asks for five more working days."""
        until = days.working_days_later(days.day_of(self.now), 5 + 3)
        act = acts.ask_more_time(
            self._request(), until, self.rng.choice(fitting(self.words.more_time_reasons, self.story.topic))
        )
        self.tell(self.principal, "ask for more time", act, {})

    def explain(self) -> None:
        """The principal answers, and the case knows at once."""
        parts = dict(enumerate(self.school_asking.answers, start=1))
        self.status = "in-handling"
        act = acts.explain(self._request(), parts)
        self.tell(self.principal, "explain", act, {"status": self.status}, reacts=True)

    def _request(self) -> UUID:
        return explanation_id_of(self.slug, self.asked_school)

    def draft(self, outcome: Outcome, parts: dict[int, str]) -> None:
        self.tell(self.holder, "draft", acts.draft(outcome, parts), {})

    def submit_for_release(self) -> None:
        self.status = "awaiting-release"
        self.tell(self.holder, "submit for release", acts.submit_for_release, {"status": self.status})

    def give_back(self, reason: str) -> None:
        self.status = "in-handling"
        self.tell(self.head(), "give back", acts.give_back(reason), {"status": self.status})

    @property
    def alone(self) -> bool:
        """Whether who works on it is the only one who could release it."""
        return self.office.heads == (self.holder,)

    def release(self, by: str = "") -> None:
        """By a head, or by who answers alone: by a delegation, or for want of anybody else."""
        self.status, self.asked = "answered", False
        then: dict[str, Value] = {"status": "answered", "answered": True, "open_questions": 0}
        act = acts.release(self.words.alone_reason if self.alone else "")
        self.tell(by or self.head(), "release", act, then)

    def close(self, reason: str) -> None:
        self.status = "closed"
        who = self.holder if self.holder and self.rng.random() < 0.7 else self.head()  # noqa: PLR2004 - a guess
        self.tell(who, "close", acts.close(reason), {"status": "closed", "closed": True})

    def reopen(self, reason: str, *, by_sender: bool) -> None:
        """A new term for the answer begins."""
        self.reopened = True
        self.status = "in-handling" if self.holder else "classified"
        then: dict[str, Value] = {
            "status": self.status,
            "answered": False,
            "closed": False,
            "reply_due_on": days.reply_due_on(self.now, self.authority),
        }
        self.tell(SENDER if by_sender else self.head(), "reopen", acts.reopen(reason), then)

    def note(self, text: str) -> None:
        self.tell(self.holder, "note", acts.note(text), {})

    def restrict(self, reason: str) -> None:
        self.narrow = self.restricted = True
        self.tell(self.holder, "restrict", acts.restrict(reason), {})

    def name_reader(self, who: str, reason: str) -> None:
        self.readers.add(who)
        self.tell(self.head(), "name reader", acts.name_reader(account_id_of(who), reason), {})

    def dismiss_reader(self, who: str, reason: str) -> None:
        self.readers.discard(who)
        self.tell(self.head(), "dismiss reader", acts.dismiss_reader(account_id_of(who), reason), {})

    def finish(self, today: datetime) -> None:
        """What is still open when the story ends was handed over too, if it is that old."""
        if self._must_hand_over(today):
            self._hand_over()

    def someone_else(self, *others: str) -> str | None:
        """An officer of the office who is neither involved nor one of `others`."""
        free = [name for name in self.office.officers if name not in self.involved | set(others)]
        return self.rng.choice(free) if free else None

    def handler(self) -> str:
        """Who usually works on such a case here, unless involved in it."""
        child = self.office.child if CATEGORIES[self.category].sensitivity is Sensitivity.CHILD_PROTECTED else ""
        usual = child or self.office.only_in.get(self.unit.area) or self.rng.choice(self.office.officers)
        return usual if usual not in self.involved else self.someone_else() or self.head()

    def head(self) -> str:
        """One of those who release here."""
        return self.rng.choice(self.office.heads)

    def _move(self, moment: datetime) -> None:
        if self._must_hand_over(moment):
            self._hand_over()
            moment = moment if moment > self.now else days.soon(self.rng, self.now)
        self.now = moment

    def _must_hand_over(self, moment: datetime) -> bool:
        old = self.authority == self.unit.first != self.unit.later
        return old and self.now < REFORM <= moment and self.status not in ("", "closed")

    def _hand_over(self) -> None:
        """On the first day after the end of the division; whatever was in hand is taken up again the same day."""
        words, to, before = self.words, authority_id_of(self.unit.later), self.status
        self.now = HAND_OVER_FROM + timedelta(minutes=self.rng.randrange(150))
        self.holder, self.readers = "", set()
        self.status = {"acknowledged": "submitted", "in-handling": "classified"}.get(before, before)
        then: dict[str, Value] = {"status": self.status, "authority_id": to, "holder_id": None}
        act = acts.hand_over(to, words.handover_reason, words.handover_document)
        self.tell("bach.pgd", "hand over", act, then)
        self.authority = self.unit.later
        if before in ("submitted", "answered"):
            return
        self.now = days.soon(self.rng, self.now, 150, 200)
        if before == "acknowledged":
            self.acknowledge()
        else:
            self.assign(self.head(), self.handler(), words.reassign_reasons[2])

    def tell(
        self,
        who: str,
        what: str,
        act: Act,
        then: dict[str, Value],
        *,
        happened: datetime | None = None,
        reacts: bool = False,
    ) -> None:
        """One more act, now."""
        self.steps.append(
            Step(
                at=self.now,
                slug=self.slug,
                number=len(self.steps) + 1,
                who=who,
                what=what,
                act=act,
                then=then,
                happened=happened,
                reacts=reacts,
                case_of=self.case_of,
            )
        )
