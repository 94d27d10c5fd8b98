"""What comes next, and who does it: the case page and the lists say the same."""

from __future__ import annotations

from uuid import UUID

from tests.support.staff import Clerk, classified, clerk, text_of
from tests.support.world import Town


async def said(person: Clerk, case: UUID) -> tuple[str, str]:
    """The next step of the case page, and its main button."""
    box = (await person.read(f"/cases/{case}")).split('class="app-next"')[1].split("</section>")[0]
    step = text_of(box).split("Việc tiếp theo:")[1].strip()
    return step, box


async def next_in_the_list(person: Clerk, case: UUID) -> str:
    """The link of its line in the worklist."""
    link = (await person.read("/work?tab=mine")).split(f'href="/cases/{case}/')[1].split(">", 1)[1]
    return link.split("<")[0]


async def test_who_took_it_in_and_classified_it_has_it_in_hand_and_drafts_next(town: Town) -> None:
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    case = await classified(town, mai)
    await town.settle()
    step, box = await said(mai, case)
    assert step.startswith("Soạn trả lời")
    assert f'href="/cases/{case}/drafts"' in box
    assert f'href="/cases/{case}/assignments"' in box, "giving it to somebody else is offered beside it"
    assert await next_in_the_list(mai, case) == "Soạn trả lời"
    step, box = await said(son, case)
    assert step.startswith("Soạn trả lời")
    assert "Người mai (demo)" in step
    assert f'href="/cases/{case}/drafts"' not in box, "a head does not draft what somebody else has in hand"
    await mai.act(case, "drafts", **{"outcome": "explained", "part-1": "Đã kiểm tra.", "part-2": "Đã trả tiền."})
    await town.settle()
    step, box = await said(mai, case)
    assert step.startswith("Trình duyệt")
    assert await next_in_the_list(mai, case) == "Trình duyệt"


async def test_what_nobody_has_in_hand_any_more_is_to_be_assigned(town: Town) -> None:
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    case = await classified(town, mai)
    await town.do("mai", f"/api/feedback/{case}/involvements")
    await town.settle()
    step, box = await said(son, case)
    assert step.startswith("Giao xử lý")
    assert f'href="/cases/{case}/assignments"' in box
