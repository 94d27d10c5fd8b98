"""Writes the golden sample of each topic that has none: `python -m tests.support.golden`. It changes no other.

A sample is a fact as it was stored on the day its topic was first shipped. It is committed and stays for ever.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid5

import msgspec

from domain.kernel import Fact
from tests.support.deciders import FACTS

FOLDER = Path(__file__).resolve().parents[1] / "architecture" / "golden"
_WORLD = UUID("60d0a1e5-0000-4000-8000-000000000000")
_SIMPLE: dict[Any, Any] = {
    bool: True,
    int: 7,
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, 2, 15, 30, 250_000, tzinfo=UTC),
}


def path_of(topic: str) -> Path:
    """Where the sample of a topic lies."""
    return FOLDER / f"{topic}.json"


def sample(tp: Any, name: str = "") -> Any:
    """A telling value of a type: every field filled, every kind of step of a term once."""
    origin, arguments = get_origin(tp), get_args(tp)
    if origin is Annotated:
        return sample(arguments[0], name)
    if origin in {Union, UnionType}:
        return sample(next(argument for argument in arguments if argument is not NoneType), name)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        inner = get_args(arguments[0]) if get_origin(arguments[0]) in {Union, UnionType} else (arguments[0],)
        return tuple(sample(one, name) for one in inner)
    return _SIMPLE[tp] if tp in _SIMPLE else _of_class(tp, name)


def _of_class(tp: Any, name: str) -> Any:
    if tp is UUID:
        return uuid5(_WORLD, name)
    if tp is bytes:
        return f"{name} in bytes".encode()
    if issubclass(tp, Enum):
        return next(iter(tp))
    if issubclass(tp, msgspec.Struct):
        hints = get_type_hints(tp, include_extras=True)
        return tp(**{field: sample(hints[field], field) for field in tp.__struct_fields__})
    assert tp is str, tp
    return f"{name} – chữ Việt (demo)"


def stored(fact: Fact) -> bytes:
    """As the store keeps it, but in lines that people can read."""
    return msgspec.json.format(msgspec.json.encode(fact), indent=2) + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for fact in FACTS:
        if not path_of(fact.TOPIC).exists():
            path_of(fact.TOPIC).write_bytes(stored(sample(fact)))
            print(f"new: {path_of(fact.TOPIC).name}")
