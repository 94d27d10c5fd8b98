"""Lists and cases as files: what is in force stands first, nothing in them computes, and rights are today's."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from adapters.http.web.staff.sheets import Sheet, workbook
from adapters.http.web.staff.tables import csv_bytes
from tests.support.postgres import FreshDatabase
from tests.support.staff import MONEY, Clerk, clerk, text_of
from tests.support.uploads import telling_photo
from tests.support.world import CLASSIFIED, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
EVIL = ("=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1")
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


def lines_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


class Book:
    """A workbook, read from its parts."""

    def __init__(self, content: bytes) -> None:
        self._parts = zipfile.ZipFile(io.BytesIO(content))
        shared = ET.fromstring(self._parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
        self.texts = ["".join(text.itertext()) for text in shared.iter(f"{SPREADSHEET}si")]

    def sheet(self, number: int) -> ET.Element:
        return ET.fromstring(self._parts.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314

    def cells(self, number: int) -> list[tuple[str, str]]:
        """Kind and content: `s` text, `n` a number, `f` a formula."""
        found = []
        for cell in self.sheet(number).iter(f"{SPREADSHEET}c"):
            if cell.find(f"{SPREADSHEET}f") is not None:
                found.append(("f", ""))
            value = cell.findtext(f"{SPREADSHEET}v") or ""
            text = cell.get("t") == "s"
            found.append(("s", self.texts[int(value)]) if text else ("n", value))
        return found


async def answered(town: Town, title: str) -> str:
    """A case with this title and a photo, asked about and noted."""
    sent = await town.submit(replace(MONEY, photos=(telling_photo("JPEG"),)))
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{sent.case_id}/classifications", {**CLASSIFIED, "title": title})
    await town.settle()
    return str(sent.case_id)


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_like_a_formula_is_text_in_both_kinds_of_file(text: str) -> None:
    assert csv_bytes([[text]]).decode("utf-8-sig").lstrip('"').startswith("'")
    book = Book(workbook("Về tệp này", [["Tên", text]], [Sheet("Bảng", ["Tóm tắt"], [[text], ["https://x"]])]))
    kinds = [kind for number in (1, 2) for kind, _ in book.cells(number)]
    assert set(kinds) == {"s"}
    assert text.replace("\r", "_x000D_") in [t.replace("\r", "_x000D_") for t in book.texts]


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)"])
async def test_the_register_is_told_with_its_filters_and_its_moment(still_town: Town, title: str) -> None:
    await answered(still_town, title)
    still_town.pass_time(timedelta(days=1))
    son = await clerk(still_town, "son")
    path = "/cases/export?category=over-collection&received_from=2026-08-01&as_of=2026-08-24T09:00"
    lines = lines_of((await son.client.get(path)).content)
    told = {line[0]: line[1] for line in lines if len(line) == 2}
    assert told["Người xuất"].startswith("Người son (demo), Vị trí của son (demo)")
    assert told["Xuất lúc"] == "08:00 thứ Ba 25/08/2026"
    assert told["Tại thời điểm"] == "09:00 thứ Hai 24/08/2026"
    assert "Thu ngoài quy định" in told["Bộ lọc"] or "Tiếp nhận từ: 01/08/2026" in told["Bộ lọc"]
    head = lines.index(next(line for line in lines if line[:1] == ["Số hồ sơ"]))
    (row,) = lines[head + 1 :]
    assert row[2] == f"'{title}"
    assert row[6] == "2026-08-24"


async def test_a_workbook_has_real_days_a_frozen_head_and_says_first_what_it_is(still_town: Town) -> None:
    await answered(still_town, "=1+1")
    son = await clerk(still_town, "son")
    for path in ("/cases/export?format=xlsx", "/work/export?tab=all&format=xlsx"):
        answer = await son.client.get(path)
        assert answer.headers["content-disposition"].endswith('-2026-08-24.xlsx"')
        book = Book(answer.content)
        assert ("s", "Người xuất") in book.cells(1)
        cells = book.cells(2)
        assert ("s", "=1+1") in cells
        assert not [kind for kind, _ in cells if kind == "f"]
        assert ("n", "46258") in cells  # 24/08/2026 as spreadsheets count days
        pane = book.sheet(2).find(f".//{SPREADSHEET}pane")
        assert pane is not None
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")


async def test_the_worklist_is_downloaded_tab_by_tab(still_town: Town) -> None:
    await answered(still_town, "Bàn ghế hỏng")
    mai = await clerk(still_town, "mai")
    page = await mai.read("/work?tab=all")
    assert "/work/export?tab=all&amp;format=csv" in page
    assert "Bàn ghế hỏng" in (await mai.client.get("/work/export?tab=all&format=csv")).text
    assert "Bàn ghế hỏng" not in (await mai.client.get("/work/export?tab=sender&format=csv")).text


async def test_a_case_is_handed_over_whole_with_an_index_that_can_be_checked(still_town: Town) -> None:
    case = await answered(still_town, "Bàn ghế hỏng")
    still_town.pass_time(timedelta(hours=2))
    son = await clerk(still_town, "son")
    assert f"/cases/{case}/export" in await son.read(f"/cases/{case}")
    archive = zipfile.ZipFile(io.BytesIO((await son.client.get(f"/cases/{case}/export")).content))
    names = set(archive.namelist())
    assert names == {"index.html", "index.csv", "documents.csv", "case.json", "SHA256SUMS", "files/01.jpg"}
    for line in archive.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    index = text_of(archive.read("index.html").decode())
    told = ("Đã gửi phản ánh", "Đã phân loại", "Người mai (demo)", "Vị trí của mai (demo)", "08:00 thứ Hai 24/08/2026")
    for text in told:
        assert text in index, text
    assert hashlib.sha256(archive.read("files/01.jpg")).hexdigest() in index
    lines = lines_of(archive.read("index.csv"))
    assert [line[2] for line in lines if len(line) > 5][1:] == [
        "feedback.submitted.v1",
        "feedback.acknowledged.v1",
        "feedback.classified.v1",
    ]
    assert json.loads(archive.read("case.json"))["classification"]["title"] == "Bàn ghế hỏng"


async def test_what_a_post_may_not_read_stays_out_of_the_case_file(still_town: Town) -> None:
    case = await answered(still_town, "Bàn ghế hỏng")
    vinh = await still_town.of("vinh")
    archive = zipfile.ZipFile(io.BytesIO((await vinh.get(f"/api/cases/{case}/export")).content))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    assert "0900000001" not in everything
    assert "Mã QR" not in everything
    assert '"channel"' not in everything
    assert (await (await still_town.of("hung")).get(f"/api/cases/{case}/export")).status_code == 403
    assert (await (await still_town.of("nga")).get(f"/api/cases/{case}/export")).status_code == 404


async def test_a_case_of_the_past_is_exported_as_it_was(still_town: Town) -> None:
    case = await answered(still_town, "Bàn ghế hỏng")
    still_town.pass_time(timedelta(hours=2))
    await still_town.of("mai", anew=True)
    await still_town.do("mai", f"/api/feedback/{case}/notes", {"note": "Ghi chú về sau"})
    await still_town.settle()
    son: Clerk = await clerk(still_town, "son")
    for moment, there in (("", True), ("?as_of=2026-08-24T09:00", False)):
        archive = zipfile.ZipFile(io.BytesIO((await son.client.get(f"/cases/{case}/export{moment}")).content))
        assert ("Ghi chú về sau" in archive.read("case.json").decode()) is there
