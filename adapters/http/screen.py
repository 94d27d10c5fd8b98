"""Looks at what strangers send, and says what seems odd about it. It refuses nothing and keeps no address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request

from adapters.http.authenticate import client_address
from adapters.http.near_texts import NearTexts
from adapters.http.throttle import SUBMISSIONS, Throttle, TooManyAttemptsError, neighbourhood
from application.ports import Clock, PlaceInfo, Secrets
from domain.screening.vocabulary import Sign

STAMP_FIELD, TRAP_FIELD, TEXT_FIELD = "opened", "subject_line", "story"
"""Fields of the form: when it was opened, one that people do not see, and what they wrote."""
SHORTEST_FILL_S = 8.0
"""Nobody reads three screens and types twenty characters sooner; a limit of ours, not of any rule."""
_PRINT_BYTES = 12


class Screen:
    """One for the whole server. `shortest_fill_s` is zero only where machines play the sender."""

    def __init__(
        self,
        throttle: Throttle,
        near: NearTexts,
        secrets: Secrets,
        clock: Clock,
        *,
        shortest_fill_s: float = SHORTEST_FILL_S,
    ) -> None:
        self._throttle, self._near, self._secrets, self._clock = throttle, near, secrets, clock
        self._shortest_fill_s = shortest_fill_s

    def stamp(self, unit: str) -> str:
        """For a form that is opened now: the second, signed, so that it works without script and without a session."""
        return self._signed(unit, int(self._clock.now().timestamp()))

    async def of_form(
        self, request: Request[Any, Any, Any], place: PlaceInfo, wish_id: UUID, values: Mapping[str, str]
    ) -> frozenset[Sign]:
        """What is odd about a form that was sent."""
        odd = set(await self.of_text(request, place, wish_id, values.get(TEXT_FIELD, "")))
        if values.get(TRAP_FIELD, "").strip():
            odd.add(Sign.HIDDEN_FIELD_FILLED)
        opened = self._opened(place.code, values.get(STAMP_FIELD, ""))
        if opened is None:
            odd.add(Sign.FORM_NOT_OURS)
        elif (self._clock.now() - opened).total_seconds() < self._shortest_fill_s:
            odd.add(Sign.TOO_QUICK)
        return frozenset(odd)

    async def of_text(
        self, request: Request[Any, Any, Any], place: PlaceInfo, wish_id: UUID, text: str
    ) -> frozenset[Sign]:
        """The part that needs no form: how much comes from where, and whether it was said just now."""
        odd = set()
        try:
            await self._throttle.take(SUBMISSIONS, neighbourhood(client_address(request)))
        except TooManyAttemptsError:
            odd.add(Sign.MANY_FROM_ONE_PLACE)
        if await self._near.came_before(place.id, text, wish_id):
            odd.add(Sign.NEARLY_THE_SAME)
        return frozenset(odd)

    def _signed(self, unit: str, second: int) -> str:
        mark = self._secrets.fingerprint(b"form-opened", unit.encode(), str(second).encode())
        return f"{second}.{mark[:_PRINT_BYTES].hex()}"

    def _opened(self, unit: str, stamp: str) -> datetime | None:
        second, _, _mark = stamp.partition(".")
        now = self._clock.now()
        if not (second.isascii() and second.isdigit()) or stamp != self._signed(unit, int(second)):
            return None
        return datetime.fromtimestamp(int(second), now.tzinfo)
