"""The posters: whose units they show, and what stands on them."""

from __future__ import annotations

import base64
import re

import segno

from tests.support.staff import clerk, text_of
from tests.support.world import OTHER_SCHOOL, SCHOOL, Town


async def test_a_poster_carries_one_code_of_the_unit_in_picture_and_letters(town: Town) -> None:
    place = await town.place(SCHOOL)
    for username in ("mai", "son"):
        page = await (await clerk(town, username)).read("/qr")
        shown = text_of(page)
        address = f"{town.world.settings.origin}/p/{place.code}"
        assert address in shown
        assert f"Mã: {place.code}" in shown
        assert "UBND" in shown
        pictures = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
        assert len(pictures) == shown.count("/p/")
        expected = segno.make(address, error="m").svg_inline(border=4, scale=4)
        drawn = {base64.b64decode(picture).decode() for picture in pictures}
        assert _path(expected) in {_path(picture) for picture in drawn}
        assert (await town.anonymous.get(f"/p/{place.code}", headers={"accept": "text/html"})).status_code == 200


async def test_units_of_other_authorities_are_not_listed_and_a_name_narrows_the_list(town: Town) -> None:
    own, other = await town.place(SCHOOL), await town.place(OTHER_SCHOOL)
    mai = await clerk(town, "mai")
    assert other.code not in await mai.read("/qr")
    assert own.code in await mai.read("/qr?q=binh+nguyen")
    nothing = await mai.read("/qr?q=kh%C3%B4ng+c%C3%B3+tr%C6%B0%E1%BB%9Dng+n%C3%A0y")
    assert own.code not in nothing
    assert "Không tìm thấy đơn vị nào có mã QR" in text_of(nothing)


async def test_the_menu_leads_there_for_those_who_put_posters_up_and_others_are_refused(town: Town) -> None:
    for username in ("mai", "son"):
        assert 'href="/qr"' in await (await clerk(town, username)).read("/work")
    assert 'href="/qr"' in await (await clerk(town, "tung")).read("/qr")
    hoa = await clerk(town, "hoa")
    assert (await hoa.client.get("/qr")).status_code == 403


def _path(svg: str) -> str:
    found = re.search(r' d="([^"]+)"', svg)
    return found[1] if found else ""
