"""How a handler asks for what it works with: `people: Injected[PeopleDesk]`, by name and without checking its type."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, SkipValidation

T = TypeVar("T")

Injected: TypeAlias = NamedDependency[SkipValidation[T]]
"""Our own objects are right by construction; ports are protocols, which no check at run time could tell."""

__all__ = ["FromPath", "FromQuery", "Injected"]
