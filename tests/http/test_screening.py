"""What looks like junk waits for a person. Its sender sees no difference, and nothing is thrown away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from adapters.http.near_texts import WINDOW, bands_of
from adapters.http.screen import SHORTEST_FILL_S, STAMP_FIELD, TRAP_FIELD
from adapters.http.throttle import SUBMISSIONS
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, forms_of, text_of
from tests.support.world import SCHOOL, Town, open_town

STORY = "Ban phụ huynh lớp thu 450.000 đồng mua máy chiếu, không có biên lai. Mong cơ quan kiểm tra và trả lời."
ALMOST = STORY.replace("450.000", "500.000").replace("Mong", "mong") + " Xin cảm ơn."
OTHER = "Cổng trường hỏng khóa từ tuần trước, học sinh lớp một ra ngoài đường trong giờ chơi. Đề nghị sửa ngay."
HTML = {"accept": "text/html"}


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """The clock moves only by hand."""
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        yield town


async def opened(town: Town) -> dict[str, Any]:
    """The form as a browser without scripts has it."""
    unit = (await town.place(SCHOOL)).code
    page = await town.anonymous.get(f"/p/{unit}/form", headers=HTML)
    return {name: values[-1] for name, values in forms_of(page.text)[f"/p/{unit}/form"].items()}


async def post(town: Town, form: dict[str, Any], **typed: str) -> httpx.Response:
    """Everything filled in and sent."""
    whole = {"category": "money", "danger": "no", "story": STORY, "contact": "none", "go": "send", "step": "3"}
    fields = form | whole | typed
    unit = (await town.place(SCHOOL)).code
    files = [(name, (None, value)) for name, value in fields.items()]
    return await town.anonymous.post(f"/p/{unit}/form", files=files, headers=HTML)


async def sent(
    town: Town, story: str = STORY, *, seconds: float = 60, typed: dict[str, str] | None = None
) -> httpx.Response:
    form = await opened(town)
    town.pass_time(timedelta(seconds=seconds))
    answer = await post(town, form, story=story, **(typed or {}))
    assert answer.status_code == 201, text_of(answer.text)
    await town.settle()
    return answer


async def signs(town: Town, username: str = "mai") -> list[tuple[str, ...]]:
    """Of what is held, as the API lists it."""
    listed = (await (await town.of(username, anew=True)).get("/api/cases", params={"held": "true"})).json()
    return sorted(tuple(case["held_signs"]) for case in listed["cases"])


async def in_work(town: Town) -> int:
    listed = (await (await town.of("mai", anew=True)).get("/api/cases", params={"held": "false"})).json()
    total: int = listed["total"]
    return total


async def test_a_person_who_takes_the_time_is_not_held(still: Town) -> None:
    await sent(still)
    assert (await signs(still), await in_work(still)) == ([], 1)


@pytest.mark.parametrize(
    ("seconds", "typed", "sign"),
    [
        (60, {TRAP_FIELD: "buy now"}, "hidden-field-filled"),
        (SHORTEST_FILL_S - 1, {}, "too-quick"),
        (60, {STAMP_FIELD: ""}, "form-not-ours"),
        (60, {STAMP_FIELD: "1700000000.00000000000000000000"}, "form-not-ours"),
        (60, {STAMP_FIELD: "٣.x"}, "form-not-ours"),
    ],
    ids=["a hidden field", "too quick", "no stamp", "a made-up stamp", "other digits"],
)
async def test_each_sign_of_a_form_holds_it(still: Town, seconds: float, typed: dict[str, str], sign: str) -> None:
    await sent(still, seconds=seconds, typed=typed)
    assert (await signs(still), await in_work(still)) == ([(sign,)], 0)


async def test_the_senders_receipt_and_terms_are_exactly_the_same(still: Town) -> None:
    shown, codes = [], []
    for number, trap in enumerate(("", "x")):
        answer = await sent(still, (STORY, OTHER)[number], seconds=10, typed={TRAP_FIELD: trap})
        code = answer.text.split('id="code">')[1][:19]
        codes.append(code)
        shown.append(text_of(answer.text).replace(code, "CODE").replace("09:00", "").split())
    assert shown[0] == shown[1]
    tracked = [(await still.anonymous.get(f"/api/track/{code}")).json() for code in codes]
    for one in tracked:
        one.pop("text")
    assert tracked[0] == tracked[1]
    assert len(await signs(still)) == 1


async def test_nearly_the_same_words_about_the_same_unit_are_held_for_an_hour(still: Town) -> None:
    await sent(still)
    await sent(still, ALMOST)
    await sent(still, OTHER)
    assert await signs(still) == [("nearly-the-same",)]
    still.pass_time(WINDOW)
    await sent(still, ALMOST)
    assert (await signs(still), await in_work(still)) == ([("nearly-the-same",)], 3)


def test_texts_meet_by_their_words_not_by_numbers_marks_or_case() -> None:
    together = set(enumerate(bands_of(STORY)))
    assert together & set(enumerate(bands_of(ALMOST.upper())))
    assert not together & set(enumerate(bands_of(OTHER)))
    assert bands_of("12345 67890 !!!") == bands_of("")


async def test_the_same_message_sent_again_is_no_repetition_of_itself(still: Town) -> None:
    form = await opened(still)
    still.pass_time(timedelta(minutes=1))
    answers = [await post(still, form) for _ in range(3)]
    assert len({answer.text.split('id="code">')[1][:19] for answer in answers}) == 1
    await still.settle()
    assert (await signs(still), await in_work(still)) == ([], 1)


async def test_too_many_from_one_network_are_held_and_none_is_refused(still: Town) -> None:
    unit = (await still.place(SCHOOL)).code
    for number in range(SUBMISSIONS.capacity + 2):
        words = " ".join(f"{letter}{'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10]}" for letter in "bcdghklmnp")
        answer = await still.anonymous.post(
            "/api/submissions", json={"unit": unit, "text": words}, headers={"idempotency-key": str(uuid4())}
        )
        assert answer.status_code == 201
    await still.settle()
    assert (await signs(still), await in_work(still)) == ([("many-from-one-place",)] * 2, SUBMISSIONS.capacity)
    keys = await still.world.pool.fetch("select key from throttle union all select key from recent_text")
    assert not any(b"127.0.0" in row["key"] for row in keys), "no address is kept"


async def held_case(town: Town) -> UUID:
    await sent(town, typed={TRAP_FIELD: "x"})
    listed = (await (await town.of("mai")).get("/api/cases", params={"held": "true"})).json()
    return UUID(listed["cases"][0]["case_id"])


async def test_an_official_lets_it_in_once_and_its_due_dates_stay(still: Town) -> None:
    case_id = await held_case(still)
    mai, path = await still.of("mai"), f"/api/submissions/{case_id}/let-ins"
    due = (await mai.get(f"/api/cases/{case_id}")).json()["terms"]
    still.pass_time(timedelta(days=1))
    hung = await (await still.of("hung", anew=True)).post(path, json={}, headers=command())
    assert hung.status_code == 403, "an officer who receives nothing does not decide what is received"
    mai = await still.of("mai", anew=True)
    wish = command()
    assert [(await mai.post(path, json={}, headers=wish)).status_code for _ in range(2)] == [201, 201]
    again = await mai.post(path, json={}, headers=command())
    assert (again.status_code, again.json()["code"]) == (409, "submission-not-held")
    assert (await signs(still), await in_work(still)) == ([], 1)
    assert [t["due_on"] for t in (await mai.get(f"/api/cases/{case_id}")).json()["terms"]] == [t["due_on"] for t in due]
    told = await still.world.pool.fetch("select topic from event where topic like 'screening.%' order by pos")
    assert [row["topic"] for row in told] == ["screening.submission_held.v1", "screening.submission_let_in.v1"]


async def test_taking_a_held_case_in_is_looking_at_it(still: Town) -> None:
    case_id = await held_case(still)
    await still.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await still.settle()
    assert (await signs(still), await in_work(still)) == ([], 1)


async def test_what_is_held_stands_in_its_own_tab_with_a_count_and_nowhere_else_in_the_work(still: Town) -> None:
    await sent(still, OTHER)
    await held_case(still)
    mai = await clerk(still, "mai")
    work = await mai.read("/work?tab=all")
    assert "Chờ sàng lọc (1)" in text_of(work)
    assert "Tất cả (1)" in text_of(work)
    assert STORY not in text_of(work)
    shown = text_of(await mai.read("/screening"))
    assert STORY in shown
    assert "Ô ẩn bị điền" in shown
    assert "Chờ sàng lọc" not in text_of(await (await clerk(still, "hung")).read("/work"))


async def test_one_click_lets_one_in_and_ticks_let_in_several(still: Town) -> None:
    for number in range(3):
        await sent(still, f"{OTHER} {'abc'[number] * 5} " * (number + 1), typed={TRAP_FIELD: "x"})
    mai = await clerk(still, "mai")
    listed = (await (await still.of("mai")).get("/api/cases", params={"held": "true"})).json()["cases"]
    first, *rest = [case["case_id"] for case in listed]
    form = await mai.form("/screening")
    answer = await mai.send("/screening", {"command_id": form["command_id"], "one": first, "case": rest})
    assert answer.headers["location"].endswith("let_in=1")
    form = await mai.form("/screening")
    answer = await mai.send("/screening", {"command_id": form["command_id"], "case": [first, *rest]})
    assert "Đã cho 2 tin vào hàng xử lý" in text_of(await mai.read(answer.headers["location"]))
    assert (await signs(still), await in_work(still)) == ([], 3)


async def test_an_official_of_another_area_does_not_find_it(still: Town) -> None:
    case_id = await held_case(still)
    for username in ("nga", "dung"):
        assert await signs(still, username) == []
        answer = await (await still.of(username)).post(
            f"/api/submissions/{case_id}/let-ins", json={}, headers=command()
        )
        assert answer.status_code == 404
