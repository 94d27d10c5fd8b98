"""Who resolves a complaint, by the day on which it is lodged (law.md §6). Data, with article and status."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from domain.complaints.vocabulary import Level, Resolver
from domain.kernel import Internal

Against = Literal["school", "commune-chair", "district-division", "district-chair", "department"]
"""Whose decision or act is complained of."""

_TWO_LEVELS = date(2025, 7, 1)
"""Since then there are no districts (Luật Tổ chức chính quyền địa phương 2025)."""
_ACT = date(2012, 7, 1)
"""Since then Luật Khiếu nại 02/2011/QH13 is in force."""


class Competence(msgspec.Struct, frozen=True, kw_only=True):
    """Which posts may resolve, the usual one first. STORED FOR EVER inside facts: add fields with defaults only."""

    against: Internal[Against]
    level: Internal[Level]
    resolvers: Internal[tuple[Resolver, ...]]
    basis: Internal[str]
    status: Internal[str]
    valid_from: Internal[date]
    valid_to: Internal[date | None]


def _entry(
    against: Against, level: Level, *resolvers: Resolver, basis: str, status: str, first: date, last: date | None = None
) -> Competence:
    return Competence(
        against=against,
        level=level,
        resolvers=resolvers,
        basis=basis,
        status=status,
        valid_from=first,
        valid_to=last,
    )


_LAST_OF_THREE = date(2025, 6, 30)
_KN = "Luật Khiếu nại 02/2011/QH13; NĐ 124/2020/NĐ-CP Đ.3"
_UNVERIFIED = "memory, medium"
_AFTER = "memory, medium; not verified for the time after 01/07/2025"

TABLE: tuple[Competence, ...] = (
    _entry("school", Level.FIRST, Resolver.SCHOOL_HEAD, basis=_KN, status=_UNVERIFIED, first=_ACT),
    _entry(
        "school",
        Level.SECOND,
        Resolver.DISTRICT_DIVISION_HEAD,
        Resolver.DISTRICT_CHAIR,
        basis=_KN,
        status=_UNVERIFIED,
        first=_ACT,
        last=_LAST_OF_THREE,
    ),
    _entry("school", Level.SECOND, Resolver.COMMUNE_CHAIR, basis=_KN, status=_AFTER, first=_TWO_LEVELS),
    _entry("commune-chair", Level.FIRST, Resolver.COMMUNE_CHAIR, basis=_KN, status=_UNVERIFIED, first=_ACT),
    _entry(
        "commune-chair",
        Level.SECOND,
        Resolver.DISTRICT_CHAIR,
        basis=_KN,
        status=_UNVERIFIED,
        first=_ACT,
        last=_LAST_OF_THREE,
    ),
    _entry("commune-chair", Level.SECOND, Resolver.PROVINCE_CHAIR, basis=_KN, status=_AFTER, first=_TWO_LEVELS),
)


def competent(against: Against, level: Level, on: date, table: tuple[Competence, ...] = TABLE) -> Competence | None:
    """The entry of that day; None where nothing was found: then a person names the resolver, with a reason."""
    found = [
        entry
        for entry in table
        if (entry.against, entry.level) == (against, level)
        and entry.valid_from <= on
        and (entry.valid_to is None or on <= entry.valid_to)
    ]
    return max(found, key=lambda entry: entry.valid_from, default=None)
