"""The same of the pages: who may open and send which of them. Strangers are led to the sign-in."""

from __future__ import annotations

from typing import Any

from tests.http.rights_table import (
    ADMINISTERED,
    ADMINISTRATORS,
    AUDITORS,
    HEADS,
    INTAKE,
    READING,
    REASON,
    SEES_CASE,
    SEES_ERASURE,
    STAFF,
    Route,
)

SIGN_IN = 303
ENTERING = frozenset({*INTAKE, "officer"})
ERASING = frozenset({*INTAKE, "officer", *HEADS, "custodian"})
POSTING = frozenset({*INTAKE, *HEADS, *ADMINISTRATORS})
TEXT = {"note": "Ghi chú", "question": "Khi nào?", "document": "12/ĐN (demo)"}


def page(**more: Any) -> Route:
    """Shown to whoever is signed in, unless more is said."""
    return Route(anonymous=SIGN_IN, **more)


def form(fields: dict[str, str] | None = None, **more: Any) -> Route:
    """Sent from a page."""
    return Route(anonymous=SIGN_IN, form=fields or {}, **more)


def case_page(**more: Any) -> Route:
    """A page of a case."""
    return page(family="case", sees=SEES_CASE, **more)


ACTS: dict[str, tuple[tuple[str, ...], int]] = {
    "acknowledgements": ((*INTAKE, *HEADS), 303),
    "classifications": ((*INTAKE, *HEADS), 200),
    "assignments": ((*INTAKE, *HEADS), 200),
    "questions": (("handler",), 200),
    "replies": (INTAKE, 303),
    "drafts": (("handler",), 200),
    "release-requests": (("handler",), 303),
    "releases": (HEADS, 303),
    "returns": (HEADS, 303),
    "closures": (("handler", *HEADS), 303),
    "reopenings": (("handler", *HEADS), 303),
    "notes": (STAFF, 200),
    "reader-namings": (("handler", *HEADS), 200),
    "reader-dismissals": (("handler", *HEADS), 303),
    "restrictions": ((*INTAKE, *HEADS), 200),
    "hand-overs": (HEADS, 200),
    "involvements": (STAFF, 200),
}
"""Act → who may, and what its form answers for a case that is classified and in hand: 303 where it is not the time."""
ERASURE_ACTS: dict[str, tuple[str, ...]] = {
    "erasure-requests": (*INTAKE, "officer", *HEADS),
    "erasure-approvals": ("custodian", *HEADS),
    "erasure-refusals": ("custodian", *HEADS),
    "legal-holds": ("custodian", *HEADS),
    "legal-hold-liftings": ("custodian", *HEADS),
}
EMPTY_FORM = 400
"""What is missing stands at its field; nothing was done."""

PAGES: dict[str, Route] = {
    "GET /": page(ok_of={"administrator": 303, "auditor without purpose": 303}),
    "GET /work": page(ok_of={"administrator": 303, "auditor without purpose": 303}),
    "GET /cases": page(need=READING, ok_of={"auditor without purpose": 303}),
    "GET /cases/export": page(need=READING),
    "GET /release": page(need=frozenset(HEADS)),
    "GET /paper": page(need=ENTERING),
    "POST /paper": form(need=ENTERING, ok=EMPTY_FORM),
    "GET /erasures": page(need=ERASING),
    "GET /qr": page(need=POSTING),
    "GET /purpose": page(need=AUDITORS),
    "POST /purpose": form(need=AUDITORS, ok=EMPTY_FORM),
    "GET /cases/{case_id}": case_page(),
    "GET /cases/{case_id}/history": case_page(),
    "GET /cases/{case_id}/history.csv": case_page(),
    "GET /cases/{case_id}/history.json": case_page(),
    "GET /cases/{case_id}/compare": case_page(ok=303),
    "GET /cases/{case_id}/files/{file_id}": case_page(),
    "GET /cases/{case_id}/contact": case_page(may=frozenset({"handler"})),
    "POST /cases/{case_id}/contact": form(REASON, family="case", sees=SEES_CASE, may=frozenset({"handler"}), ok=428),
    **{
        f"GET /cases/{{case_id}}/{{act}}#{act}": case_page(may=frozenset(may), ok=shown)
        for act, (may, shown) in ACTS.items()
    },
    **{
        f"POST /cases/{{case_id}}/{{act}}#{act}": form(
            TEXT | REASON, family="case", sees=SEES_CASE, may=frozenset(may), ok=428
        )
        for act, (may, _shown) in ACTS.items()
    },
    "GET /cases/{case_id}/erasure": page(family="case", sees=SEES_ERASURE),
    **{
        f"POST /cases/{{case_id}}/erasure/{{act}}#{act}": form(
            family="case", sees=SEES_ERASURE, may=frozenset(may), ok=EMPTY_FORM
        )
        for act, may in ERASURE_ACTS.items()
    },
    "GET /accounts": page(need=ADMINISTRATORS),
    "GET /accounts/new": page(need=ADMINISTRATORS),
    "POST /accounts/new": form(need=ADMINISTRATORS, ok=EMPTY_FORM),
    "GET /accounts/{account_id}": page(family="account", need=ADMINISTRATORS, sees=ADMINISTERED),
    "POST /accounts/{account_id}/{act}#locks": form(
        family="account", need=ADMINISTRATORS, sees=ADMINISTERED, ok=EMPTY_FORM
    ),
    "GET /sign-in": Route(anonymous=200, ok=303),
    "POST /sign-in": Route(anonymous=400, ok=400, form={}),
    "POST /sign-out": Route(anonymous=303, ok=303, form={}, throwaway=True),
    "GET /posts": page(),
    "POST /posts": form(ok=EMPTY_FORM),
    "GET /password": page(),
    "POST /password": form(ok=EMPTY_FORM),
    "GET /sessions": page(),
    "POST /sessions/end": form(ok=404),
    "POST /sessions/end-others": form(ok=303, throwaway=True),
    "GET /p": Route(anonymous=200),
    "GET /p/{unit}": Route(anonymous=200),
    "GET /p/{unit}/form": Route(anonymous=200),
    "POST /p/{unit}/form": Route(anonymous=400, ok=400, form={}),
    "GET /p/privacy": Route(anonymous=200),
    "GET /p/signed": Route(anonymous=200),
    "GET /p/track": Route(anonymous=200),
    "POST /p/track": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD"}),
    "POST /p/track/reply": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD", "reply": "x"}),
    "POST /p/track/review": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD", "reason": "x"}),
    "GET /static/{name}": Route(anonymous=404, ok=404),
}
