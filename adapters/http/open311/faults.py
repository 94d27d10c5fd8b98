"""Errors as Open311 tells them: a list of code and description. What an error comes to is said by problems.py."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response

from adapters.http.open311.answers import Said, answer, form_of
from adapters.http.problems import Answer, answer_to, language_of
from adapters.http.refusals import refusal_text
from adapters.http.web.i18n import Language, label

_ANY_OTHER = frozenset({HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Which the standard answers with 400, as "any other error where the request can not be fulfilled"."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: our stable code, the field as sent, the sentence."""

    code: str
    field: str
    sentence: str


class RefusedError(Exception):
    """Everything that is wrong with a request at once."""

    def __init__(self, *faults: Fault, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults, self.status = faults, status


def told(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The handler of every exception below `/open311`."""
    language = language_of(request)
    if isinstance(error, RefusedError):
        status, faults, headers = error.status, error.faults, {}
    else:
        known = answer_to(error)
        status, headers = _status(known.status), dict(known.headers)
        faults = _faults(known, language)
    said: Said = [{"code": int(status), "description": _description(fault)} for fault in faults]
    return answer("errors", said, form_of(request.scope["path"]), language, status_code=int(status), headers=headers)


def sentence(code: str, language: Language, details: Mapping[str, str | int] | None = None) -> str:
    """What Open311 says of a code, otherwise what the house says."""
    own = label(language, "open311-error", code)
    return own % (details or {}) if own != code else refusal_text(code, details or {}, language)


def _status(status: int) -> int:
    return HTTPStatus.BAD_REQUEST if status in _ANY_OTHER else status


def _faults(known: Answer, language: Language) -> tuple[Fault, ...]:
    text = sentence(known.code, language, known.details)
    fields = [fault.field for fault in known.errors] or [known.field or known.incident]
    return tuple(Fault(known.code, field, text) for field in fields)


def _description(fault: Fault) -> str:
    return f"{fault.sentence} [{fault.code}: {fault.field}]" if fault.field else f"{fault.sentence} [{fault.code}]"
