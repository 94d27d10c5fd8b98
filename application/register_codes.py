"""The codes of authorities and schools for register numbers, from their own streams."""

from __future__ import annotations

from uuid import UUID

from application.ports import Log
from domain.authorities.events import AuthorityEstablished
from domain.schools.codes import public_code
from domain.schools.events import PlaceRegistered


class RecordedCodes:
    """AuthorityCodes. A code never changes once it is given, so it is read once."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._known: dict[UUID, str] = {}

    async def code_of(self, authority_id: UUID) -> str:
        """Of a school its public code. Raises LookupError for what is neither authority nor place."""
        if authority_id not in self._known:
            facts = [recorded.fact for recorded in await self._log.of_streams((authority_id,))]
            code = next((fact.code for fact in facts if isinstance(fact, AuthorityEstablished)), "")
            if not code and any(isinstance(fact, PlaceRegistered) for fact in facts):
                code = public_code(authority_id)
            if not code:
                raise LookupError(authority_id)
            self._known[authority_id] = code
        return self._known[authority_id]
