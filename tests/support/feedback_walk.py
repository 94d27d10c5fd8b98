"""Random walks through feedback: at each step any action, with a command that somebody could plausibly give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.calendar import Calendar, DayOff, legal_date
from domain.feedback import commands as c
from domain.feedback.events import FeedbackFact
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import AskedBy, Channel, Sensitivity, Stage, Topic
from domain.kernel import Command, RefusalError
from domain.law.law import Law, law_at
from domain.law.rules import ALMANAC
from tests.support import feedback_story as story
from tests.support.feedback_story import HUNG, LAN, MAI, SON, VAN, someone

OFFICIALS = (MAI, HUNG, SON, LAN, VAN)
STRANGER = someone("an official whom no story names")
EVERYBODY = (*OFFICIALS, STRANGER)
LAW: Law = law_at(story.MONDAY)
NARROW = tuple(word for word in Sensitivity if word.narrow)
IDENTITY = someone("identity")


def _stormy() -> Calendar:
    calendar = ALMANAC.known_at(story.MONDAY)
    days = [legal_date(story.SATURDAY + timedelta(days=n)) for n in range(2, 20)]
    off = {day: DayOff(day=day, name="Nghỉ bão (demo)") for day in days if calendar.is_working_day(day)}
    return replace(calendar, edition="storm", days_off={**calendar.days_off, **off})


STORM: Law = law_at(story.MONDAY, calendar=_stormy())
"""Every day until well after the answer is off: whatever runs comes out later."""


def _classifications(state: Feedback, by: UUID) -> list[Command]:
    reason = "Read again" if state.classified else ""
    return [
        story.classify("over-collection", by=by, reason=reason),
        story.classify("school-violence", by=by, reason=reason, requests=story.requests("Một việc")),
        story.classify("tutoring", by=by, reason=reason, requests=story.requests("a", "b", "c")),
    ]


def _replies(state: Feedback, _by: UUID) -> list[Command]:
    """Over the code, and on a paper that came half a minute after the question."""
    on_paper = [
        story.reply(
            number,
            received_at=asked_at + timedelta(seconds=30),
            late_reason="By post",
            channel=Channel.POST,
            by=MAI,
        )
        for number, asked_at in state.open_questions.items()
    ]
    return [*(story.reply(number) for number in sorted(state.open_questions) or [1]), *on_paper]


def _drafts(state: Feedback, by: UUID) -> list[Command]:
    asked = sorted(state.requests)
    return [story.draft(*asked, by=by), story.draft(*asked[:1], by=by)]


def _unknown_to(state: Feedback) -> UUID:
    """Somebody who neither reads the case nor is involved in it; there is always one more official."""
    names = (someone(f"official {number}") for number in count())
    return next(name for name in names if name not in state.readers | state.involved)


_PLAUSIBLE: dict[str, Callable[[Feedback, UUID], Sequence[Command]]] = {
    "acknowledgements": lambda _s, by: [story.acknowledge(by)],
    "classifications": _classifications,
    "assignments": lambda _s, by: [story.assign(other, "On leave", by) for other in EVERYBODY],
    "questions": lambda _s, _by: [story.ask()],
    "replies": _replies,
    "drafts": _drafts,
    "release-requests": lambda _s, _by: [story.submit_for_release()],
    "returns": lambda _s, _by: [story.return_answer()],
    "releases": lambda _s, by: [story.release(by)],
    "closures": lambda _s, _by: [story.close()],
    "reopenings": lambda _s, _by: [story.reopen(asked_by=AskedBy.OFFICIAL), story.reopen(asked_by=AskedBy.SENDER)],
    "notes": lambda _s, _by: [story.note()],
    "involvements": lambda _s, by: [story.involve(by)],
    "restrictions": lambda _s, _by: [story.restrict(word) for word in NARROW],
    "reader-namings": lambda s, _by: [story.name_reader(other) for other in (*EVERYBODY, _unknown_to(s))],
    "reader-dismissals": lambda s, _by: [story.dismiss_reader(other) for other in sorted(s.readers) or EVERYBODY],
    "identity-disclosures": lambda _s, _by: [story.disclose()],
    "hand-overs": lambda _s, _by: [story.hand_over(story.NUI_XANH), story.hand_over(story.DOI_THONG)],
}
ACTIONS = tuple(_PLAUSIBLE)


def plausible(state: Feedback, action: str, by: UUID, at: datetime) -> list[c.FeedbackCommand]:
    """Commands that mean this action, as somebody who knows the case would give them."""
    commands: list[Any] = [replace(command, at=at) for command in _PLAUSIBLE[action](state, by)]
    return [replace(command, by=by) if command.by != story.SUBJECT else command for command in commands]


class Step(msgspec.Struct, frozen=True):
    """One accepted command with what followed from it."""

    action: str
    command: c.FeedbackCommand
    before: Stage | None
    after: Feedback
    facts: tuple[FeedbackFact, ...]


_FORTH: dict[Stage, tuple[str, ...]] = {
    Stage.SUBMITTED: ("acknowledgements",),
    Stage.ACKNOWLEDGED: ("classifications",),
    Stage.CLASSIFIED: ("assignments", "drafts", "release-requests"),
    Stage.IN_HANDLING: ("drafts", "release-requests"),
    Stage.AWAITING_SENDER: ("replies", "drafts", "release-requests"),
    Stage.AWAITING_RELEASE: ("releases",),
    Stage.ANSWERED: ("closures", "reopenings"),
    Stage.CLOSED: ("reopenings",),
}
"""What brings a case on. Drawn as often as everything else together, or few walks would come to an answer."""


Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several: `random.Random(1).choice`, or a drawing of hypothesis."""


def wander(choose: Choose, most: int) -> list[Step]:
    """A submission, and what officials and its sender may have made of it in at most so many steps."""
    topic, identity = choose([Topic.MONEY, Topic.VIOLENCE]), choose([None, IDENTITY])
    opening = story.submit(
        topic=topic,
        danger=choose([False, True]),
        identity_ref=identity,
        authority_id=choose([story.DOI_THONG, story.NUI_XANH]),
        area_id=choose([story.WARD, story.OTHER_WARD]),
        received_at=choose([None, story.ha_noi("2026-08-20 10:00")]),
        late_reason="Handed over in the hamlet",
    )
    facts = tuple(FEEDBACK.decide(None, opening))
    state = FEEDBACK.fold(facts)
    assert state is not None
    steps = [Step("submissions", opening, None, state, facts)]
    for number in range(most):
        command, action = _any_command(choose, state, story.FRIDAY + timedelta(minutes=number))
        try:
            new = tuple(FEEDBACK.decide(state, command))
        except RefusalError:
            continue
        before, state = state.stage, FEEDBACK.fold(new, state) or state
        steps.append(Step(action, command, before, state, new))
    return steps


def _any_command(choose: Choose, state: Feedback, at: datetime) -> tuple[c.FeedbackCommand, str]:
    action, by = choose(choose([_FORTH[state.stage], (*ACTIONS, "rederivations")])), choose(OFFICIALS)
    if action == "rederivations":
        return c.RederiveTerms(by=by, at=at, law=choose([LAW, STORM]), reason="A storm (demo)"), action
    return choose(plausible(state, action, by, at)), action


@st.composite
def walks(draw: st.DrawFn, most: int = 30) -> list[Step]:
    """The same, drawn."""
    return wander(lambda options: draw(st.sampled_from(options)), draw(st.integers(0, most)))


def facts_of(steps: Sequence[Step]) -> list[FeedbackFact]:
    """The history that a walk makes."""
    return [fact for step in steps for fact in step.facts]
