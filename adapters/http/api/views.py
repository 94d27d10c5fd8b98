"""Shapes that several routes answer with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from litestar import Response

from adapters.http.conditional import etag
from application.ports import ErasedError, Receipt, Vault
from projections.people import PersonRow, PostRow


class PostView(msgspec.Struct, frozen=True, kw_only=True):
    """A post and the days on which it is held; both ends are included."""

    id: UUID
    title: str
    roles: list[str]
    authority_id: UUID
    area_ids: list[UUID]
    unit_id: UUID | None
    from_day: date
    until_day: date | None


class Done(msgspec.Struct, frozen=True):
    """What was changed, and its version now: for `If-Match` of the next change."""

    id: UUID
    version: int


def done(receipt: Receipt, status_code: int = 201) -> Response[Done]:
    """The answer to a command."""
    headers = {"ETag": etag(receipt.version)}
    return Response(Done(receipt.case_id, receipt.version), status_code=status_code, headers=headers)


def post_view(row: PostRow) -> PostView:
    """A row of the read model for clients."""
    return PostView(
        id=row.id,
        title=row.title,
        roles=sorted(row.roles),
        authority_id=row.authority_id,
        area_ids=list(row.area_ids),
        unit_id=row.unit_id,
        from_day=row.from_day,
        until_day=row.until_day,
    )


def name_of(vault: Vault, row: PersonRow) -> str | None:
    """The name of an official, for colleagues; None when it was erased."""
    try:
        return vault.open(row.display_name)
    except ErasedError:
        return None
