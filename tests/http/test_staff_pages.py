"""Staff pages without a browser: who sees what, the way of a case, what happens when something goes wrong."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from tests.support.office import BASE_URL, PASSWORD
from tests.support.staff import (
    MONEY,
    Clerk,
    classified,
    clerk,
    forms_of,
    menu_of,
    submitted,
    text_of,
)
from tests.support.world import PEOPLE, Town

READS = {"/work", "/cases", "/explanations", "/notices", "/administration"}
MENUS = {
    "mai": {*READS, "/complaints", "/dashboard", "/paper", "/receptions", "/dialogues", "/erasures", "/qr"},
    "thu": {*READS, "/complaints", "/dashboard", "/paper", "/receptions", "/dialogues", "/erasures"},
    "son": {
        *READS,
        *("/complaints", "/dashboard", "/protection", "/receptions", "/dialogues", "/release", "/alone"),
        *("/erasures", "/qr", "/duty", "/public-contact"),
    },
    "kho": {*READS, "/erasures"},
    "anh": {*READS, "/protection"},
    "vinh": {*READS, "/complaints", "/dashboard", "/protection", "/receptions", "/dialogues", "/alone", "/purpose"},
    "tung": {"/accounts", "/qr", "/duty", "/public-contact", "/administration"},
    "hoa": {"/school"},
    "binh": {"/school", "/notices", "/complaints"},
    "thuy": {"/notices", "/complaints"},
    "nhi": {"/notices", "/complaints"},
}
"""Who finds what in the menu."""
PAGES = (
    "/cases",
    "/complaints",
    "/explanations",
    "/protection",
    "/dialogues",
    "/school",
    "/release",
    "/alone",
    "/paper",
    "/receptions",
    "/erasures",
    "/accounts",
    "/accounts/new",
    "/purpose",
    "/qr",
    "/dashboard",
    "/notices",
    "/duty",
    "/public-contact",
    "/administration",
)


async def version_of(town: Town, case: UUID) -> int:
    found: int = await town.world.pool.fetchval("select version from stream where id = $1", case)
    return found


@pytest.mark.parametrize("username", MENUS)
async def test_the_menu_shows_what_the_post_may_use_and_the_rest_is_refused(town: Town, username: str) -> None:
    person = await clerk(town, username)
    assert set(menu_of(await person.read("/sessions"))) == MENUS[username]
    for path in PAGES:
        allowed = path.replace("/new", "") in MENUS[username]
        answer = await person.client.get(path)
        assert answer.status_code == (200 if allowed else 403), (path, answer.status_code)


async def test_who_may_not_see_a_case_gets_the_bytes_of_a_missing_one_on_every_page_of_it(town: Town) -> None:
    case = (await submitted(town)).case_id
    below = (
        "",
        "/history",
        "/history.csv",
        "/compare",
        "/classifications",
        "/contact",
        "/erasure",
        f"/files/{uuid4()}",
    )
    for username in ("dung", "nga", "van", "tung", "hoa"):
        person = await clerk(town, username)
        missing = await person.client.get(f"/cases/{uuid4()}")
        assert missing.status_code == 404
        for path in (*(f"/cases/{case}{end}" for end in below), "/cases/no-id"):
            answer = await person.client.get(path)
            assert (answer.status_code, answer.content) == (404, missing.content), (username, path)
        page = f"/cases/{case}/acknowledgements"
        answer = await person.client.post(page, data={"command_id": str(uuid4()), "version": "1"})
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert await version_of(town, case) == 1


async def test_sign_in_leads_to_the_page_that_was_asked_for_and_never_to_another_site(town: Town) -> None:
    client = town.client(accept="text/html", origin=BASE_URL)
    asked = await client.get("/cases?q=may")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Fcases%3Fq%3Dmay"
    given = {"username": "mai", "password": PASSWORD}
    for wanted, reached in (
        ("/cases?q=may", "/cases?q=may"),
        ("//evil.example", "/work"),
        ("https://evil.example/", "/work"),
        ("/\\evil.example", "/work"),
        ("", "/work"),
    ):
        answer = await client.post("/sign-in", data={**given, "next": wanted})
        assert answer.headers["location"] == reached
        assert "httponly" in answer.headers["set-cookie"].lower()


async def test_a_wrong_password_an_unknown_name_and_a_locked_account_read_the_same(town: Town) -> None:
    tung = await clerk(town, "tung")
    rows = re.findall(r'href="(/accounts/[0-9a-f-]{36})">Người lan', await tung.read("/accounts"))
    fields = await tung.form(rows[0], f"{rows[0]}/locks")
    await tung.send(f"{rows[0]}/locks", fields | {"reason": "Nghỉ việc"})
    client = town.client(accept="text/html", origin=BASE_URL)
    texts = set()
    for username, password in (("mai", "wrong password"), ("nobody", PASSWORD), ("lan", PASSWORD)):
        answer = await client.post("/sign-in", data={"username": username, "password": password})
        assert answer.status_code == 400
        texts.add(text_of(answer.text))
    assert len(texts) == 1


async def test_signing_out_and_ending_sessions_kill_the_token(town: Town) -> None:
    mai, elsewhere = await clerk(town, "mai"), await clerk(town, "mai")
    await mai.send("/sessions/end-others", {})
    assert (await elsewhere.client.get("/cases")).status_code == 303
    await mai.send("/sign-out", {})
    token = dict(mai.client.cookies)
    assert (await mai.client.get("/cases")).status_code == 303
    assert token == dict(mai.client.cookies)


async def test_a_new_password_ends_every_session(town: Town) -> None:
    mai = await clerk(town, "mai")
    fields = await mai.form("/password")
    wrong = fields | {"current": "not it at all", "password": "Suối chảy 45 ngày", "repeat": "Suối chảy 45 ngày"}
    assert "Mật khẩu hiện tại không đúng" in text_of((await mai.send("/password", wrong, 400)).text)
    short = fields | {"current": PASSWORD, "password": "ngắn", "repeat": "ngắn", "command_id": str(uuid4())}
    assert 'id="password-error"' in (await mai.send("/password", short, 400)).text
    good = wrong | {"current": PASSWORD, "command_id": str(uuid4())}
    answer = await mai.send("/password", good)
    assert answer.headers["location"] == "/sign-in?done=password"
    assert (await mai.client.get("/work")).status_code == 303


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-out", "/posts", "/paper", "/password", "/sessions/end", "/purpose"]
)
async def test_a_form_of_another_site_does_nothing(town: Town, path: str) -> None:
    mai = await clerk(town, "mai")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site", "origin": BASE_URL}):
        assert (await mai.client.post(path, data={}, headers=headers)).status_code == 403
    case = (await submitted(town)).case_id
    wish = {"command_id": str(uuid4()), "version": "1"}
    answer = await mai.client.post(
        f"/cases/{case}/acknowledgements", data=wish, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert await version_of(town, case) == 1


async def test_a_case_goes_from_reception_to_the_answer_and_back_through_its_pages(town: Town) -> None:
    mai, hung, son = await clerk(town, "mai"), await clerk(town, "hung"), await clerk(town, "son")
    case = await classified(town, mai)
    page = f"/cases/{case}"
    without_reason = await mai.form(f"{page}/classifications") | {"category": "service-fees"}
    assert 'href="#reason"' in (await mai.send(f"{page}/classifications", without_reason, 400)).text
    await _reclassify_and_assign(mai, case)
    await hung.act(case, "questions", question="Lớp thu tiền ngày nào?")
    assert "Chờ người gửi" in text_of(await hung.read(page))
    await _reply(town, case)
    await hung.act(case, "drafts", **{"outcome": "explained", "part-1": "Đã kiểm tra."})
    refused = await hung.client.get(f"{page}/releases")
    assert refused.status_code == 403
    assert f"{page}/release-requests" not in await hung.read(page)
    lacks = "Chưa trình duyệt được. Yêu cầu 2 chưa có trả lời."
    assert lacks in text_of(await hung.read(page))
    fields = {"command_id": str(uuid4()), "version": str(await version_of(town, case))}
    incomplete = await hung.send(f"{page}/release-requests", fields, 409)
    assert "Người gửi sẽ thấy" in text_of(incomplete.text)
    assert "govuk-error-summary" in incomplete.text
    await hung.act(
        case, "drafts", **{"outcome": "explained", "part-1": "Đã kiểm tra.", "part-2": "Lớp đã trả lại tiền."}
    )
    assert lacks not in text_of(await hung.read(page))
    await hung.act(case, "release-requests")
    await _return_and_release(hung, son, case)
    closed = await son.act(case, "closures", reason="Không có đề nghị thêm")
    assert closed.headers["location"] == f"{page}?done=closures"
    await son.act(case, "reopenings", reason="Có thông tin mới")
    assert "Mở lại" in text_of(await son.read(page))


async def _reclassify_and_assign(mai: Clerk, case: UUID) -> None:
    await mai.act(case, "classifications", category="over-collection/parent-board", reason="Thu qua ban đại diện")
    options = re.findall(r'<option value="([0-9a-f-]{36})">Người hung', await mai.read(f"/cases/{case}/assignments"))
    await mai.act(case, "assignments", handler_id=options[0], reason="Đúng chuyên môn")
    shown = text_of(await mai.read(f"/cases/{case}"))
    assert "Người được giao xử lý: Người hung (demo)" in shown
    assert "Đã phân loại lại" in shown


async def _reply(town: Town, case: UUID) -> None:
    hung = await clerk(town, "hung")
    await hung.act(case, "replies", text="Thu ngày khai giảng.", channel="hotline")


async def _return_and_release(hung: Clerk, son: Clerk, case: UUID) -> None:
    desk = await son.read("/release")
    assert "Chờ tôi duyệt (1)" in text_of(desk)
    assert "Chờ tôi duyệt (1)" in text_of((await son.read("/work")).split("<main")[1])
    assert "Chờ tôi duyệt" not in text_of(await hung.read("/work"))
    back = f"/cases/{case}/returns?from=desk"
    empty = await son.send(back, forms_of(desk)[back], 400)
    assert 'href="#reason"' in empty.text
    await son.send(back, forms_of(empty.text)[back] | {"reason": "Chưa nói rõ ai trả lại tiền"})
    await hung.act(
        case, "drafts", **{"outcome": "resolved", "part-1": "Đã kiểm tra.", "part-2": "Ban phụ huynh đã trả lại tiền."}
    )
    await hung.act(case, "release-requests")
    shown = text_of(await son.read("/release"))
    assert "Từ đó đã sửa: trả lời yêu cầu 2" in shown
    release = f"/cases/{case}/releases?from=desk"
    done = await son.send(release, forms_of(await son.read("/release"))[release])
    assert done.headers["location"] == "/release?done=releases"
    assert "Đã trả lời" in text_of(await son.read(f"/cases/{case}"))


async def test_a_form_with_faults_comes_back_with_what_was_typed_and_names_each_field(town: Town) -> None:
    mai = await clerk(town, "mai")
    case = (await submitted(town)).case_id
    page = f"/cases/{case}"
    await mai.send(f"{page}/acknowledgements", await mai.form(page, f"{page}/acknowledgements"))
    path = f"{page}/classifications"
    fields = await mai.form(path) | {"title": "Thu tiền <b>máy chiếu</b>", "requests": "", "category": ""}
    answer = await mai.send(path, fields, 400)
    assert 'href="#category"' in answer.text
    assert 'href="#requests"' in answer.text
    assert 'href="#title"' not in answer.text
    assert "Thu tiền &lt;b&gt;máy chiếu&lt;/b&gt;" in answer.text
    assert answer.text.index("<title>Lỗi") > 0
    assert await version_of(town, case) == 2


async def test_a_stale_form_says_what_is_new_and_keeps_the_text(town: Town) -> None:
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    case = await classified(town, mai)
    path = f"/cases/{case}/questions"
    fields = await mai.form(path) | {"question": "Lớp thu tiền ngày nào?"}
    await son.act(case, "notes", note="Đã gọi hiệu trưởng.")
    stale = await mai.send(path, fields, 412)
    assert "Lớp thu tiền ngày nào?" in stale.text
    assert "Đã ghi chú nội bộ" in text_of(stale.text)
    await mai.send(path, forms_of(stale.text)[path])
    assert "Lớp thu tiền ngày nào?" in text_of(await mai.read(f"/cases/{case}"))


async def test_the_same_form_sent_twice_is_done_once(town: Town) -> None:
    mai = await clerk(town, "mai")
    case = await classified(town, mai)
    fields = await mai.form(f"/cases/{case}/questions") | {"question": "Lớp thu tiền ngày nào?"}
    before = await version_of(town, case)
    first = await mai.send(f"/cases/{case}/questions", fields)
    second = await mai.send(f"/cases/{case}/questions", fields)
    assert first.headers["location"] == second.headers["location"]
    assert await version_of(town, case) == before + 1
    other = await mai.client.post(f"/cases/{case}/questions", data=fields | {"question": "Việc khác hẳn?"})
    assert other.status_code == 422


async def test_after_declaring_involvement_the_case_is_gone(town: Town) -> None:
    mai = await clerk(town, "mai")
    case = await classified(town, mai)
    done = await mai.act(case, "involvements")
    assert done.headers["location"] == "/work?done=involvements"
    assert (await mai.client.get(f"/cases/{case}")).status_code == 404
    assert "Thu tiền máy chiếu" not in text_of(await mai.read("/cases"))


async def test_who_and_why_is_recorded_before_the_contact_is_shown_once(town: Town) -> None:
    mai, hung = await clerk(town, "mai"), await clerk(town, "hung")
    case = await classified(town, mai)
    page = f"/cases/{case}/contact"
    assert (await hung.client.get(page)).status_code == 403
    assert "0900000001" not in await mai.read(f"/cases/{case}")
    fields = await mai.form(page)
    assert 'href="#reason"' in (await mai.send(page, fields, 400)).text
    shown = await mai.send(page, fields | {"reason": "Cần gọi lại để xác minh"}, 200)
    assert MONEY.identity.phone in shown.text
    assert MONEY.identity.name in shown.text
    history = text_of(await mai.read(f"/cases/{case}/history"))
    assert "Đã xem danh tính người cung cấp thông tin" in history
    assert "Cần gọi lại để xác minh" in history
    assert MONEY.identity.phone not in history


async def test_every_role_reads_its_first_page_in_both_languages(town: Town) -> None:
    for username in PEOPLE:
        person = await clerk(town, username)
        for language in ("en", "vi"):
            answer = await person.client.get(f"/work?lang={language}", follow_redirects=True)
            assert answer.status_code == 200, username
            assert f'<html lang="{language}"' in answer.text


async def test_after_reopening_every_request_waits_for_an_answer_again(town: Town) -> None:
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    case = await classified(town, mai)
    await mai.act(case, "drafts", **{"outcome": "explained", "part-1": "Đã kiểm tra.", "part-2": "Đã trả lại."})
    await mai.act(case, "release-requests")
    await son.act(case, "releases")
    answered = text_of(await mai.read(f"/cases/{case}"))
    assert "Được đề nghị xem xét lại đến" in answered
    assert "chưa trả lời:" not in answered
    await son.act(case, "reopenings", reason="Có thông tin mới")
    reopened = text_of(await mai.read(f"/cases/{case}"))
    assert reopened.count("chưa trả lời:") == 2
    assert "Được đề nghị xem xét lại đến" not in reopened
