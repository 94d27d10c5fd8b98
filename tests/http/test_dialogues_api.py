"""Dialogue meetings by the API: a sheet of 68 with three bad rows, until all is settled, closed and told."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import Workbook

from application.dialogue_access import sees_dialogue
from domain.calendar import legal_date
from domain.dialogues.dialogue import DIALOGUE
from tests.support.dialogue import ALL, HEADS, TODAY, act, closed, held, planned, read, recorded, row, settled, sheet
from tests.support.office import command
from tests.support.uploads import telling_photo
from tests.support.world import PEOPLE, Town

DUE = {"due_on": str(TODAY + timedelta(days=20)), "due_reason": "Lãnh đạo hẹn tại hội nghị (demo)"}
BAD = {"12": ("text", "text-missing"), "31": ("level", "level-unknown"), "57": ("due_on", "due-wrong")}


def mended(row_id: str, number: int) -> dict[str, Any]:
    """A row that waited, as somebody mends it."""
    cells = row(number, bad=False)
    names = ("number", "speaker", "text", "level", "body", "due_on", "due_reason")
    return {"row_id": row_id, **dict(zip(names, cells, strict=True))}


async def test_68_opinions_of_a_sheet_three_of_them_bad_until_the_batch_is_closed(town: Town) -> None:
    """Step 18 of the walk: 65 taken, 3 shown with the reason, mended; refused at 67 with the one named."""
    dialogue = await held(town)
    sent = (await act(town, "mai", dialogue, "opinions", {"sheet": sheet()})).json()
    assert sent["taken"] == [number for number in range(1, ALL + 1) if str(number) not in BAD]
    assert len(sent["taken"]) == 65
    faults = {one["number"]: one["faults"] for one in sent["set_aside"]}
    assert faults == {number: [{"field": field, "code": code}] for number, (field, code) in BAD.items()}

    seen = await read(town, dialogue)
    assert (seen["opinions"], seen["rows_waiting"], seen["stage"]) == (65, 3, "recorded")
    kept = {one["number"]: one for one in seen["rows_aside"]}
    assert kept["12"]["cells"]["text"] == ""
    assert kept["31"]["cells"] == {
        "number": "31", "speaker": "Phụ huynh", "text": row(31)[2], "level": "Trung ương",
        "body": "", "due_on": "", "due_reason": "",
    }  # fmt: skip
    assert kept["57"]["cells"]["due_on"] == "31/02/2026"

    rows = [mended(kept[str(number)]["id"], number) for number in (12, 31, 57)]
    done = (await act(town, "mai", dialogue, "opinions", {"rows": rows})).json()
    assert (done["taken"], done["set_aside"]) == ([12, 31, 57], [])
    seen = await read(town, dialogue)
    assert (seen["opinions"], seen["rows_waiting"]) == (68, 0)
    assert [one["number"] for one in seen["opinion_list"]] == list(range(1, 69))

    for level in ("school", "commune", "department", "province"):
        numbers = [one["number"] for one in seen["opinion_list"] if one["level"] == level]
        assert len(numbers) == 17
        routed = await act(town, "mai", dialogue, "routings", {"numbers": numbers, "level": level, **DUE})
        assert routed.status_code == 201
    seen = await read(town, dialogue)
    assert (seen["stage"], seen["next_due"]) == ("routed", DUE["due_on"])
    assert seen["by_state"] == {"recorded": 0, "routed": 68, "answered": 0, "transferred": 0}

    answered = {"number": 1, "answer": "Đã sửa xong phòng học (demo)", "answered_on": str(TODAY)}
    assert (await act(town, "mai", dialogue, "answers", answered)).status_code == 201
    await settled(town, dialogue, [number for number in range(2, 69) if number != 40])
    assert (await act(town, "mai", dialogue, "summaries", {"text": "Tổng hợp (demo)"})).status_code == 201
    refused = await act(town, "son", dialogue, "closures")
    assert (refused.status_code, refused.json()["code"]) == (409, "dialogue-opinions-open")
    assert "1 ý kiến" in refused.json()["detail"] or "1 opinion" in refused.json()["detail"]
    assert "40" in refused.json()["detail"]
    seen = await read(town, dialogue)
    assert (seen["settled"], sum(seen["by_state"].values())) == (67, 68)
    await settled(town, dialogue, [40])
    assert (await act(town, "son", dialogue, "closures")).status_code == 201
    assert (await read(town, dialogue))["stage"] == "closed"


async def test_the_same_sheet_sent_again_takes_nothing_in_twice_and_keeps_no_row_twice(town: Town) -> None:
    dialogue = await held(town)
    body, mai = {"sheet": sheet()}, await town.of("mai")
    headers = command(await town.version_of(dialogue))
    first = await mai.post(f"/api/dialogues/{dialogue}/opinions", json=body, headers=headers)
    again = await mai.post(f"/api/dialogues/{dialogue}/opinions", json=body, headers=headers)
    assert first.status_code == 201
    assert first.json() == again.json(), "the same wish has the same answer"
    anew = await act(town, "mai", dialogue, "opinions", body)
    assert (anew.status_code, anew.json()["code"]) == (409, "dialogue-nothing-new")
    one_more = sheet() + "\n69\tGiáo viên\tĐề nghị thêm sách (demo)\tTrường"
    more = await act(town, "mai", dialogue, "opinions", {"sheet": one_more})
    assert more.json()["taken"] == [69]
    seen = await read(town, dialogue)
    assert (seen["opinions"], seen["rows_waiting"]) == (66, 3)


async def test_a_sheet_without_numbers_counts_on_and_says_so_when_it_is_the_same_again(town: Town) -> None:
    dialogue = await held(town)
    lines = "Nội dung\tCấp\nĐèn hỏng (demo)\tTrường\nCổng hẹp (demo)\tPhường"
    assert (await act(town, "mai", dialogue, "opinions", {"sheet": lines})).json()["taken"] == [1, 2]
    again = await act(town, "mai", dialogue, "opinions", {"sheet": lines})
    assert again.json()["code"] == "dialogue-nothing-new"
    mixed = await act(town, "mai", dialogue, "opinions", {"sheet": f"{lines}\nSân trơn (demo)\tTrường"})
    assert mixed.json()["taken"] == [5]
    waits = mixed.json()["set_aside"]
    assert [one["faults"] for one in waits] == [[{"field": "text", "code": "same-words"}]] * 2
    rows = [{"row_id": waits[0]["id"], "number": "3", "text": "Đèn hỏng (demo)", "again": True}]
    other = await act(town, "mai", dialogue, "opinions", {"rows": rows})
    assert other.json()["taken"] == [3], "another speaker may say the same"
    gone = {"row_id": waits[1]["id"], "reason": "Dòng lặp (demo)"}
    assert (await act(town, "mai", dialogue, "row-dismissals", gone)).status_code == 201
    assert (await read(town, dialogue))["rows_waiting"] == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2\tPhụ huynh\tKhác hẳn (demo)", ("number", "number-taken")),
        ("x\tPhụ huynh\tMới (demo)", ("number", "number-wrong")),
        ("0\tPhụ huynh\tMới (demo)", ("number", "number-wrong")),
        ("8\tPhụ huynh\t", ("text", "text-missing")),
        (f"8\tPhụ huynh\t{'a' * 5_001}", ("text", "text-too-long")),
        (f"8\t{'a' * 201}\tMới", ("speaker", "speaker-too-long")),
        ("8\tPhụ huynh\tMới\tTrung ương", ("level", "level-unknown")),
        ("8\tPhụ huynh\tMới\tKhác", ("body", "body-missing")),
        (f"8\tPhụ huynh\tMới\tKhác\t{'a' * 201}", ("body", "body-too-long")),
        ("8\tPhụ huynh\tMới\tTrường\t\t32/13/2026\tHẹn", ("due_on", "due-wrong")),
        ("8\tPhụ huynh\tMới\tTrường\t\t01/01/2020\tHẹn", ("due_on", "due-before-meeting")),
        ("8\tPhụ huynh\tMới\tTrường\t\t01/01/2090", ("due_reason", "due-reason-missing")),
        (f"8\tPhụ huynh\tMới\tTrường\t\t01/01/2090\t{'a' * 2_001}", ("due_reason", "due-reason-too-long")),
        ("8\tPhụ huynh\tMới\tTrường\t\t\t\tthừa", ("text", "extra-cells")),
        ("8\tPhụ huynh\tMới\n8\tPhụ huynh\tNữa", ("number", "number-twice")),
    ],
)
async def test_a_bad_row_says_what_is_wrong_at_which_cell(town: Town, text: str, code: tuple[str, str]) -> None:
    dialogue = await recorded(town)
    answer = (await act(town, "mai", dialogue, "opinions", {"sheet": text})).json()
    assert answer["taken"] == []
    for one in answer["set_aside"]:
        assert (one["faults"][0]["field"], one["faults"][0]["code"]) == code
    kept = (await read(town, dialogue))["rows_aside"]
    assert {word for one in kept for cell in one["cells"].values() for word in cell.split()} >= {
        word for word in text.replace("\t", " ").split() if word != "x"
    }, "not a word is lost"


def workbook(*lines: list[Any]) -> str:
    """An XLSX file, in base64."""
    book = Workbook()
    page: Any = book.active
    for line in lines:
        page.append(line)
    file = BytesIO()
    book.save(file)
    return base64.b64encode(file.getvalue()).decode()


async def test_a_workbook_is_read_with_its_numbers_days_and_formulas_as_text(town: Town) -> None:
    dialogue = await held(town)
    day = datetime.combine(TODAY + timedelta(days=9), datetime.min.time())
    lines: tuple[list[Any], ...] = (
        [*HEADS],
        [1, "Giáo viên", "Thiếu máy chiếu (demo)", "Sở", None, day, "Hẹn tại hội nghị"],
        [],
        [2.0, "Đại biểu thôn", "'=1+1 là hai\nhai dòng", "xã", None, None, None],
        ["ba", None, "Số lạ (demo)", None, None, None, None],
    )
    answer = (await act(town, "mai", dialogue, "opinions", {"workbook": workbook(*lines)})).json()
    assert answer["taken"] == [1, 2]
    assert answer["set_aside"][0]["faults"] == [{"field": "number", "code": "number-wrong"}]
    first, second = (await read(town, dialogue))["opinion_list"]
    assert (first["speaker"], first["level"], first["due_on"]) == ("teacher", "department", str(day.date()))
    assert (second["speaker"], second["speaker_words"], second["level"]) == ("other", "Đại biểu thôn", "commune")
    assert second["text"] == "'=1+1 là hai\nhai dòng"


async def test_a_sheet_that_cannot_be_taken_is_refused_whole_with_its_reason(town: Town) -> None:
    dialogue = await held(town)
    many = "\n".join(f"{n}\tPhụ huynh\tViệc {n}" for n in range(1, 502))
    for body, field, said in (
        ({"sheet": many}, "sheet", "too-many-rows"),
        ({"sheet": "a" * 1_000_001}, "sheet", "too-large"),
        ({"sheet": "STT\tNội dung\tGhi chú\n1\tMới\tx"}, "sheet", "unknown column"),
        ({"sheet": "STT\tNội dung\tNội dung\n1\tMới\tx"}, "sheet", "unknown column"),
        ({"workbook": base64.b64encode(b"PK no workbook").decode()}, "workbook", "not-a-workbook"),
        ({"workbook": base64.b64encode(b"a" * (2 * 1024 * 1024 + 1)).decode()}, "workbook", "too-large"),
        ({"workbook": workbook(*([n, "", f"Việc {n}"] for n in range(1, 600)))}, "workbook", "too-many-rows"),
    ):
        answer = await act(town, "mai", dialogue, "opinions", body)
        assert (answer.status_code, answer.json()["field"]) == (400, field), answer.text
        assert said in answer.text
    assert (await read(town, dialogue))["opinions"] == 0


async def test_what_is_settled_wrongly_is_opened_again_and_its_history_stays(town: Town) -> None:
    dialogue = await recorded(town)
    for name, body in (
        ("routings", {"numbers": [2], "level": "other", "body": "Điện lực (demo)", **DUE}),
        ("answers", {"number": 2, "answer": "Trả lời nhầm (demo)", "answered_on": str(TODAY)}),
        ("reopenings", {"number": 2, "reason": "Nhầm ý kiến (demo)"}),
    ):
        assert (await act(town, "thu", dialogue, name, body)).status_code == 201, name
    one = (await read(town, dialogue))["opinion_list"][1]
    assert (one["status"], one["answer"], one["body"]) == ("routed", None, "Điện lực (demo)")
    topics = [fact["topic"] for fact in (await read(town, dialogue))["history"]]
    assert topics[-3:] == [
        "dialogue.opinions_routed.v1",
        "dialogue.opinion_answered.v1",
        "dialogue.opinion_reopened.v1",
    ]


async def test_minutes_are_kept_byte_for_byte_and_the_last_scan_counts(town: Town) -> None:
    dialogue, photos = await held(town), (telling_photo("JPEG"), telling_photo("PNG"))
    mai = await town.of("mai")
    assert (await mai.get(f"/api/dialogues/{dialogue}/minutes")).status_code == 404
    for photo in photos:
        scan = {"name": "Biên bản.jpg", "content": base64.b64encode(photo).decode()}
        assert (await act(town, "mai", dialogue, "minutes", scan)).status_code == 201
    found = await mai.get(f"/api/dialogues/{dialogue}/minutes")
    assert found.content == photos[1]
    assert "Biên bản" not in str(found.headers)
    bad = {"name": "x.exe", "content": base64.b64encode(b"MZ" * 50).decode()}
    assert (await act(town, "mai", dialogue, "minutes", bad)).status_code == 400


async def test_lists_and_meetings_are_shown_as_of_any_moment(town: Town) -> None:
    dialogue = await recorded(town)
    before = datetime.now(UTC)
    await settled(town, dialogue, [1, 2, 3])
    then = await read(town, dialogue, as_of=before.isoformat())
    assert (then["settled"], then["version"], then["actions"]) == (0, 4, [])
    assert (await read(town, dialogue))["settled"] == 3
    mai = await town.of("mai")
    past = (await mai.get("/api/dialogues", params={"as_of": before.isoformat()})).json()
    now = (await mai.get("/api/dialogues")).json()
    assert [one["settled"] for one in past["dialogues"]] == [0]
    assert [one["settled"] for one in now["dialogues"]] == [3]
    long_ago = await mai.get(f"/api/dialogues/{dialogue}", params={"as_of": "2026-01-01T00:00:00+07:00"})
    assert long_ago.status_code == 404


async def test_lists_are_found_by_part_words_and_order_page_by_page(town: Town) -> None:
    one, two = await planned(town, title="Đối thoại học kỳ một (demo)"), await recorded(town)
    today = legal_date(town.world.clock.now())  # the tests may run across midnight
    late = {"numbers": [1], "level": "school", "due_on": str(today), "due_reason": "Hẹn (demo)"}
    await act(town, "mai", two, "routings", late)
    mai = await town.of("mai")

    async def found(**query: str) -> list[str]:
        return [one["id"] for one in (await mai.get("/api/dialogues", params=query)).json()["dialogues"]]

    assert set(await found()) == {str(one), str(two)}
    assert await found(part="planned") == [str(one)]
    assert await found(part="closed") == []
    assert await found(part="late") == [], "the day itself is not past"
    assert await found(q="hoc KY") == [str(one)]
    assert await found(sort="due") == [str(two), str(one)]
    first = (await mai.get("/api/dialogues", params={"limit": "1", "sort": "due"})).json()
    second = (await mai.get("/api/dialogues", params={"sort": "due", "cursor": first["next_cursor"]})).json()
    assert [first["dialogues"][0]["id"], second["dialogues"][0]["id"]] == [str(two), str(one)]
    assert second["next_cursor"] is None
    assert (await mai.get("/api/dialogues", params={"cursor": "x"})).status_code == 400


async def test_a_stale_or_missing_version_changes_nothing(town: Town) -> None:
    dialogue, mai = await recorded(town), await town.of("mai")
    path, body = f"/api/dialogues/{dialogue}/summaries", {"text": "Tổng hợp (demo)"}
    assert (await mai.post(path, json=body, headers={"idempotency-key": str(uuid4())})).status_code == 428
    assert (await mai.post(path, json=body, headers=command(1))).status_code == 412
    assert (await read(town, dialogue))["summary"] is None


async def test_the_public_reads_the_confirmed_text_and_no_small_count(town: Town) -> None:
    dialogue = await closed(town, most=12)
    page = f"/p/dialogues/{dialogue}"
    assert (await town.anonymous.get(page)).status_code == 404
    text = "Đã chuyển 12 ý kiến về sửa phòng học (demo)."
    unread = await act(town, "son", dialogue, "publications", {"text": text, "confirmed": False})
    assert (unread.status_code, unread.json()["code"]) == (409, "dialogue-not-confirmed")
    assert (await act(town, "son", dialogue, "publications", {"text": text, "confirmed": True})).status_code == 201
    shown = (await town.anonymous.get(page, headers={"accept-language": "vi"})).text
    assert text in shown
    assert "12 ý kiến, tất cả đã được giải quyết" in shown
    assert "Đề nghị sửa phòng học số" not in shown
    assert "Tổng hợp" not in shown
    assert shown.count("không nêu") == 4, "3 at each level"
    gone = {"reason": "Còn sai sót (demo)"}
    assert (await act(town, "son", dialogue, "withdrawals", gone)).status_code == 201
    assert (await town.anonymous.get(page)).status_code == 404


async def test_rights_by_state_are_those_of_the_policy(town: Town) -> None:
    mine, theirs = await recorded(town), await recorded(town, "loan")
    for username in PEOPLE:
        actor = await town.actor(username)
        for dialogue in (mine, theirs):
            seen = await town.world.store.load(DIALOGUE, dialogue)
            assert seen is not None
            found = await (await town.of(username)).get(f"/api/dialogues/{dialogue}")
            assert (found.status_code == 200) == sees_dialogue(actor, seen.state), (username, dialogue)


async def test_an_unknown_meeting_and_one_of_another_authority_are_the_same_bytes(town: Town) -> None:
    theirs, mai = await recorded(town, "loan"), await town.of("mai")
    answers = [await mai.get(f"/api/dialogues/{one}") for one in (theirs, UUID(int=5), "1")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
