"""One's notices, one's mails, who is on duty for urgent cases, and what was told of a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.feedback import Text
from adapters.http.api.views import Done, done
from adapters.http.cases import Cases
from adapters.http.conditional import Intents, Nothing, etag, path_id
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.notice_board import NoticeBoard, Shown
from adapters.http.openapi import BODY, NEW
from application.access import Actor, ForbiddenError
from application.alerts import alerts_id
from application.complaint_access import SCHOOL_STAFF
from application.complaint_access import STAFF as COMPLAINT_STAFF
from application.duty import DutyDesk, keeps_duty
from application.feedback_access import STAFF
from application.notices import NoticesDesk
from application.ports import ErasedError, Log, Receipt
from domain.alerts import events as a
from domain.notices.vocabulary import MailKind, NoticeKind
from domain.people.roles import Role

READERS = STAFF | COMPLAINT_STAFF | SCHOOL_STAFF | {Role.AUDITOR}


class NoticeView(msgspec.Struct, frozen=True, kw_only=True):
    """One notice. `purpose`: of which term; `number`: days overdue, or the number of the escalation.

    `task_id`: of which protection task behind the case it speaks.
    """

    id: UUID
    kind: NoticeKind
    case_id: UUID
    case_number: str
    at: datetime
    read: bool
    purpose: str
    day: date | None
    number: int
    task_id: UUID | None = None


class NoticeList(msgspec.Struct, frozen=True):
    """The newest first."""

    items: list[NoticeView]
    unread: int


class ReadBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ids that are none of one's own notices are left alone."""

    ids: Annotated[list[UUID], msgspec.Meta(max_length=500)]


class Marked(msgspec.Struct, frozen=True):
    """How many of the ids were one's own notices."""

    marked: int


class AddressBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    address: Annotated[str, msgspec.Meta(max_length=254)]


class MailsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: Annotated[list[MailKind], msgspec.Meta(max_length=20)]


class WishesView(msgspec.Struct, frozen=True):
    """`address`: one's own, null where none is kept."""

    address: str | None
    kinds: list[MailKind]


class DutyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both days are included."""

    official_id: UUID
    from_day: date
    until_day: date


class DutyEndingBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`until_day` is the last day; yesterday: it does not count any more from today on."""

    duty_id: UUID
    until_day: date
    reason: Text


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; ended before it began where `until_day` lies before `from_day`."""

    id: UUID
    official_id: UUID
    from_day: date
    until_day: date


class DutyListView(msgspec.Struct, frozen=True):
    """The list of the own authority; `usual`: who is told where nobody is on duty."""

    duties: list[DutyView]
    usual: list[UUID]


class AlertView(msgspec.Struct, frozen=True, kw_only=True):
    """What was told of a case. `reached_on`: the day that it belongs to; `told`: to whom."""

    topic: str
    at: datetime
    purpose: str = ""
    stage: str = ""
    overdue_days: int = 0
    number: int = 0
    due_on: date | None = None
    reached_on: date | None = None
    told: list[UUID]


class NoticeController(Controller):
    path = "/api"
    tags = ("Notices",)

    @get("/notices", operation_id="ListNotices", summary="What you are told")
    async def notices(
        self, actor: Injected[Actor], board: Injected[NoticeBoard], unread: FromQuery[Literal["only", ""]] = ""
    ) -> NoticeList:
        """Only about cases that you may see today."""
        must_read(actor)
        found = await board.notices(actor)
        items = [notice_view(shown) for shown in found if not (unread and shown.read)]
        return NoticeList(items, sum(not shown.read for shown in found))

    @post("/notices/reads", operation_id="MarkNoticesRead", opt={BODY: ReadBody, NEW: True})
    async def mark(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        board: Injected[NoticeBoard],
    ) -> Marked:
        """Đánh dấu đã đọc."""
        must_read(actor)
        wish = await intents.read(request, actor.id, ReadBody, new=True)
        return Marked(await board.mark(actor, wish.body.ids))

    @get("/notice-wishes", operation_id="GetNoticeWishes", summary="Which mails you want")
    async def wishes(self, actor: Injected[Actor], notices: Injected[NoticesDesk]) -> Response[WishesView]:
        """Your own address and choice."""
        must_read(actor)
        version, wishes = await notices.wishes(actor)
        try:
            address = notices.opened(wishes.address) if wishes.address else None
        except ErasedError:
            address = None
        return Response(WishesView(address, sorted(wishes.kinds)), headers={"ETag": etag(version)})

    @post("/notice-wishes/addresses", operation_id="GiveMailAddress", opt={BODY: AddressBody})
    async def give(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        notices: Injected[NoticesDesk],
    ) -> Response[Done]:
        """The address is kept sealed."""
        must_read(actor)
        wish = await intents.read(request, actor.id, AddressBody)
        return own(actor, await notices.give_address(actor, wish.request, wish.body.address))

    @post("/notice-wishes/address-withdrawals", operation_id="WithdrawMailAddress", opt={BODY: Nothing})
    async def withdraw(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        notices: Injected[NoticesDesk],
    ) -> Response[Done]:
        """No mails any more."""
        must_read(actor)
        wish = await intents.read(request, actor.id, Nothing)
        return own(actor, await notices.withdraw_address(actor, wish.request))

    @post("/notice-wishes/choices", operation_id="ChooseMails", opt={BODY: MailsBody})
    async def choose(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        notices: Injected[NoticesDesk],
    ) -> Response[Done]:
        """Mails of urgent cases always come."""
        must_read(actor)
        wish = await intents.read(request, actor.id, MailsBody)
        return own(actor, await notices.choose(actor, wish.request, wish.body.kinds))

    @get("/cases/{case_id:str}/alerts", operation_id="ListAlerts", summary="What was told of a case")
    async def alerts(
        self, case_id: FromPath[str], actor: Injected[Actor], cases: Injected[Cases], log: Injected[Log]
    ) -> list[AlertView]:
        """The newest first."""
        identifier = path_id(case_id)
        await cases.feedback(actor, identifier)
        facts = await log.of_streams((alerts_id(identifier),))
        return [alert_view(item.fact, item.occurred_at) for item in reversed(facts)]


class DutyApiController(Controller):
    path = "/api/duty"
    tags = ("Notices",)

    @get("/", operation_id="GetDutyList", summary="Who is on duty for urgent cases")
    async def duties(self, actor: Injected[Actor], duty: Injected[DutyDesk]) -> Response[DutyListView]:
        """Of your own authority, for its heads and administrators."""
        authority_id = must_keep(actor)
        version, found = await duty.list_of(authority_id)
        entries = [
            DutyView(id=one.id, official_id=one.official_id, from_day=one.from_day, until_day=one.until_day)
            for one in found.duties
        ]
        usual = await duty.told_without_list(authority_id)
        return Response(DutyListView(entries, usual), headers={"ETag": etag(version)})

    @post("/placements", operation_id="PutOnDuty", opt={BODY: DutyBody})
    async def put_on(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        duty: Injected[DutyDesk],
    ) -> Response[Done]:
        """Phân công trực khẩn."""
        must_keep(actor)
        wish = await intents.read(request, actor.id, DutyBody)
        body = wish.body
        return done(await duty.put_on_duty(actor, wish.request, body.official_id, body.from_day, body.until_day))

    @post("/endings", operation_id="EndDuty", opt={BODY: DutyEndingBody})
    async def end(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        duty: Injected[DutyDesk],
    ) -> Response[Done]:
        """Kết thúc sớm."""
        must_keep(actor)
        wish = await intents.read(request, actor.id, DutyEndingBody)
        body = wish.body
        return done(await duty.end(actor, wish.request, body.duty_id, body.until_day, body.reason))


def must_read(actor: Actor) -> None:
    """Raises ForbiddenError for posts without cases."""
    if not actor.roles & READERS:
        raise ForbiddenError


def must_keep(actor: Actor) -> UUID:
    """The own authority. Raises ForbiddenError."""
    if actor.authority_id is None or not keeps_duty(actor, None):
        raise ForbiddenError
    return actor.authority_id


def own(actor: Actor, receipt: Receipt) -> Response[Done]:
    """The id stays the account's."""
    return done(Receipt(actor.id, receipt.version))


def notice_view(shown: Shown) -> NoticeView:
    """For clients."""
    one = shown.notice
    return NoticeView(
        id=one.id,
        kind=one.kind,
        case_id=shown.case.case_id,
        case_number=shown.case.number,
        at=one.at,
        read=shown.read,
        purpose=one.purpose,
        day=one.day,
        number=one.number,
        task_id=shown.task_id,
    )


def alert_view(fact: Any, at: datetime) -> AlertView:
    """For clients."""
    match fact:
        case a.TermAlertRaised():
            return AlertView(
                topic=fact.TOPIC,
                at=at,
                purpose=fact.purpose,
                stage=fact.stage.value,
                overdue_days=fact.overdue_days,
                due_on=fact.due_on,
                reached_on=fact.reached_on,
                told=list(fact.told),
            )
        case a.UrgentEscalated():
            return AlertView(topic=fact.TOPIC, at=at, number=fact.number, told=list(fact.told))
    return AlertView(topic=fact.TOPIC, at=at, told=list(getattr(fact, "told", ())))
