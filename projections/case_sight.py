"""Who may see which lines, in SQL: parts of one question, so that each part finds its lines by an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from application.ports import Scope


class Where:
    """Collects conditions with their numbered arguments."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.args: list[Any] = []

    def arg(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    def add(self, condition: str) -> None:
        self.parts.append(condition)

    def branch(self) -> Where:
        """Other conditions with the same arguments."""
        other = Where()
        other.args = self.args
        return other

    def fork(self) -> Where:
        """The same conditions, to which others may be added."""
        other = self.branch()
        other.parts = [*self.parts]
        return other

    def __str__(self) -> str:
        return " and ".join(f"({part})" for part in self.parts) or "true"


class Lines(msgspec.Struct, frozen=True):
    """Tables and conditions, each of which finds lines that the others do not; `r` is the line.

    All of them have one list of arguments.
    """

    parts: Sequence[tuple[str, Where]]

    @property
    def args(self) -> list[Any]:
        """Of all parts."""
        return self.parts[0][1].args

    def arg(self, value: Any) -> str:
        """One more argument."""
        return self.parts[0][1].arg(value)

    def add(self, condition: str) -> None:
        """To every part."""
        for _, where in self.parts:
            where.add(condition)

    def select(self, columns: str, more: str = "") -> str:
        """A query for all lines; `more` is said of each part by itself, such as an order with a limit."""
        each = (f"select {columns} from {tables} where {where} {more}" for tables, where in self.parts)  # noqa: S608
        return " union all ".join(f"({one})" if more else one for one in each)


def sights(where: Where, scope: Scope, c: str) -> list[Where]:
    """The conditions with today's right to see added: one for the own authority, one for what was referred to a head.

    A case of one's own is left out of what was referred, so that none is found twice; as one condition with an "or"
    they would leave the database no index to go by.
    """
    me, own, referred = _ways(where, scope, c)
    ways = [own] if referred is None else [own, f"{referred} and {c}.authority_id <> {where.arg(scope.authority_id)}"]
    found = [where.fork() for _ in ways]
    for one, way in zip(found, ways, strict=True):
        one.add(f"not ({me} = any({c}.involved))")
        one.add(way)
    return found


def may_see(where: Where, scope: Scope, c: str) -> None:
    """The same question as `sees_feedback`, in SQL; a test compares the two."""
    me, own, referred = _ways(where, scope, c)
    where.add(f"not ({me} = any({c}.involved))")
    where.add(f"({own}) or ({referred})" if referred else own)


def _ways(where: Where, scope: Scope, c: str) -> tuple[str, str, str | None]:
    """The argument that is the person, the condition in the own authority, and the one for what a head was referred."""
    me, authority = where.arg(scope.person_id), where.arg(scope.authority_id)
    ways = ["true"] if scope.head else []
    if scope.staff:
        mine = where.arg([scope.person_id, *scope.stands_in_for])
        ways.append(f"{c}.holder_id = any({mine}::uuid[]) or {me} = any({c}.readers)")
    kinds = [
        (scope.intake, f"not {c}.narrow or {c}.unheld_new"),
        (scope.officer or scope.auditor, f"not {c}.narrow"),
        (scope.child_contact, f"{c}.sensitivity = 'child-protected' or {c}.danger"),
    ]
    if inside := [condition for has, condition in kinds if has]:
        here = f"{c}.area_id = any({where.arg(list(scope.areas))}::uuid[])" if scope.areas else "true"
        ways.append(f"{here} and ({' or '.join(f'({condition})' for condition in inside)})")
    here = f"{c}.authority_id = {authority} and ({' or '.join(f'({way})' for way in ways) or 'false'})"
    return me, here, f"{c}.superior_id = {authority}" if scope.head else None
