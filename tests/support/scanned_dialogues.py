"""A dialogue meeting told with a planted word in every sealed field: it is nobody's case, so it outlives them."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from domain.calendar import legal_date
from tests.support.scanning import telling_photo

if TYPE_CHECKING:
    from tests.support.scanned_story import Story

WHO = "meeting"
SEALED = frozenset(
    {
        "dialogue.planned.v1:chair_name",
        "dialogue.minutes_filed.v1:minutes.meta",
        "dialogue.opinions_recorded.v1:opinions[].speaker_words",
        "dialogue.opinions_recorded.v1:opinions[].text",
        "dialogue.rows_kept_back.v1:rows[].cells",
        "dialogue.opinion_answered.v1:answer",
        "dialogue.summarised.v1:text",
        "dialogue.summary_published.v1:text",
    }
)
FILE_NAME = "dialogue.minutes_filed.v1:minutes.meta"
"""Kept beside the scan and shown to nobody."""
PUBLIC = "dialogue.summary_published.v1:text"


def hold_meeting(story: Story) -> str:
    """From the plan to the public page, with one row that nobody said. The id of the meeting."""
    site, today = story.site, str(legal_date(datetime.now(UTC)))

    def word(field: str) -> str:
        return story.word(f"{WHO}/{field}")

    texts = ("title", "matter", "place", "chair_post", "invited")
    plan = {name: f"{name} (demo)" for name in texts} | {"chair_name": word("dialogue.planned.v1:chair_name")}
    receipt = site.do("mai", "/api/dialogues", plan | {"planned_on": today})
    meeting, version = receipt["id"], receipt["version"]
    path = f"/api/dialogues/{meeting}"

    def act(name: str, body: dict[str, Any], who: str = "mai") -> None:
        nonlocal version
        version = site.do(who, f"{path}/{name}", body, version)["version"]

    scan = {"name": f"{word(FILE_NAME)}.jpg", "content": b64encode(telling_photo("Biên bản")).decode()}
    act("announcements", {"announced_on": today, "how": "Niêm yết (demo)"})
    act("meetings", {"held_on": today, "participants": 12, "minutes": scan})
    said = {
        "number": "1",
        "speaker": word("dialogue.opinions_recorded.v1:opinions[].speaker_words"),
        "text": word("dialogue.opinions_recorded.v1:opinions[].text"),
    }
    bad = {"number": "x", "text": word("dialogue.rows_kept_back.v1:rows[].cells")}
    act("opinions", {"rows": [said, bad]})
    return _finished(story, meeting, version, today)


def _finished(story: Story, meeting: str, version: int, today: str) -> str:
    """Answered, closed, published; the row stays, for what is shown of it, until it is left out at the end."""
    site, path = story.site, f"/api/dialogues/{meeting}"
    row = site.of("mai").get(path).json()["rows_aside"][0]["id"]
    answer = {"number": 1, "answered_on": today, "answer": story.word(f"{WHO}/dialogue.opinion_answered.v1:answer")}
    words = {name: story.word(f"{WHO}/dialogue.{name}.v1:text") for name in ("summarised", "summary_published")}
    for name, body, who in (
        ("answers", answer, "mai"),
        ("summaries", {"text": words["summarised"]}, "mai"),
        ("row-dismissals", {"row_id": row, "reason": "Dòng cộng (demo)"}, "mai"),
        ("closures", {}, "son"),
        ("publications", {"text": words["summary_published"], "confirmed": True}, "son"),
    ):
        version = site.do(who, f"{path}/{name}", body, version)["version"]
    return meeting
