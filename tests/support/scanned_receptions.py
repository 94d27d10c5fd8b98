"""What a day of reception keeps of a person: told with a planted word in every field that is sealed."""

from __future__ import annotations

import time
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from domain.calendar import legal_date
from tests.support.scanned_site import LIMIT_S
from tests.support.scanning import telling_photo

if TYPE_CHECKING:
    from tests.support.scanned_story import Case, Story

TEXTS = ("people", "contact", "content", "wanted", "result_text")
PATH = "/api/receptions"


def receive(story: Story, case: Case) -> None:
    """Written down wrongly first, then rightly, with minutes; the case that grew from it is linked to it."""
    site = story.site
    told = {"day": legal_date(datetime.now(UTC)).isoformat(), "place": "Phòng tiếp công dân", "kind": "regular"}
    first = site.do("mai", PATH, told | _receiver(story, case, "reception.day_opened.v1"))
    case.reception, version = first["id"], first["version"]
    path = f"{PATH}/{case.reception}"
    again = told | _receiver(story, case, "reception.day_corrected.v1") | {"reason": "Ghi nhầm (demo)"}
    version = site.do("mai", f"{path}/day-corrections", again, version)["version"]
    kind = {"kind": "feedback", "result": "guided"}
    visit: dict[str, Any] = kind | {
        name: story.field(case, f"reception.visit_recorded.v1:visit.{name}") for name in TEXTS
    }
    version = site.do("mai", f"{path}/visits", visit, version)["version"]
    right: dict[str, Any] = kind | {
        name: story.field(case, f"reception.visit_corrected.v1:visit.{name}") for name in TEXTS
    }
    right |= {"number": 1, "reason": story.field(case, "reception.visit_corrected.v1:reason")}
    version = site.do("mai", f"{path}/corrections", right, version)["version"]
    name = story.field(case, "reception.minutes_attached.v1:papers[].meta")
    scan = telling_photo(story.word(f"{case.who}/photo of the minutes"))
    signed = {"number": 1, "signing": "signature", "scans": [{"name": name, "content": b64encode(scan).decode()}]}
    version = site.do("mai", f"{path}/minutes", signed, version)["version"]
    link: dict[str, Any] = {"number": 1, "case_number": _number(story, case)}
    site.do("mai", f"{path}/links", link, version)
    day = site.of("mai").get(path).json()
    case.minutes = (day["entries"][0]["minutes"][0]["id"],)


def _number(story: Story, case: Case) -> str:
    """As soon as the register has given one."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        number: str = story.site.of("mai").get(f"/api/cases/{case.id}").json()["number"]
        if number:
            return number
        assert time.monotonic() < deadline


def _receiver(story: Story, case: Case, topic: str) -> dict[str, Any]:
    """The name of an official who has no account: under a key of the day's own, which no erasure of a person takes."""
    field = f"{topic}:receiver.name"
    return {"receiver_name": story.word(f"{case.who} received by/{field}"), "receiver_post": "Phó chủ tịch"}
