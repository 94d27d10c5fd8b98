"""What is looked for in a list of cases, and the conditions that it comes to."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from projections.case_sight import Where

_NO_PATTERN = str.maketrans("", "", "%_\\")
"""Signs that mean something to `like` and nothing to who searches."""
STILL_OPEN = "not r.closed and not r.answered"
"""An answer is owed."""
TO_DO = f"({STILL_OPEN}) or r.waiting_for <> ''"
"""An answer is owed, or somebody is waited for all the same."""
_OF_THE_OFFICE = "r.waiting_for = any(array['intake', 'holder', 'second'])"
"""Waits for somebody of the office who is no head: a head's release has a list of its own."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    kind: str = ""
    statuses: tuple[str, ...] = ()
    q_key: str = ""
    """Folded search text; matches number and title, besides the places and categories found by the same text."""
    q_places: tuple[UUID, ...] = ()
    q_categories: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    area_id: UUID | None = None
    place_id: UUID | None = None
    place_ids: tuple[UUID, ...] | None = None
    """One of these; empty finds nothing, None does not narrow."""
    case_ids: tuple[UUID, ...] | None = None
    """One of these; empty finds nothing, None does not narrow."""
    holder_id: UUID | None = None
    waiting_for: tuple[str, ...] = ()
    waits_for_person: UUID | None = None
    """Cases that this person has in hand and that wait for nobody else, and those that wait for `waits_for_roles`."""
    waits_for_roles: tuple[str, ...] = ()
    in_place_of: tuple[UUID, ...] = ()
    """Absent people whose cases count as those of `waits_for_person`."""
    waits_for_others: bool = False
    """Instead of what waits for `waits_for_person` or that post: what waits for anybody else of the office."""
    due_before: date | None = None
    due_from: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    answered_from: date | None = None
    answered_to: date | None = None
    """Days of the answer that stands; both ends included, as for receipt."""
    open_only: bool = False
    held: bool | None = None
    """Only what waits to be screened, or only what does not."""
    screened: bool = False
    """What does not wait to be screened, and what is urgent: that never waits for a screener."""
    urgent: bool = False
    to_do: bool = False
    """What is open, and answered cases whose correction waits for a head."""


def matches(where: Where, filters: Filters, *, found_at_once: bool = True) -> None:
    """Adds what the filters ask. `found_at_once` False: text is compared line by line, for a walk through the list."""
    _equals(where, filters)
    _lies_between(where, filters)
    if filters.case_ids is not None:
        where.add(f"r.key = any({where.arg(list(filters.case_ids))}::uuid[])")
    if filters.place_ids is not None:
        where.add(f"r.place_id = any({where.arg(list(filters.place_ids))}::uuid[])")
    if filters.waits_for_person:
        where.add(_waits_for(where, filters, filters.waits_for_person))
    flags = (
        (filters.open_only or None, STILL_OPEN),
        (filters.to_do or None, TO_DO),
        (filters.held, "r.held"),
        (filters.screened or None, "not r.held or r.urgent"),
        (filters.urgent or None, "r.urgent"),
    )
    for wanted, condition in flags:
        if wanted is not None:
            where.add(condition if wanted else f"not {condition}")
    if filters.q_key:
        _searches(where, filters, found_at_once=found_at_once)


def _waits_for(where: Where, filters: Filters, me: UUID) -> str:
    """For what this person or an absent colleague holds, or for the post; the second person is not who proposed it."""
    people = where.arg([me, *filters.in_place_of])
    mine = f"r.waiting_for = 'holder' and r.holder_id = any({people}::uuid[])"
    by_post = f"r.waiting_for = any({where.arg(list(filters.waits_for_roles))}::text[])"
    second = f"r.waiting_for <> 'second' or r.spam_proposer_id is distinct from {where.arg(me)}"
    for_me = f"({mine}) or ({by_post} and ({second}))"
    return f"{_OF_THE_OFFICE} and not ({for_me})" if filters.waits_for_others else for_me


def _equals(where: Where, filters: Filters) -> None:
    equal: tuple[tuple[str, Any], ...] = (
        ("kind", filters.kind),
        ("area_id", filters.area_id),
        ("place_id", filters.place_id),
        ("holder_id", filters.holder_id),
    )
    for column, value in equal:
        if value:
            where.add(f"r.{column} = {where.arg(value)}")
    among: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("status", filters.statuses),
        ("category", filters.categories),
        ("waiting_for", filters.waiting_for),
    )
    for column, values in among:
        if len(values) == 1:  # equal: then an index can give the order as well
            where.add(f"r.{column} = {where.arg(values[0])}")
        elif values:
            where.add(f"r.{column} = any({where.arg(list(values))}::text[])")


def _lies_between(where: Where, filters: Filters) -> None:
    bounds: tuple[tuple[str, date | None], ...] = (
        ("r.due_on <", filters.due_before),
        ("r.due_on >=", filters.due_from),
        ("r.received_on >=", filters.received_from),
        ("r.received_on <=", filters.received_to),
        ("r.answered_on >=", filters.answered_from),
        ("r.answered_on <=", filters.answered_to),
    )
    for comparison, day in bounds:
        if day:
            where.add(f"{comparison} {where.arg(day)}")


def _searches(where: Where, filters: Filters, *, found_at_once: bool) -> None:
    key, searched = filters.q_key.translate(_NO_PATTERN), "(r.title_key || ' ' || lower(r.number))"
    ways = [
        f"{searched} like {where.arg(f'%{key}%')}" if found_at_once else f"strpos({searched}, {where.arg(key)}) > 0"
    ]
    if filters.q_places:
        ways.append(f"r.place_id = any({where.arg(list(filters.q_places))}::uuid[])")
    if filters.q_categories:
        ways.append(f"r.category = any({where.arg(list(filters.q_categories))}::text[])")
    where.add(" or ".join(ways))
