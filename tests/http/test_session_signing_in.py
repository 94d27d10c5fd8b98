"""Signing in and out, the limits of a session, and what ends it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from adapters.clock import SetClock
from adapters.http.sessions import ABSOLUTE, IDLE, cookie_name, dead_cookie, session_cookie
from application.access import SYSTEM, Role
from application.people import account_id_of
from domain.calendar import legal_date
from tests.support.office import DOI_THONG, PASSWORD, Office, asked, command, open_office
from tests.support.postgres import FreshDatabase


@pytest.fixture
async def office(database: FreshDatabase, tmp_path: Path) -> Office:
    found = await open_office(database, tmp_path)
    await found.employ("mai", DOI_THONG, Role.INTAKE)
    await found.employ("quan", DOI_THONG, Role.ADMINISTRATOR)
    return found


def forward(office: Office, by: timedelta) -> None:
    assert isinstance(office.clock, SetClock)
    office.clock.advance(by)


async def test_a_password_gives_a_token_that_says_who_one_is(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        me = (await mai.get("/api/session")).json()
    assert me["username"] == "mai"
    assert me["name"] == "Người mai (demo)"
    assert me["roles"] == ["intake"]
    assert [post["authority_id"] for post in me["posts"]] == [str(DOI_THONG)]


async def test_signing_in_by_the_api_sets_no_cookie(office: Office) -> None:
    async with office.client() as client:
        answer = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
    assert answer.status_code == 201
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("username", ["mai", "nobody"])
async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(office: Office, username: str) -> None:
    async with office.client() as client:
        answer = await client.post("/api/session", json={"username": username, "password": "không phải mật khẩu"})
        other = await client.post("/api/session", json={"username": "someone-else", "password": "x"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-failed"
    assert answer.content == other.content


async def test_the_token_is_nowhere_in_the_database(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        token = mai.headers["authorization"].removeprefix("Bearer ")
    stored = await office.services.pool.fetch("select * from session")
    assert len(stored) == 1
    assert token not in str(stored)
    assert token.encode() not in b"".join(row["token_hash"] for row in stored)


@pytest.mark.parametrize("where", ["bearer", "cookie"])
async def test_a_planted_session_id_opens_nothing_and_stays_dead_after_signing_in(office: Office, where: str) -> None:
    planted = "A" * 43
    headers = {"authorization": f"Bearer {planted}"} if where == "bearer" else {"cookie": f"hoso={planted}"}
    same_site = {"sec-fetch-site": "same-origin"}
    async with office.client() as client:
        assert (await client.get("/api/session", headers=headers)).status_code == 401
        body = {"username": "mai", "password": PASSWORD}
        answer = await client.post("/api/session", json=body, headers={**headers, **same_site})
        assert answer.status_code == 201
        assert answer.json()["token"] != planted
        assert (await client.get("/api/session", headers=headers)).status_code == 401


async def test_a_session_in_the_cookie_is_the_same_session(office: Office) -> None:
    async with await office.signed_in("mai") as mai, office.client() as browser:
        token = mai.headers["authorization"].removeprefix("Bearer ")
        by_cookie = await browser.get("/api/session", headers={"cookie": f"{cookie_name(secure=False)}={token}"})
        assert by_cookie.json() == (await mai.get("/api/session")).json()


async def test_signing_out_ends_the_session(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        assert (await mai.delete("/api/session")).status_code == 204
        assert (await mai.get("/api/session")).status_code == 401


async def test_an_idle_session_ends_after_thirty_minutes_and_a_used_one_goes_on(office: Office) -> None:
    async with await office.signed_in("mai") as mai, await office.signed_in("mai") as idle:
        forward(office, IDLE - timedelta(seconds=1))
        assert (await mai.get("/api/session")).status_code == 200
        forward(office, timedelta(seconds=2))
        assert (await mai.get("/api/session")).status_code == 200
        assert (await idle.get("/api/session")).status_code == 401


async def test_even_a_used_session_ends_after_twelve_hours(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        for _ in range(int(ABSOLUTE / timedelta(minutes=20)) - 1):
            forward(office, timedelta(minutes=20))
            assert (await mai.get("/api/session")).status_code == 200
        forward(office, timedelta(minutes=20))
        assert (await mai.get("/api/session")).status_code == 401


async def test_a_lock_ends_every_session_with_the_fact_and_unlocking_brings_none_back(office: Office) -> None:
    people, mai_id = office.services.people, account_id_of("mai")
    async with await office.signed_in("mai") as mai:
        await people.lock(SYSTEM, asked(), mai_id, "Nghỉ việc (demo)")
        assert (await mai.get("/api/session")).status_code == 401
        async with office.client() as client:
            again = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
        assert again.json()["code"] == "sign-in-failed"
        await people.unlock(SYSTEM, asked(), mai_id, "Trở lại làm việc (demo)")
        assert (await mai.get("/api/session")).status_code == 401
    async with await office.signed_in("mai") as mai:
        assert (await mai.get("/api/session")).status_code == 200


async def test_a_reset_ends_every_session_and_the_old_password(office: Office) -> None:
    async with await office.signed_in("mai") as mai, await office.signed_in("quan") as quan:
        accounts = (await quan.get("/api/accounts")).json()["items"]
        row = next(account for account in accounts if account["username"] == "mai")
        reset = await quan.post(
            f"/api/accounts/{row['id']}/password-resets",
            json={"password": "Nắng lên trên đồi 45"},
            headers=command(row["version"]),
        )
        assert reset.status_code == 201, reset.text
        assert (await mai.get("/api/session")).status_code == 401
    async with office.client() as client:
        old = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
    assert old.status_code == 401
    async with await office.signed_in("mai", "Nắng lên trên đồi 45") as mai:
        assert (await mai.get("/api/session")).status_code == 200


async def test_a_changed_password_needs_the_old_one_and_ends_every_session(office: Office) -> None:
    async with await office.signed_in("mai") as mai, await office.signed_in("mai") as elsewhere:
        path, new = "/api/session/password-changes", "Nắng lên trên đồi 45"
        wrong = await mai.post(path, json={"current": "đoán mò", "password": new}, headers=command())
        assert wrong.json()["code"] == "sign-in-failed"
        weak = await mai.post(path, json={"current": PASSWORD, "password": "matkhau12345"}, headers=command())
        assert (weak.status_code, weak.json()["code"]) == (409, "password-too-weak")
        right = await mai.post(path, json={"current": PASSWORD, "password": new}, headers=command())
        assert right.status_code == 204, right.text
        assert (await mai.get("/api/session")).status_code == 401
        assert (await elsewhere.get("/api/session")).status_code == 401


async def test_a_reset_that_is_repeated_late_does_not_bring_the_older_password_back(office: Office) -> None:
    mai_id, people = account_id_of("mai"), office.services.people
    first, second = asked(), asked()
    await people.reset_password(SYSTEM, first, mai_id, "mai", "Mật khẩu thứ nhất 11")
    await people.reset_password(SYSTEM, second, mai_id, "mai", "Mật khẩu thứ hai 22")
    await people.reset_password(SYSTEM, first, mai_id, "mai", "Mật khẩu thứ nhất 11")
    async with await office.signed_in("mai", "Mật khẩu thứ hai 22") as mai:
        assert (await mai.get("/api/session")).status_code == 200


async def test_ones_own_sessions_are_listed_and_each_can_be_ended(office: Office) -> None:
    async with await office.signed_in("mai") as here, await office.signed_in("mai") as there:
        listed = (await here.get("/api/sessions")).json()["items"]
        assert sorted(item["current"] for item in listed) == [False, True]
        other = next(item["id"] for item in listed if not item["current"])
        assert (await here.delete(f"/api/sessions/{other}")).status_code == 204
        assert (await there.get("/api/session")).status_code == 401
        assert (await here.delete(f"/api/sessions/{other}")).status_code == 404


async def test_nobody_ends_a_session_of_somebody_else(office: Office) -> None:
    async with await office.signed_in("mai") as mai, await office.signed_in("quan") as quan:
        session_id = (await mai.get("/api/session")).json()["session_id"]
        assert (await quan.delete(f"/api/sessions/{session_id}")).status_code == 404
        assert (await mai.get("/api/session")).status_code == 200


async def test_a_session_acts_in_one_post_and_another_post_takes_another_token(office: Office) -> None:
    await office.employ("lan", DOI_THONG, Role.HEAD)
    async with await office.signed_in("lan") as lan, await office.signed_in("quan") as quan:
        row = next(a for a in (await quan.get("/api/accounts")).json()["items"] if a["username"] == "lan")
        body = {
            "title": "Kiểm tra nội bộ (demo)",
            "roles": ["auditor"],
            "authority_id": str(DOI_THONG),
            "from_day": "2026-02-01",
        }
        given = await quan.post(f"/api/accounts/{row['id']}/posts", json=body, headers=command(row["version"]))
        assert given.status_code == 201, given.text
        me = (await lan.get("/api/session")).json()
        assert me["roles"] == ["head"]
        auditor = next(post["id"] for post in me["posts"] if post["roles"] == ["auditor"])
        moved = await lan.post("/api/session/post-choices", json={"post_id": auditor})
        assert moved.json()["roles"] == ["auditor"]
        assert (await lan.get("/api/session")).status_code == 401
    async with office.client(moved.json()["token"]) as lan:
        assert (await lan.get("/api/session")).json()["post_id"] == auditor


async def test_a_post_that_ended_yesterday_ends_its_sessions_today(office: Office) -> None:
    people, mai_id = office.services.people, account_id_of("mai")
    async with await office.signed_in("mai") as mai:
        post_id = (await mai.get("/api/session")).json()["post_id"]
        today = legal_date(office.clock.now())
        await people.end_post(SYSTEM, asked(), mai_id, UUID(post_id), today, "Chuyển công tác (demo)")
        assert (await mai.get("/api/session")).status_code == 200
    forward(office, timedelta(days=1))
    async with office.client() as client:
        answer = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
    assert answer.status_code == 401


async def test_after_ten_wrong_tries_even_the_right_password_waits_and_elsewhere_it_does_not(office: Office) -> None:
    async with office.client(address="198.51.100.20") as attacker:
        wrong = {"username": "mai", "password": "đoán mò thôi"}
        codes = [(await attacker.post("/api/session", json=wrong)).status_code for _ in range(12)]
        assert codes == [401] * 10 + [429] * 2
        right = {"username": "mai", "password": PASSWORD}
        refused = await attacker.post("/api/session", json=right)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) == 60
        forward(office, timedelta(seconds=61))
        assert (await attacker.post("/api/session", json=right)).status_code == 201
    async with await office.signed_in("mai") as mai:
        assert (await mai.get("/api/session")).status_code == 200


async def test_of_a_hundred_tries_at_once_ten_are_looked_at(office: Office) -> None:
    async with office.client(address="198.51.100.20") as attacker:
        tries = [
            attacker.post("/api/session", json={"username": "mai", "password": f"đoán lần {n}"}) for n in range(100)
        ]
        codes = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert (codes.count(401), codes.count(429)) == (10, 90)


async def test_without_the_throttle_nobody_signs_in(office: Office, database: FreshDatabase) -> None:
    owner = await database.owner_pool()
    await owner.execute("drop table throttle")
    async with office.client() as client:
        answer = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
    assert answer.status_code == 500
    assert (await office.services.pool.fetchval("select count(*) from session")) == 0


async def test_the_throttle_keeps_no_address_and_no_name(office: Office) -> None:
    async with office.client(address="198.51.100.20") as client:
        await client.post("/api/session", json={"username": "mai", "password": "đoán"})
    rows = await office.services.pool.fetch("select key from throttle")
    assert rows
    assert all(len(row["key"]) == 32 for row in rows)
    assert not any(word in row["key"] for row in rows for word in (b"198.51", b"mai"))


def test_the_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts() -> None:
    header = session_cookie("abc", secure=True).to_header(header="")
    parts = {part.strip() for part in header.split(";")}
    assert "__Host-hoso=abc" in parts
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= parts
    assert not any(part.lower().startswith(("domain", "max-age", "expires")) for part in parts)


def test_on_plain_loopback_the_cookie_has_a_plain_name() -> None:
    header = session_cookie("abc", secure=False).to_header(header="")
    assert header.startswith("hoso=abc;")
    assert "Secure" not in header
    assert "Max-Age=0" in dead_cookie(secure=False).to_header(header="")
