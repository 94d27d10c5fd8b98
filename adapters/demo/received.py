"""The last day of reception of one ward: three people came, one of them with an oral complaint that was signed."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from datetime import datetime, timedelta
from uuid import uuid5

from adapters.demo import days
from adapters.demo.arranged import HEAD, WARDS_BEGAN
from adapters.demo.days import moment
from adapters.demo.photos import photo
from adapters.demo.turn import Act, Step, Turn, request_id
from application.feedback_intake import Scan
from application.people import account_id_of
from application.receptions import DayTold, VisitTold
from domain.reception.vocabulary import DayKind, Signing, VisitKind, VisitResult

SLUG, WHO = "tiep-cong-dan/doithong", "mai.doithong"
DAY_ID = uuid5(request_id(SLUG, 1), "reception")
THURSDAY = 3
"""On which the ward receives, as its public contact says."""
PLACE = "Phòng tiếp công dân, trụ sở UBND phường Đồi Thông (demo)"
VISITS = (
    VisitTold(
        people="Lò Thị Mẫu (demo)",
        contact="Tổ 4, phường Đồi Thông (demo)",
        content="Hỏi thủ tục xin miễn, giảm học phí cho con học lớp 7.",
        kind=VisitKind.GUIDANCE,
        result=VisitResult.GUIDED,
        result_text="Đã hướng dẫn nộp đơn và giấy tờ tại trường; phát một bộ mẫu đơn.",
    ),
    VisitTold(
        people="Hoàng Văn Thử (demo)\nNông Thị Thử (demo)",
        people_count=4,
        contact="Xóm Trại, phường Đồi Thông (demo)",
        content="Bốn hộ phản ánh đường vào điểm trường lầy lội khi mưa, xe đưa đón không vào được.",
        wanted="Sửa đoạn đường trước mùa mưa.",
        kind=VisitKind.RECOMMENDATION,
        result=VisitResult.EXPLAINED,
        result_text="Đã giải thích: đoạn đường có trong kế hoạch sửa chữa quý tới, phường theo dõi tiến độ.",
    ),
    VisitTold(
        people="Bùi Văn Hùng (demo)",
        contact="Tổ 9, phường Đồi Thông (demo), 0000 000 107 (demo)",
        content="Nhà trường không nhận đơn xin chuyển trường của con tôi, không nêu lý do bằng văn bản.",
        wanted="Nhận đơn và giải quyết cho cháu chuyển về trường gần nhà.",
        kind=VisitKind.COMPLAINT,
        result=VisitResult.ORAL_COMPLAINT,
    ),
)


def received(leads_to: datetime) -> Iterator[Step]:
    """On a Thursday on which offices worked, some days before the story ends; nothing before the wards began."""
    today = days.day_of(leads_to)
    day = today - timedelta(days=2)
    while day >= WARDS_BEGAN and not (day.weekday() == THURSDAY and days.works(day, today)):
        day -= days.DAY
    if day < WARDS_BEGAN:
        return
    told = DayTold(
        day=day,
        place=PLACE,
        kind=DayKind.REGULAR,
        official_id=account_id_of(HEAD),
        receiver_post="Chủ tịch UBND phường",
    )
    yield _step(moment(day, 8, 2), 1, "open a day of reception", _open(told))
    for number, visit in enumerate(VISITS, start=2):
        yield _step(moment(day, 8 + (number - 2), 25), number, "record a visit", _record(visit))
    yield _step(moment(day, 10, 55), 5, "attach signed minutes", _sign)
    yield _step(moment(day, 11, 10), 6, "close the day of reception", _close)


def _step(at: datetime, number: int, what: str, act: Act) -> Step:
    return Step(at=at, slug=SLUG, number=number, who=WHO, what=what, act=act, case=False, then={})


def _open(told: DayTold) -> Act:
    return lambda turn: turn.desks.receptions.open_day(turn.actor, turn.request, told)


def _record(visit: VisitTold) -> Act:
    return lambda turn: turn.desks.receptions.record_visit(turn.actor, turn.request, DAY_ID, visit)


def _sign(turn: Turn) -> Awaitable[object]:
    scan = Scan("bien-ban-ghi-noi-dung-khieu-nai.jpg", photo("BIEN BAN GHI NOI DUNG KHIEU NAI (demo)"))
    number = len(VISITS)
    return turn.desks.receptions.attach_minutes(turn.actor, turn.request, DAY_ID, number, Signing.SIGNATURE, [scan])


def _close(turn: Turn) -> Awaitable[object]:
    return turn.desks.receptions.close(turn.actor, turn.request, DAY_ID)
