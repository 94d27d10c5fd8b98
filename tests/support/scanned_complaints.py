"""Complaints of one person in the told story: a planted word in every text and in the name of every paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from application.people import account_id_of
from domain.calendar import legal_date
from tests.support.complaining import PDF, SECTIONS
from tests.support.world import SCHOOL

if TYPE_CHECKING:
    from tests.support.scanned_story import Story

WHO = "complainant"
READERS = ("mai", "son", "binh", "thuy", "vinh", "nhi", "thu", "kho", "anh", "tung", "hoa", "dung", "")
"""Where it was taken in, where it is resolved, who audits; then those who have no part in it, and nobody."""
WHY = {"reason": "Lý do thử (demo)"}
TODAY = legal_date(datetime.now(UTC))
THEN = (TODAY - timedelta(days=60)).isoformat()
"""Long enough ago for a decision to be in force; known late, which is said."""
LATE = {"late_reason": "Ghi bù (demo)"}
ENDED = tuple(f"complaint.{name}.v1" for name in ("refused", "transferred", "guided", "withdrawn", "terminated"))
"""Facts by which a complaint ends without a decision: each is told in a complaint of its own."""
ACTS = ("evidence", "drafts", "amendments", "court-notes")
"""Pages of acts that show what is in the case already; the rights table opens all of them."""


class Told(msgspec.Struct):
    """One of the complaints as the teller knows it."""

    id: str
    version: int
    files: tuple[str, ...] = ()


class Complainant:
    """Tells all of them, through every fact that holds something sealed or a paper."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def field(self, field: str) -> str:
        """The word of a field of a fact."""
        return self._story.word(f"{WHO}/{field}")

    def scan(self, context: str) -> dict[str, str]:
        """A paper with a word in its name and another in its bytes."""
        inside = self._story.word(f"{WHO}/bytes of {context.replace(':', ' ')}").encode()
        data = PDF.replace(b"\n", b"\n%" + inside + b"\n", 1)
        return {"name": self.field(context), "data": b64encode(data).decode()}

    def document(self, topic: str, field: str, day: str = THEN) -> dict[str, Any]:
        """The same with number, symbol and day."""
        return {"number": "7", "symbol": "TB-TH", "day": day, "scan": self.scan(f"{topic}:{field}.paper.meta")}

    def lodge(self) -> Told:
        """At the counter of the ward, against a school; brought on to it by slip."""
        topic = "complaint.received.v1"
        texts = ("complainant", "contact", "representative", "content", "remedy")
        body = {
            **{name: self.field(f"{topic}:{name}") for name in texts},
            "place_id": str(SCHOOL),
            "ownership": "public",
            "representation": "mandated",
            "mandate": self.scan(f"{topic}:mandate.meta"),
            "petition": self.scan(f"{topic}:petition.meta"),
            "form": "signed-petition",
            "target": "administrative-act",
            "known_on": THEN,
            "received_on": THEN,
            **LATE,
        }
        made = self._story.site.do("mai", "/api/complaints", body)
        told = Told(made["id"], made["version"])
        slip = self.document("complaint.forwarded.v1", "slip")
        self.act(told, "mai", "forwardings", {"forwarded_on": THEN, "slip": slip})
        self.act(told, "binh", "resolver-receipts", {"received_on": THEN})
        return told

    def act(self, told: Told, who: str, action: str, body: dict[str, Any] | None = None) -> None:
        """Must be a yes."""
        path = f"/api/complaints/{told.id}/{action}"
        told.version = self._story.site.do(who, path, body or {}, told.version)["version"]

    def examined(self, *found: str) -> Told:
        """Lodged, and looked at by the school."""
        told, topic = self.lodge(), "complaint.examined.v1"
        obstacle = {
            "obstacle_first": THEN,
            "obstacle_last": THEN,
            "obstacle_paper": self.scan(f"{topic}:obstacle_paper.meta"),
        }
        findings = {"found": list(found), "findings": self.field(f"{topic}:findings")}
        self.act(told, "binh", "examinations", {**findings, **obstacle})
        return told

    def end_without_a_decision(self) -> None:
        """Refused, sent on, guided, withdrawn and ended."""
        refused = self.examined("no-own-right")
        topic = "complaint.refused.v1"
        reason = self.field(f"{topic}:reason")
        notice = self.document(topic, "notice")
        self.act(refused, "binh", "refusals", {"ground": "no-own-right", "reason": reason, "notice": notice})
        slip = self.document("complaint.transferred.v1", "slip")
        self.act(self.lodge(), "mai", "transfers", {"to": "Sở (demo)", "slip": slip, **WHY})
        topic = "complaint.guided.v1"
        guidance = {"guidance": self.field(f"{topic}:guidance"), "paper": self.document(topic, "paper")}
        self.act(self.lodge(), "mai", "guidances", guidance)
        withdrawn = self.lodge()
        paper = self.scan("complaint.withdrawn.v1:paper.meta")
        self.act(withdrawn, "mai", "withdrawals", {"withdrawn_on": THEN, "paper": paper})
        self.act(withdrawn, "binh", "terminations", {"notice": self.document("complaint.terminated.v1", "notice")})

    def decided(self) -> Told:
        """The whole way to execution and on to a court."""
        told = self.examined()
        notice = self.document("complaint.accepted.v1", "notice")
        self.act(told, "binh", "acceptances", {"accepted_on": THEN, "notice": notice, **LATE})
        paper = self.document("complaint.circumstances_established.v1", "paper")
        self.act(told, "binh", "circumstances", {"remote": False, "complexity": "complex", "paper": paper, **WHY})
        self._stop_and_go_on(told)
        self._verify(told)
        self._draft_and_sign(told)
        self._hand_out(told)
        self._carry_out(told)
        return told

    def _stop_and_go_on(self, told: Told) -> None:
        for action, topic in (
            ("execution-suspensions", "complaint.execution_suspended.v1"),
            ("execution-suspension-liftings", "complaint.execution_suspension_lifted.v1"),
        ):
            reason, decision = self.field(f"{topic}:reason"), self.document(topic, "decision")
            self.act(told, "binh", action, {"reason": reason, "decision": decision})
        decision = self.document("complaint.suspended.v1", "decision")
        self.act(told, "binh", "suspensions", {"from_day": THEN, "awaited": "Bản án (demo)", "decision": decision})
        self.act(told, "binh", "resumptions", {"resumed_on": THEN})

    def _verify(self, told: Told) -> None:
        decision = self.document("complaint.verification_assigned.v1", "decision")
        verifiers = [str(account_id_of("thuy"))]
        self.act(told, "binh", "verifications", {"verifier_ids": verifiers, "decision": decision})
        topic = "complaint.evidence_recorded.v1"
        item = {"kind": "document", "obtained_on": THEN, "description": self.field(f"{topic}:description")}
        self.act(told, "thuy", "evidence", {**item, "paper": self.scan(f"{topic}:paper.meta")})
        topic = "complaint.verification_reported.v1"
        report = {"summary": self.field(f"{topic}:summary"), "report": self.scan(f"{topic}:report.meta")}
        self.act(told, "thuy", "reports", {"reported_on": THEN, "differs": True, **report})
        topic = "complaint.dialogue_held.v1"
        said = {"content": self.field(f"{topic}:content"), "minutes": self.scan(f"{topic}:minutes.meta")}
        self.act(told, "binh", "dialogues", {"held_on": THEN, "chair": "Chủ trì (demo)", "agreed": False, **said})

    def _draft_and_sign(self, told: Told) -> None:
        text = self.field("complaint.decision_drafted.v1:sections[].text")
        sections = [{"section": name, "text": text} for name in (*SECTIONS, "dialogue")]
        for returned in (True, False):
            self.act(told, "thuy", "drafts", {"outcome": "upheld", "sections": sections})
            self.act(told, "thuy", "signature-requests")
            if returned:
                self.act(told, "binh", "returns", {"reason": self.field("complaint.draft_returned.v1:reason")})
        self.act(told, "binh", "approvals")
        self.act(told, "thuy", "issues", {"decision": self.document("complaint.decision_issued.v1", "decision")})

    def _hand_out(self, told: Told) -> None:
        topic = "complaint.decision_amended.v1"
        amended = {"text": self.field(f"{topic}:text"), "decision": self.document(topic, "decision"), **WHY}
        self.act(told, "thuy", "amendments", amended)
        self.act(told, "thuy", "sendings", {"sent_on": THEN, "way": "by-hand"})
        paper = self.scan("complaint.decision_received.v1:paper.meta")
        proof = {"received_on": THEN, "proof": "handover-note", "paper": paper}
        self.act(told, "thuy", "receipt-proofs", proof)

    def _carry_out(self, told: Told) -> None:
        today = TODAY.isoformat()
        self.act(told, "binh", "effects", {"effective_on": today, "against_window": "Không khiếu nại tiếp (demo)"})
        redacted = self.scan("complaint.decision_published.v1:redacted.meta")
        public = {"form": "posting", "from_day": today, "where": "Bảng tin (demo)", "confirmed": True, "chosen": True}
        self.act(told, "binh", "publications", {**public, "redacted": redacted})
        topic = "complaint.decision_executed.v1"
        done = {"report": self.field(f"{topic}:report"), "paper": self.scan(f"{topic}:paper.meta")}
        self.act(told, "binh", "executions", {"executed_on": today, **done})
        note = self.field("complaint.taken_to_court.v1:note")
        self.act(told, "binh", "court-notes", {"taken_on": today, "note": note})


def complain(story: Story) -> Told:
    """All of it; the complaint that went the whole way, with its papers."""
    teller = Complainant(story)
    teller.end_without_a_decision()
    told = teller.decided()
    shown = story.site.of("binh").get(f"/api/complaints/{told.id}").json()
    told.files = tuple(paper["id"] for paper in shown["papers"])
    return told


def shown_of(story: Story, told: Told, readers: Sequence[str] = READERS) -> dict[str, bytes]:
    """What each of these people is shown of it: every page and route, as it is and as it was."""
    shown: dict[str, bytes] = {}
    moment = datetime.now(UTC).isoformat().replace("+", "%2B")
    for reader in readers:
        for path in _addresses(story, told, moment):
            accepted = "*/*" if path.startswith("/api") else "text/html"
            answer = story.site.of(reader).get(path, headers={"accept": accepted})
            assert answer.status_code < 500, (reader, path, answer.text)
            shown[f"{reader} {path}"] = answer.content
    return shown


def _addresses(story: Story, told: Told, moment: str) -> list[str]:
    filled = [
        page.format_map({"case_id": told.id, "file_id": file_id, "act": act, "paper": "resolution.pdf"})
        for page in story.site.told.pages
        if "complaints" in page
        for file_id in (told.files if "{file_id}" in page else ("",))
        for act in (ACTS if "{act}" in page else ("",))
    ]
    return filled + [f"{path}?as_of={moment}" for path in filled if "/files/" not in path]
