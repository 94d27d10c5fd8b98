"""The pages of dialogue meetings without a browser: a sheet pasted, rows mended, and nothing that was typed is lost."""

from __future__ import annotations

import csv
import io
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook

from tests.support.dialogue import ALL, TODAY, act, closed, held, read, recorded, row, settled, sheet
from tests.support.staff import Clerk, clerk, forms_of, text_of
from tests.support.world import Town

PLAN = "/dialogues/plan"
EVIL = ("=1+1", "+84", "-2", "@SUM(A1)")


def path_of(dialogue: UUID, tail: str = "") -> str:
    return f"/dialogues/{dialogue}{tail}"


async def send(person: Clerk, page: str, act: str, status: int = 303, **fields: Any) -> str:
    """A form of a page, filled in; where it leads, or the page that comes back."""
    base = page.split("?", maxsplit=1)[0].removesuffix("/rows").removesuffix("/opinions").partition("/opinions/")[0]
    action = f"{base}/acts/{act}"
    bulk = page.endswith("/opinions")  # one form with a button for each act
    form = await person.form(page, f"{base}/acts/routings" if bulk else action)
    answer = await person.send(action.partition("?")[0], form | fields, status)
    return answer.headers["location"] if status == 303 else answer.text


async def test_a_meeting_is_planned_announced_held_and_its_minutes_are_read(town: Town) -> None:
    mai = await clerk(town, "mai")
    form = await mai.form(PLAN)
    empty = (await mai.send(PLAN, form, 400)).text
    assert "Chưa điền: Thành phần mời" in text_of(empty)
    texts = ("title", "matter", "place", "chair_post", "chair_name", "invited")
    filled = form | {name: f"{name} (demo)" for name in texts} | {"planned_on": str(TODAY)}
    sent_twice = [await mai.send(PLAN, filled) for _ in range(2)]
    (where,) = {answer.headers["location"].partition("?")[0] for answer in sent_twice}
    page = text_of(await mai.read(where))
    for told in ("title (demo)", "chair_post (demo), chair_name (demo)", "Dự kiến"):
        assert told in page
    assert text_of(await mai.read("/dialogues")).count("title (demo)") == 1, "sent twice, planned once"
    early = await mai.client.post(f"{where}/acts/meetings", data={"command_id": str(UUID(int=3)), "version": "1"})
    assert early.status_code == 400
    assert (await send(mai, where, "announcements", announced_on=str(TODAY), how="Niêm yết (demo)")).startswith(where)
    bad = await send(mai, where, "meetings", 400, held_on=str(TODAY), participants="nhiều")
    assert "chữ số" in text_of(bad)
    assert 'value="nhiều"' in bad
    await send(mai, where, "meetings", held_on=str(TODAY), participants="120")
    assert "Chưa nộp bản quét biên bản" in text_of(await mai.read(where))
    await send(mai, where, "minutes", 400)
    scan = b"%PDF-1.4\nbien ban"
    fields = await mai.form(where, f"{where}/acts/minutes")
    files: Any = [(name, (None, value if isinstance(value, str) else value[0])) for name, value in fields.items()]
    files.append(("minutes", ("bb.pdf", scan, "application/pdf")))
    sent = await mai.client.post(f"{where}/acts/minutes", files=files)
    assert sent.status_code == 303, text_of(sent.text)[-800:]
    assert (await mai.client.get(f"{where}/minutes")).content == scan


async def test_65_of_68_are_taken_three_are_mended_on_the_spot_and_67_do_not_close(town: Town) -> None:  # noqa: PLR0915 - one walk
    dialogue = await held(town)
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    rows = path_of(dialogue, "/rows")
    assert await send(mai, rows, "opinions", sheet=sheet()) == f"{rows}?done=dialogue-rows-wait"
    page = await mai.read(rows)
    shown = text_of(page)
    assert "Đã ghi 65 ý kiến." in shown
    assert "3 dòng chờ sửa" in shown
    for told in ("Dòng 12: Thiếu nội dung", "Dòng 31: Không rõ cấp", "Dòng 57: Hạn không phải là ngày"):
        assert told in shown
    assert 'value="31/02/2026"' in page
    assert ">Trung ương<" in page
    action = path_of(dialogue, "/acts/opinions?mend=1")
    form = forms_of(page)[action]
    waiting = {one["number"]: one["id"] for one in (await read(town, dialogue))["rows_aside"]}
    half = form | {f"text-{waiting['12']}": row(12, bad=False)[2], f"due_on-{waiting['57']}": "30/02/2026"}
    half |= {f"level-{waiting['31']}": "province"}
    assert (await mai.send(action, half)).headers["location"] == f"{rows}?done=dialogue-rows-wait"
    again = await mai.read(rows)
    assert 'value="30/02/2026"' in again, "what was typed stays although it is wrong"
    assert "Đã ghi 67 ý kiến." in text_of(again)
    assert (await mai.send(action, half)).status_code == 303, "the same form again changes nothing"
    assert (await read(town, dialogue))["opinions"] == 67
    last = forms_of(again)[action] | {f"due_on-{waiting['57']}": "", f"due_reason-{waiting['57']}": ""}
    done = (await mai.send(action, last)).headers["location"]
    assert done == path_of(dialogue, "/opinions?done=dialogue-opinions")
    seen = await read(town, dialogue)
    assert [one["number"] for one in seen["opinion_list"]] == list(range(1, ALL + 1))

    opinions = path_of(dialogue, "/opinions")
    due: dict[str, Any] = {"due_on": str(TODAY), "due_reason": "Hẹn tại hội nghị (demo)"}
    await send(mai, opinions, "routings", range="1-40, 42", level="school", numbers=["50", "51"], **due)
    routed = await read(town, dialogue)
    assert routed["by_state"]["routed"] == 43
    await send(mai, opinions, "routings", range="41; 43-49, 52-68", level="province", **due)
    await settled(town, dialogue, [number for number in range(1, 69) if number != 40])
    await send(mai, path_of(dialogue), "summaries", text="Tổng hợp (demo)")
    refused = await send(son, path_of(dialogue), "closures", 409)
    assert "còn 1 ý kiến chưa trả lời và chưa chuyển, đầu tiên là ý kiến số 40" in text_of(refused)
    assert 'max="68" value="67"' in refused
    answer: dict[str, Any] = {"answer": "Đã sửa (demo)", "answered_on": str(TODAY)}
    one = path_of(dialogue, "/opinions/40")
    assert await send(mai, one, "answers", **answer) == f"{one}?done=dialogue-answers"
    history = text_of(await mai.read(one))
    for told in ("Đã ghi ý kiến đối thoại", "Đã phân ý kiến về cấp giải quyết", "Đã trả lời ý kiến", "Đã sửa (demo)"):
        assert told in history
    await send(son, path_of(dialogue), "closures")
    form = await son.form(path_of(dialogue), path_of(dialogue, "/acts/publications"))
    assert form["text"] == ["Tổng hợp (demo)"] or form["text"] == "Tổng hợp (demo)"
    unread = await send(son, path_of(dialogue), "publications", 409, text="Đã giải quyết đủ (demo)")
    assert "Đã giải quyết đủ (demo)" in unread
    await send(son, path_of(dialogue), "publications", text="Đã giải quyết đủ (demo)", confirmed="yes")
    public = (await town.anonymous.get(f"/p/dialogues/{dialogue}")).text
    assert "Đã giải quyết đủ (demo)" in public
    assert "phòng học số" not in public


def workbook(*lines: list[Any]) -> bytes:
    book = Workbook()
    page: Any = book.active
    for line in lines:
        page.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


async def test_a_workbook_that_is_refused_stands_in_the_field_again_as_text(town: Town) -> None:
    dialogue = await held(town)
    mai, rows = await clerk(town, "mai"), path_of(dialogue, "/rows")
    action = path_of(dialogue, "/acts/opinions")
    fields = forms_of(await mai.read(rows))[action]
    book = workbook(["STT", "Nội dung", "Ghi chú"], [1, "Hai\ndòng (demo)", "x"])
    files: Any = [(name, (None, value if isinstance(value, str) else value[0])) for name, value in fields.items()]
    files.append(("workbook", ("y-kien.xlsx", book, "application/octet-stream")))
    answer = await mai.client.post(action, files=files)
    assert answer.status_code == 400
    assert "Không có cột “Ghi chú”" in text_of(answer.text)
    assert "Ghi chú\n1\t&#34;Hai\ndòng (demo)&#34;\tx" in answer.text
    mended = forms_of(answer.text)[action]["sheet"]
    text = (mended if isinstance(mended, str) else mended[0]).replace("Ghi chú", "Cơ quan")
    await mai.send(action, forms_of(answer.text)[action] | {"sheet": text})
    (one,) = (await read(town, dialogue))["opinion_list"]
    assert (one["text"], one["body"]) == ("Hai\ndòng (demo)", "x")


async def test_a_sheet_on_a_stale_version_comes_back_whole(town: Town) -> None:
    dialogue = await held(town)
    mai, rows = await clerk(town, "mai"), path_of(dialogue, "/rows")
    action = path_of(dialogue, "/acts/opinions")
    form = forms_of(await mai.read(rows))[action]
    await act(town, "thu", dialogue, "opinions", {"sheet": "1\tPhụ huynh\tĐèn hỏng (demo)"})
    late = await mai.send(action, form | {"sheet": sheet(most=2)}, 412)
    assert "vừa có thay đổi" in text_of(late.text)
    kept = forms_of(late.text)[action]
    assert row(2)[2] in str(kept["sheet"])
    await mai.send(action, kept)
    seen = await read(town, dialogue)
    assert (seen["opinions"], seen["rows_waiting"]) == (2, 1), "number 1 is another's: that row waits"
    mine = forms_of(await mai.read(rows))[f"{action}?mend=1"]
    (row_id,) = [one["id"] for one in seen["rows_aside"]]
    await mai.send(f"{action}?mend=1", mine | {f"number-{row_id}": "3"})
    assert [one["number"] for one in (await read(town, dialogue))["opinion_list"]] == [1, 2, 3]


async def test_a_row_that_is_no_opinion_is_left_out_with_a_reason(town: Town) -> None:
    dialogue = await held(town)
    mai, rows = await clerk(town, "mai"), path_of(dialogue, "/rows")
    await act(town, "mai", dialogue, "opinions", {"sheet": "1\tPhụ huynh\tĐèn (demo)\nCộng\t\t1 ý kiến"})
    assert "Dòng" in text_of(await mai.read(rows))
    await send(mai, rows, "row-dismissals", 400, reason=" ")
    assert await send(mai, rows, "row-dismissals", reason="Dòng cộng (demo)") == path_of(
        dialogue, "/opinions?done=dialogue-row-dismissals"
    )
    assert "Dòng cộng (demo)" in text_of(await mai.read(path_of(dialogue)))


async def test_several_are_chosen_and_a_refusal_keeps_the_choice(town: Town) -> None:
    dialogue = await recorded(town, most=6)
    mai, opinions = await clerk(town, "mai"), path_of(dialogue, "/opinions")
    nothing = await send(mai, opinions, "routings", 409, level="school", due_on=str(TODAY), due_reason="Hẹn")
    assert "Chưa chọn ý kiến nào" in text_of(nothing)
    wrong = await send(
        mai, opinions, "routings", 400, level="school", due_on="mai", due_reason="Hẹn", numbers=["2", "4"], range="5"
    )
    assert 'id="pick-2" name="numbers" value="2" checked' in wrong
    assert 'id="pick-5" name="numbers" value="5" checked' in wrong
    assert 'id="pick-1" name="numbers" value="1" checked' not in wrong
    words = await send(mai, opinions, "transfers", 400, receiver="Sở", transferred_on=str(TODAY), range="1 đến 3")
    assert "1-11, 13" in text_of(words)
    await send(mai, opinions, "transfers", receiver="Sở (demo)", transferred_on=str(TODAY), range="1–3")
    assert (await read(town, dialogue))["settled"] == 3
    shown = text_of(await mai.read(f"{opinions}?state=transferred"))
    assert "Tìm thấy 3 ý kiến" in shown
    assert "Tìm thấy 3 ý kiến" in text_of(await mai.read(f"{opinions}?state=open"))
    assert "Tìm thấy 2 ý kiến" in text_of(await mai.read(f"{opinions}?level=commune"))
    reopened = path_of(dialogue, "/opinions/2")
    await send(mai, reopened, "reopenings", reason="Chuyển nhầm (demo)")
    assert "Chuyển nhầm (demo)" in text_of(await mai.read(reopened))


async def test_an_export_computes_nothing_and_says_what_it_is(town: Town) -> None:
    dialogue = await held(town)
    rows = [{"number": str(n), "text": text, "speaker": text} for n, text in enumerate(EVIL, start=1)]
    await act(town, "mai", dialogue, "opinions", {"rows": rows})
    mai = await clerk(town, "mai")
    found = await mai.client.get(path_of(dialogue, "/export?format=csv"))
    lines = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    told = [line for line in lines if line and line[0] in {"1", "2", "3", "4"}]
    assert [line[2] for line in told] == [f"'{text}" for text in EVIL]
    assert lines[0] == ["Đối thoại trực tiếp với nhân dân (demo)"]
    book = load_workbook(BytesIO((await mai.client.get(path_of(dialogue, "/export?format=xlsx"))).content))
    values = [cell for line in book.worksheets[1].iter_rows() for cell in line]
    assert [cell.value for cell in values if cell.data_type == "f"] == []
    assert {cell.value for cell in values} >= set(EVIL)
    listed = await mai.client.get("/dialogues/export?format=csv&part=open")
    assert "Đối thoại trực tiếp với nhân dân (demo)" in listed.content.decode("utf-8-sig")
    assert "=1+1" not in listed.text
    assert (await mai.client.get("/dialogues/export?format=xlsx")).status_code == 200


async def test_an_auditor_reads_and_the_past_is_read_only(town: Town) -> None:
    dialogue = await recorded(town)
    vinh, mai = await clerk(town, "vinh"), await clerk(town, "mai")
    for tail in ("", "/opinions", "/opinions/1", "/rows"):
        page = await vinh.read(path_of(dialogue, tail))
        assert "/acts/" not in page, tail
    seen = await read(town, dialogue)
    at = (await mai.client.get("/api/cases")).json()["recorded_at"] or ""
    await settled(town, dialogue, [1])
    for tail in ("", "/opinions", "/opinions/1"):
        then = await mai.client.get(path_of(dialogue, tail), params={"as_of": seen["history"][-1]["recorded_at"]})
        assert "/acts/" not in then.text, (tail, at)
        assert "Về hiện tại" in text_of(then.text)
    assert "Đã chuyển" in text_of(await mai.read(path_of(dialogue, "/opinions/1")))


@pytest.mark.parametrize("number", ["0", "99", "x", "1" * 9])
async def test_an_opinion_that_is_not_there_is_not_there(town: Town, number: str) -> None:
    dialogue = await recorded(town)
    mai = await clerk(town, "mai")
    assert (await mai.client.get(path_of(dialogue, f"/opinions/{number}"))).status_code == 404


async def test_the_list_has_parts_words_and_orders(town: Town) -> None:
    await closed(town)
    mai = await clerk(town, "mai")
    assert "Không có hội nghị nào" in text_of(await mai.read("/dialogues"))
    page = text_of(await mai.read("/dialogues?part=closed&q=NHAN dan&sort=due"))
    assert "Đối thoại trực tiếp với nhân dân (demo)" in page
    assert "3/3" in page
    assert "Không có hội nghị nào" in text_of(await mai.read("/dialogues?part=all&q=khong-co"))
