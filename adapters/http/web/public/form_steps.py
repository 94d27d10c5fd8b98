"""The three screens of the form: what stands on each, what is wrong with it, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.http.refusals import refusal_text
from adapters.http.screen import STAMP_FIELD, TRAP_FIELD
from adapters.http.web.i18n import Language, label
from application.feedback_intake import MOST_PHOTOS, Submission
from application.ports import Identity, PlaceInfo
from domain.feedback.intake import SHORTEST_TEXT
from domain.feedback.refusals import TextTooShortError
from domain.feedback.vocabulary import SubmitterRole, Topic
from domain.screening.vocabulary import Sign

LAST = 3
STEP_FIELD, GO_FIELD = "step", "go"
"""The screen that was sent, and where to: a screen's number, or anything else to send it off."""
STEP_OF = {"category": 1, "danger": 1, "story": 2, "photos": 2}
"""Field → its screen; all others stand on the last."""
LONGEST_LINE = 300
Values = Mapping[str, str]


def step_sent(values: Values) -> int:
    """The screen that was in front."""
    text = values.get(STEP_FIELD, "")
    return int(text) if text in ("1", "2", "3") else LAST


def wanted_step(values: Values) -> int | None:
    """Where the reader wants to; None: it is to be sent."""
    text = values.get(GO_FIELD, "")
    return int(text) if text in ("1", "2", "3") else None


def faults(values: Values, photos: int, language: Language, *, before: int = LAST + 1) -> dict[str, str]:
    """Every field at fault on the screens before that one, with the sentence that says the way out."""
    found = {}
    if values.get("category") not in set(Topic):
        found["category"] = label(language, "public", "choose-topic")
    if values.get("danger") not in ("yes", "no"):
        found["danger"] = label(language, "public", "choose-danger")
    if len(values.get("story", "").strip()) < SHORTEST_TEXT:
        found["story"] = refusal_text(TextTooShortError.code, {"shortest": SHORTEST_TEXT}, language)
    if values.get("contact") not in ("none", "given"):
        found["contact"] = label(language, "public", "choose-contact")
    if photos > MOST_PHOTOS:
        found["photos"] = refusal_text("too-many-files", {}, language)
    return {name: sentence for name, sentence in found.items() if STEP_OF.get(name, LAST) < before}


def first_step(errors: Values) -> int:
    """The screen of the first fault."""
    return min((STEP_OF.get(name, LAST) for name in errors), default=LAST)


def form_context(
    place: PlaceInfo,
    language: Language,
    values: Values,
    *,
    key: str,
    stamp: str,
    step: int = 1,
    errors: Mapping[str, str] = {},
    lost: int = 0,
) -> dict[str, Any]:
    """What `p/form.html` wants. A stamp that came with the form stays: it says when the first screen was opened."""
    topics = [{"value": topic.value, "text": label(language, "topic-choice", topic.value)} for topic in Topic]
    roles = [role for role in SubmitterRole if role is not SubmitterRole.UNKNOWN]
    return {
        "unit": {"name": place.name, "ward": place.area_name, "code": place.code},
        "action": f"/p/{place.code}/form",
        "command_id": key,
        "stamp": {"name": STAMP_FIELD, "value": values.get(STAMP_FIELD) or stamp},
        "trap": TRAP_FIELD,
        "step": step,
        "steps": LAST,
        "categories": topics,
        "roles": [{"value": role.value, "text": label(language, "submitter-role", role.value)} for role in roles],
        "values": values,
        "errors": errors,
        "missing": faults({}, 0, language),
        "shortest": SHORTEST_TEXT,
        "most_photos": MOST_PHOTOS,
        "photos_lost": lost,
        "landing": f"/p/{place.code}",
        "privacy": f"/p/privacy?unit={place.code}",
    }


def submission(values: Values, photos: list[bytes], language: Language, signs: frozenset[Sign]) -> Submission:
    """As typed, after `faults` found nothing."""
    given = values.get("contact") == "given"
    fields = {name: values.get(name, "").strip()[:LONGEST_LINE] for name in ("name", "phone", "email")}
    role = values.get("role", "")
    return Submission(
        text=values.get("story", ""),
        topic=Topic(values["category"]),
        danger=values["danger"] == "yes",
        submitter_role=SubmitterRole(role) if role in set(SubmitterRole) else SubmitterRole.UNKNOWN,
        identity=msgspec.convert(fields, Identity) if given else Identity(),
        photos=photos,
        language=language,
        signs=signs,
    )
