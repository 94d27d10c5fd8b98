"""Days of reception on pages, without a browser: written down, printed, signed, corrected, looked up, exported."""

from __future__ import annotations

import csv
import re
import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID

from application.people import account_id_of
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
    day_of,
    done_on_day,
    held,
    opened,
    today,
)
from tests.support.staff import Clerk, classified, clerk, forms_of, text_of
from tests.support.world import SCHOOL, Town

NEW = "/receptions/new"
VISIT: dict[str, Any] = {
    **{key: ORAL[key] for key in ORAL if key != "unit_id"},
    "unit": str(SCHOOL),
    "people_count": "2",
}


async def new_day(town: Town, person: Clerk, **more: Any) -> UUID:
    """By the form."""
    fields = await person.form(NEW)
    told = {"day": today(town), "place": PLACE, "kind": "regular", "receiver": str(account_id_of("son"))}
    answer = await person.send(NEW, fields | told | more)
    await town.settle()
    return UUID(re.findall(r"[0-9a-f-]{36}", answer.headers["location"])[0])


async def does(town: Town, person: Clerk, day: UUID, act: str, fields: Any = None, *, visit: int = 0) -> None:
    """By the form of an act, and everybody knows it."""
    path = f"/receptions/{day}/{act}"
    form = forms_of(await person.read(f"{path}?visit={visit}" if visit else path))[path]
    await person.send(path, form | (fields or {}))
    await town.settle()


async def test_an_oral_complaint_by_the_pages_from_the_visit_to_the_signed_minutes(town: Town) -> None:
    mai = await clerk(town, "mai")
    assert text_of(await mai.read("/receptions")).count("Không có buổi tiếp nào") == 1
    day = await new_day(town, mai)
    page = f"/receptions/{day}"
    assert "Chưa có lượt nào." in text_of(await mai.read(page))
    await does(town, mai, day, "visits", VISIT)
    shown = await mai.read(page)
    for told in (HUNG, CONTACT, STORY, WANTED, "(2 người)", "Chưa có biên bản có chữ ký", "Người son (demo)"):
        assert told in text_of(shown), told
    assert f"{page}/closings" not in shown
    assert "/complaints/new" not in shown
    sheet = text_of(await mai.read(f"{page}/sheets/1"))
    for told in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Biên bản ghi nội dung khiếu nại", HUNG, STORY, "điểm chỉ"):
        assert told in sheet, told
    path = f"{page}/minutes"
    form = forms_of(await mai.read(f"{path}?visit=1"))[path]
    unsigned = await mai.client.post(path, data=form | {"signing": "none"})
    assert unsigned.status_code == 409
    assert "hãy mời ký trước" in text_of(unsigned.text)
    files = [("scans", ("biên bản.jpg", SCAN, "image/jpeg"))]
    sent = await mai.client.post(path, data=form | {"signing": "signature"}, files=files)
    assert sent.status_code == 303, text_of(sent.text)
    await town.settle()
    shown = await mai.read(page)
    assert f'href="/complaints/new?reception={day}&amp;entry=1"' in shown
    (scan,) = re.findall(rf"{page}/files/[0-9a-f-]+", shown)
    assert (await mai.client.get(scan)).content == SCAN
    await does(town, mai, day, "closings")
    assert "Đã kết thúc" in text_of(await mai.read(page))
    await does(town, mai, day, "reopenings", {"reason": "Quên một lượt (demo)"})
    assert "Đã mở lại: Quên một lượt (demo)" in text_of(await mai.read(page))


async def test_what_was_typed_stays_when_something_is_at_fault(town: Town) -> None:
    mai, day = await clerk(town, "mai"), await opened(town)
    path = f"/receptions/{day}/visits"
    form = await mai.form(path)
    for wrong, field in (
        ({"people": " "}, "people"),
        ({"people_count": "hai"}, "people_count"),
        ({"people_count": "0"}, "people_count"),
        ({"kind": "nothing"}, "kind"),
        ({"result": ""}, "result"),
        ({"result": "guided"}, "result_text"),
        ({"kind": "feedback"}, "result"),
        ({"content": "a" * 20_001}, "content"),
    ):
        answer = await mai.client.post(path, data=form | VISIT | wrong)
        assert answer.status_code in (400, 409), wrong
        assert f'href="#{field}"' in answer.text, wrong
        kept = forms_of(answer.text)[path]
        assert (kept["command_id"], kept["wanted"]) == (form["command_id"], [WANTED]), wrong
    late = await mai.form(NEW)
    typed = {"day": "2026-01-05", "place": PLACE, "kind": "regular", "receiver_name": "Ông Phó (demo)"}
    for more, field in (
        ({}, "late_reason"),
        ({"late_reason": "Sổ giấy"}, "receiver_post"),
        ({"day": "hôm qua"}, "day"),
    ):
        answer = await mai.client.post(NEW, data=late | typed | more)
        assert answer.status_code in (400, 409)
        assert f'href="#{field}"' in answer.text, field
        assert PLACE in answer.text
    await mai.send(NEW, late | typed | {"late_reason": "Sổ giấy (demo)", "receiver_post": "Phó chủ tịch"})
    await town.settle()
    listed = text_of(await mai.read("/receptions"))
    assert "Ông Phó (demo), Phó chủ tịch" in listed
    assert "ghi muộn" in listed


async def test_a_stale_form_says_so_and_the_same_form_twice_is_one_visit(town: Town) -> None:
    mai, day = await clerk(town, "mai"), await opened(town)
    path = f"/receptions/{day}/visits"
    form = await mai.form(path) | VISIT
    other = await mai.form(path) | VISIT
    for _ in range(2):
        await mai.send(path, form)
    await town.settle()
    assert len((await day_of(town, "mai", day))["entries"]) == 1
    answer = await mai.client.post(path, data=other)
    assert answer.status_code == 412
    assert STORY in answer.text


async def test_a_correction_begins_with_what_stands_there_and_keeps_it(town: Town) -> None:
    mai, day = await clerk(town, "mai"), await held(town)
    page = f"/receptions/{day}"
    path = f"{page}/corrections"
    form = forms_of(await mai.read(f"{path}?visit=1"))[path]
    assert (form["people"], form["content"], form["kind"]) == ([HUNG], [STORY], ["complaint"])
    assert form["unit"] == [str(SCHOOL)]
    await mai.send(path, form | {"people": "Bùi Văn Hùng Anh (demo)", "reason": "Nghe nhầm tên (demo)"})
    await town.settle()
    shown = text_of(await mai.read(page))
    for told in ("Bùi Văn Hùng Anh (demo)", HUNG, "Nghe nhầm tên (demo)", "Trước đó ghi:"):
        assert told in shown, told
    path = f"{page}/day-corrections"
    form = forms_of(await mai.read(path))[path]
    assert (form["place"], form["receiver"]) == ([PLACE], [str(account_id_of("son"))])
    await mai.send(path, form | {"place": "Hội trường (demo)", "reason": "Ghi nhầm (demo)"})
    await town.settle()
    assert "Hội trường (demo)" in text_of(await mai.read(page))


async def test_a_case_is_linked_on_its_page(town: Town) -> None:
    mai = await clerk(town, "mai")
    case = await classified(town, mai)
    await town.settle()
    number = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()["number"]
    day = await opened(town)
    await done_on_day(town, "mai", day, "visits", GUIDED)
    await does(town, mai, day, "links", {"case_number": number}, visit=1)
    assert f'href="/cases/{case}"' in await mai.read(f"/receptions/{day}")
    assert f"Hồ sơ {number}" in text_of(await mai.read("/receptions/register"))


async def test_the_register_is_filtered_exported_and_looked_back_at(town: Town) -> None:
    mai, day = await clerk(town, "mai"), await held(town)
    before = (await day_of(town, "mai", day))["recorded_at"]
    await done_on_day(town, "mai", day, "visits", GUIDED)
    await done_on_day(town, "mai", day, "visits", ACCUSING)
    whole = text_of(await mai.read("/receptions/register"))
    for told in ("STT", "Họ tên", "Người tiếp", "Ghi chú", HUNG, CONTACT, STORY, "Biên bản có chữ ký", "3 lượt tiếp"):
        assert told in whole, told
    some = text_of(await mai.read("/receptions/register?kind=guidance&from=2026-01-01"))
    assert GUIDED["people"] in some
    assert HUNG not in some
    assert "1 lượt tiếp" in text_of(await mai.read(f"/receptions/register?as_of={before.replace('+', '%2B')}"))
    table = await mai.client.get("/receptions/register/export?format=csv")
    lines = list(csv.reader(table.content.decode("utf-8-sig").splitlines()))
    (head,) = [line for line in lines if line[:2] == ["STT", "Ngày"]]
    rows = lines[lines.index(head) + 1 :]
    assert [row[0] for row in rows if row and row[0].isdigit()] == ["1", "2", "3"]
    assert HUNG in rows[0]
    book = await mai.client.get("/receptions/register/export?format=xlsx")
    with zipfile.ZipFile(BytesIO(book.content)) as archive:
        assert HUNG in archive.read("xl/sharedStrings.xml").decode()
    hung = await clerk(town, "hung")
    hidden = [await hung.read("/receptions/register"), await hung.read(f"/receptions/{day}")]
    hidden.append((await hung.client.get("/receptions/register/export?format=csv")).text)
    assert all(ACCUSING[word] not in text for text in hidden for word in ("people", "contact", "content"))
    assert "Giữ kín" in hidden[0]
    await hung.read(f"/receptions/{day}/sheets/3", 404)
    await hung.read(f"/receptions/{day}/corrections?visit=3", 403)
    days = await mai.client.get("/receptions/export?format=csv")
    assert PLACE in days.text
    assert PLACE in text_of(await mai.read(f"/receptions?from={today(town)}"))
    assert PLACE not in text_of(await mai.read("/receptions?to=2026-01-01"))


async def test_an_auditor_reads_and_finds_no_form(town: Town) -> None:
    vinh, day = await clerk(town, "vinh"), await held(town)
    page = await vinh.read(f"/receptions/{day}")
    assert HUNG in page
    assert "/complaints/new" not in page
    for act in ("visits", "corrections", "closings"):
        assert f"/receptions/{day}/{act}" not in page
    assert NEW not in await vinh.read("/receptions")
    await vinh.read(f"/receptions/{day}/sheets/1")
