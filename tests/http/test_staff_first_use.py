"""What people met who used the pages for the first time: ways back, one date per step, words instead of codes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.http.web.staff.moments import read_moment
from tests.support.staff import clerk, submitted, text_of
from tests.support.world import SCHOOL, Town

HTML = {"accept": "text/html"}


async def test_the_next_step_shows_its_own_due_date_and_not_that_of_the_answer(town: Town) -> None:
    case = (await submitted(town)).case_id
    mai = await clerk(town, "mai")
    view = await mai.client.get(f"/api/cases/{case}")
    due = {term["purpose"]: term["due_on"] for term in view.json()["terms"]}
    shown = text_of(await mai.read(f"/cases/{case}"))
    box = shown.partition("Việc tiếp theo: Tiếp nhận")[2].partition("Thời hạn")[0]
    assert _printed(due["acknowledge"]) in box
    assert _printed(due["reply"]) not in box


async def test_the_history_says_language_and_finer_category_in_words(town: Town) -> None:
    case = (await submitted(town)).case_id
    mai = await clerk(town, "mai")
    page = f"/cases/{case}"
    await mai.send(f"{page}/acknowledgements", await mai.form(page, f"{page}/acknowledgements"))
    await mai.act(
        case,
        "classifications",
        kind="feedback",
        category="over-collection/outside-list",
        title="Thu tiền (demo)",
        requests="Xem xét",
    )
    shown = text_of(await mai.read(f"{page}/history"))
    assert "Ngôn ngữ: tiếng Việt" in shown
    assert "Nội dung chi tiết: Khoản thu ngoài danh mục" in shown
    assert "outside-list" not in shown


async def test_lists_of_the_past_claim_no_number_of_later_things(town: Town) -> None:
    await submitted(town)
    shown = text_of(await (await clerk(town, "mai")).read("/cases?as_of=2026-08-01T10:00"))
    assert "BẠN ĐANG XEM QUÁ KHỨ" in shown
    assert "Từ đó đến nay" not in shown


async def test_error_pages_lead_officials_to_their_first_page_and_everybody_else_to_the_schools(town: Town) -> None:
    mai = await clerk(town, "mai")
    for path, status in (("/accounts", 403), ("/nothing-here", 404)):
        answer = await mai.client.get(path, headers=HTML)
        assert answer.status_code == status
        assert '<a class="govuk-link" href="/">' in answer.text
        assert 'href="/p/track"' not in answer.text
    public = await town.anonymous.get("/p/ZZZZZZZZ", headers=HTML)
    assert public.status_code == 404
    assert 'href="/p/track"' in public.text
    assert "đăng nhập" not in text_of(public.text)


async def test_everything_that_is_missing_in_the_public_form_is_said_at_once(town: Town) -> None:
    place = await town.place(SCHOOL)
    form = {"command_id": "018f3a70-0000-4000-8000-0000000000aa", "unit": place.code, "story": "ngắn"}
    answer = await town.anonymous.post(f"/p/{place.code}/form", data=form, headers=HTML)
    assert answer.status_code == 400
    for field in ("category", "danger", "story", "contact"):
        assert f'href="#{field}"' in answer.text


@pytest.mark.parametrize("text", ["25/08/2026 10:00", "2026-08-25T10:00", "2026-08-25T03:00:00+00:00"])
def test_a_moment_is_read_as_its_own_example_is_written(text: str) -> None:
    assert read_moment(text) == datetime(2026, 8, 25, 3, tzinfo=UTC)


@pytest.mark.parametrize("text", ["31/02/2026 10:00", "25/08/2026", "25/08/2026 25:00"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


def _printed(day: str) -> str:
    year, month, of_month = day.split("-")
    return f"{of_month}/{month}/{year}"
