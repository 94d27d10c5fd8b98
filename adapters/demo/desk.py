"""The desk of one officer as it lies before her when the story ends: forty open cases, so many of each sort.

Whatever the day is, five are overdue, three due today, seven within three working days and the others later; six wait
for the sender, five for a school, four for release. On a day off nothing can be due: then ten are due within three
working days. When each was received follows from the day on which it has to be due, by the law of the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from adapters.demo import acts_aside, days, source
from adapters.demo.arranged import OWN_TERM
from adapters.demo.script import submission
from adapters.demo.telling import Telling, begun, luck
from adapters.demo.told import Told
from domain.calendar import Calendar
from domain.feedback.vocabulary import Channel, Outcome
from domain.law.law import Law, law_at
from domain.law.policy_facts.adopted import AdoptedTerm
from domain.law.steps import PolicyDocument

OFFICER, WARD = "mai.doithong", "doithong"
SINCE = days.moment(date(2025, 8, 15), 0)
"""Before, the ward is too young for forty cases of its own."""
SOON = 3
REVIEWED = timedelta(days=9)
"""Within the window in which a sender may ask for a review."""
TRIES, FURTHEST = 400, 40
Due = Literal["late", "today", "soon", "later"]


class Slot(msgspec.Struct, frozen=True):
    """One case. `how`: what else happened on the way to its stage."""

    due: Due
    stage: str
    unit: str
    story: str
    how: str = ""


_B, _T, _F = "DEMO-TH-binh-nguyen", "DEMO-THCS-song-hong", "DEMO-FAC-anh-duong"
SLOTS = (
    Slot("late", "awaiting-unit", _B, "SUB-007", "long ago"),
    Slot("late", "awaiting-release", _T, "W-07"),
    Slot("late", "awaiting-sender", _B, "SUB-011"),
    Slot("late", "in-handling", _T, "SUB-001"),
    Slot("late", "in-handling", _B, "W-04", "explained"),
    Slot("today", "awaiting-release", _B, "X-04"),
    Slot("today", "in-handling", _T, "L-04"),
    Slot("today", "awaiting-sender", _F, "SUB-005"),
    Slot("soon", "awaiting-release", _T, "SUB-030"),
    Slot("soon", "awaiting-unit", _B, "SUB-009", "opened"),
    Slot("soon", "awaiting-unit", _B, "X-01", "more time"),
    Slot("soon", "awaiting-sender", _T, "M-05"),
    Slot("soon", "awaiting-sender", _B, "L-07"),
    Slot("soon", "in-handling", _T, "W-06", "reopened"),
    Slot("soon", "in-handling", _B, "SUB-018", "explained"),
    Slot("later", "awaiting-release", _B, "W-13"),
    Slot("later", "awaiting-unit", _B, "SUB-004"),
    Slot("later", "awaiting-unit", _B, "SUB-022", "opened"),
    Slot("later", "awaiting-sender", _T, "L-03"),
    Slot("later", "awaiting-sender", _F, "L-01"),
    Slot("later", "submitted", _T, "SUB-019", "just now"),
    Slot("later", "submitted", _B, "M-03"),
    Slot("later", "submitted", _T, "X-10"),
    Slot("later", "submitted", _F, "L-02"),
    Slot("later", "submitted", _B, "X-06"),
    Slot("later", "acknowledged", _T, "SUB-002"),
    Slot("later", "acknowledged", _B, "SUB-023"),
    Slot("later", "acknowledged", _T, "W-11"),
    Slot("later", "classified", _B, "X-09"),
    Slot("later", "classified", _T, "X-02"),
    Slot("later", "classified", _T, "SUB-021"),
    Slot("later", "acknowledged", _T, "S-ADVERT", "spam"),
    Slot("later", "in-handling", _T, "M-01"),
    Slot("later", "in-handling", _B, "L-05", "replied"),
    Slot("later", "in-handling", _T, "SUB-015"),
    Slot("later", "in-handling", _B, "W-08"),
    Slot("later", "in-handling", _T, "X-07", "replied"),
    Slot("later", "in-handling", _B, "X-08", "by post"),
    Slot("later", "in-handling", _T, "X-05"),
    Slot("later", "in-handling", _B, "SUB-010", "from the box"),
)
NEWEST = {"submitted": 2, "awaiting-unit": 4}
"""From how many of the newest days such a case comes, so that it lies no longer than it should."""
EARLIER: dict[str, tuple[str, ...]] = {
    "awaiting-unit": ("in-handling", "classified", "acknowledged", "submitted"),
    "in-handling": ("classified", "acknowledged", "submitted"),
}
"""Where the days do not reach for a stage, an earlier one is told; only before the ward had a count of its own."""


class Around(msgspec.Struct, frozen=True):
    """The day on which the story ends, and on which days what is due when must have begun."""

    leads_to: datetime
    calendar: Calendar
    law: Law

    @property
    def today(self) -> date:
        return days.day_of(self.leads_to)

    def due_on(self, received: date) -> date:
        """By the law of the product, with the ward's own count."""
        at = days.moment(received, 12)
        law = law_at(at, self.law.policies)
        return law.term("reply", trigger_at=at, submitted=True).due_on

    def sort(self, due: date) -> Due:
        """As the parts of the worklist are cut."""
        if due < self.today:
            return "late"
        if due == self.today:
            return "today"
        return "soon" if due <= self.calendar.add_working_days(self.today, SOON) else "later"

    def began(self, wanted: Due) -> list[date]:
        """Days of receipt of what is due so, the newest first."""
        back = (self.today - timedelta(days=number) for number in range(FURTHEST))
        found = [day for day in back if self.sort(self.due_on(day)) == wanted]
        return found[:8] if wanted == "late" else found


def around(leads_to: datetime) -> Around:
    """The ward's paper is known from the day on which the story tells its adoption."""
    paper = AdoptedTerm(
        rule_id="TCD-REPLY",
        value=days.REPLY_DAYS,
        unit="day",
        day_count="WORKING",
        document=PolicyDocument(number=OWN_TERM, from_day=days.OWN_COUNT_FROM),
        known_from=days.moment(days.OWN_COUNT_FROM, 0),
    )
    law = law_at(leads_to, (paper,))
    return Around(leads_to, law.calendar, law)


def slots(now: Around, present: Sequence[Told]) -> list[Slot]:
    """Those that are still to be told: what lies open there already takes the place of one of its sort."""
    off = not now.calendar.is_working_day(now.today)
    wanted = [msgspec.structs.replace(s, due="soon") if off and s.due == "today" else s for s in SLOTS]
    for case in present:
        due = case.standing["reply_due_on"]
        stage = case.standing["status"]
        sort = now.sort(due) if isinstance(due, date) else "later"
        nearest = [slot for slot in wanted if slot.due == sort]
        waits = [slot for slot in nearest if slot.stage == stage] or nearest
        if waits:
            wanted.remove(waits[-1])
    return wanted


def desk(leads_to: datetime, present: Sequence[Told]) -> Iterator[Told]:
    """`present`: other cases that this officer sees and that are open in the end."""
    now = around(leads_to)
    for number, slot in enumerate(slots(now, present)):
        found = next(
            (
                told
                for stage in (slot.stage, *EARLIER.get(slot.stage, ()))
                if (told := _told(now, msgspec.structs.replace(slot, stage=stage), f"ban-{number:02d}"))
            ),
            None,
        )
        if found:
            yield found


def _told(now: Around, slot: Slot, slug: str) -> Told | None:
    began = now.began(slot.due) or now.began("soon")
    unit, story = source.world().unit(slot.unit), source.story(slot.story)
    for attempt in range(TRIES):
        rng = luck(f"{slug}/{slot.stage}/{attempt}")
        t = begun(slug, unit, story, f"{slug}/{slot.stage}/{attempt}")
        day = rng.choice(began[: NEWEST.get(slot.stage) if slot.due == "later" else None])
        if slot.how == "just now":
            at = now.leads_to - timedelta(minutes=rng.randint(12, 40))
        else:
            at = days.any_moment(rng, day)
        if at > now.leads_to:
            continue
        _tell(t, slot, at)
        if t.steps[-1].at <= now.leads_to and t.status == slot.stage:
            return Told(slug, unit.slug, story.id, tuple(t.steps))
    return None


def _tell(t: Telling, slot: Slot, at: datetime) -> None:
    """From the receipt to the stage, nothing beyond it."""
    if slot.how == "reopened":
        _answered_before(t, at)
    else:
        _submit(t, slot, at)
        order = ("submitted", "acknowledged", "classified")
        reached = order.index(slot.stage) if slot.stage in order else len(order)
        if reached >= 1:
            t.after_days(0, 1)
            t.acknowledge()
        if slot.how == "spam":
            t.after_minutes(10, 40)
            t.tell(t.holder, "propose spam", acts_aside.propose_spam("Tin quảng cáo, không phản ánh việc gì"), {})
        if reached >= 2:  # noqa: PLR2004 - the third word of the order
            t.after_minutes(15, 120)
            t.classify(t.story.category, t.story.sub)
        if reached == len(order):
            t.after_minutes(10, 90)
            t.assign(OFFICER, OFFICER)
            _handle(t, slot)


def _submit(t: Telling, slot: Slot, at: datetime) -> None:
    t.begin(at)
    channel = {"by post": Channel.POST, "from the box": Channel.SUGGESTION_BOX}.get(slot.how, Channel.QR)
    if channel is Channel.QR:
        t.submit(submission(t, channel))
        return
    received = days.moment(days.at_work(days.day_of(at)), t.rng.choice((8, 9, 10)), t.rng.randrange(60))
    t.begin(received)
    t.after_days(1, 2)
    what = submission(t, channel)
    t.submit(what, received=received, late_reason=t.rng.choice(t.words.late_reasons[channel.value]))


def _handle(t: Telling, slot: Slot) -> None:
    if slot.how in ("explained", "replied"):
        _asked_and_told(t, slot.how)
    if slot.stage == "awaiting-sender":
        t.after_days(0, 2)
        t.ask(t.story.question)
    elif slot.stage == "awaiting-unit":
        t.after_days(0, 1)
        t.ask_school()
        if slot.how in ("opened", "more time"):
            t.after_days(0, 1)
            (t.ask_more_time if slot.how == "more time" else t.open_request)()
    elif slot.stage == "awaiting-release":
        t.after_days(1, 3)
        t.draft(Outcome.RESOLVED, dict(enumerate(t.story.answers, start=1)))
        t.after_minutes(10, 60)
        t.submit_for_release()
    elif slot.how != "explained":
        t.after_days(0, 1)
        t.note(t.rng.choice(source.fitting(t.words.notes, t.story.topic)))


def _asked_and_told(t: Telling, how: str) -> None:
    t.after_days(0, 1)
    if how == "explained":
        t.ask_school()
        t.after_days(1, 2)
        t.explain()
    else:
        t.ask(t.story.question)
        t.after_days_at_home(1, 2)
        t.reply(t.story.reply, Channel.QR)


def _answered_before(t: Telling, reopened: datetime) -> None:
    """Answered in good time; `reopened` is when the sender asked for a review."""
    t.begin(days.office_moment(t.rng, days.working_days_before(days.day_of(reopened), 8)))
    t.submit(submission(t, Channel.QR))
    t.after_minutes(30, 90)
    t.acknowledge()
    t.after_minutes(15, 60)
    t.classify(t.story.category, t.story.sub)
    t.after_minutes(10, 60)
    t.assign(OFFICER, OFFICER)
    t.after_days(2, 3)
    t.draft(Outcome.RESOLVED, dict(enumerate(t.story.answers, start=1)))
    t.after_minutes(10, 60)
    t.submit_for_release()
    t.after_days(1, 2)
    t.release()
    if not timedelta(hours=12) < reopened - t.now < REVIEWED:
        return
    t.at(reopened)
    t.reopen(source.fitting(t.words.sender_reopens, t.story.topic)[0], by_sender=True)
