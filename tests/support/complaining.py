"""A complaint through two levels over the API, act by act, on the days of its story (all invented)."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from adapters.clock import SetClock
from application.people import account_id_of
from domain.calendar import legal_date
from tests.support.office import command
from tests.support.world import SCHOOL, Town

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
PRINCIPAL, VERIFIER, REGISTRY, HEAD, INTAKE = "binh", "thuy", "nhi", "son", "mai"
RECEIVED, ACCEPTED, ISSUED, HANDED = date(2026, 3, 10), date(2026, 3, 18), date(2026, 4, 22), date(2026, 4, 28)


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of that day in Hà Nội."""
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def scan(name: str = "ban-quet.pdf") -> dict[str, str]:
    """A file as the API takes it."""
    return {"name": name, "data": base64.b64encode(PDF).decode()}


def document(symbol: str, day: date, number: str = "12") -> dict[str, Any]:
    """A paper with number, symbol and day."""
    return {"number": number, "symbol": symbol, "day": day.isoformat(), "scan": scan(f"{symbol}.pdf")}


def petition(on: date = RECEIVED, **other: Any) -> dict[str, Any]:
    """Of a parent against the school that refuses a transfer."""
    return {
        "place_id": str(SCHOOL),
        "ownership": "public",
        "complainant": "Người khiếu nại Hùng (demo)",
        "contact": "0000 000 000",
        "form": "oral-minutes",
        "petition": scan("bien-ban.pdf"),
        "content": "Nhà trường không tiếp nhận con tôi chuyển đến (demo).",
        "remedy": "Cho con tôi được chuyển đến học.",
        "target": "administrative-act",
        "known_on": (on - timedelta(days=8)).isoformat(),
        "received_on": on.isoformat(),
        **other,
    }


SECTIONS = ("content", "verification", "legal-basis", "conclusion", "order", "rights")


def draft(outcome: str = "upheld", *more: str) -> dict[str, Any]:
    """A whole decision."""
    return {
        "outcome": outcome,
        "sections": [{"section": name, "text": f"Nội dung phần {name} (demo)."} for name in (*SECTIONS, *more)],
    }


def report(on: date, *, differs: bool) -> dict[str, Any]:
    """Of the verification."""
    return {"reported_on": on.isoformat(), "differs": differs, "summary": "Còn chỗ trong lớp (demo).", "report": scan()}


def dialogue(on: date) -> dict[str, Any]:
    """With its minutes."""
    told = "Hai bên trình bày ý kiến (demo)."
    return {
        "held_on": on.isoformat(),
        "chair": "Người chủ trì (demo)",
        "agreed": False,
        "content": told,
        "minutes": scan(),
    }


class Complaining:
    """Acts of several people on one complaint after another, each on its day."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.case = UUID(int=0)
        self._here: set[str] = set()
        """Who has signed in since the clock was moved: a session does not last for days."""

    def on(self, day: date, hour: int = 9) -> None:
        """The clock, only forwards."""
        clock = self.town.world.clock
        assert isinstance(clock, SetClock)
        later = moment(day, hour) - clock.now()
        if later > timedelta():
            clock.advance(later)
            self._here.clear()

    async def of(self, who: str) -> httpx.AsyncClient:
        """That person's program."""
        anew = who not in self._here
        self._here.add(who)
        return await self.town.of(who, anew=anew)

    async def ask(self, who: str, action: str, body: Any = None, *, case: UUID | None = None) -> httpx.Response:
        """One act of the version that is there."""
        stream = case or self.case
        client, version = await self.of(who), await self.town.version_of(stream)
        return await client.post(f"/api/complaints/{stream}/{action}", json=body or {}, headers=command(version))

    async def act(self, who: str, action: str, body: Any = None, *, case: UUID | None = None) -> None:
        """The same; the answer must be a yes."""
        answer = await self.ask(who, action, body, case=case)
        assert answer.status_code == 201, (action, answer.status_code, answer.text)

    async def refused(self, who: str, action: str, body: Any = None) -> str:
        """The code of a refusal."""
        answer = await self.ask(who, action, body)
        assert answer.status_code == 409, (action, answer.status_code, answer.text)
        code: str = answer.json()["code"]
        return code

    async def receive(self, who: str = INTAKE, body: Any = None, path: str = "/api/complaints") -> UUID:
        """Takes one in."""
        answer = await (await self.of(who)).post(path, json=body or petition(), headers=command())
        assert answer.status_code == 201, answer.text
        self.case = UUID(answer.json()["id"])
        return self.case

    async def read(self, who: str = PRINCIPAL, case: UUID | None = None, **query: str) -> dict[str, Any]:
        """As that person reads it now."""
        await self.town.settle()
        answer = await (await self.of(who)).get(f"/api/complaints/{case or self.case}", params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def due(self, purpose: str, who: str = PRINCIPAL) -> str:
        """The day of a term that stands."""
        terms = (await self.read(who))["terms"]
        standing = [term["due_on"] for term in terms if term["purpose"] == purpose and not term["replaced"]]
        assert len(standing) == 1, standing
        return str(standing[0])

    async def up_to_acceptance(self) -> None:
        """Received at the ward, forwarded, received and accepted at the school."""
        self.on(RECEIVED)
        await self.receive()
        await self.act(INTAKE, "forwardings", {"forwarded_on": "2026-03-10", "slip": document("PC-UBND", RECEIVED)})
        await self.act(PRINCIPAL, "resolver-receipts", {"received_on": "2026-03-10"})
        self.on(ACCEPTED)
        await self.act(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện thụ lý (demo)."})
        notice = {"accepted_on": "2026-03-18", "notice": document("TB-TH", ACCEPTED)}
        await self.act(PRINCIPAL, "acceptances", notice)

    async def up_to_draft(self) -> None:
        """Verified and talked about."""
        await self.up_to_acceptance()
        verifiers = {"verifier_ids": [str(account_id_of(VERIFIER))]}
        await self.act(PRINCIPAL, "verifications", verifiers)
        item = {"kind": "document", "description": "Hồ sơ chuyển trường", "obtained_on": "2026-03-18", "paper": scan()}
        await self.act(VERIFIER, "evidence", item)
        report = {
            "reported_on": "2026-03-18",
            "differs": True,
            "summary": "Còn chỗ trong lớp (demo).",
            "report": scan(),
        }
        await self.act(VERIFIER, "reports", report)
        await self.act(PRINCIPAL, "dialogues", dialogue(ACCEPTED))

    async def up_to_decision(self) -> None:
        """Drafted by one, signed by another, numbered."""
        await self.up_to_draft()
        self.on(date(2026, 4, 20))
        await self.act(VERIFIER, "drafts", draft("rejected", "dialogue"))
        await self.act(VERIFIER, "signature-requests")
        self.on(ISSUED)
        await self.act(PRINCIPAL, "approvals")
        await self.act(VERIFIER, "issues", {"decision": document("QĐ-TH", ISSUED)})

    async def hand_over(self, *, proven: bool = True) -> None:
        """Sent on 28/04, and received with a note that proves it."""
        self.on(HANDED)
        await self.act(VERIFIER, "sendings", {"sent_on": "2026-04-28", "way": "by-hand"})
        if proven:
            proof = {"received_on": "2026-04-28", "proof": "handover-note", "paper": scan()}
            await self.act(VERIFIER, "receipt-proofs", proof)

    async def in_one_day(self) -> UUID:
        """By the clock as it stands: taken in at the ward, decided at the school, handed over with proof."""
        today = legal_date(self.town.world.clock.now())
        on = today.isoformat()
        await self.receive(INTAKE, petition(today))
        await self.act(INTAKE, "forwardings", {"forwarded_on": on, "slip": document("PC-UBND", today)})
        await self.act(PRINCIPAL, "resolver-receipts", {"received_on": on})
        await self.act(PRINCIPAL, "assignments", {"official_id": str(account_id_of(VERIFIER))})
        await self.act(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện thụ lý (demo)."})
        await self.act(PRINCIPAL, "acceptances", {"accepted_on": on, "notice": document("TB-TH", today)})
        await self.act(PRINCIPAL, "verifications", {"verifier_ids": [str(account_id_of(VERIFIER))]})
        await self.act(VERIFIER, "reports", report(today, differs=False))
        await self.act(VERIFIER, "drafts", draft("upheld-in-part"))
        await self.act(VERIFIER, "signature-requests")
        await self.act(PRINCIPAL, "approvals")
        await self.act(VERIFIER, "issues", {"decision": document("QĐ-TH", today)})
        await self.act(VERIFIER, "sendings", {"sent_on": on, "way": "by-hand"})
        await self.act(VERIFIER, "receipt-proofs", {"received_on": on, "proof": "handover-note", "paper": scan()})
        return self.case
