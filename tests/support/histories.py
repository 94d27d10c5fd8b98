"""Random legal histories of any kind of stream: commands that speak of few things, the refused ones left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from hypothesis import strategies as st

from domain.kernel import Fact, RefusalError, Sealed
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.law.law import Law, law_at
from domain.people.roles import Role
from tests.support import complaint_walk, dialogue_walk, feedback_walk
from tests.support.deciders import Kind

Choose = Callable[[Sequence[Any]], Any]
"""Takes one of several: `random.Random(1).choice`, or a drawing of hypothesis."""

_IDS = tuple(UUID(int=n) for n in range(1, 4))
_ONE_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
_DAYS = tuple(date(2026, 3, 2) + timedelta(days=n) for n in (-30, 0, 12, 33, 59, 71, 184))
_SUBJECT = UUID(int=77)

_STORM = DayOffProclaimed(day=date(2026, 3, 4), name="Nghỉ bão (demo)", name_en="", document="01/CĐ (demo)")
_LAW = law_at(_ONE_DAY)
_LAW_OF_STORM = law_at(_ONE_DAY, calendar=amended(_LAW.calendar, [Amendment(_STORM, _ONE_DAY)], frozenset()))
"""With a day off within the days that schools have to explain."""

POOLS: Mapping[Any, Sequence[Any]] = {
    str: ("", "Việc thứ nhất (demo)", "Việc thứ hai, kể dài hơn (demo)"),
    int: tuple(range(13)),
    bool: (False, True),
    bytes: (b"0" * 32,),
    UUID: _IDS,
    date: _DAYS,
    datetime: tuple(_ONE_DAY + timedelta(days=n) for n in (0, 1, 12)),
    NoneType: (None,),
    Sealed: tuple(Sealed(_SUBJECT, value, "test:text", b"nonce", b"text", b"commitment") for value in _IDS),
    Law: (_LAW, _LAW_OF_STORM),
    "account_id": (UUID(int=9),),
    "code": ("phuong-doi-thong", "Đồi Thông"),
    "authority_id": _IDS[:2],
    "by": _IDS[:2],
    "category": ("facilities", "tutoring", "nothing-known"),
    "delegation_id": _IDS[:1],
    "demo": (True,),
    "from_day": _DAYS[:4],
    "open_cases": (0, 0, 2),
    "people_count": (1, 12),
    "place_known": (True,),
    "receiver_known": (True,),
    "stand_in_id": _IDS[:1],
    "head_of": (frozenset(_IDS), frozenset()),
    "purpose": ("", "Kiểm tra việc trả lời quý một (demo)"),
    "roles": (frozenset({Role.INTAKE}), frozenset({Role.AUDITOR}), frozenset({Role.HEAD, Role.AUDITOR})),
    "rule_id": ("POL-ACK", "POL-FEEDBACK", "TCD-REPLY", "AFTER-HOURS", "KN-RESOLVE-1"),
    "start_code_until": (None,),
    "unit_id": (None,),
    "until_day": _DAYS[1:5],
    "username": ("mai.nguyen", "x"),
    "visit_number": (1, 2),
}
"""What to choose from, by type or by a field's name: few values, so that one command often follows from another."""


def some(choose: Choose, tp: Any) -> Any:
    """A value of this type that commands of a story would have."""
    origin, arguments = get_origin(tp), get_args(tp)
    if tp in POOLS:
        return choose(POOLS[tp])
    if origin is Annotated:
        return some(choose, arguments[0])
    if origin in {Union, UnionType}:
        return some(choose, choose(arguments))
    if origin is Literal:
        return choose(arguments)
    if origin in {tuple, frozenset}:
        return origin(some(choose, arguments[0]) for _ in range(choose((0, 1, 2))))
    return choose(list(tp)) if issubclass(tp, Enum) else some_struct(choose, tp)


def some_struct(choose: Choose, cls: type[msgspec.Struct]) -> Any:
    """The same for a struct; the pools may name its fields."""
    hints = get_type_hints(cls, include_extras=True)
    fields = cls.__struct_fields__
    return cls(**{name: choose(POOLS[name]) if name in POOLS else some(choose, hints[name]) for name in fields})


def history_of(kind: Kind, choose: Choose, most: int) -> list[Fact]:
    """What at most so many commands made of a stream of this kind."""
    if kind.name == "feedback":
        return list(feedback_walk.facts_of(feedback_walk.wander(choose, most)))
    if kind.name == "complaint":
        return complaint_walk.facts_of(choose, most)
    if kind.name == "dialogue":
        return dialogue_walk.facts_of(choose, most)
    facts: list[Fact] = []
    state: Any = None
    for _ in range(most):
        try:
            new = kind.decider.decide(state, some_struct(choose, choose(kind.commands)))
        except RefusalError:
            continue
        state = kind.decider.fold(new, state)
        facts += new
    return facts


@st.composite
def histories(draw: st.DrawFn, kind: Kind) -> list[Fact]:
    """The same, drawn."""
    return history_of(kind, lambda options: draw(st.sampled_from(options)), draw(st.integers(0, 20)))
