"""What else is told beside the cases of a long story: complaints, a day of reception, a dialogue meeting."""

from __future__ import annotations

from uuid import UUID, uuid5

from application import complaint_wishes as w
from application.access import Actor, Role
from application.dialogues import Plan
from application.people import account_id_of
from application.ports import PlaceInfo, Request
from application.receptions import DayTold, VisitTold
from domain.calendar import legal_date
from domain.complaints.vocabulary import Form, Ownership, Resolver, Target
from domain.reception.vocabulary import DayKind, VisitKind, VisitResult
from tests.support.complaining import PDF
from tests.support.demo_store import OpenStore

COMPLAINTS = 3
WHY = "Chủ tịch giải quyết theo phân công (demo)"


async def tell_of_meetings(store: OpenStore, story: UUID, place: PlaceInfo) -> None:
    """Complaints that wait for their acceptance, one visit, one meeting that is planned."""
    world, today = store.world, legal_date(store.clock.now())
    roles = frozenset({Role.INTAKE, Role.OFFICER})
    mai = Actor(kind="official", id=account_id_of("mai.doithong"), roles=roles, authority_id=place.authority_id)
    for number in range(COMPLAINTS):
        petition = w.Petition(
            place_id=place.id,
            ownership=Ownership.PUBLIC,
            complainant=f"Người khiếu nại {number} (demo)",
            form=Form.SIGNED_PETITION,
            petition=w.Scan(name="don.pdf", data=PDF),
            content="Không tiếp nhận học sinh chuyển đến (demo).",
            remedy="Xem xét lại (demo).",
            target=Target.ACT,
            received_on=today,
            resolver=Resolver.COMMUNE_CHAIR,
            competence_reason=WHY,
        )
        await world.complaints.receive(mai, _wish(story, f"complaint {number}"), petition)
    day = DayTold(
        day=today,
        place="Phòng tiếp công dân (demo)",
        kind=DayKind.REGULAR,
        receiver_name="Người tiếp (demo)",
        receiver_post="Chủ tịch (demo)",
    )
    opened = await world.receptions.open_day(mai, _wish(story, "reception"), day)
    visit = VisitTold(
        people="Người đến (demo)",
        content="Hỏi thủ tục (demo).",
        kind=VisitKind.GUIDANCE,
        result=VisitResult.GUIDED,
        result_text="Đã hướng dẫn (demo).",
    )
    await world.receptions.record_visit(mai, _wish(story, "visit", 1), opened.case_id, visit)
    plan = Plan(
        title="Đối thoại (demo)",
        matter="Thu, chi đầu năm (demo)",
        planned_on=today,
        place="Hội trường (demo)",
        chair_post="Chủ tịch UBND phường",
        invited="Cha mẹ học sinh (demo)",
    )
    await world.dialogues.plan(mai, _wish(story, "dialogue"), plan)


def _wish(story: UUID, what: str, version: int | None = None) -> Request:
    """The same id for the same words."""
    wish = uuid5(story, f"meetings/{what}")
    return Request(wish, wish.bytes, version)
