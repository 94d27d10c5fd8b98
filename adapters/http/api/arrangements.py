"""Who signs for a head and who stands in for whom, in the own authority."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY, NEW
from application.access import Actor, ForbiddenError
from application.feedback_access import STAFF
from application.people import PeopleDesk
from application.ports import Reader, Visibility
from projections.arrangements import Arranged, arrangements_in

SEEN_IN = (Arranged.name,)
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class StandInBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account of the address acts for `for_account_id`. Both days are included."""

    for_account_id: UUID
    from_day: date
    until_day: date
    reason: Reason


class EndStandInBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until_day` is its last day."""

    stand_in_id: UUID
    until_day: date
    reason: Reason


class ArrangementView(msgspec.Struct, frozen=True, kw_only=True):
    """`receiver_id` signs or acts for `giver_id`; both days are included. `categories` empty: everything."""

    id: UUID
    kind: str
    giver_id: UUID
    receiver_id: UUID
    from_day: date
    until_day: date
    categories: list[str]


class ArrangementsAnswer(msgspec.Struct, frozen=True):
    items: list[ArrangementView]


class ArrangementController(Controller):
    """One route per intention; delegations of signing are given at the account that gets them."""

    path = "/api"
    tags = ("Accounts",)

    @get("/arrangements", operation_id="ListArrangements")
    async def arrangements(self, actor: Injected[Actor], db: Injected[Reader]) -> ArrangementsAnswer:
        """Of the own authority, past ones too."""
        if not actor.roles & STAFF or actor.authority_id is None:
            raise ForbiddenError
        rows = [
            *await arrangements_in(db, actor.authority_id, "delegation"),
            *await arrangements_in(db, actor.authority_id, "stand-in"),
        ]
        return ArrangementsAnswer(
            [
                ArrangementView(
                    id=row.id,
                    kind=row.kind,
                    giver_id=row.giver_id,
                    receiver_id=row.receiver_id,
                    from_day=row.from_day,
                    until_day=row.until_day,
                    categories=list(row.categories),
                )
                for row in rows
            ]
        )

    @post(
        "/accounts/{account_id:str}/stand-ins",
        operation_id="AppointStandIn",
        opt={BODY: StandInBody, NEW: True},
    )
    async def appoint(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """By the absent person or a head of the authority."""
        target = path_id(account_id)
        await people.must_be_colleague(actor, target)
        wish = await intents.read(request, actor.id, StandInBody, new=True)
        body = wish.body
        receipt = await people.appoint_stand_in(
            actor,
            wish.request,
            target,
            for_account_id=body.for_account_id,
            from_day=body.from_day,
            until_day=body.until_day,
            reason=body.reason,
        )
        await visibility.visible(receipt, SEEN_IN)
        return done(receipt)

    @post(
        "/accounts/{account_id:str}/stand-in-endings",
        operation_id="EndStandIn",
        opt={BODY: EndStandInBody, NEW: True},
    )
    async def end(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """By either side or a head."""
        target = path_id(account_id)
        await people.must_be_colleague(actor, target)
        wish = await intents.read(request, actor.id, EndStandInBody, new=True)
        body = wish.body
        receipt = await people.end_stand_in(actor, wish.request, target, body.stand_in_id, body.until_day, body.reason)
        await visibility.visible(receipt, SEEN_IN)
        return done(receipt)
