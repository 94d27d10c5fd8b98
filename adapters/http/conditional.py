"""Reads what an unsafe request wants: body, key of the command, version that was seen. Faults wait for visibility.

A handler takes the raw request and says how to find out whether the actor may see the thing at all:

    wish = await intents.read(request, actor, LockBody, lambda: people.must_administer(actor, account_id))
    receipt = await people.lock(actor, wish.request, account_id, wish.body.reason)

Only when something is wrong with the request is that question asked first, so that the answer for a thing that one may
not see is the same as for one that is not there. A missing version is left to the executor, which asks in that order.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile

from adapters.http.problems import FieldFault, InvalidInputError, UnsupportedMediaTypeError
from application import ports
from application.access import NotVisibleError
from application.identifiers import scoped_id

B = TypeVar("B", bound=msgspec.Struct)
Seen = Callable[[], Awaitable[None]]
KEY_HEADER, VERSION_HEADER = "Idempotency-Key", "If-Match"
KEY_FIELD, VERSION_FIELD = "command_id", "version"
"""The same two in a form of a page: hidden fields."""
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
_PATH = re.compile(r"\$((?:\.[\w-]+|\[\d+\])+)`?$")
_NAMED = re.compile(r"(?:missing required|contains unknown) field `([^`]+)`")


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For intentions that need no words."""


class Intent(msgspec.Struct, Generic[B], frozen=True):
    """What somebody wants: the request for the desk, and the body."""

    request: ports.Request
    body: B


def path_id(text: str) -> UUID:
    """An id from an address. One that is no id is answered like one that is not there."""
    try:
        return UUID(text)
    except ValueError:
        raise NotVisibleError from None


def etag(version: int) -> str:
    """The version of a case as a header: `"7"`."""
    return f'"{version}"'


async def read_json(request: Request[Any, Any, Any], shape: type[B]) -> B:
    """The body. Raises InvalidInputError naming the field, UnsupportedMediaTypeError."""
    raw = await request.body()
    if raw and request.content_type[0] != "application/json":
        raise UnsupportedMediaTypeError
    return decode(raw or b"{}", shape)


def decode(raw: bytes, shape: type[B]) -> B:
    """Raises InvalidInputError with the place of the first fault, never with a value."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise InvalidInputError(_fault(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise InvalidInputError(FieldFault("", "not JSON")) from None


def _fault(message: str) -> FieldFault:
    """The place in a message of msgspec: `… - at `$.post.roles[0]`` gives `post.roles.0`."""
    path = _PATH.search(message)
    where = path.group(1).replace("[", ".").replace("]", "").lstrip(".") if path else ""
    named = _NAMED.search(message)
    field = ".".join(part for part in (where, named.group(1) if named else "") if part)
    return FieldFault(field, "unknown" if "unknown field" in message else "missing" if named else "wrong")


class Intents:
    """Commands of staff. Keys are scoped to the account; the fingerprint is keyed, and of what was sent."""

    def __init__(self, secrets: ports.Secrets) -> None:
        self._secrets = secrets

    async def read(
        self,
        request: Request[Any, Any, Any],
        account_id: UUID,
        shape: type[B],
        seen: Seen | None = None,
        *,
        new: bool = False,
    ) -> Intent[B]:
        """For the API: `Idempotency-Key`, and unless the intention makes something `new`, `If-Match`.

        Raises what `seen` raises, InvalidInputError, UnsupportedMediaTypeError.
        """
        try:
            body = await read_json(request, shape)
            key = _key(request.headers.get(KEY_HEADER), KEY_HEADER)
            version = None if new else _version(request.headers.get(VERSION_HEADER), VERSION_HEADER)
        except (InvalidInputError, UnsupportedMediaTypeError):
            if seen is not None:
                await seen()
            raise
        return Intent(await self.request_of(request, account_id, key, version, version_needed=not new), body)

    async def read_form(
        self,
        request: Request[Any, Any, Any],
        scope: UUID,
        seen: Seen | None = None,
        *,
        new: bool = False,
    ) -> ports.Request:
        """For pages: the same from the hidden fields. `scope`: the account, or the submission of a citizen.

        The fields themselves are read by the page, which shows a person every fault at once.
        """
        form = await request.form()
        try:
            key = _key(form.get(KEY_FIELD), KEY_FIELD)
            version = None if new else _version(form.get(VERSION_FIELD), VERSION_FIELD)
        except InvalidInputError:
            if seen is not None:
                await seen()
            raise
        parts = [f"{name}={value}".encode() for name, value in form.multi_items() if isinstance(value, str)]
        for name, upload in form.multi_items():
            if isinstance(upload, UploadFile):
                parts.append(name.encode() + sha256(await upload.read()).digest())
                await upload.seek(0)
        return ports.Request(
            id=scoped_id(scope, key),
            fingerprint=self._fingerprint(request, *parts),
            if_version=version,
            version_needed=not new,
        )

    async def request_of(
        self,
        request: Request[Any, Any, Any],
        scope: UUID,
        key: UUID,
        version: int | None = None,
        *,
        version_needed: bool = False,
    ) -> ports.Request:
        """The same from parts, for public routes: keys are scoped to the submission, no version is asked."""
        return ports.Request(
            id=scoped_id(scope, key),
            fingerprint=self._fingerprint(request, await request.body()),
            if_version=version,
            version_needed=version_needed,
        )

    def fingerprint_of(self, request: Request[Any, Any, Any], *parts: bytes) -> bytes:
        """For a page that holds several wishes at once: of one of them."""
        return self._fingerprint(request, *parts)

    def _fingerprint(self, request: Request[Any, Any, Any], *parts: bytes) -> bytes:
        return self._secrets.fingerprint(request.method.encode(), request.scope["path"].encode(), *parts)


def _key(text: object, field: str) -> UUID:
    try:
        return UUID(text if isinstance(text, str) else "")
    except ValueError:
        raise InvalidInputError(FieldFault(field, "wrong" if text else "missing")) from None


def _version(text: object, field: str) -> int | None:
    if text is None:
        return None
    match = _ETAG.fullmatch(text.strip()) if isinstance(text, str) else None
    if match:
        return int(match.group(1))
    if field == VERSION_FIELD and isinstance(text, str) and text.isascii() and text.isdigit():
        return int(text)
    raise InvalidInputError(FieldFault(field, "wrong"))
