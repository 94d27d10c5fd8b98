"""Looking up for a caller: a record of its own, and only for somebody who speaks."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.assistance.assistance import ASSISTANCE, LookUpTracking, NotSpokenToError
from domain.assistance.events import TrackingLookedUp
from domain.feedback.vocabulary import Channel
from tests.support.feedback_story import MAI, MONDAY

CASE = UUID(int=5)


def look(channel: Channel) -> LookUpTracking:
    return LookUpTracking(by=MAI, at=MONDAY, case_id=CASE, channel=channel)


@pytest.mark.parametrize("channel", [Channel.HOTLINE, Channel.IN_PERSON])
def test_each_look_is_a_fact(channel: Channel) -> None:
    (first,) = ASSISTANCE.decide(None, look(channel))
    assert first == TrackingLookedUp(case_id=CASE, channel=channel)
    again = ASSISTANCE.decide(ASSISTANCE.fold([first]), look(channel))
    assert ASSISTANCE.fold([first, *again]).times == 2  # type: ignore[union-attr]  # folded from two facts


def test_nobody_is_helped_who_does_not_speak() -> None:
    with pytest.raises(NotSpokenToError) as refused:
        ASSISTANCE.decide(None, look(Channel.POST))
    assert refused.value.field == "channel"
