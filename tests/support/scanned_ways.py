"""The less straight parts of a told case: turned aside, asked of the school, corrected, assessed, withdrawn."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from domain.calendar import legal_date
from tests.support.scanned_site import LIMIT_S
from tests.support.scanning import telling_photo

if TYPE_CHECKING:
    from tests.support.scanned_story import Case, Story

REASON = {"reason": "Lý do thử (demo)"}
LATER = legal_date(datetime.now(UTC)) + timedelta(days=60)
"""Long after the term."""


def turn_aside(story: Story, case: Case) -> None:
    """Found ineligible and guided elsewhere, and both taken back."""
    unclear = story.field(case, "feedback.found_ineligible.v1:reason")
    finding = {"ground": "content-unclear", "reason": unclear}
    story.act(case, "mai", "submissions", "ineligibility-findings", finding)
    story.act(case, "mai", "submissions", "ineligibility-revocations", REASON)
    guidance = {"to": "complaint", "guidance": story.field(case, "feedback.sender_guided.v1:guidance")}
    story.act(case, "mai", "submissions", "guidances", guidance)
    story.act(case, "mai", "submissions", "guidance-withdrawals", REASON)


def cover(story: Story, case: Case) -> None:
    """Words in the reply of the sender: from here on nobody reads them any more."""
    shown = story.field(case, "feedback.words_hidden.v1:text")
    story.act(case, "mai", "feedback", "hidden-words", {"place": "reply", "number": 1, "text": shown, **REASON})


def ask_the_school(story: Story, case: Case) -> None:
    """With a photo of the sender; the school wants more time, does not get it, and explains."""
    photo = story.site.of("mai").get(f"/api/cases/{case.id}").json()["attachments"][0]["id"]
    asking = {
        "questions": [story.field(case, "explanation.requested.v1:questions[].text")],
        "could_know": 3,
        "few_reason": story.field(case, "explanation.requested.v1:few_reason"),
        "attachments": [{"file_id": photo, "looked_at": True}],
        "preview_confirmed": True,
    }
    answer = story.site.do("mai", f"/api/feedback/{case.id}/explanation-requests", asking, case.version)
    case.version, case.explanation = answer["version"], answer["explanation_id"]
    path = f"/api/school/requests/{case.explanation}"
    version = _read(story, "hoa", path, lambda body: "questions" in body)["version"]
    wish = {"until": str(LATER), "reason": story.field(case, "explanation.more_time_asked.v1:reason")}
    version = story.site.do("hoa", f"{path}/more-time-requests", wish, version)["version"]
    no = {"reason": story.field(case, "explanation.more_time_refused.v1:reason")}
    refused = f"/api/explanations/{case.explanation}/more-time-refusals"
    version = story.site.do("mai", refused, no, version)["version"]
    paper = telling_photo(story.word(f"{case.who}/photo of the school"))
    name = story.field(case, "explanation.given.v1:attachments[].meta")
    told = story.field(case, "explanation.given.v1:parts[].text")
    given = {
        "parts": [{"question": 1, "text": told}],
        "papers": [{"name": f"{name}.jpg", "content": b64encode(paper).decode()}],
    }
    story.site.do("hoa", f"{path}/answers", given, version)
    _explained(story, case)


def _explained(story: Story, case: Case) -> None:
    """The case knows it by a reaction. The word of a copy is the hash of its content, that of a paper is its name."""
    received = _read(story, "mai", f"/api/cases/{case.id}", lambda body: body["version"] > case.version)
    case.version = received["version"]
    path = f"/api/explanations/{case.explanation}"
    seen = _read(story, "mai", path, lambda body: bool(body.get("given_files")))
    case.explanation_files = tuple(file["id"] for key in ("attachments", "given_files") for file in seen[key])
    copy = story.site.of("mai").get(f"{path}/files/{case.explanation_files[0]}").content
    story.words[f"{case.who}/explanation.requested.v1:attachments[].meta"] = sha256(copy).hexdigest()


def protect(story: Story, case: Case) -> None:
    """The sender is treated worse since; the head looks after it and says what came of it."""
    told = {"text": story.field(case, "protection.reported.v1:text"), "whom": "child"}
    case.task = story.site.do("", f"/api/track/{case.code}/protection-reports", told)["id"]
    path = f"/api/protection-tasks/{case.task}"
    version = story.site.do("son", f"{path}/takings", {}, 1)["version"]
    note = {"note": story.field(case, "protection.measure_noted.v1:note")}
    version = story.site.do("son", f"{path}/measures", note, version)["version"]
    closing = {name: story.field(case, f"protection.closed.v1:{name}") for name in ("reason", "words")}
    story.site.do("son", f"{path}/closures", {"outcome": "nothing-found", **closing}, version)


def correct(story: Story, case: Case) -> None:
    """An answer that was sent; the head does not want it corrected so."""
    parts = [{"request": 1, "text": story.field(case, "feedback.answer_correction_drafted.v1:parts[].text")}]
    story.act(case, "mai", "feedback", "correction-drafts", {"outcome": "explained", "parts": parts, **REASON})
    no = {"reason": story.field(case, "feedback.answer_correction_returned.v1:reason")}
    story.act(case, "son", "feedback", "correction-returns", no)


def assess_and_withdraw(story: Story, case: Case) -> None:
    """It holds information, which is assessed; then the sender no longer wants it pursued."""
    opening = {"guidance": story.field(case, "feedback.information_case_opened.v1:guidance"), **REASON}
    story.act(case, "mai", "submissions", "information-openings", opening)
    assessed = story.field(case, "feedback.information_assessed.v1:assessment")
    story.act(case, "mai", "feedback", "information-assessments", {"result": "stored", "assessment": assessed})
    story.say(case, "withdrawals", {"reason": story.field(case, "feedback.withdrawn.v1:reason")})


def _read(story: Story, who: str, path: str, when: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """As soon as what is behind the facts has followed them."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        answer = story.site.of(who).get(path)
        if answer.status_code == 200 and when(answer.json()):
            found: dict[str, Any] = answer.json()
            return found
        assert time.monotonic() < deadline, (path, answer.status_code, answer.text)
