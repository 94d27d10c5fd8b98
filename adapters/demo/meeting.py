"""A dialogue meeting of a ward: 68 invented opinions, most of them settled, two still open when the story ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID, uuid5

from adapters.demo import days
from adapters.demo.days import moment
from adapters.demo.turn import Act, Step, Turn, request_id
from application.dialogue_rows import Row
from application.dialogue_sheet import cells_of
from application.dialogues import Plan, Routing, Transfer
from domain.dialogues.vocabulary import Addressed

SLUG, OPINIONS, STILL_OPEN = "dialogue/doithong", 68, (31, 57)
MAI, THU = "mai.doithong", "thu.doithong"
LEVELS = (Addressed.SCHOOL, Addressed.COMMUNE, Addressed.DEPARTMENT, Addressed.PROVINCE)
SPEAKERS = ("Cha mẹ học sinh", "Giáo viên", "Người dân", "Nhân viên")
WISHES: tuple[tuple[Addressed, str], ...] = (
    (Addressed.SCHOOL, "sửa mái che ở sân trường"),
    (Addressed.SCHOOL, "công khai các khoản thu trước khi thu"),
    (Addressed.SCHOOL, "đổi giờ đón trẻ cho khớp giờ làm"),
    (Addressed.COMMUNE, "làm gờ giảm tốc trước cổng trường"),
    (Addressed.COMMUNE, "mắc thêm đèn trên đường đến trường"),
    (Addressed.COMMUNE, "dọn bãi rác gần trường"),
    (Addressed.DEPARTMENT, "bổ sung giáo viên tiếng Anh"),
    (Addressed.DEPARTMENT, "tập huấn thêm cho giáo viên mới"),
    (Addressed.PROVINCE, "hỗ trợ tiền ăn trưa cho học sinh vùng xa"),
)


def meeting(leads_to: datetime) -> Iterator[Step]:
    """Cut by the caller where the story ends."""
    today = days.day_of(leads_to)
    held = days.working_days_before(today, 12)
    acts: tuple[tuple[int, int, str, str, Act], ...] = (
        (25, 9, MAI, "plan a dialogue", _plan(held)),
        (20, 10, MAI, "announce a dialogue", _announce(days.working_days_before(today, 20))),
        (12, 17, MAI, "hold a dialogue", _hold(held)),
        (11, 9, MAI, "record opinions", _record),
        *((10, 10 + n, THU, "route opinions", _route(level, today)) for n, level in enumerate(LEVELS)),
        (6, 9, THU, "transfer opinions", _transfer(days.working_days_before(today, 6))),
        *((4, 9, THU, "answer an opinion", _answer(number, today)) for number in _answered()),
    )
    for number, (back, hour, who, what, act) in enumerate(acts, start=1):
        at = moment(days.working_days_before(today, back), hour, number % 60)
        yield Step(at=at, slug=SLUG, number=number, who=who, what=what, act=act, case=False, then={})


def dialogue_id() -> UUID:
    """Its stream: it follows from the request that planned it."""
    return uuid5(request_id(SLUG, 1), "dialogue")


def _wish(number: int) -> tuple[Addressed, str]:
    level, wish = WISHES[(number - 1) % len(WISHES)]
    return level, f"Đề nghị {wish} (ý kiến {number}, demo)"


def _answered() -> list[int]:
    """Those of the ward and of its schools; the others are passed on."""
    near = {Addressed.SCHOOL, Addressed.COMMUNE}
    return [number for number in range(1, OPINIONS + 1) if _wish(number)[0] in near and number not in STILL_OPEN]


def _plan(day: date) -> Act:
    plan = Plan(
        title="Đối thoại trực tiếp với nhân dân về giáo dục (demo)",
        matter="Năm học mới: cơ sở vật chất, các khoản thu, an toàn trường học",
        planned_on=day,
        place="Hội trường Ủy ban nhân dân phường Đồi Thông (demo)",
        chair_post="Chủ tịch Ủy ban nhân dân phường (demo)",
        invited="Cha mẹ học sinh, giáo viên, nhân viên các trường, người dân",
    )
    return lambda turn: turn.desks.dialogues.plan(turn.actor, turn.request, plan)


def _announce(day: date) -> Act:
    how = "Niêm yết tại trụ sở, gửi giấy mời đến các trường (demo)"
    return lambda turn: turn.desks.dialogues.announce(
        turn.actor, turn.request, dialogue_id(), announced_on=day, how=how
    )


def _hold(day: date) -> Act:
    return lambda turn: turn.desks.dialogues.hold(
        turn.actor, turn.request, dialogue_id(), held_on=day, participants=143
    )


async def _record(turn: Turn) -> None:
    rows = []
    for number in range(1, OPINIONS + 1):
        level, text = _wish(number)
        cells = cells_of((str(number), SPEAKERS[number % len(SPEAKERS)], text, level.value))
        rows.append(Row(id=uuid5(turn.request.id, str(number)), cells=cells))
    await turn.desks.dialogues.take_in(turn.actor, turn.request, dialogue_id(), rows)


def _route(level: Addressed, today: date) -> Act:
    numbers = [number for number in range(1, OPINIONS + 1) if _wish(number)[0] is level]
    what = Routing(
        numbers=numbers,
        level=level,
        due_on=days.working_days_before(today, 0) + 10 * days.DAY,
        due_reason="Chủ tọa hẹn tại hội nghị (demo)",
    )
    return lambda turn: turn.desks.dialogues.route(turn.actor, turn.request, dialogue_id(), what)


def _transfer(day: date) -> Act:
    near = {Addressed.SCHOOL, Addressed.COMMUNE}
    what = Transfer(
        numbers=[n for n in range(1, OPINIONS + 1) if _wish(n)[0] not in near and n not in STILL_OPEN],
        receiver="Sở Giáo dục và Đào tạo (demo)",
        transferred_on=day,
        document="58/UBND-VHXH (demo)",
    )
    return lambda turn: turn.desks.dialogues.transfer(turn.actor, turn.request, dialogue_id(), what)


def _answer(number: int, today: date) -> Act:
    return lambda turn: turn.desks.dialogues.answer(
        turn.actor,
        turn.request,
        dialogue_id(),
        number=number,
        answer="Đã giao đơn vị thực hiện, kết quả báo cáo trong học kỳ này (demo).",
        answered_on=days.working_days_before(today, 4),
    )
