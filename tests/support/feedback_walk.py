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
from domain.feedback.vocabulary import AskedBy, AssessedAs, Channel, Sensitivity, Stage, TextPlace, Topic
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
A_YEAR_LATER = story.ha_noi("2027-11-01 09:00")
REQUESTS = tuple(f"request {number}" for number in range(1, 100))
SUPERIORS = (someone("province"), someone("ministry"))


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


def _waits(state: Feedback, which: str) -> bool:
    return someone(which) in state.explanations


def _unasked(state: Feedback) -> str:
    return next(which for which in REQUESTS if not _waits(state, which))


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
    "splits": lambda _s, _by: [story.split()],
    "duplicate-links": lambda _s, _by: [story.link_duplicate()],
    "duplicate-unlinkings": lambda _s, _by: [story.unlink_duplicate()],
    "transfers": lambda _s, _by: [story.transfer(), story.transfer_inside()],
    "transfer-recalls": lambda _s, _by: [story.recall_transfer()],
    "guidances": lambda _s, _by: [story.guide()],
    "guidance-withdrawals": lambda _s, _by: [story.withdraw_guidance()],
    "ineligibility-findings": lambda _s, _by: [story.find_ineligible()],
    "ineligibility-revocations": lambda _s, _by: [story.revoke_ineligibility()],
    "purges": lambda _s, _by: [story.purge(A_YEAR_LATER)],
    "spam-proposals": lambda _s, by: [story.propose_spam(by)],
    "spam-confirmations": lambda _s, by: [story.agree_on_spam(by)],
    "spam-refusals": lambda _s, _by: [story.doubt_spam()],
    "spam-revocations": lambda _s, _by: [story.revoke_spam()],
    "withdrawals": lambda _s, _by: [story.withdraw()],
    "correction-drafts": lambda s, by: [story.draft_correction(*sorted(s.requests), by=by)],
    "correction-returns": lambda _s, _by: [story.return_correction()],
    "corrections": lambda _s, by: [story.release_correction(by)],
    "hidden-words": lambda s, _by: [story.hide_words(), *(story.hide_words(TextPlace.REPLY, n) for n in s.replied)],
    "explanation-requests": lambda s, _by: [story.ask_explanation(_unasked(s))],
    "explanation-recalls": lambda s, _by: [story.recall_explanation(which) for which in REQUESTS if _waits(s, which)],
    "information-openings": lambda s, _by: [story.open_information(*({VAN} - s.involved))],
    "information-assessments": lambda _s, _by: [story.assess_information(result, "A body") for result in AssessedAs],
    "superior-referrals": lambda _s, _by: [story.refer_to_superior(above) for above in SUPERIORS],
}
ACTIONS = tuple(_PLAUSIBLE)
TOWARDS: dict[Stage, tuple[str, ...]] = {
    Stage.SPAM: ("spam-proposals", "spam-confirmations"),
    Stage.TRANSFERRED: ("transfers",),
    Stage.DUPLICATE: ("duplicate-links",),
    Stage.GUIDED: ("guidances",),
    Stage.INELIGIBLE: ("ineligibility-findings",),
    Stage.RECALLED: ("incoming-recalls",),
    Stage.UNDER_ASSESSMENT: ("information-openings",),
    Stage.ASSESSED: ("information-openings", "information-assessments"),
    Stage.SPLIT: ("splits",),
    Stage.WITHDRAWN: ("withdrawals",),
    Stage.AWAITING_UNIT: ("explanation-requests",),
}
"""What leads to the stages off the straight way."""
OTHER_WAYS = ACTIONS[ACTIONS.index("splits") :]
"""Actions that leave the straight way, and those that come back to it."""


def plausible(state: Feedback, action: str, by: UUID, at: datetime) -> list[c.FeedbackCommand]:
    """Commands that mean this action, as somebody who knows the case would give them."""
    at = A_YEAR_LATER if action == "purges" else at
    commands: list[Any] = [replace(command, at=at) for command in _PLAUSIBLE[action](state, by)]
    return [replace(command, by=by) if command.by != story.SUBJECT else command for command in commands]


class Step(msgspec.Struct, frozen=True):
    """One accepted command with what followed from it."""

    action: str
    command: c.FeedbackCommand
    before: Stage | None
    after: Feedback
    facts: tuple[FeedbackFact, ...]

    def __repr__(self) -> str:
        """Short: an example of thirty steps has to stay readable."""
        return f"<{self.action} by {self.command.by}: {self.before or '-'} → {self.after.stage}>"


_FORTH: dict[Stage, tuple[str, ...]] = {
    Stage.SUBMITTED: ("acknowledgements",),
    Stage.ACKNOWLEDGED: ("classifications",),
    Stage.CLASSIFIED: ("assignments", "drafts", "release-requests"),
    Stage.IN_HANDLING: ("drafts", "release-requests"),
    Stage.AWAITING_SENDER: ("replies", "drafts", "release-requests"),
    Stage.AWAITING_RELEASE: ("releases",),
    Stage.ANSWERED: ("closures", "reopenings", "correction-drafts", "corrections"),
    Stage.CLOSED: ("reopenings",),
    Stage.AWAITING_UNIT: ("received-explanations", "questions", "drafts", "release-requests"),
    Stage.UNDER_ASSESSMENT: ("information-assessments",),
    Stage.ASSESSED: ("closures",),
    Stage.SPLIT: ("notes",),
    Stage.DUPLICATE: ("duplicate-unlinkings", "reopenings"),
    Stage.TRANSFERRED: ("transfer-recalls",),
    Stage.RECALLED: ("notes",),
    Stage.GUIDED: ("guidance-withdrawals", "reopenings"),
    Stage.INELIGIBLE: ("ineligibility-revocations", "reopenings"),
    Stage.SPAM: ("spam-revocations",),
    Stage.WITHDRAWN: ("reopenings",),
}
"""What brings a case on. Drawn as often as everything else together, or few walks would come to an answer."""


_BY_THE_SYSTEM: dict[str, Callable[[Any], list[Any]]] = {
    "rederivations": lambda choose: [
        c.RederiveTerms(by=MAI, at=story.MONDAY, law=choose([LAW, STORM]), reason="A storm (demo)")
    ],
    "received-explanations": lambda _choose: [story.receive_explanation(which) for which in REQUESTS[:3]],
    "incoming-recalls": lambda _choose: [story.close_recalled()],
}
"""What no official does at this case: it follows from a calendar, another stream or another authority."""
_STRAIGHT = tuple(action for action in ACTIONS if action not in OTHER_WAYS)


Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several: `random.Random(1).choice`, or a drawing of hypothesis."""


def wander(choose: Choose, most: int, towards: Sequence[str] = (), *, to_the_end: bool = False) -> list[Step]:
    """A submission, and what officials and its sender may have made of it in at most so many steps.

    `towards`: actions that are tried more often than others. `to_the_end`: until nothing more is owed, if that needs
    more steps.
    """
    opening = choose([_submitted, _submitted, _submitted, _from_another])(choose)
    facts = tuple(FEEDBACK.decide(None, opening))
    state = FEEDBACK.fold(facts)
    assert state is not None
    steps = [Step("submissions", opening, None, state, facts)]
    number = 0
    while number < most or (to_the_end and not state.over):
        onward = number >= most
        moment = story.FRIDAY + timedelta(minutes=number)
        command, action = _any_command(choose, state, moment, towards, onward=onward)
        number += 1
        try:
            new = tuple(FEEDBACK.decide(state, command))
        except RefusalError:
            continue
        before, state = state.stage, FEEDBACK.fold(new, state) or state
        steps.append(Step(action, command, before, state, new))
    return steps


def _from_another(choose: Choose) -> c.FeedbackCommand:
    return story.open_part(choose([HUNG, None]))


def _submitted(choose: Choose) -> c.FeedbackCommand:
    topic, identity = choose([Topic.MONEY, Topic.VIOLENCE]), choose([None, IDENTITY])
    return story.submit(
        topic=topic,
        danger=choose([False, True]),
        identity_ref=identity,
        authority_id=choose([story.DOI_THONG, story.NUI_XANH]),
        area_id=choose([story.WARD, story.OTHER_WARD]),
        received_at=choose([None, story.ha_noi("2026-08-20 10:00")]),
        late_reason="Handed over in the hamlet",
    )


def _any_command(
    choose: Choose, state: Feedback, at: datetime, towards: Sequence[str], *, onward: bool = False
) -> tuple[c.FeedbackCommand, str]:
    forth = _FORTH[state.stage]
    more = [forth, _STRAIGHT, (*ACTIONS, *_BY_THE_SYSTEM), *([towards] if towards else [])]
    ways = [forth, *([] if onward else more)]
    action, by = choose(choose(ways)), choose(OFFICIALS)
    if action in _BY_THE_SYSTEM:
        return replace(choose(_BY_THE_SYSTEM[action](choose)), at=at), action
    return choose(plausible(state, action, by, at) or [story.note()]), action


@st.composite
def walks(draw: st.DrawFn, most: int = 30) -> list[Step]:
    """The same, drawn."""
    return wander(lambda options: draw(st.sampled_from(options)), draw(st.integers(0, most)))


def facts_of(steps: Sequence[Step]) -> list[FeedbackFact]:
    """The history that a walk makes."""
    return [fact for step in steps for fact in step.facts]
