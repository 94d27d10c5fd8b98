"""Administrators and what they may do, auditors and heads, authorities and places, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from application.access import SYSTEM, Role
from application.authorities import authority_id_of
from application.people import account_id_of
from application.places import NewPlace, place_id_of
from domain.schools.codes import public_code
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from projections.places import PlacesToday, find_places
from tests.support.office import (
    DOI_THONG,
    PASSWORD,
    PROVINCE,
    READ_MODELS,
    SONG_MAY,
    Office,
    asked,
    command,
    open_office,
)
from tests.support.postgres import FreshDatabase
from tests.support.running import rebuilt

AREA, SCHOOL = place_id_of("ADM-doi-thong"), place_id_of("DEMO-TH-binh-nguyen")


@pytest.fixture
async def office(database: FreshDatabase, tmp_path: Path) -> Office:
    found = await open_office(database, tmp_path)
    await found.employ("tinh", PROVINCE, Role.ADMINISTRATOR)
    await found.employ("quan", DOI_THONG, Role.ADMINISTRATOR)
    await found.employ("mai", DOI_THONG, Role.INTAKE)
    await found.employ("lan", SONG_MAY, Role.HEAD)
    return found


def account(username: str = "hoa", authority_id: UUID = DOI_THONG, *roles: str) -> dict[str, Any]:
    return {
        "username": username,
        "name": "Trần Thị Hoa (demo)",
        "password": PASSWORD,
        "post": {
            "title": "Cán bộ tiếp nhận (demo)",
            "roles": list(roles) or ["intake"],
            "authority_id": str(authority_id),
            "from_day": "2026-01-01",
        },
    }


async def names(client: httpx.AsyncClient, **params: str) -> list[str]:
    answer = await client.get("/api/accounts", params=params)
    assert answer.status_code == 200, answer.text
    return [row["username"] for row in answer.json()["items"]]


async def test_an_opened_account_signs_in_at_once(office: Office) -> None:
    async with await office.signed_in("quan") as quan:
        opened = await quan.post("/api/accounts", json=account(" Hoa "), headers=command())
        assert opened.status_code == 201, opened.text
        assert opened.json() == {"id": str(account_id_of("hoa")), "version": 3}
        assert await names(quan) == ["hoa", "mai", "quan"]
    async with await office.signed_in("hoa") as hoa:
        assert (await hoa.get("/api/session")).json()["name"] == "Trần Thị Hoa (demo)"


async def test_an_opened_account_repeated_is_one_account_and_another_with_its_name_is_refused(office: Office) -> None:
    key = uuid4()
    async with await office.signed_in("quan") as quan:
        first = await quan.post("/api/accounts", json=account(), headers=command(key=key))
        again = await quan.post("/api/accounts", json=account(), headers=command(key=key))
        other = await quan.post("/api/accounts", json=account("HOA"), headers=command())
    assert first.content == again.content
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (
        409,
        "account-already-opened",
        "username",
    )


async def test_a_refused_account_changes_nobodys_password(office: Office) -> None:
    async with await office.signed_in("quan") as quan:
        stolen = {**account("mai"), "password": "Chiếm lấy tài khoản 99"}
        assert (await quan.post("/api/accounts", json=stolen, headers=command())).status_code == 409
    async with await office.signed_in("mai") as mai:
        assert (await mai.get("/api/session")).status_code == 200


@pytest.mark.parametrize("password", ["ngắn quá", "matkhau12345", "aaaaaaaaaaaa", "12345678901234", "hoa hoa hoa hoa"])
async def test_a_weak_start_password_is_refused(office: Office, password: str) -> None:
    async with await office.signed_in("quan") as quan:
        answer = await quan.post("/api/accounts", json={**account(), "password": password}, headers=command())
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, "password-too-weak", "password")


async def test_an_administrator_works_for_his_authority_and_those_below(office: Office) -> None:
    async with await office.signed_in("quan") as quan, await office.signed_in("tinh") as tinh:
        assert (await quan.post("/api/accounts", json=account("a.b", SONG_MAY), headers=command())).status_code == 403
        assert (await tinh.post("/api/accounts", json=account("a.b", SONG_MAY), headers=command())).status_code == 201
        assert await names(tinh, authority_id=str(SONG_MAY)) == ["a.b", "lan"]
        assert (await quan.get("/api/accounts", params={"authority_id": str(SONG_MAY)})).status_code == 404
        assert (await quan.get("/api/accounts", params={"authority_id": str(PROVINCE)})).status_code == 404


@pytest.mark.parametrize("route", ["posts", "post-endings", "locks", "unlocks", "password-resets"])
async def test_accounts_of_another_authority_are_not_there(office: Office, route: str) -> None:
    async with await office.signed_in("quan") as quan:
        post = account()["post"]
        bodies: dict[str, Any] = {
            "posts": post,
            "post-endings": {"post_id": str(uuid4()), "until_day": "2026-03-01", "reason": "x"},
            "password-resets": {"password": "Nắng lên trên đồi 45"},
        }
        body = bodies.get(route, {"reason": "x"})
        hidden = await quan.post(f"/api/accounts/{account_id_of('lan')}/{route}", json=body, headers=command(2))
        missing = await quan.post(f"/api/accounts/{uuid4()}/{route}", json=body, headers=command(2))
    assert hidden.status_code == 404
    assert hidden.content == missing.content
    async with await office.signed_in("lan") as lan:
        assert (await lan.get("/api/session")).status_code == 200


async def test_only_administrators_list_open_and_change_accounts(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        assert (await mai.get("/api/accounts")).status_code == 403
        assert (await mai.post("/api/accounts", json=account(), headers=command())).status_code == 403
        own = await mai.post(f"/api/accounts/{account_id_of('mai')}/unlocks", json={"reason": "x"}, headers=command(2))
        assert own.status_code == 404
        assert (await mai.post("/api/authorities", json={}, headers=command())).status_code == 403


async def test_nobody_gives_himself_a_post_or_locks_himself_out(office: Office) -> None:
    own = f"/api/accounts/{account_id_of('quan')}"
    async with await office.signed_in("quan") as quan:
        more = await quan.post(f"{own}/posts", json=account()["post"], headers=command(2))
        out = await quan.post(f"{own}/locks", json={"reason": "x"}, headers=command(2))
    assert (more.status_code, more.json()["code"]) == (409, "post-for-oneself")
    assert (out.status_code, out.json()["code"]) == (409, "own-account-not-lockable")


async def test_a_post_in_a_foreign_authority_is_not_ones_to_give(office: Office) -> None:
    path = f"/api/accounts/{account_id_of('mai')}/posts"
    async with await office.signed_in("quan") as quan:
        answer = await quan.post(path, json=account("x", SONG_MAY)["post"], headers=command(2))
    assert answer.status_code == 403


async def test_an_auditor_states_a_purpose_and_others_cannot(office: Office) -> None:
    await office.employ("thanh.tra", DOI_THONG, Role.AUDITOR)
    body = {"purpose": "Kiểm tra việc trả lời quý một (demo)", "until": "2026-03-02T17:00:00+07:00"}
    async with await office.signed_in("thanh.tra") as auditor, await office.signed_in("mai") as mai:
        assert (await auditor.get("/api/session")).json()["audit_purpose_until"] is None
        stated = await auditor.post("/api/audit-purposes", json=body, headers=command())
        assert stated.status_code == 201, stated.text
        assert (await auditor.get("/api/session")).json()["audit_purpose_until"] == "2026-03-02T10:00:00Z"
        assert (await mai.post("/api/audit-purposes", json=body, headers=command())).status_code == 403
        naive = {**body, "until": "2026-03-02T17:00:00"}
        refused = await auditor.post("/api/audit-purposes", json=naive, headers=command())
        assert (refused.status_code, refused.json()["field"]) == (400, "until")


async def test_a_head_lets_a_colleague_sign_and_the_right_is_there_at_once(office: Office) -> None:
    await office.employ("bich", DOI_THONG, Role.HEAD)
    path = f"/api/accounts/{account_id_of('mai')}"
    days = {"from_day": "2026-03-02", "until_day": "2026-03-06"}
    async with await office.signed_in("bich") as bich, await office.signed_in("mai") as mai:
        given = await bich.post(f"{path}/delegations", json=days, headers=command(2))
        assert given.status_code == 201, given.text
        assert (await mai.get("/api/session")).json()["roles"] == ["head", "intake"]
        onward = f"/api/accounts/{account_id_of('bich')}/delegations"
        again = await mai.post(onward, json=days, headers=command(2))
        assert again.json()["code"] == "delegation-not-by-head"
    async with await office.signed_in("lan") as lan:
        assert (await lan.post(f"{path}/delegations", json=days, headers=command(3))).status_code == 404


async def test_a_new_authority_stands_below_one_that_is_administered(office: Office) -> None:
    body = {
        "code": "xa-nui-xanh",
        "name": "UBND xã Núi Xanh (demo)",
        "level": "commune",
        "province": "demo",
        "valid_from": "2026-01-01",
        "superior_id": str(PROVINCE),
    }
    async with await office.signed_in("tinh") as tinh, await office.signed_in("quan") as quan:
        assert (await quan.post("/api/authorities", json=body, headers=command())).status_code == 403
        made = await tinh.post("/api/authorities", json=body, headers=command())
        assert made.status_code == 201, made.text
        xanh = authority_id_of("xa-nui-xanh")
        area = {"area_ids": [str(AREA)], "from_day": "2026-01-01"}
        assert (await tinh.post(f"/api/authorities/{xanh}/areas", json=area, headers=command(2))).status_code == 201
        assert (await quan.post(f"/api/authorities/{xanh}/areas", json=area, headers=command(3))).status_code == 403
        circle = {"superior_id": str(xanh), "from_day": "2026-01-01"}
        refused = await tinh.post(f"/api/authorities/{PROVINCE}/superiors", json=circle, headers=command(1))
        assert refused.json()["code"] == "authority-superior-circle"
        gone = {"valid_to": "2026-03-01", "successor_ids": [str(DOI_THONG)], "reason": "Sắp xếp (demo)"}
        ended = await tinh.post(f"/api/authorities/{xanh}/dissolutions", json=gone, headers=command(3))
        assert ended.status_code == 201, ended.text
        rows = {row["code"]: row for row in (await quan.get("/api/authorities")).json()["items"]}
    assert rows["xa-nui-xanh"]["valid_to"] == "2026-03-01"
    assert rows["xa-nui-xanh"]["successor_ids"] == [str(DOI_THONG)]
    assert rows["xa-nui-xanh"]["superiors"] == [{"from_day": "2026-01-01", "id": str(PROVINCE)}]
    assert rows["xa-nui-xanh"]["areas"] == [{"from_day": "2026-01-01", "id": str(AREA)}]


async def seed_places(office: Office) -> None:
    ward = NewPlace(id=AREA, kind=PlaceKind.WARD, name="phường Đồi Thông (demo)", source="demo", demo=True)
    school = NewPlace(
        id=SCHOOL,
        kind=PlaceKind.SCHOOL,
        name="Trường Tiểu học Bình Nguyên (demo)",
        source="demo",
        demo=True,
        level=SchoolLevel.PRIMARY,
        area_id=AREA,
        authority_id=DOI_THONG,
        poster=True,
    )
    for place in (ward, school):
        await office.services.registry.register(SYSTEM, asked(), place)
    await office.settle()


async def test_a_school_is_found_by_its_code_with_who_is_competent_today(office: Office) -> None:
    await seed_places(office)
    today = PlacesToday(office.services.db, office.clock)
    found = await today.by_code(public_code(SCHOOL).lower())
    assert found is not None
    assert (found.id, found.authority_id, found.area_name) == (SCHOOL, DOI_THONG, "phường Đồi Thông (demo)")
    assert found.authority_name == "UBND phuong-doi-thong (demo)"
    assert await today.by_id(SCHOOL) == found
    assert await today.by_code("AAAAAAAA") is None
    assert await today.by_code("") is None
    assert await today.by_id(AREA) is None


async def test_a_school_that_is_entrusted_to_another_authority_goes_there_from_that_day(office: Office) -> None:
    await seed_places(office)
    body = {"authority_id": str(SONG_MAY), "from_day": "2026-03-02"}
    async with await office.signed_in("quan") as quan, await office.signed_in("tinh") as tinh:
        path = f"/api/places/{SCHOOL}/entrustments"
        assert (await quan.post(path, json=body, headers=command(1))).status_code == 403
        assert (await tinh.post(path, json=body, headers=command(1))).status_code == 201
    found = await PlacesToday(office.services.db, office.clock).by_id(SCHOOL)
    assert found is not None
    assert found.authority_id == SONG_MAY


async def test_a_closed_school_takes_no_feedback_any_more(office: Office) -> None:
    await seed_places(office)
    async with await office.signed_in("quan") as quan:
        body = {"valid_to": "2026-03-01", "source": "Quyết định (demo)"}
        closed = await quan.post(f"/api/places/{SCHOOL}/closures", json=body, headers=command(1))
        assert closed.status_code == 201, closed.text
    assert await PlacesToday(office.services.db, office.clock).by_id(SCHOOL) is None


async def test_places_are_found_without_marks_and_in_vietnamese_order(office: Office) -> None:
    await seed_places(office)
    async with await office.signed_in("mai") as mai:
        found = (await mai.get("/api/places", params={"q": "binh nguyen"})).json()["items"]
        assert [row["name"] for row in found] == ["Trường Tiểu học Bình Nguyên (demo)"]
        assert (await mai.get("/api/places", params={"kind": "ward"})).json()["items"][0]["id"] == str(AREA)
    async with office.client() as stranger:
        assert (await stranger.get("/api/places")).status_code == 401
    assert await find_places(office.services.db, q="không có") == []


async def test_an_administrator_registers_a_place_for_his_own_authority_only(office: Office) -> None:
    body = {"slug": "truong-moi", "kind": "school", "name": "Trường Mới", "source": "Quyết định"}
    mine, theirs = {**body, "authority_id": str(DOI_THONG)}, {**body, "authority_id": str(SONG_MAY)}
    async with await office.signed_in("quan") as quan:
        assert (await quan.post("/api/places", json=theirs, headers=command())).status_code == 403
        assert (await quan.post("/api/places", json=mine, headers=command())).status_code == 201


async def test_live_read_models_equal_their_rebuild(office: Office, database: FreshDatabase) -> None:
    await seed_places(office)
    async with await office.signed_in("quan") as quan:
        lock = f"/api/accounts/{account_id_of('mai')}/locks"
        assert (await quan.post(lock, json={"reason": "x"}, headers=command(2))).status_code == 201
    for result in await rebuilt(database, READ_MODELS):
        assert result.equal, result
