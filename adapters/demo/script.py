"""How a case usually goes, with the detours that real ones take. Chances are guesses that make a lively register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from adapters.demo import days
from adapters.demo.source import fitting
from adapters.demo.telling import REFORM, Telling
from application.feedback_intake import Submission
from application.ports import Identity
from domain.feedback.vocabulary import Channel, Kind, Outcome, SubmitterRole, Topic

USUAL_CHANNELS = (
    *(Channel.QR,) * 10,
    Channel.PORTAL,
    Channel.HOTLINE,
    Channel.HOTLINE,
    Channel.POST,
    Channel.IN_PERSON,
    Channel.SUGGESTION_BOX,
    Channel.EMAIL,
)
REMOTE_CHANNELS = (*USUAL_CHANNELS, *(Channel.OFFLINE_SHEET,) * 6)
LATE = {
    Channel.OFFLINE_SHEET: 1.0,
    Channel.SUGGESTION_BOX: 1.0,
    Channel.POST: 0.75,
    Channel.DIALOGUE_MEETING: 0.8,
    Channel.IN_PERSON: 0.35,
    Channel.HOTLINE: 0.35,
}
"""How often what comes this way is entered later than it was received."""
OUTCOMES = (
    *(Outcome.RESOLVED,) * 9,
    *(Outcome.EXPLAINED,) * 6,
    *(Outcome.REFERRED,) * 2,
    *(Outcome.NO_GROUND,) * 2,
    Outcome.CANNOT_VERIFY,
)
OUTCOMES_WITH_RESULT = (*(Outcome.RESOLVED,) * 3, *(Outcome.EXPLAINED,) * 2)
"""Of a proposal, and of danger, nobody answers that there was nothing."""
GRADES = {
    "MN": ("3 tuổi", "4 tuổi", "5 tuổi"),
    "TH": ("1", "2", "3", "4", "5"),
    "THCS": ("6", "7", "8", "9"),
    "FACILITY": ("9",),
}
SUMS = ("120.000", "150.000", "180.000", "200.000", "250.000", "300.000", "350.000", "450.000")


def usual(t: Telling, start: datetime) -> Iterator[None]:
    """From the submission to the end, pausing after each part."""
    _arrive(t, start)
    yield
    _take_in(t)
    yield
    _classify(t)
    yield
    t.after_minutes(10, 120)
    t.assign(t.holder, t.handler())
    yield
    _keep_apart(t)
    yield
    yield from _look_into(t)
    yield from _answer(t)
    yield
    yield from _afterwards(t)


def _said(t: Telling, words: Sequence[str]) -> Sequence[str]:
    """A pupil says "em"."""
    if t.story.roles != (SubmitterRole.PUPIL,):
        return words
    return [said for said in words if "tôi" not in said.lower()]


def _chance(t: Telling, chance: float) -> bool:
    return t.rng.random() < chance


def _arrive(t: Telling, start: datetime) -> None:
    t.begin(start)
    channels = t.story.channels or (REMOTE_CHANNELS if t.unit.remote else USUAL_CHANNELS)
    channel = t.rng.choice(channels)
    by_sender = channel in (Channel.QR, Channel.PORTAL)
    if not by_sender:
        t.begin(days.office_moment(t.rng, days.at_work(days.day_of(start))))
    received = _received_earlier(t, channel) if _chance(t, LATE.get(channel, 0)) else None
    reasons = t.words.late_reasons.get(channel.value, ("",))
    t.submit(
        submission(t, channel),
        received=received,
        late_reason=t.rng.choice(reasons) if received else "",
        photos=("THONG BAO (demo)",) if by_sender and t.story.topic is Topic.MONEY and _chance(t, 0.04) else (),
    )


def submission(t: Telling, channel: Channel) -> Submission:
    """The story in the words of one sender."""
    words, story = t.words, t.story
    role = t.rng.choice(story.roles)
    openings = words.openings if role is SubmitterRole.PARENT else words.neutral_openings
    grades = GRADES[t.rng.choice(sorted(t.unit.levels & story.levels))]
    text = t.rng.choice(openings) + story.text + t.rng.choice(_said(t, words.closings))
    slots = {"lop": t.rng.choice(grades), "tien": t.rng.choice(SUMS), "tien_an": "28.000"}
    return Submission(
        text=text.format(**slots, thang=(t.now - timedelta(days=20)).month),
        topic=story.topic,
        danger=story.danger,
        submitter_role=SubmitterRole.UNKNOWN if _chance(t, 0.1) else role,
        identity=_identity(t, story.anonymous),
        channel=channel,
        received_at_place=t.rng.choice(words.received_at.get(channel, ("",))),
    )


def _identity(t: Telling, anonymous: bool) -> Identity:  # noqa: FBT001 - a property of the story
    if anonymous or not _chance(t, 0.35):
        return Identity()
    number = t.rng.randrange(1, 1000)
    return Identity(name=f"Người gửi số {number} (demo)", phone=f"0000 000 {number:03d}")


def _received_earlier(t: Telling, channel: Channel) -> datetime | None:
    """Some days before it is entered, a call the evening before. Not across the reform."""
    back = 1 if channel is Channel.HOTLINE else t.rng.randint(1, 5)
    day = days.day_of(t.now) - back * days.DAY
    hour = t.rng.choice((19, 20, 21)) if channel is Channel.HOTLINE else t.rng.choice((8, 9, 10, 14, 15, 16))
    received = days.moment(day, hour, t.rng.randrange(60))
    same_side = (received < REFORM) == (t.now < REFORM)
    founded = t.unit.since is None or day >= t.unit.since
    return received if same_side and founded else None


def _take_in(t: Telling) -> None:
    if t.story.danger:
        t.after_minutes(5, 55)
    elif _chance(t, 0.08):
        t.after_days(2, 3)
    else:
        t.after_days(0, 1)
    t.acknowledge()


def _classify(t: Telling) -> None:
    t.after_minutes(10, 200)
    wrong = t.story.wrong if _chance(t, 0.6) else None
    t.classify(*(wrong or (t.story.category, t.story.sub)))
    if wrong:
        t.after_days(0, 1)
        t.classify(t.story.category, t.story.sub, reason=t.rng.choice(t.words.reclassify_reasons))
    elif _chance(t, 0.07):
        t.after_days(0, 1)
        reason = t.rng.choice(t.words.reclassify_reasons)
        t.classify(t.story.category, t.story.sub, more=1, reason=reason)


def _keep_apart(t: Telling) -> None:
    """Who is involved lets go; what could give somebody away is restricted; who is needed is named."""
    if _chance(t, 0.06) and t.someone_else(t.holder):
        t.after_minutes(20, 200)
        t.declare_involvement()
        t.after_minutes(15, 60)
        t.assign(t.rng.choice(t.office.heads), t.someone_else() or t.holder, t.words.involved_reasons[0])
    if not t.narrow and _chance(t, 0.06):
        t.after_days(0, 1)
        t.restrict(t.rng.choice(t.words.restrict_reasons))
    if t.narrow and _chance(t, 0.5):
        t.after_days(0, 1)
        _name_reader(t)


def _name_reader(t: Telling) -> None:
    reader = t.office.custodian if t.category == "corruption-sign" else t.someone_else(t.holder, *t.readers)
    if not reader or reader in t.readers:
        return
    t.name_reader(reader, t.rng.choice(t.words.reader_reasons))
    if _chance(t, 0.3):
        t.after_days(1, 3)
        if reader in t.readers:  # a hand-over in between ended all readings
            t.dismiss_reader(reader, t.words.dismiss_reasons[0])


def _look_into(t: Telling) -> Iterator[None]:
    if _chance(t, 0.45):
        t.after_days(0, 1)
        t.note(t.rng.choice(fitting(t.words.notes, t.story.topic)))
    if _chance(t, 0.48):
        t.after_days(0, 2)
        t.ask(t.story.question)
        yield
        if _chance(t, 0.86):
            _reply(t, t.story.reply)
            yield
            if t.story.roles != (SubmitterRole.PUPIL,) and _chance(t, 0.12):
                n = t.rng.randrange(len(t.words.second_questions))
                t.after_days(0, 1)
                t.ask(t.words.second_questions[n])
                _reply(t, t.words.second_replies[n])
    if _chance(t, 0.4):
        t.after_days(0, 2)
        t.note(t.rng.choice(fitting(t.words.notes, t.story.topic)))
    if _chance(t, 0.05):
        t.after_days(0, 1)
        if other := t.someone_else(t.holder):
            t.assign(t.rng.choice(t.office.heads), other, t.rng.choice(t.words.reassign_reasons))
    yield


def _reply(t: Telling, text: str) -> None:
    """Over the page, or on paper and by telephone: then some are entered days later, while the work went on."""
    asked = t.now
    if not _chance(t, 0.28):
        t.after_days_at_home(1, 4)
        t.reply(text, Channel.QR)
        return
    t.after_days(3, 5)
    channel = Channel.OFFLINE_SHEET if t.unit.remote else Channel.HOTLINE
    received = days.moment(days.day_of(asked) + days.DAY, t.rng.choice((8, 10, 15, 17)), t.rng.randrange(60))
    if (received < REFORM) == (t.now < REFORM):
        t.reply(text, channel, received, t.rng.choice(t.words.late_reasons["reply"]))
    else:
        t.reply(text, channel)


def _answer(t: Telling, *, again: bool = False) -> Iterator[None]:
    """Drafted, perhaps in two goes, laid before a head, perhaps returned, released."""
    outcome = t.rng.choice(OUTCOMES if t.story.kind is Kind.FEEDBACK and not t.story.danger else OUTCOMES_WITH_RESULT)
    parts = _parts(t, outcome)
    slow = not again and _chance(t, 0.1)
    t.after_days(*((7, 11) if slow else (1, 3)))
    if len(parts) > 1 and _chance(t, 0.3):
        t.draft(outcome, {1: parts[1]})
        t.after_days(0, 1)
    t.draft(outcome, parts)
    yield
    t.after_minutes(10, 90)
    t.submit_for_release()
    yield
    if not t.asked and not t.alone and _chance(t, 0.18):
        t.after_days(0, 1)
        t.give_back(t.rng.choice(fitting(t.words.return_reasons, t.story.topic)))
        yield
        t.after_days(0, 1)
        more = t.rng.choice(t.words.answers["second_draft"])
        t.draft(outcome, {number: text + more if number == 1 else text for number, text in parts.items()})
        t.after_minutes(10, 60)
        t.submit_for_release()
        yield
    t.after_days(0, 2)
    t.release()
    yield


def _parts(t: Telling, outcome: Outcome) -> dict[int, str]:
    """An answer to each request."""
    generic = t.words.answers.get(outcome.value)
    own = (*t.story.answers, *(t.story.answers[-1],) * t.requests)[: t.requests]
    return {n: t.rng.choice(generic) if generic else text for n, text in enumerate(own, start=1)}


def _afterwards(t: Telling) -> Iterator[None]:
    """Most are content, some ask for a review within its ten days."""
    if _chance(t, 0.07):
        t.after_days_at_home(2, 8)
        t.reopen(t.rng.choice(_said(t, fitting(t.words.sender_reopens, t.story.topic))), by_sender=True)
        yield from _again(t)
    elif _chance(t, 0.02):
        t.after_days(4, 7)
        t.reopen(t.rng.choice(t.words.official_reopens), by_sender=False)
        yield from _again(t)
    t.after_days(9, 13)
    t.close(t.rng.choice(t.words.close_reasons))
    yield


def _again(t: Telling) -> Iterator[None]:
    yield
    if not t.holder:
        t.after_days(0, 1)
        t.assign(t.rng.choice(t.office.heads), t.handler(), t.words.reassign_reasons[2])
        yield
    yield from _answer(t, again=True)
