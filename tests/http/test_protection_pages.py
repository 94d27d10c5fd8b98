"""The sender's form and the pages of the few, without a browser: what is typed stays, and who is led where."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.people import account_id_of
from tests.http.test_protection import in_hand
from tests.support.protecting import WORSE, act_on, reported
from tests.support.staff import Clerk, clerk, forms_of, menu_of, text_of
from tests.support.world import Town

PATH = "/p/track/worse"
SIGN = "Có báo cáo bị đối xử xấu hơn – người phụ trách đang xem"


async def sends(town: Town, fields: dict[str, object], status: int = 200) -> str:
    """A form of the public side; the page that comes back."""
    answer = await town.anonymous.post(PATH, data=fields, headers={"accept-language": "vi"})
    assert answer.status_code == status, text_of(answer.text)
    return answer.text


async def form_for(town: Town, code: str) -> dict[str, object]:
    """As the link on the tracking page leads to it, filled in."""
    tracked = await town.anonymous.post("/p/track", data={"code": code})
    shown = await sends(town, forms_of(tracked.text)[PATH])
    return forms_of(shown)[PATH] | {"text": WORSE, "whom": "child", "since": "2026-01-15", "go": "send"}


async def test_a_sender_reports_by_the_link_on_the_tracking_page_and_reads_where_it_stands(town: Town) -> None:
    sent = await in_hand(town)
    tracked = text_of((await town.anonymous.post("/p/track", data={"code": sent.code})).text)
    assert "Báo bị đối xử xấu hơn từ khi gửi tin" in tracked
    assert "Việc bạn báo" not in tracked
    shown = await sends(town, {"code": sent.code})
    for told in ("Chỉ đầu mối bảo vệ trẻ em và người đứng đầu", "Nhà trường không đọc được", "111", "không hứa trước"):
        assert told in text_of(shown)
    assert "checked" not in shown, "nothing is chosen beforehand"
    form = await form_for(town, sent.code)
    for _ in range(2):
        done = text_of(await sends(town, form))
        assert "Đã nhận báo cáo của bạn." in done
        assert done.count("đã nhận ,") == 1
        assert WORSE not in done
    await town.settle()
    assert (await (await town.of("anh")).get("/api/protection-tasks")).json()["total"] == 1


async def test_what_was_typed_stays_when_something_is_at_fault(town: Town) -> None:
    sent = await in_hand(town)
    form = await form_for(town, sent.code)
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"whom": ""}, "whom"),
        ({"whom": "nobody"}, "whom"),
        ({"since": "hôm qua"}, "since"),
        ({"since": "2999-01-01"}, "since"),
        ({"text": "a" * 20_001}, "text"),
    ):
        page = await sends(town, form | wrong, 400)
        assert f'href="#{field}"' in page, wrong
        kept = forms_of(page)[PATH]
        assert kept["command_id"] == form["command_id"]
        assert kept["text"] == [(form | wrong)["text"].strip()]  # type: ignore[attr-defined]
        assert kept["since"] == [(form | wrong)["since"]]
        assert "whom" in wrong or 'value="child" checked' in page
    await sends(town, form)
    assert "đã nhận ," in text_of((await town.anonymous.post("/p/track", data={"code": sent.code})).text)


async def test_a_wrong_code_is_no_way_in(town: Town) -> None:
    for fields in ({}, {"code": "AAAABBBBCCCCDDDD"}, {"code": "AAAABBBBCCCCDDDD", "go": "send", "text": "x"}):
        await sends(town, dict(fields), 404)


async def of_task(person: Clerk, task: UUID, act: str) -> tuple[str, dict[str, object]]:
    """Address and form of an act."""
    path = f"/protection/{task}/{act}"
    return path, await person.form(f"/protection/{task}", path)


async def test_the_few_work_on_it_page_by_page_and_the_handler_sees_a_sign(town: Town) -> None:
    sent = await in_hand(town)
    task = await reported(town, sent.code)
    mai, anh, son = await clerk(town, "mai"), await clerk(town, "anh"), await clerk(town, "son")
    home = await anh.read("/notices")
    assert "/protection" in menu_of(home)
    assert f"/protection/{task}" in home
    assert "Người gửi báo bị đối xử xấu hơn" in text_of(home)
    listed = text_of(await anh.read("/protection"))
    assert "Chưa ai nhận" in listed
    assert WORSE not in listed
    page = await anh.read(f"/protection/{task}")
    for told in (WORSE, "con của người gửi", "Quy định của cơ quan", "Không có luật nào quy định giờ này"):
        assert told in text_of(page)
    assert f'href="/cases/{sent.case_id}"' not in page, "the contact may not open this case"
    assert f'href="/cases/{sent.case_id}"' in await son.read(f"/protection/{task}")
    case = await mai.read(f"/cases/{sent.case_id}")
    assert SIGN in text_of(case)
    assert f"/protection/{task}" not in case
    assert f"/protection/{task}" in await son.read(f"/cases/{sent.case_id}")
    past = (await mai.client.get(f"/cases/{sent.case_id}", params={"as_of": datetime.now(UTC).isoformat()})).text
    assert "Về hiện tại" in text_of(past)
    assert SIGN not in text_of(past)

    await anh.send(*await of_task(anh, task, "takings"))
    path, note = await of_task(anh, task, "measures")
    missing = await anh.send(path, note, 400)
    assert 'href="#note"' in missing.text
    await anh.send(path, note | {"note": "Đã gặp phụ huynh (demo)."})
    path, closing = await of_task(anh, task, "closures")
    typed = {"outcome": "nothing-found", "words": "Chưa thấy việc cần can thiệp (demo).", "reason": ""}
    refused = await anh.send(path, closing | typed, 409)
    assert 'href="#reason"' in refused.text
    assert forms_of(refused.text)[path]["words"] == [typed["words"]]
    assert 'value="nothing-found" checked' in refused.text
    path, handing = await of_task(anh, task, "hand-overs")
    colleagues = await anh.read(f"/protection/{task}")
    assert str(account_id_of("son")) in colleagues
    assert str(account_id_of("mai")) not in colleagues
    stale = await anh.send(path, handing | {"official_id": str(account_id_of("son")), "version": "1"}, 412)
    assert "Việc này vừa có thay đổi" in text_of(stale.text)
    await anh.send(path, handing | {"official_id": str(account_id_of("son"))})
    assert "Bạn được bàn giao" in text_of(await son.read("/notices"))
    path, closing = await of_task(son, task, "closures")
    await son.send(path, closing | typed | {"reason": "Lớp được chia lại chung (demo)."})
    tracked = text_of((await town.anonymous.post("/p/track", data={"code": sent.code})).text)
    assert typed["words"] in tracked
    assert "đã xem xong" in tracked
    assert "người phụ trách đã xem xong" in text_of(await mai.read(f"/cases/{sent.case_id}"))
    history = text_of(await anh.read(f"/protection/{task}"))
    for told in ("Đã nhận việc bảo vệ người gửi", "Cho: Người son (demo)", "Đã báo: ", "Đã xem xong việc bảo vệ"):
        assert told in history


async def test_where_an_official_looks_for_a_caller_nothing_of_it_is_shown(town: Town) -> None:
    sent = await in_hand(town)
    await reported(town, sent.code)
    mai = await clerk(town, "mai")
    shown = await mai.send("/assist", await mai.form("/assist") | {"channel": "hotline", "code": sent.code}, 200)
    assert STORY_SHOWN in text_of(shown.text)
    assert "đối xử" not in shown.text


STORY_SHOWN = "Lớp thu tiền máy chiếu"


async def test_the_list_is_a_file_too_without_a_word_of_anybody(town: Town) -> None:
    sent = await in_hand(town)
    first = await reported(town, sent.code)
    await reported(town, sent.code)
    assert (await act_on(town, "anh", first, "takings")).status_code == 201
    await town.settle()
    anh = await clerk(town, "anh")
    answer = await anh.client.get("/protection/export?part=open&sort=oldest&format=csv")
    table = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    rows = table[table.index(next(row for row in table if row[:2] == ["Ngày báo", "Trạng thái"])) + 1 :]
    assert [row[1] for row in rows] == ["Đang xem", "Chưa ai nhận"]
    assert rows[0][6] == "Người anh (demo)"
    assert WORSE not in answer.text
    book = await anh.client.get("/protection/export?format=xlsx")
    assert book.content[:2] == b"PK"
    for part, count in (("new", 1), ("taken", 1), ("closed", 0), ("all", 2)):
        page = await anh.read(f"/protection?part={part}&sort=oldest")
        assert page.count('href="/protection/') - page.count('href="/protection/export') == count, part
    assert f"/protection/{uuid4()}" not in await anh.read("/protection")
