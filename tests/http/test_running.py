"""Running the service: closing an account, handing over, absence, own rules, days off, signing in in two steps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pyotp
import pytest

from application.access import SYSTEM, everyone
from application.execute import Act, Executor
from application.feedback_intake import Submission
from application.people import account_id_of
from application.store_kind import STORE_ID
from domain.feedback.events import TermRederived
from domain.store import store as store_rules
from tests.support.office import PASSWORD, asked, command
from tests.support.postgres import FreshDatabase
from tests.support.world import CLASSIFIED, HAMLET_SCHOOL, OTHER_SCHOOL, SCHOOL, Town, open_town

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
TEXT = "Đề nghị kiểm tra khoản thu của lớp (demo)."


@pytest.fixture
async def town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=NOW) as opened:
        yield opened


async def held_case(town: Town, place: UUID = SCHOOL, intake: str = "mai", handler: str = "") -> UUID:
    """Taken in, classified, and given to somebody."""
    sent = await town.submit(Submission(text=TEXT), place)
    path = f"/api/submissions/{sent.case_id}"
    await town.do(intake, f"{path}/acknowledgements")
    await town.do(intake, f"{path}/classifications", CLASSIFIED)
    if handler:
        await town.do("son", f"{path}/assignments", {"handler_id": str(account_id_of(handler))})
    await town.settle()
    return sent.case_id


async def send(town: Town, who: str, path: str, body: Any, **headers: str) -> Any:
    return await (await town.of(who)).post(path, json=body, headers={**command(), **headers})


async def test_closing_an_account_that_holds_cases_is_refused_until_they_are_handed_over(town: Town) -> None:
    first, second = await held_case(town, handler="thu"), await held_case(town, handler="thu")
    account = f"/api/accounts/{account_id_of('thu')}"
    version = await town.version_of(account_id_of("thu"))
    tung = await town.of("tung")
    refused = await tung.post(f"{account}/locks", json={"reason": "Nghỉ việc"}, headers=command(version))
    assert (refused.status_code, refused.json()["code"]) == (409, "account-holds-cases")
    assert "2" in refused.json()["detail"]
    stale = await town.version_of(second) - 1
    body = {
        "cases": [
            {"case_id": str(first), "version": await town.version_of(first)},
            {"case_id": str(second), "version": stale},
            {"case_id": str(uuid4()), "version": 1},
        ],
        "handler_id": str(account_id_of("hung")),
        "reason": "Bàn giao (demo)",
    }
    done = (await send(town, "son", "/api/feedback/assignments", body)).json()["items"]
    assert [(one["outcome"], one["code"]) for one in done] == [
        ("assigned", ""),
        ("refused", "stale-version"),
        ("refused", "not-found"),
    ]
    to_hung = {"handler_id": str(account_id_of("hung")), "reason": "Như trên"}
    await town.do("son", f"/api/submissions/{second}/assignments", to_hung)
    await town.settle()
    closed = await tung.post(f"{account}/locks", json={"reason": "Nghỉ việc"}, headers=command(version))
    assert closed.status_code == 201, closed.text


async def test_the_page_hands_cases_over_and_says_what_became_of_each(town: Town) -> None:
    case_id = await held_case(town, handler="thu")
    son = await town.of("son")
    of, html = str(account_id_of("thu")), {"accept": "text/html"}
    shown = await son.get("/hand-over", params={"of": of}, headers=html)
    assert f"{case_id}.{await town.version_of(case_id)}" in shown.text
    form = {"command_id": str(uuid4()), "of": of, "case": f"{case_id}.{await town.version_of(case_id)}"}
    empty = await son.post("/hand-over", data=form, headers=html)
    assert empty.status_code == 400
    form |= {"handler_id": str(account_id_of("hung")), "reason": "Bàn giao (demo)", "command_id": str(uuid4())}
    done = await son.post("/hand-over", data=form, headers=html)
    assert "đã giao lại" in done.text
    again = await son.post("/hand-over", data=form, headers=html)
    assert "đã giao lại" in again.text


async def test_a_stand_in_handles_what_the_absent_person_holds_and_only_then(town: Town) -> None:
    case_id = await held_case(town, HAMLET_SCHOOL, intake="nga", handler="hung")
    path = f"/api/cases/{case_id}"
    assert (await (await town.of("thu")).get(path)).status_code == 404
    body = {
        "for_account_id": str(account_id_of("hung")),
        "from_day": "2026-03-02",
        "until_day": "2026-03-03",
        "reason": "Nghỉ phép (demo)",
    }
    by_another = await send(town, "nga", f"/api/accounts/{account_id_of('thu')}/stand-ins", body)
    assert by_another.json()["code"] == "stand-in-not-yours-to-appoint"
    given = await send(town, "hung", f"/api/accounts/{account_id_of('thu')}/stand-ins", body)
    assert given.status_code == 201, given.text
    thu = await town.of("thu")
    assert (await thu.get(path)).status_code == 200
    listed = (await thu.get("/api/cases")).json()["cases"]
    assert str(case_id) in {row["case_id"] for row in listed}
    asked_sender = await town.do("thu", f"/api/feedback/{case_id}/questions", {"question": "Khi nào?"})
    assert asked_sender.status_code == 201
    page = await thu.get(f"/cases/{case_id}", headers={"accept": "text/html"})
    assert "thay cho Người hung (demo)" in page.text
    town.pass_time(timedelta(days=2))
    late = await town.of("thu", anew=True)
    assert (await late.get(path)).status_code == 404


async def test_a_stand_in_who_is_involved_sees_nothing(town: Town) -> None:
    case_id = await held_case(town, handler="hung")
    await town.do("thu", f"/api/feedback/{case_id}/involvements")
    body = {
        "for_account_id": str(account_id_of("hung")),
        "from_day": "2026-03-02",
        "until_day": "2026-03-03",
        "reason": "Nghỉ phép (demo)",
    }
    assert (await send(town, "son", f"/api/accounts/{account_id_of('thu')}/stand-ins", body)).status_code == 201
    assert (await (await town.of("thu")).get(f"/api/cases/{case_id}")).status_code == 404


async def test_a_narrowed_category_is_seen_by_fewer_from_its_day_on(town: Town) -> None:
    body = {
        "category": "over-collection",
        "sensitivity": "restricted",
        "document": "12/QĐ (demo)",
        "from_day": "2026-03-03",
    }
    assert (await send(town, "thu", "/api/categories/narrowings", body)).status_code == 403
    assert (await send(town, "son", "/api/categories/narrowings", body)).status_code == 201
    wider = await send(town, "son", "/api/categories/narrowings", {**body, "sensitivity": "normal"})
    assert wider.json()["code"] == "category-not-narrower"
    before = await held_case(town)
    town.pass_time(timedelta(days=1))
    for who in ("mai", "son", "thu"):
        await town.of(who, anew=True)
    after = await held_case(town)
    thu = await town.of("thu")
    assert (await thu.get(f"/api/cases/{before}")).status_code == 200
    assert (await thu.get(f"/api/cases/{after}")).status_code == 404


async def test_an_own_term_counts_from_its_day_and_its_page_names_the_document(town: Town) -> None:
    body = {
        "rule_id": "POL-ACK",
        "value": 2,
        "unit": "day",
        "day_count": "WORKING",
        "document": "15/QĐ (demo)",
        "from_day": "2026-03-02",
    }
    assert (await send(town, "son", "/api/policies/adoptions", body)).status_code == 201
    longer = {**body, "rule_id": "POL-FEEDBACK", "value": 60}
    assert (await send(town, "son", "/api/policies/adoptions", longer)).json()["code"] == "policy-longer-than-law"
    await town.settle()
    town.pass_time(timedelta(minutes=1))
    listed = (await (await town.of("son")).get("/api/policies")).json()["items"]
    own = [(row["rule_id"], row["value"], row["document"]) for row in listed if row["own"]]
    assert own == [("POL-ACK", 2, "15/QĐ (demo)")]
    page = await (await town.of("tung")).get("/policies", headers={"accept": "text/html"})
    assert "15/QĐ (demo)" in page.text


def change(day: str, **more: Any) -> dict[str, Any]:
    return {"change": "day-off", "day": day, "name": "Nghỉ bão (demo)", "document": "01/CĐ (demo)", **more}


async def test_a_holiday_added_moves_exactly_the_previewed_cases_and_no_closed_one(town: Town) -> None:
    open_cases = [await held_case(town) for _ in range(2)]
    closed = await held_case(town)
    parts = [{"request": number, "text": "Đã trả lại tiền (demo)."} for number in (1, 2)]
    await town.do("mai", f"/api/feedback/{closed}/drafts", {"outcome": "resolved", "parts": parts})
    await town.do("mai", f"/api/feedback/{closed}/release-requests")
    await town.do("son", f"/api/feedback/{closed}/releases")
    await town.do("son", f"/api/feedback/{closed}/closures", {"reason": "Xong (demo)"})
    elsewhere = (await town.submit(Submission(text=TEXT), OTHER_SCHOOL)).case_id
    await town.settle()
    due = (await (await town.of("son")).get(f"/api/cases/{open_cases[0]}/deadlines")).json()
    day = max(item["due_on"] for item in due["deadlines"])
    seen = await send(town, "tinh", "/api/calendar/previews", change(day))
    assert seen.status_code == 200, seen.text
    assert seen.json()["cases"] == 2
    third = await held_case(town)
    outdated = await send(town, "tinh", "/api/calendar/changes", change(day, digest=seen.json()["digest"]))
    assert (outdated.status_code, outdated.json()["code"]) == (409, "calendar-preview-outdated")
    seen = await send(town, "tinh", "/api/calendar/previews", change(day))
    assert seen.json()["cases"] == 3
    applied = await send(town, "tinh", "/api/calendar/changes", change(day, digest=seen.json()["digest"]))
    assert applied.status_code == 201, applied.text
    await town.settle()
    moved = {
        fact.originator_id
        for fact in await town.world.log.of_streams([*open_cases, third, closed, elsewhere])
        if isinstance(fact.fact, TermRederived)
    }
    assert moved == {*open_cases, third}
    progress = await (await town.of("tinh")).get("/calendar/progress?version=1&total=3")
    assert "Đã tính lại 3 trên 3 hồ sơ" in progress.text


async def test_only_administrators_change_the_calendar_and_only_of_their_territory(town: Town) -> None:
    assert (await send(town, "son", "/api/calendar/previews", change("2026-03-10"))).status_code == 403
    whole = change("2026-03-10", whole_country=True)
    assert (await send(town, "tung", "/api/calendar/previews", whole)).status_code == 403
    assert (await send(town, "tinh", "/api/calendar/previews", whole)).status_code == 200
    past = await send(town, "tinh", "/api/calendar/previews", change("2026-02-02"))
    assert past.json()["code"] == "calendar-day-past"


async def require_second_factor(town: Town) -> None:
    at = town.world.clock.now()
    execute = Executor(town.world.store)
    opened = store_rules.OpenStore(by=SYSTEM.id, at=at, empty=True)
    for what in (opened, store_rules.RequireSecondFactor(by=SYSTEM.id, at=at)):
        await execute(SYSTEM, asked(), Act(store_rules.STORE, STORE_ID, what, everyone, everyone))


async def test_a_head_signs_in_in_two_steps_where_the_installation_asks_for_it(town: Town) -> None:
    await require_second_factor(town)
    entered = (await town.anonymous.post("/api/session", json={"username": "son", "password": PASSWORD})).json()
    assert entered["next_step"] == "second-factor"
    halfway = town.client(entered["token"])
    assert (await halfway.get("/api/cases")).json()["code"] == "second-factor-needed"
    path = "/api/session/second-factors"
    secret = (await halfway.post(path, json={}, headers=command())).json()["secret"]
    totp = pyotp.TOTP(secret)
    wrong = await halfway.post(path, json={"code": "000000"}, headers=command())
    assert wrong.json()["code"] == "sign-in-failed"
    code = totp.at(int(town.world.clock.now().timestamp()))
    done = (await halfway.post(path, json={"code": code}, headers=command())).json()
    assert len(done["recovery_codes"]) == 10
    assert (await halfway.get("/api/session")).status_code == 401
    assert (await town.client(done["token"]).get("/api/cases")).status_code == 200

    entered = (await town.anonymous.post("/api/session", json={"username": "son", "password": PASSWORD})).json()
    assert entered["next_step"] == "second-step"
    second = town.client(entered["token"])
    assert (await second.get("/api/cases")).json()["code"] == "second-step-needed"
    assert (await second.post(path, json={}, headers=command())).json()["code"] == "second-step-needed"
    used = await second.post("/api/session/second-steps", json={"code": code})
    assert used.json()["code"] == "sign-in-failed"
    whole = await second.post("/api/session/second-steps", json={"code": done["recovery_codes"][0]})
    assert whole.status_code == 201, whole.text
    assert (await town.client(whole.json()["token"]).get("/api/cases")).status_code == 200

    third = (await town.anonymous.post("/api/session", json={"username": "son", "password": PASSWORD})).json()
    again = town.client(third["token"])
    twice = await again.post("/api/session/second-steps", json={"code": done["recovery_codes"][0]})
    assert twice.status_code == 401
    tries = [(await again.post("/api/session/second-steps", json={"code": "111111"})).status_code for _ in range(6)]
    assert tries[-1] == 429
    own = f"/api/accounts/{account_id_of('son')}/second-factor-removals"
    tung = (await town.anonymous.post("/api/session", json={"username": "tung", "password": PASSWORD})).json()
    assert tung["next_step"] == "second-factor"
    assert (await town.client(tung["token"]).post(own, json={"reason": "x"}, headers=command(1))).status_code == 403


async def test_an_officer_is_not_asked_for_a_second_step(town: Town) -> None:
    await require_second_factor(town)
    entered = (await town.anonymous.post("/api/session", json={"username": "thu", "password": PASSWORD})).json()
    assert entered["next_step"] == ""


async def test_an_invitation_is_a_code_that_opens_the_choice_of_a_password_once(town: Town) -> None:
    post = {"title": "Cán bộ (demo)", "roles": ["officer"], "authority_id": "", "from_day": "2026-03-02"}
    post["authority_id"] = (await (await town.of("tung")).get("/api/session")).json()["posts"][0]["authority_id"]
    body, key = {"username": "bach", "name": "Người bách (demo)", "post": post}, command()
    tung = await town.of("tung")
    invited = (await tung.post("/api/accounts/invitations", json=body, headers=key)).json()
    again = (await tung.post("/api/accounts/invitations", json=body, headers=key)).json()
    assert again["code"] == invited["code"]
    town.pass_time(timedelta(days=8))
    late = await town.anonymous.post("/api/session", json={"username": "bach", "password": invited["code"]})
    assert late.json()["code"] == "sign-in-failed"
    assert date(2026, 3, 9) == datetime.fromisoformat(invited["expires_at"]).date()
