"""A projection answers one question: a row per key, folded from the facts that concern it. No SQL in here.

The runner loads the rows that a batch touches, folds and writes by COPY and UNNEST; live and rebuild are the same code.
A row is kept as one document plus the columns that queries filter and sort by. A versioned projection keeps every row
with (valid_from, valid_to) as log indices: that is how lists are served as of any instant.

Table `<name>_v<version>`: key uuid, valid_from bigint, valid_to bigint (OPEN while current), doc bytea (msgspec JSON of
the row), and one column for each name in `columns`.
"""

from __future__ import annotations

from typing import ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec

from application.ports import Recorded
from domain.kernel import Fact

OPEN = 2**63 - 1
"""`valid_to` of the current row of a key."""

R = TypeVar("R", bound=msgspec.Struct)


class Column(msgspec.Struct, frozen=True):
    """A field of the row that is also a column. `sql` is its PostgreSQL type."""

    field: str
    sql: str


class Projection(Protocol, Generic[R]):
    """Attributes are the contract between a read model and the runner."""

    name: ClassVar[str]
    version: ClassVar[int]
    """Part of the table's name: raise it when row or fold change, and a new table is filled beside the old one."""
    versioned: ClassVar[bool]
    """False: only the current row of a key is kept."""
    row: type[R]
    columns: ClassVar[tuple[Column, ...]]
    indexes: ClassVar[tuple[str, ...]]
    """Index definitions without name and table, e.g. `(authority_id, due_on) where valid_to = 9223372036854775807`."""

    @property
    def facts(self) -> tuple[type[Fact], ...]:
        """What it listens to."""
        ...

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """Whose row the fact concerns; None: not this read model's business."""
        ...

    def fold(self, row: R | None, fact: Fact, envelope: Recorded) -> R | None:
        """The row after the fact; None removes it. Must not raise: a key whose fold raises is parked."""
        ...


class Tabled(Protocol):
    """What gives a read model its table."""

    name: ClassVar[str]
    version: ClassVar[int]


def table_of(projection: type[Tabled] | Tabled) -> str:
    """The table that this version of the read model lives in."""
    return f"{projection.name}_v{projection.version}"
