"""The second step of signing in, and setting it up."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, post

from adapters.http.api.session import NewSessionAnswer, with_token
from adapters.http.authenticate import SignedIn, SignIn, SignInFailedError
from adapters.http.conditional import Intents, read_json
from adapters.http.injected import Injected
from adapters.http.openapi import BODY, NEW, OPEN
from adapters.http.second_factor import SecondFactors
from application.people import PeopleDesk
from application.ports import Clock, Reader, Vault
from domain.people.refusals import SecondFactorAlreadyEnrolledError
from projections.people import people as people_by_id

Code = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class StepBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of the telephone, or a recovery code."""

    code: Code


class EnrolmentBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without a code a secret is given; with the first right code it counts."""

    code: Annotated[str, msgspec.Meta(max_length=40)] = ""


class EnrolmentAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """First `secret` and `address`, shown until it is confirmed; then the recovery codes and another token, once."""

    secret: str = ""
    address: str = ""
    recovery_codes: list[str] = []
    token: str = ""


class SecondFactorController(Controller):
    """Throttled by account, so that nobody tries codes without end."""

    path = "/api/session"
    tags = ("Session",)

    @post("/second-steps", operation_id="TakeSecondStep", opt={BODY: StepBody, OPEN: True})
    async def take(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        db: Injected[Reader],
        vault: Injected[Vault],
        clock: Injected[Clock],
    ) -> NewSessionAnswer:
        """The session goes on with another token."""
        given = await read_json(request, StepBody)
        token, whole = await sign_in.second_step(signed_in, given.code)
        return await with_token(token, whole, db, vault, clock)

    @post("/second-factors", operation_id="SetUpSecondFactor", opt={BODY: EnrolmentBody, NEW: True})
    async def set_up(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        second_factors: Injected[SecondFactors],
        db: Injected[Reader],
    ) -> EnrolmentAnswer:
        """In two calls: for a secret, then with its first code."""
        wish = await intents.read(request, signed_in.actor.id, EnrolmentBody, new=True)
        account_id = signed_in.actor.id
        if signed_in.account.second_factor:
            raise SecondFactorAlreadyEnrolledError
        if not wish.body.code:
            secret = await second_factors.begin(account_id)
            row = (await people_by_id(db, [account_id])).get(account_id)
            return EnrolmentAnswer(secret=secret, address=second_factors.address(row.username if row else "", secret))
        done = await sign_in.enrol(signed_in, wish.body.code)
        if done is None:
            raise SignInFailedError
        codes, token, _whole = done
        await people.enrol_second_factor(signed_in.actor, wish.request)
        return EnrolmentAnswer(recovery_codes=list(codes), token=token)
