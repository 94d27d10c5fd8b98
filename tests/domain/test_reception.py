"""A day of reception: what each act follows from, and each refusal with its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.kernel import Sealed, UnknownCaseError
from domain.reception import commands as c
from domain.reception import events as f
from domain.reception import refusals as r
from domain.reception.reception import RECEPTION, Reception, possible_actions
from domain.reception.visits import MOST_PEOPLE
from domain.reception.vocabulary import DayKind, LinkedKind, Signing, VisitKind, VisitResult
from tests.support.given import Given

AUTHORITY, SUBJECT, MAI, SON, CASE, OTHER, VISITOR, UNIT = (UUID(int=n) for n in range(1, 9))
THURSDAY = datetime(2026, 8, 27, 2, tzinfo=UTC)
"""27/08/2026, 09:00 in Hà Nội."""
DAY, TOMORROW = date(2026, 8, 27), THURSDAY + timedelta(days=1)


def sealed(text: str) -> Sealed:
    return Sealed(VISITOR, UUID(int=9), "test:text", b"nonce", text.encode(), b"commitment")


by_account = f.Receiver(official_id=SON, name=None, post="Chủ tịch UBND phường")
by_name = f.Receiver(official_id=None, name=sealed("Trần Văn B (demo)"), post="Phó chủ tịch")
opening = c.OpenDay(
    by=MAI,
    at=THURSDAY,
    authority_id=AUTHORITY,
    school_id=None,
    subject_id=SUBJECT,
    day=DAY,
    place=" Phòng tiếp công dân ",
    receiver=by_account,
    kind=DayKind.REGULAR,
    receiver_known=True,
)
coming = c.RecordVisit(
    by=MAI,
    at=THURSDAY,
    subject_id=VISITOR,
    day=DAY,
    people=sealed("Hùng (demo)"),
    people_count=1,
    contact=None,
    content=sealed("Trường không cho chuyển trường"),
    wanted=sealed("Được chuyển trường"),
    kind=VisitKind.COMPLAINT,
    place_id=UNIT,
    place_known=True,
    result=VisitResult.ORAL_COMPLAINT,
    result_text=None,
)
paper = f.ReceptionPaper(UUID(int=20), "ab" * 32, "application/pdf", 100, sealed("{}"))
signing = c.AttachMinutes(by=MAI, at=THURSDAY, visit_number=1, signing=Signing.SIGNATURE, papers=(paper,))
correcting = c.CorrectVisit(
    by=MAI,
    at=THURSDAY,
    visit_number=1,
    people=sealed("Hùng (demo)"),
    people_count=2,
    contact=None,
    content=sealed("Trường không cho chuyển trường"),
    wanted=None,
    kind=VisitKind.COMPLAINT,
    place_id=None,
    place_known=False,
    result=VisitResult.PETITION_RECEIVED,
    result_text=None,
    reason=sealed("Nhầm"),
)
linking = c.LinkVisit(
    by=MAI, at=THURSDAY, visit_number=1, case_id=CASE, case_kind=LinkedKind.COMPLAINT, case_number=" KN-1 "
)
closing = c.CloseDay(by=MAI, at=THURSDAY)
nothing = Given(RECEPTION)
opened = nothing.when(opening).given
visited = opened.when(coming).given
signed = visited.when(signing).given
linked = signed.when(linking).given
closed = signed.when(closing).given


def test_a_day_is_opened_today_or_later_with_the_reason_why() -> None:
    fact = f.ReceptionDayOpened(
        authority_id=AUTHORITY,
        school_id=None,
        subject_id=SUBJECT,
        day=DAY,
        place="Phòng tiếp công dân",
        receiver=by_account,
        kind=DayKind.REGULAR,
        late_reason="",
    )
    nothing.when(opening).then(fact)
    nothing.when(replace(opening, late_reason="thừa")).then(fact)
    nothing.when(replace(opening, receiver=by_name)).then(replace(fact, receiver=by_name))
    late = replace(opening, at=TOMORROW, late_reason=" Mất điện ")
    nothing.when(late).then(replace(fact, late_reason="Mất điện"))
    assert opening.happened_at() == THURSDAY
    assert late.happened_at() == datetime(2026, 8, 26, 17, tzinfo=UTC)  # midnight in Hà Nội: the hour is not known


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"place": " "}, r.PlaceMissingError, "place"),
        ({"receiver": replace(by_account, official_id=None)}, r.ReceiverMissingError, "receiver_name"),
        ({"receiver": replace(by_name, official_id=SON)}, r.ReceiverMissingError, "receiver_name"),
        ({"receiver": replace(by_name, post=" ")}, r.PostMissingError, "receiver_post"),
        ({"receiver_known": False}, r.ReceiverUnknownError, "official_id"),
        ({"day": date(2026, 8, 28)}, r.DayAheadError, "day"),
        ({"day": date(2014, 6, 30), "late_reason": "Sổ cũ"}, r.DayBeforeLawError, "day"),
        ({"day": date(2026, 8, 26)}, r.LateReasonMissingError, "late_reason"),
    ],
)
def test_a_day_needs_all_of_it(changes: dict[str, Any], refusal: type[Exception], field: str) -> None:
    nothing.when(replace(opening, **changes)).refused(refusal, field=field)  # type: ignore[arg-type]


def test_a_day_is_opened_once_and_nothing_happens_before() -> None:
    opened.when(opening).refused(r.DayThereError)
    for command in (coming, signing, correcting, linking, closing):
        nothing.when(command).refused(UnknownCaseError)


def test_visits_get_the_next_number_of_the_day() -> None:
    visit = f.Visit(
        people=sealed("Hùng (demo)"),
        people_count=1,
        contact=None,
        content=sealed("Trường không cho chuyển trường"),
        wanted=sealed("Được chuyển trường"),
        kind=VisitKind.COMPLAINT,
        place_id=UNIT,
        result=VisitResult.ORAL_COMPLAINT,
        result_text=None,
    )
    first = f.VisitRecorded(number=1, subject_id=VISITOR, recorded_by=MAI, visit=visit)
    opened.when(coming).then(first)
    visited.when(coming).then(replace(first, number=2))


@pytest.mark.parametrize(
    ("changes", "refusal", "field", "details"),
    [
        ({"people": None}, r.PeopleMissingError, "people", {}),
        ({"people_count": 0}, r.CountWrongError, "people_count", {"most": MOST_PEOPLE}),
        ({"people_count": MOST_PEOPLE + 1}, r.CountWrongError, "people_count", {"most": MOST_PEOPLE}),
        ({"content": None}, r.ContentMissingError, "content", {}),
        ({"place_known": False}, r.UnitUnknownError, "place_id", {}),
        ({"kind": VisitKind.FEEDBACK}, r.OralComplaintOnlyError, "result", {}),
        ({"result": VisitResult.GUIDED}, r.ResultTextMissingError, "result_text", {}),
        ({"result": VisitResult.TRANSFERRED}, r.ResultTextMissingError, "result_text", {}),
        ({"result": VisitResult.EXPLAINED}, r.ResultTextMissingError, "result_text", {}),
    ],
)
def test_a_visit_needs_all_of_it(
    changes: dict[str, Any], refusal: type[Exception], field: str, details: dict[str, int]
) -> None:
    opened.when(replace(coming, **changes)).refused(refusal, field=field, **details)  # type: ignore[arg-type]
    if "place_known" not in changes:
        visited.when(
            replace(correcting, **changes, **({} if "result" in changes else {"result": coming.result}))
        ).refused(
            refusal,  # type: ignore[arg-type]
            field=field,
            **details,
        )


def test_a_visit_written_down_on_a_later_day_says_why_unless_the_whole_day_does() -> None:
    late = replace(coming, at=TOMORROW)
    opened.when(late).refused(r.LateReasonMissingError, field="late_reason")
    (fact,) = opened.when(replace(late, late_reason=" Quên ")).facts
    assert isinstance(fact, f.VisitRecorded)
    assert fact.late_reason == "Quên"
    whole = nothing.when(replace(opening, at=TOMORROW, late_reason="Mất điện")).given
    (fact,) = whole.when(late).facts
    assert isinstance(fact, f.VisitRecorded)
    assert fact.late_reason == ""
    assert late.happened_at() == datetime(2026, 8, 26, 17, tzinfo=UTC)


def test_minutes_are_signed_scans_of_a_visit_that_is_there() -> None:
    visited.when(signing).then(f.MinutesAttached(number=1, signing=Signing.SIGNATURE, papers=(paper,)))
    visited.when(replace(signing, signing=None)).refused(r.MinutesUnsignedError, field="signing")
    visited.when(replace(signing, papers=())).refused(r.ScanMissingError, field="papers")
    visited.when(replace(signing, visit_number=2)).refused(r.VisitUnknownError, field="number")


def test_a_day_is_over_when_every_oral_complaint_is_signed_also_when_nobody_came() -> None:
    opened.when(closing).then(f.ReceptionDayClosed())
    visited.when(closing).refused(r.MinutesMissingError, number=1)
    signed.when(closing).then(f.ReceptionDayClosed())
    closed.when(closing).refused(r.DayClosedError)
    closed.when(coming).refused(r.DayClosedError)


def test_a_day_that_is_over_is_reopened_with_a_reason() -> None:
    reopening = c.ReopenDay(by=MAI, at=TOMORROW, reason=" Quên một lượt ")
    again = closed.when(reopening).then(f.ReceptionDayReopened(reason="Quên một lượt"))
    again.when(replace(coming, at=TOMORROW, late_reason="Quên")).facts  # noqa: B018 - not refused
    closed.when(replace(reopening, reason=" ")).refused(r.ReasonMissingError, field="reason")
    opened.when(reopening).refused(r.DayNotClosedError)


def test_what_was_wrong_of_a_visit_is_said_anew_with_a_reason_also_later() -> None:
    for given in (visited, closed):
        (fact,) = given.when(correcting).facts
        assert isinstance(fact, f.VisitCorrected)
        assert (fact.visit.people_count, fact.visit.result) == (2, VisitResult.PETITION_RECEIVED)
    visited.when(replace(correcting, reason=None)).refused(r.ReasonMissingError, field="reason")
    visited.when(replace(correcting, visit_number=2)).refused(r.VisitUnknownError, field="number")
    visited.when(correcting).given.when(closing).then(f.ReceptionDayClosed())


def test_from_what_a_complaint_grew_that_stays_a_complaint() -> None:
    other = replace(correcting, kind=VisitKind.FEEDBACK)
    linked.when(other).refused(r.ComplaintLinkedError, field="kind")
    signed.when(other).facts  # noqa: B018 - not refused
    linked.when(correcting).facts  # noqa: B018 - not refused


def test_what_was_wrong_of_the_day_is_said_anew_with_a_reason() -> None:
    wrong = c.CorrectDay(
        by=MAI,
        at=TOMORROW,
        day=date(2026, 8, 26),
        place="Hội trường",
        receiver=by_name,
        kind=DayKind.UNSCHEDULED,
        receiver_known=False,
        reason=" Ghi nhầm ngày ",
    )
    closed.when(wrong).then(
        f.ReceptionDayCorrected(
            day=date(2026, 8, 26),
            place="Hội trường",
            receiver=by_name,
            kind=DayKind.UNSCHEDULED,
            reason="Ghi nhầm ngày",
        )
    )
    opened.when(replace(wrong, reason=" ")).refused(r.ReasonMissingError, field="reason")
    opened.when(replace(wrong, day=date(2026, 8, 29))).refused(r.DayAheadError, field="day")
    opened.when(replace(wrong, place="")).refused(r.PlaceMissingError, field="place")


def test_a_complaint_grows_from_a_complaint_with_signed_minutes() -> None:
    signed.when(linking).then(
        f.VisitLinked(number=1, case_id=CASE, case_kind=LinkedKind.COMPLAINT, case_number="KN-1", reason="")
    )
    visited.when(linking).refused(r.MinutesMissingError, number=1)
    asking = replace(coming, kind=VisitKind.GUIDANCE, result=VisitResult.GUIDED, result_text=sealed("Đến phòng 2"))
    asked = opened.when(asking).given
    asked.when(linking).refused(r.NoComplaintError, field="case_number")
    asked.when(replace(linking, case_kind=LinkedKind.FEEDBACK)).facts  # noqa: B018 - not refused
    asked.when(replace(linking, visit_number=7)).refused(r.VisitUnknownError, field="number")


def test_another_case_is_linked_later_only_with_a_reason() -> None:
    linked.when(linking).refused(r.LinkedAlreadyError, field="case_number")
    other = replace(linking, case_id=OTHER)
    linked.when(other).refused(r.ReasonMissingError, field="reason")
    (fact,) = linked.when(replace(other, reason=" Gắn nhầm ")).facts
    assert isinstance(fact, f.VisitLinked)
    assert (fact.case_id, fact.reason) == (OTHER, "Gắn nhầm")


def test_what_may_be_done_follows_from_where_the_day_stands() -> None:
    of_visits = {"minutes", "corrections", "links"}
    assert possible_actions(Reception()) == frozenset()
    assert possible_actions(opened.state) == {"day-corrections", "visits", "closings"}
    assert possible_actions(visited.state) == {"day-corrections", "visits", *of_visits}
    assert possible_actions(signed.state) == {"day-corrections", "visits", "closings", *of_visits}
    assert possible_actions(closed.state) == {"day-corrections", "reopenings", *of_visits}
    entry = signed.state.entries[1]
    assert entry.may_become_complaint
    assert not linked.state.entries[1].may_become_complaint
    assert not visited.state.entries[1].may_become_complaint
