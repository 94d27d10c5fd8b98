"""Authorities and places: the record of who is competent, by date."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.authorities import commands as c
from domain.authorities import events as f
from domain.authorities import refusals as r
from domain.authorities.authority import AUTHORITY
from domain.authorities.levels import Level
from domain.kernel import Fact, UnknownCaseError
from domain.schools import commands as sc
from domain.schools import events as sf
from domain.schools import place as p
from domain.schools.codes import ALPHABET, public_code, read_public_code
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from tests.support.given import Given

WARD, PROVINCE, DIVISION, AREA, SCHOOL = (UUID(int=n) for n in range(1, 6))
ADMIN, NOW = UUID(int=99), datetime(2026, 3, 2, 2, tzinfo=UTC)
FIRST, LATER = date(2025, 7, 1), date(2026, 3, 1)

established = f.AuthorityEstablished(
    code="phuong-doi-thong",
    name="UBND phường Đồi Thông (demo)",
    level=Level.COMMUNE,
    province="demo",
    valid_from=FIRST,
    predecessor_ids=(),
    source="",
    demo=True,
)
below_province = f.AuthoritySubordinated(superior_id=PROVINCE, from_day=FIRST)
dissolved = f.AuthorityDissolved(valid_to=LATER, successor_ids=(DIVISION,), reason="Sắp xếp lại (demo)")


def establish(**change: object) -> c.EstablishAuthority:
    usual: dict[str, object] = {
        "by": ADMIN,
        "at": NOW,
        "authority_id": WARD,
        "code": "phuong-doi-thong",
        "name": "UBND phường Đồi Thông (demo)",
        "level": Level.COMMUNE,
        "province": "demo",
        "valid_from": FIRST,
        "demo": True,
    }
    return c.EstablishAuthority(**(usual | change))  # type: ignore[arg-type]


def authority(*history: Fact) -> Given:
    return Given(AUTHORITY, *history)


def test_an_authority_begins_with_its_superior_where_that_is_known() -> None:
    authority().when(establish()).then(established)
    authority().when(establish(superior_id=PROVINCE)).then(established, below_province)


def test_a_code_is_given_once_and_is_plain() -> None:
    authority(established).when(establish()).refused(r.AlreadyEstablishedError, field="code")
    for code in ("Phường", "a b", "-a", "a--b", "", "x" * 61):
        authority().when(establish(code=code)).refused(r.CodeNotAllowedError, field="code")
    authority().when(establish(name=" ")).refused(r.NameMissingError, field="name")


def test_nobody_follows_or_stands_above_himself() -> None:
    own = frozenset({WARD})
    authority().when(establish(predecessor_ids=own)).refused(r.SucceedsItselfError, field="predecessor_ids")
    authority().when(establish(superior_id=WARD)).refused(r.SuperiorCircleError, field="superior_id")


def below(superior_id: UUID, *above: UUID, from_day: date = LATER) -> c.SubordinateAuthority:
    return c.SubordinateAuthority(
        by=ADMIN, at=NOW, authority_id=WARD, superior_id=superior_id, above=frozenset(above), from_day=from_day
    )


def test_superiors_change_by_date_and_never_in_a_circle() -> None:
    there = authority(established, below_province)
    moved = there.when(below(DIVISION, DIVISION)).then(f.AuthoritySubordinated(superior_id=DIVISION, from_day=LATER))
    assert moved.state.superior_on(date(2026, 2, 28)) == PROVINCE
    assert moved.state.superior_on(LATER) == DIVISION
    assert moved.state.superior_on(date(2025, 6, 30)) is None
    there.when(below(DIVISION, DIVISION, WARD)).refused(r.SuperiorCircleError, field="superior_id")
    there.when(below(PROVINCE, PROVINCE)).refused(r.NothingNewError, field="superior_id")
    there.when(below(DIVISION, from_day=date(2025, 6, 30))).refused(r.OutsideValidityError)


def test_a_superior_recorded_late_for_the_same_day_corrects_the_earlier_one() -> None:
    state = authority(established, below_province, f.AuthoritySubordinated(superior_id=DIVISION, from_day=FIRST)).state
    assert state.superior_on(LATER) == DIVISION


def test_areas_and_guidance_are_told_once_each() -> None:
    there = authority(established)
    area = c.AssignArea(by=ADMIN, at=NOW, authority_id=WARD, area_ids=frozenset({AREA}), from_day=LATER)
    again = there.when(area).then(f.AreaAssigned(area_ids=(AREA,), from_day=LATER))
    again.when(area).refused(r.NothingNewError, field="area_ids")

    def guide(guided: UUID) -> c.AssignProfessionalGuidance:
        return c.AssignProfessionalGuidance(
            by=ADMIN, at=NOW, authority_id=WARD, guided_ids=frozenset({guided}), from_day=LATER
        )

    guided = there.when(guide(DIVISION)).then(f.ProfessionalGuidanceAssigned(guided_ids=(DIVISION,), from_day=LATER))
    guided.when(guide(DIVISION)).refused(r.NothingNewError, field="guided_ids")
    there.when(guide(WARD)).refused(r.GuidesItselfError, field="guided_ids")


def dissolve(
    valid_to: date = LATER, successor: UUID = DIVISION, reason: str = "Sắp xếp lại (demo)"
) -> c.DissolveAuthority:
    return c.DissolveAuthority(
        by=ADMIN,
        at=NOW,
        authority_id=WARD,
        valid_to=valid_to,
        successor_ids=frozenset({successor}),
        reason=reason,
    )


def test_an_authority_is_dissolved_once_with_reason_and_successors() -> None:
    there = authority(established)
    there.when(dissolve()).then(dissolved)
    there.when(dissolve(date(2025, 6, 30))).refused(r.OutsideValidityError)
    there.when(dissolve(successor=WARD)).refused(r.SucceedsItselfError, field="successor_ids")
    there.when(dissolve(reason="")).refused(r.ReasonMissingError, field="reason")
    authority(established, dissolved).when(dissolve()).refused(r.DissolvedError)
    authority(established, dissolved).when(below(DIVISION)).refused(r.DissolvedError)
    authority().when(dissolve()).refused(UnknownCaseError)


registered = sf.PlaceRegistered(
    kind=PlaceKind.SCHOOL,
    name="Trường Tiểu học Bình Nguyên (demo)",
    source="demo",
    demo=True,
    level=SchoolLevel.PRIMARY,
    area_id=AREA,
    authority_id=DIVISION,
    public_code=public_code(SCHOOL),
)


def register(**change: object) -> sc.RegisterPlace:
    usual: dict[str, object] = {
        "by": ADMIN,
        "at": NOW,
        "place_id": SCHOOL,
        "kind": PlaceKind.SCHOOL,
        "name": "Trường Tiểu học Bình Nguyên (demo)",
        "source": "demo",
        "demo": True,
        "level": SchoolLevel.PRIMARY,
        "area_id": AREA,
        "authority_id": DIVISION,
        "poster": True,
    }
    return sc.RegisterPlace(**(usual | change))  # type: ignore[arg-type]


def place(*history: Fact) -> Given:
    return Given(p.PLACE, *history)


def test_a_place_with_a_poster_has_a_code_an_authority_and_an_area() -> None:
    place().when(register()).then(registered)
    for missing in ({"area_id": None}, {"authority_id": None}, {"kind": PlaceKind.WARD, "level": None}):
        place().when(register(**missing)).refused(p.PosterWithoutAuthorityError, field="poster")


def test_a_real_place_needs_no_more_than_name_and_source() -> None:
    plain = register(
        name="Kim Đồng", demo=False, source="Kế hoạch", level=None, area_id=None, authority_id=None, poster=False
    )
    expected = sf.PlaceRegistered(kind=PlaceKind.SCHOOL, name="Kim Đồng", source="Kế hoạch", demo=False)
    place().when(plain).then(expected)


def test_a_register_says_where_it_has_its_entries_from() -> None:
    place().when(register(source=" ")).refused(p.SourceMissingError, field="source")
    place().when(register(name="")).refused(p.NameMissingError, field="name")
    place(registered).when(register()).refused(p.PlaceAlreadyRegisteredError)
    facility = register(kind=PlaceKind.FACILITY)
    place().when(facility).refused(p.LevelOnlyForSchoolsError, field="level")


def test_invented_places_say_so_in_their_name_and_real_ones_do_not() -> None:
    place().when(register(demo=False)).refused(p.DemoMarkError, field="name")
    place().when(register(name="Kim Đồng")).refused(p.DemoMarkError, field="name")


def entrust(to: UUID, day: date) -> sc.EntrustPlace:
    return sc.EntrustPlace(by=ADMIN, at=NOW, place_id=SCHOOL, authority_id=to, from_day=day)


def test_competence_changes_by_date() -> None:
    moved = place(registered).when(entrust(WARD, FIRST)).then(sf.PlaceEntrusted(authority_id=WARD, from_day=FIRST))
    assert moved.state.authority_on(date(2025, 6, 30)) == DIVISION
    assert moved.state.authority_on(FIRST) == WARD
    moved.when(entrust(WARD, LATER)).refused(p.AlreadyEntrustedError, field="authority_id")


def test_a_place_closes_once_with_the_source_that_says_so() -> None:
    close = sc.ClosePlace(by=ADMIN, at=NOW, place_id=SCHOOL, valid_to=LATER, successor_id=None, source="Nghị quyết")
    closed = place(registered).when(close).then(sf.PlaceClosed(valid_to=LATER, successor_id=None, source="Nghị quyết"))
    closed.when(close).refused(p.PlaceClosedError)
    closed.when(entrust(WARD, LATER)).refused(p.PlaceClosedError)
    no_source = msgspec.structs.replace(close, source="")
    place(registered).when(no_source).refused(p.SourceMissingError, field="source")
    begun = place(msgspec.structs.replace(registered, valid_from=FIRST))
    begun.when(entrust(WARD, date(2025, 6, 30))).refused(p.DayBeforeBeginningError)
    place().when(close).refused(UnknownCaseError)


@given(st.uuids())
def test_a_code_is_read_back_however_it_is_typed(place_id: UUID) -> None:
    code = public_code(place_id)
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    typed = code.lower().replace("0", "o").replace("1", "l")
    assert read_public_code(f" {typed[:4]}-{typed[4:]} ") == code


@given(st.uuids(), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_no_code(place_id: UUID, at: int, sign: str) -> None:
    code = public_code(place_id)
    slipped = code[:at] + sign + code[at + 1 :]
    assert read_public_code(slipped) == (code if sign == code[at] else None)


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGHJ", "????????", "Đồi Thông"])
def test_other_texts_are_no_code(text: str) -> None:
    assert read_public_code(text) is None
