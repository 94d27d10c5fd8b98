"""Days of reception by the API: what is written down, who reads it, at which moment, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.commands.erased_before import erased_subjects
from adapters.http.api.reception_bodies import write_cursor
from adapters.http.receptions import ReceptionReader
from application.access import NotVisibleError
from application.people import account_id_of
from domain.reception.events import VisitRecorded
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.receiving import (
    ACCUSING,
    CONTACT,
    GUIDED,
    HUNG,
    ORAL,
    PLACE,
    SCAN,
    STORY,
    WANTED,
    act_on_day,
    day_body,
    day_of,
    done_on_day,
    held,
    minutes,
    opened,
    opens,
)
from tests.support.staff import classified, clerk
from tests.support.world import SCHOOL, Town, open_town

NOW = datetime(2026, 8, 27, 2, tzinfo=UTC)
"""Thursday 27/08/2026, 09:00 in Hà Nội."""
KEEPERS = ("mai", "lan", "nga", "thu", "hung", "son")
STRANGERS = ("van", "kho", "anh", "tung", "hoa", "dung", "loan", "tinh")
SECRETS = (HUNG, CONTACT, STORY, WANTED)


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock is moved by hand."""
    async with open_town(database, tmp_path, now=NOW) as town:
        yield town


async def register(town: Town, username: str, **query: str) -> dict[str, Any]:
    """Sổ tiếp công dân as that person reads it."""
    answer = await (await town.of(username)).get("/api/receptions/register", params=query)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def refused(town: Town, day: UUID, act: str, body: Any) -> tuple[int, str, str]:
    """Status, code and field of what mai is answered."""
    answer = await act_on_day(town, "mai", day, act, body)
    said = answer.json()
    return answer.status_code, said["code"], said.get("field", "")


async def test_a_day_with_an_oral_complaint_from_the_visit_to_the_register(town: Town) -> None:
    day = await opened(town)
    await done_on_day(town, "mai", day, "visits", ORAL)
    shown = await day_of(town, "mai", day)
    assert (shown["place"], shown["receiver"]["official"]["name"]) == (PLACE, "Người son (demo)")
    (entry,) = shown["entries"]
    assert [entry[name] for name in ("people", "contact", "content", "wanted")] == list(SECRETS)
    assert (entry["number"], entry["owes_minutes"], entry["may_become_complaint"]) == (1, True, False)
    assert "closings" not in shown["actions"]
    assert await refused(town, day, "closings", {}) == (409, "reception-minutes-missing", "")
    await done_on_day(town, "mai", day, "minutes", minutes(name="biên bản.jpg"))
    (entry,) = (await day_of(town, "mai", day))["entries"]
    assert (entry["signing"], entry["owes_minutes"], entry["may_become_complaint"]) == ("signature", False, True)
    (scan,) = entry["minutes"]
    assert scan["name"] == "biên bản.jpg"
    file = await (await town.of("mai")).get(f"/api/receptions/{day}/files/{scan['id']}")
    assert (file.status_code, file.content) == (200, SCAN)
    await done_on_day(town, "mai", day, "visits", GUIDED)
    await done_on_day(town, "mai", day, "closings")
    listed = (await (await town.of("mai")).get("/api/receptions")).json()
    assert [(one["id"], one["visits"], bool(one["closed_at"])) for one in listed["days"]] == [(str(day), 2, True)]
    lines = (await register(town, "mai"))["visits"]
    assert [(one["number"], one["kind"], one["people"]) for one in lines] == [
        (1, "complaint", HUNG),
        (2, "guidance", GUIDED["people"]),
    ]
    assert [one["kind"] for one in (await register(town, "mai", sort="newest"))["visits"]] == ["guidance", "complaint"]
    assert [one["number"] for one in (await register(town, "mai", kind="complaint"))["visits"]] == [1]
    assert [one["number"] for one in (await register(town, "mai", result="guided"))["visits"]] == [2]
    assert (await register(town, "mai", from_day="2999-01-01"))["visits"] == []


async def test_pages_of_both_lists_go_on_where_the_last_one_ended(town: Town) -> None:
    days = [await opened(town), await opened(town, day="2026-01-05", late_reason="Sổ giấy (demo)")]
    for day in days:
        for _ in range(2):
            await done_on_day(town, "mai", day, "visits", GUIDED)
    mai = await town.of("mai")
    for path, key, wanted in (("/api/receptions", "days", 2), ("/api/receptions/register", "visits", 4)):
        found, cursor = list[Any](), ""
        while True:
            answer = (await mai.get(path, params={"limit": "1", "cursor": cursor})).json()
            assert answer["total"] == wanted
            found += [(one.get("id") or one["day_id"], one.get("number")) for one in answer[key]]
            cursor = answer["next_cursor"]
            if not cursor:
                break
        assert len(set(found)) == len(found) == wanted
        for cursor in ("nothing", write_cursor((NOW.date(), days[0], 10**12))):
            wrong = await mai.get(path, params={"cursor": cursor})
            assert (wrong.status_code, wrong.json()["field"]) == (400, "cursor")


async def test_who_keeps_the_register_reads_it_and_nobody_else(town: Town) -> None:
    day = await held(town)
    for name in KEEPERS:
        (entry,) = (await day_of(town, name, day))["entries"]
        assert (entry["people"], entry["withheld"]) == (HUNG, False), name
        assert (await register(town, name))["total"] == 1
    audited = await day_of(town, "vinh", day)
    assert (audited["entries"][0]["people"], audited["actions"]) == (HUNG, [])
    assert (await act_on_day(town, "vinh", day, "visits", GUIDED)).status_code == 403
    assert (await opens(town, "vinh")).status_code == 403
    for name in STRANGERS:
        client = await town.of(name)
        there, nowhere = [await client.get(f"/api/receptions/{one}") for one in (day, uuid4())]
        assert (there.status_code, there.content) == (404, nowhere.content), name
        listed = await client.get("/api/receptions/register")
        assert listed.status_code == (200 if name in ("dung", "loan") else 403), name
        assert all(word not in listed.text for word in SECRETS)


async def test_who_came_with_a_denunciation_is_read_by_few(town: Town) -> None:
    day = await held(town)
    await done_on_day(town, "thu", day, "visits", ACCUSING)
    await done_on_day(town, "thu", day, "minutes", minutes(2))
    file = (await day_of(town, "thu", day))["entries"][1]["minutes"][0]["id"]
    for name in ("thu", "mai", "lan", "son"):
        entry = (await day_of(town, name, day))["entries"][1]
        assert (entry["people"], entry["withheld"]) == (ACCUSING["people"], False), name
        assert (await (await town.of(name)).get(f"/api/receptions/{day}/files/{file}")).status_code == 200
    for name in ("hung", "vinh"):
        client = await town.of(name)
        pages = [await day_of(town, name, day), await register(town, name)]
        assert all(ACCUSING[word] not in str(pages) for word in ("people", "contact", "content"))
        assert [entry["withheld"] for entry in pages[0]["entries"]] == [False, True]
        assert HUNG in str(pages)
        assert (await client.get(f"/api/receptions/{day}/files/{file}")).status_code == 404
    body = {**ACCUSING, "number": 2, "reason": "Nghe nhầm (demo)"}
    assert (await act_on_day(town, "hung", day, "corrections", body)).status_code == 403
    assert (await act_on_day(town, "hung", day, "minutes", minutes(2))).status_code == 403


async def test_a_day_of_the_past_says_why_it_comes_late(still: Town) -> None:
    yesterday = (NOW - timedelta(days=1)).date().isoformat()
    without = await opens(still, day=yesterday)
    assert (without.status_code, without.json()["code"]) == (409, "reception-late-reason-missing")
    day = await opened(still, day=yesterday, late_reason="Mất điện (demo)")
    shown = await day_of(still, "mai", day)
    assert (shown["late_days"], shown["late_reason"]) == (1, "Mất điện (demo)")
    await done_on_day(still, "mai", day, "visits", GUIDED)
    assert (await day_of(still, "mai", day))["entries"][0]["late_days"] == 1
    today = await opened(still)
    still.pass_time(timedelta(days=2))
    await still.of("mai", anew=True)
    assert await refused(still, today, "visits", GUIDED) == (409, "reception-late-reason-missing", "late_reason")
    await done_on_day(still, "mai", today, "visits", {**GUIDED, "late_reason": "Quên (demo)"})
    entry = (await day_of(still, "mai", today))["entries"][0]
    assert (entry["late_days"], entry["late_reason"]) == (2, "Quên (demo)")
    ahead = await opens(still, day="2999-01-01")
    assert (ahead.json()["code"], ahead.json()["field"]) == ("reception-day-ahead", "day")


async def test_any_moment_is_shown_as_it_stood(still: Town) -> None:
    day = await held(still)
    before = (await day_of(still, "mai", day))["recorded_at"]
    still.pass_time(timedelta(hours=1))
    await still.of("mai", anew=True)
    changed = {**ORAL, "number": 1, "people": "Bùi Văn Hùng Anh (demo)", "reason": "Nghe nhầm (demo)"}
    await done_on_day(still, "mai", day, "corrections", changed)
    await done_on_day(still, "mai", day, "closings")
    now, then = await day_of(still, "mai", day), await day_of(still, "mai", day, as_of=before)
    assert (now["entries"][0]["people"], then["entries"][0]["people"]) == (changed["people"], HUNG)
    assert (bool(now["closed_at"]), then["closed_at"], then["actions"]) == (True, None, [])
    (was,) = now["entries"][0]["corrections"]
    assert (was["before"]["people"], was["reason"]) == (HUNG, "Nghe nhầm (demo)")
    assert [one["people"] for one in (await register(still, "mai", as_of=before))["visits"]] == [HUNG]
    assert [one["people"] for one in (await register(still, "mai"))["visits"]] == [changed["people"]]
    mai = await still.of("mai")
    days = (await mai.get("/api/receptions", params={"as_of": before})).json()["days"]
    assert [one["closed_at"] for one in days] == [None]
    early = (NOW - timedelta(days=1)).isoformat()
    assert (await register(still, "mai", as_of=early))["total"] == 0
    await day_of(still, "mai", day, 404, as_of=early)


async def test_what_was_entered_of_the_day_is_corrected_and_kept(town: Town) -> None:
    day = await opened(town)
    right = {**day_body(town, place="Hội trường (demo)"), "reason": "Ghi nhầm nơi tiếp (demo)"}
    right |= {"official_id": None, "receiver_name": "Trần Văn Phó (demo)", "receiver_post": "Phó chủ tịch"}
    await done_on_day(town, "mai", day, "day-corrections", right)
    shown = await day_of(town, "mai", day)
    assert shown["receiver"] == {"official": None, "name": "Trần Văn Phó (demo)", "post": "Phó chủ tịch"}
    (was,) = shown["corrections"]
    assert (was["before"]["place"], was["reason"]) == (PLACE, "Ghi nhầm nơi tiếp (demo)")
    await done_on_day(town, "mai", day, "closings")
    assert await refused(town, day, "visits", GUIDED) == (409, "reception-day-closed", "")
    await done_on_day(town, "mai", day, "reopenings", {"reason": "Quên một lượt (demo)"})
    await done_on_day(town, "mai", day, "visits", GUIDED)


async def test_a_case_is_linked_by_its_number_only_where_it_may_be_seen(town: Town) -> None:
    case = await classified(town, await clerk(town, "mai"))
    await town.settle()
    number = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()["number"]
    day = await held(town)
    await done_on_day(town, "mai", day, "visits", GUIDED)
    for wrong in ("PA-0", " "):
        body = {"number": 2, "case_number": wrong}
        assert await refused(town, day, "links", body) == (409, "reception-case-unknown", "case_number")
    answer = await act_on_day(town, "nga", day, "links", {"number": 2, "case_number": number})
    assert answer.json()["code"] == "reception-case-unknown", "of an area that she does not see"
    await done_on_day(town, "mai", day, "links", {"number": 2, "case_number": number.lower()})
    entry = (await day_of(town, "mai", day))["entries"][1]
    assert entry["case"] == {"id": str(case), "kind": "feedback", "number": number}
    body = {"number": 2, "case_number": number}
    assert await refused(town, day, "links", body) == (409, "reception-linked-already", "case_number")


async def test_the_same_wish_twice_is_one_day_and_one_visit(town: Town) -> None:
    mai, same, body = await town.of("mai"), command(), day_body(town)
    first, again = [await mai.post("/api/receptions", json=body, headers=same) for _ in range(2)]
    assert first.json() == again.json()
    day = first.json()["id"]
    visit = command(1)
    answers = [await mai.post(f"/api/receptions/{day}/visits", json=GUIDED, headers=visit) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    other = await mai.post(f"/api/receptions/{day}/visits", json=ORAL, headers=visit)
    assert other.status_code == 422
    stale = await mai.post(f"/api/receptions/{day}/visits", json=ORAL, headers=command(1))
    assert stale.status_code == 412
    await town.settle()
    assert len((await day_of(town, "mai", UUID(day)))["entries"]) == 1


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"official_id": str(account_id_of("dung"))}, "reception-receiver-unknown", "official_id"),
        ({"official_id": None}, "reception-receiver-missing", "receiver_name"),
        ({"official_id": None, "receiver_name": "A (demo)"}, "reception-post-missing", "receiver_post"),
        ({"place": " "}, "reception-place-missing", "place"),
        ({"day": "2010-01-01", "late_reason": "Cũ"}, "reception-day-before-law", "day"),
    ],
)
async def test_a_day_is_refused_with_a_code_and_the_field(
    town: Town, changes: dict[str, Any], code: str, field: str
) -> None:
    answer = await opens(town, **changes)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, code, field)


async def test_visits_and_minutes_are_refused_with_a_code_and_the_field(town: Town) -> None:
    day = await opened(town)
    assert await refused(town, day, "visits", {**ORAL, "unit_id": str(uuid4())}) == (
        409,
        "reception-unit-unknown",
        "place_id",
    )
    assert await refused(town, day, "visits", {**GUIDED, "people": " "}) == (409, "reception-people-missing", "people")
    await done_on_day(town, "mai", day, "visits", ORAL)
    unsigned, empty = minutes(signing=None), {**minutes(), "scans": []}
    assert await refused(town, day, "minutes", unsigned) == (409, "reception-minutes-unsigned", "signing")
    assert await refused(town, day, "minutes", empty) == (409, "reception-scan-missing", "papers")
    assert await refused(town, day, "minutes", minutes(2)) == (409, "reception-visit-unknown", "number")
    text = {**minutes(), "scans": [{"name": "a.txt", "content": "YWJj"}]}
    assert (await act_on_day(town, "mai", day, "minutes", text)).status_code in (400, 409, 415)


async def test_the_form_of_a_complaint_is_given_what_was_told(town: Town) -> None:
    day, reader = await held(town), ReceptionReader.of(town.world)
    entry = await reader.entry_for_complaint(await town.actor("mai"), day, 1)
    assert (entry.people, entry.contact, entry.content, entry.wanted) == SECRETS
    assert (entry.place_id, entry.oral, entry.ready) == (SCHOOL, True, True)
    (paper,) = entry.papers
    assert paper.name == "bien-ban.jpg"
    kept, content = await reader.file(await town.actor("mai"), day, paper.id)
    assert (kept.id, content) == (paper.id, SCAN)
    for name, number in (("dung", 1), ("mai", 2)):
        with pytest.raises(NotVisibleError):
            await reader.entry_for_complaint(await town.actor(name), day, number)
    await done_on_day(town, "mai", day, "visits", ACCUSING)
    with pytest.raises(NotVisibleError):
        await reader.entry_for_complaint(await town.actor("hung"), day, 2)
    assert not (await reader.entry_for_complaint(await town.actor("mai"), day, 2)).ready


async def test_an_erasure_of_the_case_reaches_the_visit_that_it_grew_from(town: Town) -> None:
    case = await classified(town, await clerk(town, "mai"))
    await town.settle()
    number = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()["number"]
    day = await held(town)
    await done_on_day(town, "mai", day, "visits", GUIDED)
    await done_on_day(town, "mai", day, "links", {"number": 1, "case_number": number})
    file = (await day_of(town, "mai", day))["entries"][0]["minutes"][0]["id"]
    path = f"/api/cases/{case}"
    asked = {"ground": "subject-asked", "document": "12/ĐN (demo)"}
    for username, act, body, version in (
        ("mai", "erasure-requests", asked, 0),
        ("son", "erasure-approvals", {"document": "13/QĐ (demo)"}, 1),
    ):
        answer = await (await town.of(username)).post(f"{path}/{act}", json=body, headers=command(version))
        assert answer.status_code == 201, answer.text
        await town.settle()
    first, second = (await day_of(town, "mai", day))["entries"]
    assert (first["people"], first["content"], first["minutes"][0]["name"]) == ({"erased": True}, {"erased": True}, "")
    assert second["people"] == GUIDED["people"]
    assert (await (await town.of("mai")).get(f"/api/receptions/{day}/files/{file}")).status_code == 410
    again = await act_on_day(town, "mai", day, "minutes", minutes())
    assert again.status_code == 410
    told = [(one.originator_id, one.fact) for one in await town.world.log.after(-1, 10_000)]
    subjects = [fact.subject_id for _, fact in told if isinstance(fact, VisitRecorded)]
    gone = erased_subjects(told)
    assert [one in gone for one in subjects] == [True, False], "an older set of keys forgets it too"
    entry = await ReceptionReader.of(town.world).entry_for_complaint(await town.actor("mai"), day, 1)
    assert (entry.people, entry.papers[0].name) == ("", "")
