"""Any value of any type that facts are made of, for hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from hypothesis import strategies as st

SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=12),
    int: st.integers(-(2**53), 2**53),
    bool: st.booleans(),
    bytes: st.binary(max_size=12),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    NoneType: st.none(),
}
COLLECTIONS: Mapping[Any, Any] = {tuple: tuple, frozenset: frozenset, list: list}


def any_of(tp: Any) -> st.SearchStrategy[Any]:
    """Any value of this type."""
    origin, arguments = get_origin(tp), get_args(tp)
    if origin is Annotated:
        return any_of(arguments[0])
    if origin in {Union, UnionType}:
        return st.one_of([any_of(argument) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is dict:
        return st.dictionaries(any_of(arguments[0]), any_of(arguments[1]), max_size=3)
    if origin in COLLECTIONS:
        return st.lists(any_of(arguments[0]), max_size=3).map(COLLECTIONS[origin])
    return SIMPLE[tp] if tp in SIMPLE else _of_class(tp)


def _of_class(cls: Any) -> st.SearchStrategy[Any]:
    if issubclass(cls, Enum):
        return st.sampled_from(cls)
    assert issubclass(cls, msgspec.Struct), cls
    hints = get_type_hints(cls, include_extras=True)
    return st.builds(cls, **{name: any_of(hints[name]) for name in cls.__struct_fields__})
