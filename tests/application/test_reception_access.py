"""Who keeps and reads the register of reception: asked of the policies themselves, deny by default."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from application.access import Actor, Role
from application.reception_access import (
    ACTS,
    available_actions,
    may,
    reads_any,
    reads_words,
    records,
    sees_day,
    writes_words,
)
from domain.reception.reception import Reception
from domain.reception.visits import Entry
from domain.reception.vocabulary import VisitKind, VisitResult
from tests.domain.test_reception import closed, signed

ME, SOMEBODY, HERE, SCHOOL = (UUID(int=n) for n in (3, 4, 1, 9))
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
KEEPERS = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD})
DAY: Reception = signed.state


def actor(role: Role, *, authority: UUID | None = HERE) -> Actor:
    purpose = UNTIL if role is Role.AUDITOR else None
    return Actor(
        kind="official", id=SOMEBODY, authority_id=authority, roles=frozenset({role}), audit_purpose_until=purpose
    )


@pytest.mark.parametrize("role", Role)
def test_who_keeps_it_records_and_an_auditor_reads(role: Role) -> None:
    keeps, reads = role in KEEPERS, role in KEEPERS | {Role.AUDITOR}
    assert (records(actor(role)), reads_any(actor(role)), sees_day(actor(role), DAY)) == (keeps, reads, reads)
    assert {may(act)(actor(role), DAY) for act in ACTS} == {keeps}
    assert bool(available_actions(DAY, actor(role))) is keeps


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_a_day_of_another_authority_or_of_a_school(role: Role) -> None:
    for day in (replace(DAY, authority_id=SCHOOL), replace(DAY, school_id=SCHOOL), Reception(), None):
        assert not sees_day(actor(role), day)
        assert not may("visits")(actor(role), day)
    for stranger in (actor(role, authority=None), replace(actor(role), kind="citizen")):
        assert not sees_day(stranger, DAY)
        assert not records(stranger)
        assert not reads_any(stranger)
    assert not sees_day(replace(actor(Role.AUDITOR), audit_purpose_until=None), DAY)


@pytest.mark.parametrize("role", Role)
def test_who_came_with_a_denunciation_is_read_by_intake_heads_and_who_wrote_it_down(role: Role) -> None:
    few = role in {Role.INTAKE, Role.HEAD}
    assert reads_words(actor(role), VisitKind.DENUNCIATION, ME) is few
    assert reads_words(actor(role), VisitKind.DENUNCIATION, SOMEBODY)
    assert reads_words(actor(role), VisitKind.COMPLAINT, ME)
    accusing = Entry(subject_id=ME, recorded_by=ME, kind=VisitKind.DENUNCIATION, result=VisitResult.PETITION_RECEIVED)
    assert writes_words(actor(role), accusing) is few
    assert writes_words(actor(role), None)


def test_the_actions_follow_the_rules_in_the_order_of_the_page() -> None:
    head = actor(Role.HEAD)
    assert available_actions(DAY, head) == ("visits", "minutes", "links", "corrections", "closings", "day-corrections")
    over = closed.state
    assert available_actions(over, head) == ("minutes", "links", "corrections", "reopenings", "day-corrections")
