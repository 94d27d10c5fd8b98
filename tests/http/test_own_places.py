"""Wards and schools that an administrator adds on a page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from application.access import Role
from projections.places import find_places
from tests.support.command import FOUNDING, init, serving
from tests.support.staff import Clerk, clerk, forms_of, text_of
from tests.support.two_steps import TwoSteps
from tests.support.world import DOI_THONG, Official, Town, employ

WARD = {"name": "Phường Đồi Thông", "kind": "ward", "source": "Nghị quyết 12"}
SCHOOL = {
    "name": "Trường Tiểu học Hoa Ban",
    "kind": "school",
    "level": "TH",
    "poster": "yes",
    "source": "Danh sách 2026",
}
HTML = {"accept": "text/html"}


def test_the_administrator_of_an_empty_store_adds_a_ward_and_a_school_whose_page_opens(tmp_path: Path) -> None:
    assert init(tmp_path).code == 0
    with serving(tmp_path) as client:
        admin = TwoSteps().signed_in(client, FOUNDING["username"]) | HTML

        def add(act: str, words: dict[str, str]) -> httpx.Response:
            form = forms_of(client.get("/places", headers=admin).text)[f"/places/{act}"]
            return client.post(f"/places/{act}", data=form | words, headers=admin, follow_redirects=True)

        assert 'href="/places"' in client.get("/administration", headers=admin).text
        empty = text_of(client.get("/places", headers=admin).text)
        assert "Chưa có đơn vị nào." in empty
        assert "Cơ quan chưa có phường, xã nào" in empty
        added = add("wards", WARD)
        assert "Đã thêm địa bàn." in text_of(added.text)
        area = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>Phường Đồi Thông<', added.text)
        assert area
        shown = add("units", SCHOOL | {"area_id": area.group(1)})
        assert "Đã thêm đơn vị." in text_of(shown.text)
        row = re.search(r'Trường Tiểu học Hoa Ban</th>.*?href="(/qr\?q=[^"]+)">([0-9A-Z]{8})<', shown.text, re.DOTALL)
        assert row
        posters = client.get(row.group(1), headers=admin)
        assert row.group(2) in posters.text
        public = client.get(f"/p/{row.group(2)}", headers=HTML)
        assert public.status_code == 200
        assert "Trường Tiểu học Hoa Ban" in text_of(public.text)
        assert client.get(f"/p/{row.group(2)}/form", headers=HTML).status_code == 200
        invented = add("wards", WARD | {"name": "Phường Mẫu (demo)"})
        assert invented.status_code == 409
        assert "Đơn vị hư cấu" in text_of(invented.text)


async def add(person: Clerk, act: str, words: dict[str, Any], status: int = 303) -> httpx.Response:
    form = await person.form("/places", f"/places/{act}")
    return await person.send(f"/places/{act}", form | words, status)


async def area_of(town: Town, name: str) -> UUID:
    (found,) = await find_places(town.world.db, q=name)
    return found.id


async def test_what_is_missing_stands_at_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    tung = await clerk(town, "tung")
    refused = await add(tung, "units", SCHOOL | {"name": "", "level": "THCS", "poster": "no"}, 400)
    assert 'href="#name"' in refused.text
    assert 'href="#area_id"' in refused.text
    again = forms_of(refused.text)["/places/units"]
    assert (again["source"], again["level"], again["poster"]) == (["Danh sách 2026"], ["THCS"], ["no"])
    elsewhere = await add(tung, "units", SCHOOL | {"area_id": str(uuid4())}, 400)
    assert 'href="#area_id"' in elsewhere.text
    assert await find_places(town.world.db, q="Hoa Ban") == []


async def test_the_same_place_is_refused_and_a_form_sent_twice_is_one(town: Town) -> None:
    tung = await clerk(town, "tung")
    form = await tung.form("/places", "/places/wards") | WARD
    await tung.send("/places/wards", form)
    await tung.send("/places/wards", form)
    refused = await add(tung, "wards", WARD | {"name": "phường  đồi thông"}, 409)
    assert 'href="#name"' in refused.text
    await add(tung, "wards", WARD | {"name": "Phường Đôi Thông"})
    await town.settle()
    named = {row.name for row in await find_places(town.world.db, q="doi thong") if not row.demo}
    assert named == {"Phường Đồi Thông", "Phường Đôi Thông"}


async def test_a_level_of_something_that_is_no_school_is_told_and_a_place_without_poster_has_no_code(
    town: Town,
) -> None:
    tung = await clerk(town, "tung")
    await add(tung, "wards", WARD | {"name": "Phường Mới"})
    await town.settle()
    words = SCHOOL | {"kind": "facility", "area_id": str(await area_of(town, "Phường Mới"))}
    refused = await add(tung, "units", words, 409)
    assert 'href="#level"' in refused.text
    await add(tung, "units", words | {"level": "", "name": "Cơ sở Sao Mai", "poster": "no"})
    await town.settle()
    (found,) = await find_places(town.world.db, q="Sao Mai")
    assert found.public_code == ""
    listed = text_of(await tung.read("/places?q=sao mai"))
    assert "Cơ sở Sao Mai" in listed
    assert "Trường Tiểu học Bình Nguyên" not in listed


@pytest.mark.parametrize("act", ["wards", "units"])
async def test_another_authority_sees_and_gets_nothing_of_it(town: Town, act: str) -> None:
    tung, tinh = await clerk(town, "tung"), await clerk(town, "tinh")
    await add(tung, "wards", WARD | {"name": "Phường Mới"})
    await town.settle()
    assert "Phường Mới" not in await tinh.read("/places")
    area = await area_of(town, "Phường Mới")
    if act == "units":
        await add(tinh, act, SCHOOL | {"area_id": str(area)}, 400)
    else:
        await add(tinh, act, WARD | {"name": "Phường Mới"})
        await town.settle()
        assert len(await find_places(town.world.db, q="Phường Mới")) == 2


async def test_a_post_for_some_areas_still_lists_all_places_of_the_authority(town: Town) -> None:
    tung = await clerk(town, "tung")
    for name in ("Phường Một", "Phường Hai"):
        await add(tung, "wards", WARD | {"name": name})
    await town.settle()
    one = frozenset({await area_of(town, "Phường Một")})
    await employ(town, "chau", Official(frozenset({Role.ADMINISTRATOR}), DOI_THONG, one))
    await town.settle()
    shown = await (await clerk(town, "chau")).read("/places")
    assert "Phường Hai" in shown
