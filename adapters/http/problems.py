"""The one map from errors to answers: RFC 9457 for clients, a page for browsers.

What one may not see, what is not there, what is no id and what is no address get the same bytes.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException

from adapters.http.authenticate import (
    PasswordChangeNeededError,
    SecondFactorNeededError,
    SecondStepNeededError,
    SignInFailedError,
)
from adapters.http.inflow import TooMuchAtOnceError
from adapters.http.refusals import refusal_text
from adapters.http.throttle import TooManyAttemptsError
from adapters.http.web import i18n
from adapters.http.web.i18n import Language
from adapters.http.web.render import Pages
from adapters.postgres.consumers import PASSING
from application.access import ForbiddenError, NotSignedInError, NotVisibleError
from application.calendar_desk import PreviewOutdatedError
from application.execute import StaleVersionError, VersionMissingError
from application.ports import (
    CommandReusedError,
    ErasedError,
    FileRefusedError,
    OutcomeUnknownError,
    VersionConflictError,
)
from domain.kernel import RefusalError

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 2
_FIRST = {
    "password-change-needed": "/password",
    "second-step-needed": "/second-step",
    "second-factor-needed": "/second-factor",
}
"""Where somebody is led who has not quite signed in."""
_MACHINES = ("/api", "/open311", "/schema", "/health", "/metrics")
_log = structlog.get_logger("hoso.http")


class FieldFault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One input at fault: its name as sent (`post.roles.0`), and why, for developers."""

    field: str
    why: str = ""


class InvalidInputError(Exception):
    """The request itself is wrong, whatever the state."""

    def __init__(self, *faults: FieldFault) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = faults


class UnsupportedMediaTypeError(Exception):
    """The body is not of the kind that this route reads."""


class ForeignOriginError(Exception):
    """An unsafe request that a page of another site made."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 9457, with the stable `code` that programs go by."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    field: str = ""
    errors: tuple[FieldFault, ...] = ()
    incident: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an error comes to, before it is put into words."""

    status: int
    code: str
    field: str = ""
    errors: tuple[FieldFault, ...] = ()
    details: Mapping[str, str | int] = {}
    headers: Mapping[str, str] = {}
    incident: str = ""


def problem_bytes(answer: Answer, sentence: str) -> bytes:
    """The body. The title is the standard's name of the status, the same in every language."""
    problem = Problem(
        type=f"urn:hoso:problem:{answer.code}",
        title=HTTPStatus(answer.status).phrase,
        status=answer.status,
        code=answer.code,
        detail=sentence,
        field=answer.field,
        errors=answer.errors,
        incident=answer.incident,
    )
    return msgspec.json.encode(problem)


NOT_FOUND = Answer(status=404, code="not-found")
NOT_FOUND_BODY = problem_bytes(NOT_FOUND, "")
"""One constant: nothing in it tells one missing thing from another, or from a hidden one."""


def _refused(error: RefusalError) -> Answer:
    return Answer(status=409, code=error.code, field=error.field or "", details=error.details)


def _invalid(error: InvalidInputError) -> Answer:
    field = error.faults[0].field if error.faults else ""
    return Answer(status=400, code="bad-input", field=field, errors=error.faults)


def _later(status: int, code: str, seconds: int = RETRY_AFTER_S) -> Answer:
    return Answer(status=status, code=code, headers={"retry-after": str(seconds)})


_ANSWERS: tuple[tuple[type[Exception], Callable[[Any], Answer]], ...] = (
    (NotVisibleError, lambda _: NOT_FOUND),
    (
        NotSignedInError,
        lambda _: Answer(status=401, code="not-signed-in", headers={"www-authenticate": 'Bearer realm="hoso"'}),
    ),
    (
        SignInFailedError,
        lambda _: Answer(status=401, code="sign-in-failed", headers={"www-authenticate": 'Bearer realm="hoso"'}),
    ),
    (PasswordChangeNeededError, lambda _: Answer(status=403, code="password-change-needed")),
    (SecondStepNeededError, lambda _: Answer(status=403, code="second-step-needed")),
    (SecondFactorNeededError, lambda _: Answer(status=403, code="second-factor-needed")),
    (ForbiddenError, lambda _: Answer(status=403, code="forbidden")),
    (ForeignOriginError, lambda _: Answer(status=403, code="foreign-origin")),
    (RefusalError, _refused),
    (PreviewOutdatedError, lambda _: Answer(status=409, code="calendar-preview-outdated")),
    (StaleVersionError, lambda _: Answer(status=412, code="stale-version")),
    (VersionMissingError, lambda _: Answer(status=428, code="version-missing", field="If-Match")),
    (InvalidInputError, _invalid),
    (FileRefusedError, lambda e: Answer(status=400, code=e.code, field="photos", details={"position": e.position})),
    (UnsupportedMediaTypeError, lambda _: Answer(status=415, code="unsupported-media-type")),
    (CommandReusedError, lambda _: Answer(status=422, code="command-reused")),
    (VersionConflictError, lambda _: _later(409, "version-conflict")),
    (OutcomeUnknownError, lambda _: _later(503, "outcome-unknown")),
    (ErasedError, lambda _: Answer(status=410, code="erased")),
    (TooManyAttemptsError, lambda e: _later(429, "too-many-attempts", e.retry_after_s)),
    (TooMuchAtOnceError, lambda _: _later(503, "temporarily-unavailable", 30)),
    *((kind, lambda _: _later(503, "temporarily-unavailable")) for kind in PASSING),
)
_GONE = "client disconnected prematurely"
"""The framework's word for a line that broke off while something was sent: nobody is at fault or reads the answer."""
_FRAMEWORK = {404: NOT_FOUND, 413: Answer(status=413, code="too-large")}


def answer_to(error: Exception) -> Answer:
    """What an error comes to. What nobody foresaw is a 500 with a number under which the log tells more."""
    for kind, answer in _ANSWERS:
        if isinstance(error, kind):
            return answer(error)
    if isinstance(error, MethodNotAllowedException):
        return Answer(status=405, code="wrong-method", headers=dict(error.headers or {}))
    if isinstance(error, HTTPException) and error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        known = _FRAMEWORK.get(error.status_code)
        return known or Answer(status=error.status_code, code="bad-input", errors=_faults(error))
    if isinstance(error, HTTPException) and error.detail == _GONE:
        return Answer(status=400, code="bad-input")
    incident = secrets.token_hex(6)
    _log.error("unforeseen", incident=incident, error=type(error).__name__, at=_places(error))
    return Answer(status=500, code="internal", incident=incident)


def _faults(error: HTTPException) -> tuple[FieldFault, ...]:
    """The names of parameters that litestar could not read; never their values."""
    extra = error.extra if isinstance(error.extra, list) else []
    return tuple(FieldFault(str(entry["key"])) for entry in extra if isinstance(entry, dict) and entry.get("key"))


def _places(error: BaseException) -> list[str]:
    """Where it came from, innermost first. Messages and values may hold personal data and stay out of the log."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames)][:12]


class Problems:
    """The handler of every exception. `pages` render for browsers."""

    def __init__(self, sign_in_path: str, pages: Pages | None) -> None:
        self._sign_in_path, self._pages = sign_in_path, pages

    def __call__(self, request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        """The framework calls it with whatever a handler, guard or dependency raised."""
        answer = answer_to(error)
        if not for_browser(request):
            return self._json(request, answer)
        if answer.code == "not-signed-in":
            return self._to_sign_in(request)
        if answer.code in _FIRST:
            return Response(b"", status_code=303, headers={"location": _FIRST[answer.code]})
        return self._html(request, answer)

    def _json(self, request: Request[Any, Any, Any], answer: Answer) -> Response[bytes]:
        body = (
            NOT_FOUND_BODY
            if answer.status == HTTPStatus.NOT_FOUND
            else problem_bytes(answer, sentence_of(answer, language_of(request)))
        )
        return Response(body, status_code=answer.status, media_type=PROBLEM_JSON, headers=dict(answer.headers))

    def _html(self, request: Request[Any, Any, Any], answer: Answer) -> Response[bytes]:
        language = language_of(request)
        missing = answer.status == HTTPStatus.NOT_FOUND
        sentence = "" if missing else sentence_of(answer, language)
        shell = {"switch": None} if missing else {"reason": sentence}
        path = request.scope["path"]
        public = path == "/p" or path.startswith("/p/")
        if self._pages is None:
            html = plain_page(answer, sentence, language)
        else:
            html = self._pages.html("error.html", {"status": answer.status, "public": public, **shell}, language)
        headers = {"content-language": language, **answer.headers}
        return Response(
            html.encode(), status_code=answer.status, media_type="text/html; charset=utf-8", headers=headers
        )

    def _to_sign_in(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Back to where somebody wanted to go; what a form sent is not sent again by a redirect."""
        target = self._sign_in_path
        if request.method in ("GET", "HEAD") and request.url.path != "/":
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            target += "?" + urlencode({"next": here})
        if request.headers.get("hx-request") == "true":
            return Response(b"", status_code=401, headers={"hx-redirect": target})
        return Response(b"", status_code=303, headers={"location": target})


def sentence_of(answer: Answer, language: Language) -> str:
    """The localised detail."""
    return refusal_text(answer.code, answer.details, language)


def for_browser(request: Request[Any, Any, Any]) -> bool:
    """Whether the answer is read by a person: pages outside the machine addresses that ask for HTML."""
    path = request.scope["path"]
    if any(path == root or path.startswith(f"{root}/") for root in _MACHINES):
        return False
    return "text/html" in request.headers.get("accept", "") or request.headers.get("hx-request") == "true"


def language_of(request: Request[Any, Any, Any]) -> Language:
    """As pages choose it; programs that name a language at all may say `Accept-Language: en`."""
    chosen = i18n.language_of(request.query_params, request.cookies)
    if chosen == "vi" and not for_browser(request) and request.headers.get("accept-language", "").startswith("en"):
        return "en"
    return chosen


def plain_page(answer: Answer, sentence: str, language: Language) -> str:
    """Where there are no templates."""
    title = HTTPStatus(answer.status).phrase
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title><p>{sentence}</p></html>'
    )
