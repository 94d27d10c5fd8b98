"""What is told beside the cases of a long story: mails wanted, colleagues who sign and stand in, alerts of terms."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid5

from adapters.alerting import RecordedOffices
from adapters.bootstrap import World
from application.access import ANYONE, Actor, Role
from application.alerts import AlertDesk, alerts_id
from application.execute import Executor
from application.feedback_intake import Submission
from application.offices import OfficeBook
from application.people import account_id_of, actor_of
from application.ports import PlaceInfo, Request
from domain.alerts.alert import ALERTS
from domain.calendar import DAY, legal_date
from domain.feedback.feedback import FEEDBACK
from domain.notices.vocabulary import MailKind
from domain.people.account import ACCOUNT
from domain.protection.vocabulary import ProtectionOutcome, Whom
from tests.support.demo_store import OpenStore

LATER = timedelta(days=40)
"""By then the answers of a case that nobody released are overdue."""
HOURS = timedelta(hours=3)
"""Too long for an urgent case that nobody took."""
SENDER = Actor(kind="citizen", id=ANYONE)


async def tell_of_colleagues(store: OpenStore, story: UUID) -> None:
    """Three give an address, one of them takes it back; a head lets sign, colleagues stand in, and both end again."""
    world, today = store.world, legal_date(store.clock.now())
    wish = partial(_wish, story)
    actors = {name: await _official(world, name) for name in ("son.doithong", "mai.doithong", "thu.doithong")}
    son, mai, thu = actors.values()
    for name, actor in actors.items():
        await world.notices.give_address(actor, wish(f"{name}/address"), f"{name}@example.vn")
    await world.notices.choose(mai, wish("mails"), {MailKind.REPLIED})
    await world.notices.withdraw_address(thu, wish("no address"))
    first, last, why = today + DAY, today + 10 * DAY, "Đi tập huấn (demo)"
    for number in range(2):
        days = {"from_day": first + number * 20 * DAY, "until_day": last + number * 20 * DAY}
        signing, standing = wish(f"signing {number}"), wish(f"standing {number}")
        await world.people.delegate_signing(son, signing, thu.id, categories=frozenset(), **days)
        await world.people.appoint_stand_in(mai, standing, thu.id, for_account_id=mai.id, reason=why, **days)
    ending, back = wish("signing ends"), wish("back")
    delegation, stand_in = uuid5(wish("signing 0").id, "delegation"), uuid5(wish("standing 0").id, "stand-in")
    await world.people.end_delegation(son, ending, thu.id, delegation, first, "Đã trở lại (demo)")
    await world.people.end_stand_in(mai, back, thu.id, stand_in, first, "Đã trở lại (demo)")


async def tell_of_alerts(store: OpenStore, story: UUID, place: PlaceInfo, unanswered: list[UUID]) -> None:
    """Of an urgent case that nobody took, hour by hour, and of cases whose answer was never released."""
    world = store.world
    desk = AlertDesk(
        Executor(world.store), store.clock, OfficeBook(world.store, store.clock, RecordedOffices(world.db))
    )
    urgent = _wish(story, "urgent")
    await world.feedback.submit(SENDER, urgent, place, Submission(text="Một cháu bị ngã ở sân (demo)", danger=True))
    await world.sequencer.tick()
    await world.reactions.catch_up()
    case_id = uuid5(urgent.id, "feedback")
    reported = await world.store.load(ALERTS, alerts_id(case_id))
    assert reported is not None
    store.clock.advance(HOURS)
    assert await desk.tell(case_id, [], reported.state.urgent, 0) > 1
    store.clock.advance(LATER)
    for one in unanswered:
        seen = await world.store.load(FEEDBACK, one)
        assert seen is not None
        assert await desk.tell(one, [(term, None) for term in seen.state.terms], None, 0)


async def tell_of_worse_treatment(store: OpenStore, story: UUID, cases: list[UUID]) -> None:
    """Their senders report it; of three reports one is left alone and told of again, one taken, one closed."""
    world, clock = store.world, store.clock
    desk = AlertDesk(Executor(world.store), clock, OfficeBook(world.store, clock, RecordedOffices(world.db)))
    for number, case_id in enumerate(cases):
        seen, wish = await world.store.load(FEEDBACK, case_id), partial(_wish, story)
        assert seen is not None
        assert seen.state.subject_id is not None
        sender = Actor(kind="citizen", id=seen.state.subject_id)
        head = Actor(
            kind="official",
            id=account_id_of("hung.doithong"),
            authority_id=seen.state.authority_id,
            roles=frozenset({Role.HEAD}),
        )
        task = await world.protection.report(
            sender, wish(f"worse {number}"), case_id, whom=Whom.CHILD, since=None, text="Cháu bị la mắng (demo)"
        )
        await world.sequencer.tick()
        await world.reactions.catch_up()
        if number % 3 == 0:
            clock.advance(DAY + DAY)
            reported = await world.store.load(ALERTS, alerts_id(task.task_id))
            assert reported is not None
            assert reported.state.urgent is not None
            assert await desk.tell_task(task.task_id, reported.state.urgent, 0) > 0
            continue
        await world.protection.take(head, wish(f"worse {number} taken"), task.task_id)
        if number % 3 == 1:
            continue
        measure, ending = wish(f"worse {number} noted"), wish(f"worse {number} closed")
        await world.protection.note_measure(head, measure, task.task_id, "Đã gặp phụ huynh (demo)")
        words = "Cháu đã được xếp lại chỗ (demo)"
        outcome = ProtectionOutcome.MEASURES_TAKEN
        await world.protection.close(head, ending, task.task_id, outcome=outcome, words=words)


async def _official(world: World, username: str) -> Actor:
    seen = await world.store.load(ACCOUNT, account_id_of(username))
    assert seen is not None
    actor = actor_of(account_id_of(username), seen.state, world.clock.now())
    assert actor is not None
    return actor


def _wish(story: UUID, name: str) -> Request:
    return Request(uuid5(story, name), b"told")
