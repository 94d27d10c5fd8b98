"""Erasing a subject: a request, a second person, no legal hold."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel import Command, Fact, RefusalError, Sealed
from domain.law.law import law_at
from domain.privacy import commands as c
from domain.privacy import events as f
from domain.privacy import refusals as r
from domain.privacy.erasure import ERASURE, Erasure, possible_actions
from domain.privacy.vocabulary import ErasureGround, RefusalGround

SUBJECT, CASE, AUTHORITY, MAI, HUNG, REQUEST, HOLD, OTHER_HOLD = (UUID(int=n) for n in range(1, 9))
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAPER = "12/ĐN-XDL"

asked = c.RequestErasure(
    by=MAI,
    at=MONDAY,
    subject_id=SUBJECT,
    request_id=REQUEST,
    case_id=CASE,
    authority_id=AUTHORITY,
    ground=ErasureGround.SUBJECT_ASKED,
    document=PAPER,
)
held = c.PlaceLegalHold(by=HUNG, at=MONDAY, subject_id=SUBJECT, hold_id=HOLD, reason="Vụ án đang xử lý", document=PAPER)
lifted = c.LiftLegalHold(by=HUNG, at=MONDAY, hold_id=HOLD, reason="Vụ án đã xong", document=PAPER)
approved = c.ApproveErasure(by=HUNG, at=MONDAY, document="15/QĐ")
declined = c.RefuseErasure(
    by=HUNG, at=MONDAY, ground=RefusalGround.IDENTITY_NOT_SHOWN, reason="Chưa chứng minh được", document="16/CV"
)
THINGS = c.ErasedThings(keys=1, identities=1, index_entries=2, files=3)
certified = c.CertifyErasure(by=UUID(int=99), at=MONDAY, things=THINGS, key_backup_days=30)


def after(*commands: Command) -> Erasure | None:
    state: Erasure | None = None
    for command in commands:
        state = ERASURE.fold(ERASURE.decide(state, command), state)  # type: ignore[arg-type]
    return state


def decided(state: Erasure | None, command: Command) -> list[Fact]:
    return list(ERASURE.decide(state, command))  # type: ignore[arg-type]


def test_a_request_says_who_entered_it_and_on_which_day_it_came() -> None:
    (fact,) = decided(None, asked)
    assert isinstance(fact, f.ErasureRequested)
    assert (fact.requested_by, fact.requested_on, fact.term) == (MAI, date(2026, 3, 2), None)


def test_a_second_person_approves_and_the_destruction_is_certified() -> None:
    state = after(asked, approved)
    assert decided(state, certified) == [
        f.SubjectErased(
            subject_id=SUBJECT,
            request_id=REQUEST,
            destroyed_at=MONDAY,
            keys=1,
            identities=1,
            index_entries=2,
            files=3,
            last_key_backup_expires_on=date(2026, 4, 1),
        )
    ]


@pytest.mark.parametrize(
    ("history", "command", "refusal"),
    [
        ((), approved, r.ErasureNotRequestedError),
        ((), declined, r.ErasureNotRequestedError),
        ((), certified, r.ErasureNotApprovedError),
        ((), lifted, r.NoLegalHoldError),
        ((asked,), asked, r.ErasureAlreadyRequestedError),
        ((asked,), msgspec.structs.replace(approved, by=MAI), r.SecondPersonRequiredError),
        ((asked, held), approved, r.LegalHoldInForceError),
        ((held, asked), approved, r.LegalHoldInForceError),
        ((asked, held, msgspec.structs.replace(held, hold_id=OTHER_HOLD), lifted), approved, r.LegalHoldInForceError),
        ((asked,), certified, r.ErasureNotApprovedError),
        ((asked, declined), approved, r.ErasureNotRequestedError),
        ((asked,), msgspec.structs.replace(declined, ground=RefusalGround.LEGAL_HOLD), r.NoLegalHoldError),
        ((asked, approved), held, r.ErasureAlreadyApprovedError),
        ((asked, approved), approved, r.ErasureAlreadyApprovedError),
        ((asked, approved), declined, r.ErasureAlreadyApprovedError),
        ((asked, approved), asked, r.ErasureAlreadyApprovedError),
        ((asked, approved, certified), asked, r.SubjectAlreadyErasedError),
        ((asked, approved, certified), certified, r.SubjectAlreadyErasedError),
        ((asked, approved, certified), held, r.SubjectAlreadyErasedError),
        ((), msgspec.structs.replace(asked, document=""), r.ErasureDocumentMissingError),
        ((), msgspec.structs.replace(held, reason=""), r.ErasureReasonMissingError),
        ((), msgspec.structs.replace(asked, received_at=MONDAY + timedelta(seconds=1)), r.ErasureReceivedInFutureError),
        ((), msgspec.structs.replace(asked, received_at=MONDAY - timedelta(days=1)), r.ErasureLateReasonMissingError),
    ],
)
def test_an_act_against_the_rules_is_refused(
    history: tuple[Command, ...], command: Command, refusal: type[RefusalError]
) -> None:
    with pytest.raises(refusal):
        decided(after(*history), command)


def test_a_lifted_hold_lets_the_approval_through() -> None:
    (fact,) = decided(after(asked, held, lifted), approved)
    assert fact == f.ErasureApproved(subject_id=SUBJECT, request_id=REQUEST, approved_by=HUNG, document="15/QĐ")


def test_a_refused_subject_may_ask_again() -> None:
    (fact,) = decided(after(asked, declined), msgspec.structs.replace(asked, by=HUNG))
    assert isinstance(fact, f.ErasureRequested)


def test_a_legal_hold_is_a_ground_only_while_it_stands() -> None:
    for_the_hold = msgspec.structs.replace(declined, ground=RefusalGround.LEGAL_HOLD)
    (fact,) = decided(after(asked, held), for_the_hold)
    assert isinstance(fact, f.ErasureRefused)


def test_a_request_of_an_earlier_day_keeps_that_day_and_the_reason() -> None:
    late = msgspec.structs.replace(asked, received_at=MONDAY - timedelta(days=3), late_reason="Gửi qua bưu điện")
    (fact,) = decided(None, late)
    assert isinstance(fact, f.ErasureRequested)
    assert late.happened_at() == MONDAY - timedelta(days=3)
    assert (fact.requested_on, fact.late_reason) == (date(2026, 2, 27), "Gửi qua bưu điện")


IDS = st.sampled_from((MAI, HUNG))
MOMENTS = st.just(MONDAY)
SEALED = st.builds(Sealed, st.uuids(), st.uuids(), st.just("a:b"), st.binary(), st.binary(), st.binary())
COMMANDS: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        c.RequestErasure,
        by=IDS,
        at=MOMENTS,
        subject_id=st.just(SUBJECT),
        request_id=st.uuids(),
        case_id=st.just(CASE),
        authority_id=st.just(AUTHORITY),
        ground=st.sampled_from(ErasureGround),
        document=st.just(PAPER),
        note=st.none() | SEALED,
        received_at=st.none(),
        late_reason=st.just(""),
        law=st.none(),
    ),
    st.builds(
        c.RefuseErasure,
        by=IDS,
        at=MOMENTS,
        ground=st.sampled_from(RefusalGround),
        reason=st.just("Lý do"),
        document=st.just(PAPER),
    ),
    st.builds(
        c.PlaceLegalHold,
        by=IDS,
        at=MOMENTS,
        subject_id=st.just(SUBJECT),
        hold_id=st.sampled_from((HOLD, OTHER_HOLD)),
        reason=st.just("Lý do"),
        document=st.just(PAPER),
    ),
    st.builds(
        c.LiftLegalHold,
        by=IDS,
        at=MOMENTS,
        hold_id=st.sampled_from((HOLD, OTHER_HOLD)),
        reason=st.just("Lý do"),
        document=st.just(PAPER),
    ),
    st.builds(c.ApproveErasure, by=IDS, at=MOMENTS, document=st.just(PAPER)),
    st.builds(c.CertifyErasure, by=IDS, at=MOMENTS, things=st.just(THINGS), key_backup_days=st.just(0)),
)
ACTION_OF: dict[type[Command], str] = {
    c.RequestErasure: "erasure-requests",
    c.RefuseErasure: "erasure-refusals",
    c.PlaceLegalHold: "legal-holds",
    c.LiftLegalHold: "legal-hold-liftings",
    c.ApproveErasure: "erasure-approvals",
}
REACHED: Counter[str] = Counter()


def status(state: Erasure | None) -> str:
    if state is None:
        return "untouched"
    if state.erased:
        return "erased"
    if state.approved:
        return "approved"
    return ("requested" if state.request_id else "idle") + (" under hold" if state.holds else "")


@settings(max_examples=600, deadline=None)
@given(st.lists(COMMANDS, max_size=14))
def walk(commands: list[Command]) -> None:
    state: Erasure | None = None
    for command in commands:
        before = state
        try:
            facts = decided(state, command)
        except RefusalError:
            continue
        action = ACTION_OF.get(type(command))
        assert action is None or action in possible_actions(before), f"{action} was possible but not offered"
        for fact in facts:
            assert msgspec.json.decode(msgspec.json.encode(fact), type=type(fact)) == fact
        state = ERASURE.fold(facts, state)  # type: ignore[arg-type]
        REACHED[f"{status(before)} → {status(state)}"] += 1
        if isinstance(command, c.ApproveErasure):
            assert before is not None
            assert not before.holds
            assert command.by != before.requested_by


def test_any_legal_history_keeps_the_rules_and_reaches_every_state() -> None:
    REACHED.clear()
    walk()
    for way, times in sorted(REACHED.items()):
        print(f"{way}: {times}")
    reached = {end for way in REACHED for end in way.split(" → ")}
    assert reached == {
        *("untouched", "idle", "idle under hold", "requested", "requested under hold"),
        *("approved", "erased"),
    }


FACTS: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        f.ErasureRequested,
        subject_id=st.uuids(),
        request_id=st.uuids(),
        case_id=st.uuids(),
        authority_id=st.uuids(),
        requested_by=IDS,
        ground=st.sampled_from(ErasureGround),
        document=st.text(),
        requested_on=st.dates(),
        note=st.none() | SEALED,
        late_reason=st.text(),
        term=st.none(),
    ),
    st.builds(
        f.ErasureRefused,
        request_id=st.uuids(),
        ground=st.sampled_from(RefusalGround),
        reason=st.text(),
        document=st.text(),
    ),
    st.builds(f.LegalHoldPlaced, subject_id=st.uuids(), hold_id=st.uuids(), reason=st.text(), document=st.text()),
    st.builds(f.LegalHoldLifted, hold_id=st.uuids(), reason=st.text(), document=st.text()),
    st.builds(f.ErasureApproved, subject_id=st.uuids(), request_id=st.uuids(), approved_by=IDS, document=st.text()),
    st.builds(
        f.SubjectErased,
        subject_id=st.uuids(),
        request_id=st.uuids(),
        destroyed_at=st.datetimes(timezones=st.just(UTC)),
        keys=st.integers(0, 9),
        identities=st.integers(0, 9),
        index_entries=st.integers(0, 9),
        files=st.integers(0, 9),
        last_key_backup_expires_on=st.dates(),
    ),
)


@given(st.lists(FACTS))
def test_any_facts_in_any_order_fold(facts: list[Any]) -> None:
    ERASURE.fold(facts)


@pytest.mark.parametrize(
    ("received", "rule_id", "due_on"),
    [
        # Monday 2 March 2026, counted from the next working day: 3, 4
        (datetime(2026, 3, 2, 2, tzinfo=UTC), "PD-RESPOND", date(2026, 3, 4)),
        # Friday 6 March 2026: Monday 9, Tuesday 10
        (datetime(2026, 3, 6, 2, tzinfo=UTC), "PD-RESPOND", date(2026, 3, 10)),
        # 1 December 2025 under the decree of 2023: 72 hours
        (datetime(2025, 12, 1, 2, tzinfo=UTC), "PD-OLD-72H", date(2025, 12, 4)),
    ],
)
def test_the_subject_is_answered_within_the_term_in_force_on_that_day(
    received: datetime, rule_id: str, due_on: date
) -> None:
    (fact,) = decided(None, msgspec.structs.replace(asked, at=received, law=law_at(received)))
    assert isinstance(fact, f.ErasureRequested)
    assert fact.term is not None
    assert (fact.term.rule_id, fact.term.due_on) == (rule_id, due_on)


def test_before_any_rule_on_personal_data_there_is_no_term() -> None:
    long_ago = datetime(2022, 12, 1, 2, tzinfo=UTC)
    (fact,) = decided(None, msgspec.structs.replace(asked, at=long_ago, law=law_at(long_ago)))
    assert isinstance(fact, f.ErasureRequested)
    assert fact.term is None
