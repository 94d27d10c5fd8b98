"""A service request: what is read of one that is sent, and what its sender is shown of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from adapters.http.open311.answers import Said
from adapters.http.open311.faults import Fault, RefusedError, sentence
from adapters.http.open311.services import DANGER, ROLE, UNIT, service_name
from adapters.http.problems import UnsupportedMediaTypeError
from adapters.http.sender_view import SenderState, SenderView
from adapters.http.settings import HttpSettings
from adapters.http.web.i18n import ZONE, Language, label
from application.feedback_intake import Submission, Submitted
from application.ports import Identity, PlaceInfo
from application.tracking_code import format_code
from domain.feedback.intake import SHORTEST_TEXT
from domain.feedback.refusals import TextTooShortError
from domain.feedback.vocabulary import SubmitterRole, Topic
from projections.authorities import AuthorityRow
from projections.feedback_view import FeedbackView

FORM = "application/x-www-form-urlencoded"
LONGEST_LINE = 300
OPEN: frozenset[SenderState] = frozenset(
    {"sent", "in-progress", "needs-your-reply", "under-review", "information-received", "information-review"}
)
"""The standard knows two words. A submission that was split or passed on is open while one of its parts is."""


class Fields(msgspec.Struct, frozen=True):
    """What was sent, of all that the standard has, as far as anything is made of it.

    Coordinates, a written address, the ids of a device or an account, a key and the address of a picture are not read:
    the place is the school, nobody needs an account, and nothing is fetched from elsewhere.
    """

    service_code: str
    jurisdiction_id: str
    unit: str
    danger: str
    role: str
    description: str
    first_name: str
    last_name: str
    phone: str
    email: str
    media: bool

    @property
    def identity(self) -> Identity:
        """For the vault; the family name stands first."""
        return Identity(
            name=_line(f"{self.last_name} {self.first_name}"), phone=_line(self.phone), email=_line(self.email)
        )


async def fields_of(request: Request[Any, Any, Any]) -> Fields:
    """Raises UnsupportedMediaTypeError: the standard has one form, and no files in it."""
    if request.content_type[0] != FORM:
        raise UnsupportedMediaTypeError
    typed = await request.form()

    def said(*names: str) -> str:
        values = (typed.get(name, "") for name in names)
        return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")

    return Fields(
        service_code=said("service_code"),
        jurisdiction_id=said("jurisdiction_id") or request.query_params.get("jurisdiction_id", ""),
        unit=said(f"attribute[{UNIT}]", "address_id"),
        danger=said(f"attribute[{DANGER}]"),
        role=said(f"attribute[{ROLE}]"),
        description=said("description"),
        first_name=said("first_name"),
        last_name=said("last_name"),
        phone=said("phone"),
        email=said("email"),
        media=bool(said("media_url")),
    )


def checked(
    fields: Fields, place: PlaceInfo | None, asked: AuthorityRow | None, language: Language
) -> tuple[PlaceInfo, Submission]:
    """What is to be sent, and about which school. Raises RefusedError with everything that is wrong."""
    faults = [
        Fault(code, field, sentence(code, language, {"shortest": SHORTEST_TEXT}))
        for code, field in _faults(fields, place, asked)
    ]
    if faults or place is None:
        unknown = any(fault.code == "unknown-service" for fault in faults)
        raise RefusedError(*faults, status=HTTPStatus.NOT_FOUND if unknown else HTTPStatus.BAD_REQUEST)
    return place, Submission(
        text=fields.description,
        topic=Topic(fields.service_code),
        danger=fields.danger == "yes",
        submitter_role=SubmitterRole(fields.role) if fields.role else SubmitterRole.UNKNOWN,
        identity=fields.identity,
        language=language,
    )


def _faults(fields: Fields, place: PlaceInfo | None, asked: AuthorityRow | None) -> list[tuple[str, str]]:
    found = []
    if fields.service_code not in set(Topic):
        found.append(("unknown-service" if fields.service_code else "service-missing", "service_code"))
    if place is None:
        found.append(("unit-unknown" if fields.unit else "unit-missing", f"attribute[{UNIT}]"))
    elif asked is not None and place.authority_id != asked.id:
        found.append(("unit-elsewhere", f"attribute[{UNIT}]"))
    if fields.danger not in ("yes", "no"):
        found.append(("danger-missing", f"attribute[{DANGER}]"))
    if fields.role and fields.role not in set(SubmitterRole):
        found.append(("role-unknown", f"attribute[{ROLE}]"))
    if len(fields.description) < SHORTEST_TEXT:
        found.append((TextTooShortError.code, "description"))
    return found


def receipt(submitted: Submitted, token: str, fields: Fields, settings: HttpSettings, language: Language) -> Said:
    """The id opens reading alone. The tracking code, with which one answers questions, is said this once."""
    code = {"code": format_code(submitted.code), "track": f"{settings.base_url}/p/track"}
    notice = [label(language, "open311", "notice-sent") % code]
    if fields.danger == "yes":
        notice.append(label(language, "open311", "notice-danger"))
    if fields.media:
        notice.append(label(language, "open311", "notice-media"))
    return [{"service_request_id": token, "service_notice": " ".join(notice), "account_id": None}]


def shown(
    token: str,
    view: FeedbackView,
    seen: SenderView,
    names: Mapping[UUID, str],
    settings: HttpSettings,
    language: Language,
) -> Said:
    """Less than the tracking page: neither the words that were sent nor those of the answer."""
    authority = {"authority": names.get(UUID(seen.authority_id), "")}
    state = label(language, "sender-state", seen.state)
    return {
        "service_request_id": token,
        "status": "open" if is_open(seen) else "closed",
        "status_notes": f"{state}. {label(language, 'sender-state-more', seen.state) % authority}",
        "service_name": service_name(view.opened.topic, language),
        "service_code": view.opened.topic.value,
        "description": None,
        "agency_responsible": None,
        "service_notice": label(language, "open311", "notice-read") % {"track": f"{settings.base_url}/p/track"},
        "requested_datetime": _midnight(seen.received_on),
        "updated_datetime": _midnight(max([seen.received_on, *(day.on for day in seen.days)])),
        "expected_datetime": _midnight(seen.next_term.due_on) if seen.next_term else None,
        "address": names.get(UUID(seen.place_id)),
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def is_open(seen: SenderView) -> bool:
    """Whether the sender can still expect something."""
    return seen.state in OPEN or any(is_open(part) for part in seen.parts)


def _midnight(day: date) -> str:
    """A day in a field for moments: the hour in which somebody wrote is nobody's business."""
    return datetime.combine(day, time(), ZONE).isoformat()


def _line(text: str) -> str:
    return text.strip()[:LONGEST_LINE]
