"""Lists of staff pages without a browser: the worklist, the register and what they are exported to."""

from __future__ import annotations

import re

import pytest

from adapters.http.web.staff.tables import csv_bytes
from tests.support.staff import CLASSIFIED, STORY, classified, clerk, submitted, text_of
from tests.support.world import Town


async def test_the_worklist_counts_what_its_parts_show(town: Town) -> None:
    mai = await clerk(town, "mai")
    await classified(town, mai)
    await submitted(town, text=STORY + " Lớp khác.")
    shown = await mai.read("/work?tab=new")
    counts = {key: int(count) for key, count in re.findall(r"tab=(\w+)\"[^>]*>[^<]*\((\d+)\)", shown)}
    assert counts == {
        "late": 0,
        "today": 0,
        "soon": 0,
        "mine": 2,
        "new": 1,
        "sender": 0,
        "unit": 0,
        "release": 0,
        "all": 2,
    }
    for key, count in counts.items():
        rows = (await mai.read(f"/work?tab={key}")).count(' data-row="')
        assert rows == count, key
    empty = text_of(await mai.read("/work?tab=late"))
    assert "Không có hồ sơ quá hạn." in empty


async def test_the_register_filters_without_accents_and_answers_htmx_with_the_list_alone(town: Town) -> None:
    mai = await clerk(town, "mai")
    await classified(town, mai)
    await submitted(town)
    for query, found in (
        ("", 2),
        ("q=may chieu", 1),
        ("q=binh nguyen", 2),
        ("q=suoi reo", 0),
        ("status=classified", 1),
        ("status=submitted&status=classified", 2),
        ("category=over-collection", 1),
        ("category=tutoring", 0),
        ("place=binh nguyen", 2),
        ("place=khong co", 0),
        ("received_from=2020-01-01&received_to=2020-02-01", 0),
        ("due_before=2020-01-01", 0),
        ("sort=received", 2),
        ("sort=nonsense&area=nonsense&due_before=nonsense", 2),
    ):
        assert (await mai.read(f"/cases?{query}")).count('<th scope="row"') == found, query
    part = await mai.client.get("/cases?q=may", headers={"hx-request": "true", "hx-request-type": "partial"})
    assert "<html" not in part.text
    assert part.text.count('<th scope="row"') == 1
    assert "HX-Request-Type" in part.headers["vary"]


async def test_the_register_takes_the_last_day_there_is(town: Town) -> None:
    mai = await town.of("mai")
    for path in ("/cases", "/cases/export"):
        assert (await mai.get(f"{path}?due_before=9999-12-31")).status_code == 200


async def test_pages_of_the_register_show_one_state(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.http.web.staff.listing.ROWS", 2)
    mai = await clerk(town, "mai")
    for number in range(3):
        await submitted(town, text=f"{STORY} Lớp {number}.")
    first = await mai.read("/cases?sort=received")
    await submitted(town, text=f"{STORY} Lớp mới.")
    following = re.findall(r'href="(/cases\?[^"]*cursor=[^"]+)"', first)[0].replace("&amp;", "&")
    second = await mai.read(following)
    numbers = [re.findall(r'href="/cases/([0-9a-f-]{36})', page) for page in (first, second)]
    assert len(numbers[0]) == 2
    assert len(numbers[1]) == 1
    assert not set(numbers[0]) & set(numbers[1])


async def test_an_export_holds_what_its_reader_may_see_and_no_formula(town: Town) -> None:
    mai, nga = await clerk(town, "mai"), await clerk(town, "nga")
    case = (await submitted(town)).case_id
    page = f"/cases/{case}"
    await mai.send(f"{page}/acknowledgements", await mai.form(page, f"{page}/acknowledgements"))
    await mai.act(case, "classifications", **CLASSIFIED | {"title": '=HYPERLINK("http://evil.example")'})
    exported = await mai.read("/cases/export")
    assert "'=HYPERLINK" in exported
    assert exported.startswith("\ufeff")
    assert "Trạng thái" in exported.strip().splitlines()[-2], "one case below the names of the columns"
    assert "Trạng thái" in (await nga.read("/cases/export")).strip().splitlines()[-1], "no case below them"
    assert STORY not in exported
    assert "Nguyễn Văn Mẫu" not in exported


def test_cells_that_begin_like_a_formula_are_made_harmless() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain", "a=b", ""]
    shown = csv_bytes([[cell] for cell in cells]).decode()
    for cell in cells[:6]:
        assert f"'{cell}" in shown
    assert "'plain" not in shown
