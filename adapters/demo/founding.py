"""What has to be there before anybody reports anything: authorities, places, people, and their change on 01/07/2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from adapters.demo import source
from adapters.demo.arranged import state_purpose
from adapters.demo.days import moment
from adapters.demo.source import Body, Person, PostHeld, Unit
from adapters.demo.turn import SYSTEM_NAME, Act, Step, Turn, request_id
from application.authorities import authority_id_of
from application.people import NewPost, account_id_of
from application.places import NewPlace, place_id_of
from domain.schools.vocabulary import PlaceKind

ADMINISTRATOR = "tu.quantri"
SECOND_PROVINCE = "ubnd-tinh-namsong"
START, REFORM = date(2024, 9, 1), date(2025, 7, 1)
DECIDED, PREPARED = date(2025, 6, 24), date(2025, 6, 30)
"""When the new bodies were entered, and the last day of the old ones. What the new ones administer waits till then."""
PROVENANCE = "Đơn vị hư cấu để minh họa (demo)"


def founding() -> Iterator[Step]:
    """All steps, those of the last day before the reform and a few later ones included."""
    yield from _authorities()
    yield from _places()
    yield from _people()
    yield from _later()


def _step(at: datetime, slug: str, what: str, act: Act, *, number: int = 1, who: str = ADMINISTRATOR) -> Step:
    return Step(at=at, slug=slug, number=number, who=who, what=what, act=act, case=False, then={})


def _authorities() -> Iterator[Step]:
    for body in source.world().authorities:
        new = body.since >= REFORM or body.code == SECOND_PROVINCE
        at = moment(DECIDED, 9) if new else moment(START, 7, 10)
        ours = new and SECOND_PROVINCE not in (body.code, body.superior)
        who = ADMINISTRATOR if ours else SYSTEM_NAME
        slug = f"authority/{body.code}"
        yield _step(at, slug, "establish", _establish(body), who=who)
        if body.areas:
            at_areas = moment(REFORM, 6, 30) if new else moment(START, 7, 25)
            yield _step(at_areas, slug, "assign areas", _assign_areas(body), number=2, who=who)
        if body.to:
            yield _step(moment(PREPARED, 16, 30), slug, "dissolve", _dissolve(body), number=3)
    guidance = source.world().guidance
    for number, (codes, at) in enumerate(
        ((guidance.first, moment(START, 7, 25)), (guidance.later, moment(DECIDED, 9, 20))), start=1
    ):
        guide = _guide(guidance.by, codes, START if number == 1 else REFORM)
        who = SYSTEM_NAME if number == 1 else ADMINISTRATOR
        yield _step(at, f"guidance/{guidance.by}", "assign guidance", guide, number=number, who=who)


def _places() -> Iterator[Step]:
    world, real = source.world(), source.reference_places()
    for area in world.areas:
        at = moment(area.since - timedelta(days=7), 10) if area.since else moment(START, 7, 20)
        place = NewPlace(
            id=place_id_of(area.slug),
            kind=area.kind,
            name=area.name,
            source=PROVENANCE,
            demo=True,
            valid_from=area.since,
        )
        yield _step(at, f"place/{area.slug}", "register", _register(place), who=SYSTEM_NAME)
    for unit in world.units:
        at = moment(unit.since, 6, 35) if unit.since else moment(START, 7, 30)
        yield _step(at, f"place/{unit.slug}", "register", _register(_new_unit(unit)), who=SYSTEM_NAME)
        if unit.first != unit.later:
            at = moment(REFORM, 6, 40)
            yield _step(at, f"place/{unit.slug}", "entrust", _entrust(unit), number=2)
    for ward in real.wards:
        at = moment(REFORM, 7) if ward.from_2025 else moment(START, 7, 40)
        place = NewPlace(id=place_id_of(ward.id), kind=ward.kind, name=ward.name, source=ward.source)
        yield _step(at, f"place/{ward.id}", "register", _register(place), who=SYSTEM_NAME)
    for school in real.schools:
        place = NewPlace(
            id=place_id_of(school.id),
            kind=PlaceKind.SCHOOL,
            name=school.name,
            source=school.source,
            level=school.level,
        )
        yield _step(moment(START, 7, 45), f"place/{school.id}", "register", _register(place), who=SYSTEM_NAME)


def _people() -> Iterator[Step]:
    for person in source.world().people:
        at_start = person.opened == START
        slug = f"person/{person.username}"
        at = moment(START, 8) if person.username == ADMINISTRATOR else moment(START, 8, 30)
        at = at if at_start else moment(person.opened, 6, 50)
        # By the installation: what an administrator hands out is a start code, which its holder would have to change.
        yield _step(at, slug, "open account", _open_account(person), who=SYSTEM_NAME)
        number = 1
        for nth, post in enumerate(person.posts):
            if nth:
                number += 1
                yield _step(moment(REFORM, 6, 45), slug, "give post", _give_post(person, post), number=number)
            if post.to:
                number += 1
                first_request = request_id(slug, 1 if nth == 0 else number - 1)
                end = _end_post(person, uuid5(first_request, "post"), post.to, post.why)
                yield _step(moment(PREPARED, 15, 20), slug, "end post", end, number=number)


def _later() -> Iterator[Step]:
    audit = state_purpose("Kiểm tra việc trả lời phản ánh quý I/2026 theo kế hoạch", date(2026, 3, 20))
    yield _step(moment(date(2026, 3, 2), 9), "audit/2026-1", "state purpose", audit, who="van.doithong")
    delegate = _delegate("thu.doithong", date(2026, 7, 13), date(2026, 7, 24))
    yield _step(moment(date(2026, 7, 10), 15), "delegation/2026-1", "delegate", delegate, who="son.doithong")


def _establish(body: Body) -> Act:
    return lambda turn: turn.desks.authorities.establish(
        turn.actor,
        turn.request,
        code=body.code,
        name=body.name,
        level=body.level,
        province=body.province,
        valid_from=body.since,
        superior_id=authority_id_of(body.superior) if body.superior else None,
        predecessor_ids=frozenset(map(authority_id_of, body.predecessors)),
        source=PROVENANCE,
        demo=True,
    )


def _assign_areas(body: Body) -> Act:
    areas, since = frozenset(map(place_id_of, body.areas)), max(body.since, START)
    authority_id = authority_id_of(body.code)
    return lambda turn: turn.desks.authorities.assign_area(turn.actor, turn.request, authority_id, areas, since)


def _dissolve(body: Body) -> Act:
    successors = frozenset(map(authority_id_of, body.successors))
    last, why = body.to or PREPARED, "Tổ chức chính quyền địa phương hai cấp từ 01/07/2025"
    authority_id = authority_id_of(body.code)
    return lambda turn: turn.desks.authorities.dissolve(turn.actor, turn.request, authority_id, last, successors, why)


def _guide(by: str, codes: tuple[str, ...], since: date) -> Act:
    guided, authority_id = frozenset(map(authority_id_of, codes)), authority_id_of(by)
    return lambda turn: turn.desks.authorities.assign_guidance(turn.actor, turn.request, authority_id, guided, since)


def _new_unit(unit: Unit) -> NewPlace:
    return NewPlace(
        id=place_id_of(unit.slug),
        kind=PlaceKind.SCHOOL if unit.level else PlaceKind.FACILITY,
        name=unit.name,
        source=PROVENANCE,
        demo=True,
        level=unit.level,
        area_id=place_id_of(unit.area),
        authority_id=authority_id_of(unit.first),
        poster=True,
        remote=unit.remote,
        valid_from=unit.since,
    )


def _register(place: NewPlace) -> Act:
    return lambda turn: turn.desks.places.register(turn.actor, turn.request, place)


def _entrust(unit: Unit) -> Act:
    place_id, later = place_id_of(unit.slug), authority_id_of(unit.later)
    return lambda turn: turn.desks.places.entrust(turn.actor, turn.request, place_id, later, REFORM)


def _new_post(post: PostHeld) -> NewPost:
    return NewPost(
        title=post.title,
        roles=post.roles,
        authority_id=authority_id_of(post.authority),
        from_day=post.since,
        area_ids=frozenset(map(place_id_of, post.areas)),
        unit_id=place_id_of(post.unit) if post.unit else None,
    )


def _open_account(person: Person) -> Act:
    return lambda turn: turn.desks.people.open_account(
        turn.actor,
        turn.request,
        username=person.username,
        display_name=person.name,
        password=turn.password,
        post=_new_post(person.posts[0]),
    )


def _give_post(person: Person, post: PostHeld) -> Act:
    account_id = account_id_of(person.username)
    return lambda turn: turn.desks.people.give_post(turn.actor, turn.request, account_id, _new_post(post))


def _end_post(person: Person, post_id: UUID, last: date, why: str) -> Act:
    account_id = account_id_of(person.username)
    return lambda turn: turn.desks.people.end_post(turn.actor, turn.request, account_id, post_id, last, why)


def _delegate(to: str, first: date, last: date) -> Act:
    async def act(turn: Turn) -> None:
        delegate = partial(turn.desks.people.delegate_signing, turn.actor, turn.request, account_id_of(to))
        await delegate(from_day=first, until_day=last)

    return act
