"""Register facts (sổ). STORED FOR EVER."""

from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Internal


class CaseEntered(Fact, frozen=True):
    """A case got its number: the number is this stream's version, in the order of the log (Đã vào sổ)."""

    TOPIC: ClassVar[str] = "register.case_entered.v1"
    case_id: Internal[UUID]
    kind: Internal[str]
    authority_code: Internal[str]
    year: Internal[int]


RegisterFact = CaseEntered


def register_number(fact: CaseEntered, version: int) -> str:
    """`PA-DOI-THONG-2026-0007`: kind, authority, year and running number."""
    return f"{PREFIXES.get(fact.kind, fact.kind.upper())}-{fact.authority_code.upper()}-{fact.year}-{version:04d}"


PREFIXES = {"feedback": "PA", "complaint": "KN"}
