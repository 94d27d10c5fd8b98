"""What can be sent by Open311: a service for each topic of the public form, and what has to be said with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from adapters.http.open311.answers import Said
from adapters.http.open311.faults import Fault, RefusedError, sentence
from adapters.http.settings import HttpSettings
from adapters.http.web.i18n import Language, label
from application.authorities import authority_id_of
from application.ports import Reader
from domain.feedback.vocabulary import SubmitterRole, Topic
from projections.authorities import AuthorityRow, authority
from projections.places import PlaceRow, find_places

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-30 16:00"
"""Of services and definitions. Whoever keeps copies of them reads them anew when it rises."""
UNIT, DANGER, ROLE = "unit", "danger", "submitter_role"
"""Codes of the attributes."""
MOST_UNITS = 500
"""Schools of one area that are named; more are found by their code."""


def discovery(settings: HttpSettings, language: Language) -> Said:
    """Where the endpoint is, that no key is needed, and why lists are empty."""
    help_page = {"page": f"{settings.base_url}/p/developers"}
    endpoint: Said = {
        "specification": SPECIFICATION,
        "url": f"{settings.base_url}/open311/v2",
        "changeset": CHANGESET,
        "type": "test" if settings.demo else "production",
        "formats": ["text/xml", "application/json"],
    }
    return {
        "changeset": CHANGESET,
        "contact": label(language, "open311", "contact") % help_page,
        "key_service": label(language, "open311", "no-key"),
        "endpoints": [endpoint],
    }


def services(language: Language) -> Said:
    """The topics that the public form offers; the same for every authority."""
    return [
        {
            "service_code": topic.value,
            "service_name": service_name(topic, language),
            "description": label(language, "open311", "service") % {"topic": service_name(topic, language)},
            "metadata": True,
            "type": "realtime",
            "keywords": label(language, "open311", "keywords"),
            "group": label(language, "open311", "group"),
        }
        for topic in Topic
    ]


def service_name(topic: Topic, language: Language) -> str:
    """As the public form words it."""
    return label(language, "topic-choice", topic.value)


def topic_of(code: str, language: Language) -> Topic:
    """Raises RefusedError, 404."""
    try:
        return Topic(code)
    except ValueError:
        raise RefusedError(_missing("unknown-service", "service_code", language), status=404) from None


def definition(topic: Topic, units: Sequence[PlaceRow], language: Language, settings: HttpSettings) -> Said:
    """The school, whether anybody is in danger, who is speaking; and what to read before. `units`: those to choose."""
    told = {"choose": f"{settings.base_url}/p/", "privacy": f"{settings.base_url}/p/privacy"}
    school: dict[str, str] = {row.public_code: row.name for row in units}
    danger = {answer: label(language, "open311", f"danger-{answer}") for answer in ("yes", "no")}
    roles = {role.value: label(language, "submitter-role", role.value) for role in SubmitterRole}
    texts = {
        name: label(language, "open311", f"attribute-{name}") % told for name in (UNIT, DANGER, ROLE, "before-you-send")
    }
    attributes: list[Said] = [
        _attribute(1, UNIT, texts[UNIT], school, required=True),
        _attribute(2, DANGER, texts[DANGER], danger, required=True),
        _attribute(3, ROLE, texts[ROLE], roles, required=False),
        {**_attribute(4, "before-you-send", texts["before-you-send"], {}, required=False), "variable": False},
    ]
    return {"service_code": topic.value, "attributes": attributes}


def _attribute(
    order: int, code: str, description: str, values: Mapping[str, str], *, required: bool
) -> dict[str, Said]:
    return {
        "variable": True,
        "code": code,
        "datatype": "singlevaluelist" if values else "string",
        "required": required,
        "datatype_description": None,
        "order": order,
        "description": description,
        "values": [{"key": key, "name": name} for key, name in values.items()],
    }


async def jurisdiction(db: Reader, code: str, today: date, language: Language) -> AuthorityRow | None:
    """By the code of the authority; None where none is named, empty or not at all. Raises RefusedError, 404."""
    if not code.strip():
        return None
    row = await authority(db, authority_id_of(code.strip()))
    if row is None or row.code != code.strip() or not row.exists_on(today):
        raise RefusedError(_missing("unknown-jurisdiction", "jurisdiction_id", language), status=404)
    return row


async def units_of(db: Reader, row: AuthorityRow | None, today: date) -> list[PlaceRow]:
    """What one can write to this authority about: has a code, and the authority is competent for it today."""
    found: dict[str, PlaceRow] = {}
    for area in row.areas if row else ():
        rows = await find_places(db, area_id=area.id, limit=MOST_UNITS)
        found |= {one.public_code: one for one in rows if one.public_code and one.exists_on(today)}
    return [one for one in found.values() if row and one.authority_on(today) == row.id]


def _missing(code: str, field: str, language: Language) -> Fault:
    return Fault(code, field, sentence(code, language))
