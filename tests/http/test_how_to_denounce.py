"""Every sender is told how to denounce, before anybody has read a word: nothing sorts texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.authorities import authority_id_of
from tests.http.test_screening import OTHER, STORY, sent, still
from tests.support.office import asked
from tests.support.staff import clerk, forms_of, text_of
from tests.support.world import Town

__all__ = ["still"]
FORGED = "Hiệu trưởng dùng hoá đơn khống rút tiền mua sách của thư viện. Tôi không dám ký tên, mong cơ quan xem giúp."
TOLD = {
    "address": "số 1 đường Thông Xanh (demo)",
    "reception_days": "thứ Năm hằng tuần, 07:30–11:30",
    "denunciation_place": "Ban tiếp công dân (demo)",
}
LOOKED_AT = "Cơ quan vẫn xem xét tin này"


def block(page: str) -> str:
    """The closed part of a page about denouncing."""
    found = page.split('<details class="govuk-details" id="denounce">')
    assert len(found) == 2, "once, and closed"
    return text_of(found[1].split("</details>")[0])


async def tracked(town: Town, code: str) -> str:
    answer = await town.anonymous.post("/p/track", data={"code": code})
    assert answer.status_code == 200
    return answer.text


async def known(town: Town) -> None:
    today = (town.world.clock.now() + timedelta(hours=7)).date()
    await town.world.authorities.publish_contact(
        await town.actor("son"), asked(), authority_id_of("phuong-doi-thong"), today, TOLD
    )
    await town.settle()


@pytest.mark.parametrize("published", [False, True], ids=["nothing published", "reception published"])
async def test_receipt_and_tracking_page_say_where_when_how_and_what_protects(still: Town, *, published: bool) -> None:
    if published:
        await known(still)
    receipt = await sent(still)
    code = receipt.text.split('id="code">')[1][:19]
    for page in (receipt.text, await tracked(still, code)):
        said = block(page)
        assert "Nếu bạn muốn tố cáo người vi phạm" in said
        assert "họ tên, địa chỉ và có chữ ký" in said
        assert "được giữ bí mật" in said
        assert LOOKED_AT in said
        for value in TOLD.values():
            assert (value in said) is published, value
        assert published or said.count("hỏi UBND phuong-doi-thong (demo)") == 2


async def test_it_is_the_same_for_who_reports_a_breach_and_for_who_does_not(still: Town) -> None:
    codes = [(await sent(still, text)).text.split('id="code">')[1][:19] for text in (STORY, OTHER, FORGED)]
    assert len({block(await tracked(still, code)) for code in codes}) == 1
    first = text_of(await tracked(still, codes[2]))
    assert "đã nhận được tin của bạn" in first, "from the first moment on"


async def test_what_an_official_wrote_takes_its_place_and_nothing_promises_to_look_at_what_has_ended(
    still: Town,
) -> None:
    receipt = await sent(still, FORGED)
    code = receipt.text.split('id="code">')[1][:19]
    (case,) = (await (await still.of("mai")).get("/api/cases")).json()["cases"]
    await still.do("mai", f"/api/submissions/{case['case_id']}/acknowledgements")
    guidance = "Xin đến Phòng tiếp công dân (demo)."
    opening = {"guidance": guidance, "reason": "Nêu hành vi vi phạm, không ký tên", "reader_ids": []}
    await still.do("mai", f"/api/submissions/{case['case_id']}/information-openings", opening)
    await still.settle()
    page = await tracked(still, code)
    assert 'id="denounce"' not in page
    assert guidance in page
    other = (await sent(still, OTHER)).text.split('id="code">')[1][:19]
    form = forms_of(await tracked(still, other))["/p/track/withdraw"]
    withdrawn = await still.anonymous.post("/p/track/withdraw", data={name: said[-1] for name, said in form.items()})
    assert LOOKED_AT not in block(withdrawn.text)


async def test_who_reads_out_the_code_is_told_the_same(still: Town) -> None:
    code = (await sent(still)).text.split('id="code">')[1][:19]
    mai = await clerk(still, "mai")
    shown = await mai.send("/assist", await mai.form("/assist") | {"channel": "hotline", "code": code}, 200)
    assert block(shown.text) == block(await tracked(still, code))
