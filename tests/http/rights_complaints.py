"""The same of complaints: whose they are depends on who took them in and who resolves them, not on areas."""

from __future__ import annotations

from typing import Any

from tests.http.rights_table import AUDITORS, INTAKE, Route

NEAR = frozenset({"first, taken in here", "first, other school", "against the authority"})
"""Taken in at the counter of the ward: the first two are resolved at a school, the third by the head of the ward."""
AT_SCHOOL = frozenset({"first, taken in here", "first, taken in at school"})
"""Resolved by the head of that school."""
MINE = frozenset({"against the authority"})
FAR = frozenset({"taken in elsewhere"})
SEES_COMPLAINT: dict[str, frozenset[str]] = {
    **dict.fromkeys((*INTAKE, "head"), NEAR),
    "registry": MINE,
    "officer": MINE,
    "principal": AT_SCHOOL,
    "school officer": AT_SCHOOL,
    "auditor with purpose": NEAR | AT_SCHOOL,
    "other head": FAR,
}
"""The officers prepare those that they see. What a school takes in itself is not the business of the ward's counter."""
LISTING = frozenset(
    {*INTAKE, "officer", "head", "other head", "registry", "principal", "school officer", *AUDITORS},
)
TAKES_IN = frozenset({*INTAKE, "officer", "head", "other head", "principal", "school officer"})

Rights = dict[str, frozenset[str]]
COUNTER: Rights = dict.fromkeys((*INTAKE, "head"), NEAR) | {"other head": FAR}
"""Works where it was taken in."""
ARRIVES: Rights = dict.fromkeys((*INTAKE, "head"), MINE) | dict.fromkeys(("principal", "school officer"), AT_SCHOOL)
RESOLVES: Rights = {"head": MINE, "principal": AT_SCHOOL}
PREPARES: Rights = {"officer": MINE, "school officer": AT_SCHOOL}
WORKS: Rights = RESOLVES | PREPARES
EXPORTS: Rights = WORKS | {"auditor with purpose": NEAR | AT_SCHOOL}
NUMBERS: Rights = PREPARES | {"registry": MINE}
"""Văn thư; at a school whoever prepares it."""
HEARS: Rights = COUNTER | {"principal": AT_SCHOOL, "school officer": AT_SCHOOL}
"""To whom the complainant may come with a paper."""
PAPER: Any = {
    "number": "12",
    "symbol": "TB-TH",
    "day": "2026-01-05",
    "scan": {"name": "a.pdf", "data": "JVBERi0xLjQK"},
}
SCAN: Any = PAPER["scan"]
SOMEBODY = "0a3f8a52-6f0a-4b7e-9b52-3f2f0d5f9a11"
DAY, WHY = "2026-01-05", {"reason": "Lý do (demo)"}

ACTS: dict[str, tuple[Rights, Any]] = {
    "forwardings": (COUNTER, {"forwarded_on": DAY}),
    "resolver-receipts": (ARRIVES, {"received_on": DAY}),
    "assignments": (RESOLVES, {"official_id": SOMEBODY}),
    "readings": (RESOLVES, {"reading": "general", **WHY}),
    "examinations": (WORKS, {"findings": "Đủ điều kiện (demo)"}),
    "refusals": (RESOLVES, {"ground": "no-signature", "notice": PAPER, **WHY}),
    "transfers": (COUNTER | RESOLVES | {"head": NEAR}, {"to": "Sở (demo)", "slip": PAPER, **WHY}),
    "guidances": (COUNTER | WORKS | {"head": NEAR}, {"guidance": "Nộp đơn nơi khác (demo)"}),
    "acceptances": (RESOLVES, {"accepted_on": DAY, "notice": PAPER}),
    "circumstances": (RESOLVES, {"remote": True, "complexity": "normal", **WHY}),
    "verifications": (RESOLVES, {"verifier_ids": [SOMEBODY]}),
    "evidence": (WORKS, {"kind": "document", "description": "Sổ (demo)", "obtained_on": DAY}),
    "reports": (PREPARES, {"reported_on": DAY, "differs": False, "summary": "Còn chỗ (demo)", "report": SCAN}),
    "dialogues": (
        WORKS,
        {"held_on": DAY, "chair": "Chủ trì (demo)", "agreed": True, "content": "Đã nói (demo)", "minutes": SCAN},
    ),
    "execution-suspensions": (RESOLVES, {"decision": PAPER, **WHY}),
    "execution-suspension-liftings": (RESOLVES, {"decision": PAPER, **WHY}),
    "suspensions": (RESOLVES, {"from_day": DAY, "awaited": "Bản án (demo)", "decision": PAPER}),
    "resumptions": (RESOLVES, {"resumed_on": DAY}),
    "withdrawals": (HEARS | WORKS | {"head": NEAR}, {"withdrawn_on": DAY, "paper": SCAN}),
    "terminations": (RESOLVES, {"notice": PAPER}),
    "involvements": (SEES_COMPLAINT, WHY),
    "regimes": (RESOLVES, {"regime": "KN-2", **WHY}),
    "drafts": (PREPARES, {"outcome": "upheld", "sections": [{"section": "content", "text": "Nội dung (demo)"}]}),
    "signature-requests": (PREPARES, {}),
    "returns": (RESOLVES, WHY),
    "approvals": (RESOLVES, {}),
    "issues": (NUMBERS, {"decision": PAPER}),
    "amendments": (NUMBERS, {"text": "Sửa (demo)", "decision": PAPER, **WHY}),
    "sendings": (NUMBERS, {"sent_on": DAY, "way": "by-hand"}),
    "receipt-proofs": (HEARS | NUMBERS, {"received_on": DAY, "proof": "handover-note", "paper": SCAN}),
    "effects": (RESOLVES, {"effective_on": DAY}),
    "publications": (
        RESOLVES,
        {"form": "posting", "from_day": DAY, "where": "Bảng tin (demo)", "redacted": SCAN, "confirmed": True},
    ),
    "publication-endings": (RESOLVES, WHY),
    "executions": (WORKS, {"executed_on": DAY, "report": "Đã làm (demo)"}),
    "closures": (WORKS, WHY),
    "court-notes": (HEARS | WORKS | {"head": NEAR}, {"taken_on": DAY}),
}
"""Act → who may do it to which, and a whole body."""
POSSIBLE = frozenset(
    {
        "involvements",
        "court-notes",
        "assignments",
        "regimes",
        "withdrawals",
        "transfers",
        "guidances",
        "examinations",
    }
)
"""What can be done to a complaint that its resolver has and nobody has examined: such are most of the table."""
ON_THE_WAY = dict.fromkeys((*FAR, "first, other school"), 200)
"""These two have not reached the school: they can be forwarded."""


def complaint(may: Rights | None = None, **more: Any) -> Route:
    """Read, or done to, a complaint."""
    if may is None:
        return Route(family="complaint", sees=SEES_COMPLAINT, **more)
    return Route(family="complaint", sees=SEES_COMPLAINT, may=frozenset(may), only_of=may, **more)


def shown(**more: Any) -> Route:
    """The same of a page: strangers are led to the sign-in."""
    return complaint(anonymous=303, **more)


READ = ("", "/history", "/deadlines", "/files/{file_id}")
API: dict[str, Route] = {
    "GET /api/complaints": Route(need=LISTING),
    "GET /api/complaints/competence": Route(need=LISTING),
    "POST /api/complaints": Route(need=TAKES_IN, json={}, ok=400),
    "POST /api/complaints/second": Route(need=TAKES_IN, json={}, ok=400),
    **{f"GET /api/complaints/{{case_id}}{what}": complaint() for what in READ},
    "GET /api/complaints/{case_id}/export": complaint(EXPORTS, ok=200),
    **{
        f"POST /api/complaints/{{case_id}}/{act}": complaint(may, json=json, ok=428)
        for act, (may, json) in ACTS.items()
    },
}
PAGES: dict[str, Route] = {
    "GET /complaints": Route(anonymous=303, need=LISTING, ok_of={"auditor without purpose": 303}),
    "GET /complaints/export": Route(anonymous=303, need=LISTING),
    **{
        name: Route(anonymous=303, need=TAKES_IN, ok=200 if name.startswith("GET") else 400, form=form)
        for way in ("new", "second")
        for name, form in ((f"GET /complaints/{way}", None), (f"POST /complaints/{way}", dict[str, str]()))
    },
    **{
        f"GET /complaints/{{case_id}}{what}": shown()
        for what in ("", "/history", "/history.csv", "/history.json", "/files/{file_id}", "/papers/{paper}")
    },
    "GET /complaints/{case_id}/export": shown(may=EXPORTS),
    **{
        f"GET /complaints/{{case_id}}/{{act}}#{act}": shown(
            may=may, ok=200 if act in POSSIBLE else 303, at=ON_THE_WAY if act == "forwardings" else {}
        )
        for act, (may, _json) in ACTS.items()
    },
    **{
        f"POST /complaints/{{case_id}}/{{act}}#{act}": shown(may=may, ok=428, form={})
        for act, (may, _json) in ACTS.items()
    },
}
TABLE: dict[str, Route] = {**API, **PAGES}
