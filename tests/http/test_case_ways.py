"""What the page of a case says of the way that it went besides an answer."""

from __future__ import annotations

from tests.http.test_feedback_ways import REASON, a_case
from tests.support.staff import MONEY, clerk, text_of
from tests.support.world import SONG_MAY, Town


async def test_a_transfer_names_receiver_document_and_where_to_ask_but_not_the_case_there(town: Town) -> None:
    sent = await a_case(town)
    body = {"to_authority_id": str(SONG_MAY), "where_to_ask": "Số 1, phố Chợ", "document": "18/PC-UBND", **REASON}
    await town.do("mai", f"/api/submissions/{sent.case_id}/transfers", body)
    await town.settle()
    shown = await (await clerk(town, "mai")).read(f"/cases/{sent.case_id}")
    for said in ("Số 1, phố Chợ", "18/PC-UBND", REASON["reason"]):
        assert said in shown
    (there,) = (await (await town.of("dung")).get("/api/cases")).json()["cases"]
    assert there["case_id"] not in shown
    assert "Hồ sơ liên quan:" not in shown


async def test_the_slip_of_a_transfer_is_printed_for_its_receiver_and_leads_nobody_to_the_sender(town: Town) -> None:
    sent = await town.submit(MONEY)
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    mai = await clerk(town, "mai")
    path = f"/cases/{sent.case_id}/slip"
    assert (await mai.client.get(path)).status_code == 404, "it has not gone anywhere"
    body = {"receiver": "Công an phường (demo)", "where_to_ask": "Số 2, phố Chợ", "document": "19/PC-UBND", **REASON}
    await town.do("mai", f"/api/submissions/{sent.case_id}/transfers", body)
    await town.settle()
    assert f'href="{path}"' in await mai.read(f"/cases/{sent.case_id}")
    shown = text_of(await mai.read(path))
    for said in (
        "Phiếu chuyển đơn",
        "Kính gửi: Công an phường (demo)",
        "19/PC-UBND",
        "Số 2, phố Chợ",
        REASON["reason"],
    ):
        assert said in shown
    assert MONEY.identity is not None
    assert not [word for word in (MONEY.identity.name, MONEY.identity.phone) if word and word in shown]
    assert (await (await clerk(town, "hoa")).client.get(path)).status_code == 404


async def test_a_duplicate_leads_to_the_case_that_goes_on(town: Town) -> None:
    one, other = await a_case(town), await a_case(town)
    await town.do("mai", f"/api/submissions/{one.case_id}/duplicate-links", {"of": str(other.case_id), **REASON})
    await town.settle()
    shown = await (await clerk(town, "mai")).read(f"/cases/{one.case_id}")
    assert "Hồ sơ liên quan:" in shown
    assert f'href="/cases/{other.case_id}"' in shown


async def test_a_case_that_went_the_straight_way_says_nothing_of_it(town: Town) -> None:
    sent = await a_case(town)
    await town.settle()
    assert 'id="ways"' not in await (await clerk(town, "mai")).read(f"/cases/{sent.case_id}")
