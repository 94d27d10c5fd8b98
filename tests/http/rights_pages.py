"""The same of the pages: who may open and send which of them. Strangers are led to the sign-in."""

from __future__ import annotations

from typing import Any

from application.dialogue_access import MAY as DIALOGUE_ACTS
from tests.http.rights_table import (
    ADMINISTERED,
    ADMINISTRATORS,
    AUDITORS,
    COMPLAINTS_ALONE,
    COUNTING,
    COUNTING_COMPLAINTS,
    EXPORTING,
    HEADS,
    HOLDERS,
    HOLDING,
    INTAKE,
    KEEPING,
    MEETING,
    OWN_SCHOOL,
    PROTECTING,
    PROTECTORS,
    READING,
    REASON,
    RECEIVING,
    RECEPTION_READERS,
    SCHOOLS,
    SEES_CASE,
    SEES_DIALOGUE,
    SEES_ERASURE,
    SEES_EXPLANATION,
    SEES_RECEPTION,
    SEES_TASK,
    STAFF,
    TAKING_IN,
    TOLD,
    Route,
)

SIGN_IN = 303
LED_ELSEWHERE = SCHOOLS | COMPLAINTS_ALONE | {"administrator", "auditor without purpose"}
"""Who begins the day at another page than the list of work."""
ENTERING = frozenset({*INTAKE, "officer"})
ERASING = frozenset({*INTAKE, "officer", *HEADS, "custodian"})
RUNNING = frozenset({*STAFF, *ADMINISTRATORS, *AUDITORS})
POSTING = frozenset({*INTAKE, *HEADS, *ADMINISTRATORS})
DIALOGUES = frozenset({*MEETING, "auditor with purpose"})
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
    "splits": (TAKING_IN, 200),
    "duplicate-links": (TAKING_IN, 200),
    "duplicate-unlinkings": (TAKING_IN, 303),
    "transfers": (HOLDING, 200),
    "transfer-recalls": (HOLDING, 303),
    "guidances": (HOLDING, 200),
    "guidance-withdrawals": (HOLDING, 303),
    "ineligibility-findings": (HOLDING, 200),
    "ineligibility-revocations": (HOLDING, 303),
    "purges": (HEADS, 303),
    "spam-proposals": (TAKING_IN, 200),
    "spam-confirmations": (TAKING_IN, 303),
    "spam-refusals": (TAKING_IN, 303),
    "spam-revocations": (TAKING_IN, 303),
    "withdrawals": (INTAKE, 200),
    "information-openings": (HOLDING, 200),
    "correction-drafts": (HOLDING, 303),
    "correction-returns": (HEADS, 303),
    "corrections": (HEADS, 303),
    "hidden-words": (TAKING_IN, 200),
    "information-assessments": (HOLDING, 303),
    "superior-referrals": (HOLDING, 200),
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
    "GET /": page(ok_of=dict.fromkeys(LED_ELSEWHERE, SIGN_IN)),
    "GET /work": page(ok_of=dict.fromkeys(LED_ELSEWHERE, SIGN_IN)),
    "GET /cases": page(need=READING, ok_of={"auditor without purpose": 303}),
    "GET /cases/comparison": page(need=READING, ok=303),
    "GET /cases/export": page(need=READING),
    "GET /work/export": page(need=READING),
    "GET /dashboard": page(need=COUNTING, ok_of={"auditor without purpose": 303}),
    "GET /dashboard/export": page(need=COUNTING),
    "GET /complaints/figures": page(need=COUNTING_COMPLAINTS, ok_of={"auditor without purpose": 303}),
    "GET /complaints/figures/export": page(need=COUNTING_COMPLAINTS),
    "GET /cases/{case_id}/export": case_page(may=EXPORTING),
    "GET /release": page(need=frozenset(HEADS)),
    "GET /alone": page(need=frozenset({*HEADS, *AUDITORS}), ok_of={"auditor without purpose": 303}),
    "GET /work/several": page(ok=404),
    "POST /work/several#assign": form({"act": "assign"}, may=frozenset(TAKING_IN), ok=EMPTY_FORM),
    "POST /work/several#link": form({"act": "link"}, may=frozenset({*TAKING_IN, "officer"}), ok=EMPTY_FORM),
    "GET /notices": page(need=TOLD),
    "POST /notices/read": form(need=TOLD, ok=303),
    "GET /notices/mine": page(need=TOLD),
    **{
        f"POST /notices/mine/{{act}}#{act}": form(need=TOLD, ok=ok)
        for act, ok in (("address", EMPTY_FORM), ("withdrawal", 428), ("mails", 428))
    },
    "GET /duty": page(need=KEEPING),
    "POST /duty": form(need=KEEPING, ok=EMPTY_FORM),
    "POST /duty/endings": form(need=KEEPING, ok=428),
    "GET /paper": page(need=ENTERING),
    "POST /paper": form(need=ENTERING, ok=EMPTY_FORM),
    "GET /paper/batch": page(need=ENTERING),
    "POST /paper/batch": form(need=ENTERING, ok=EMPTY_FORM),
    "GET /assist": page(need=ENTERING),
    "POST /assist": form(need=ENTERING, ok=EMPTY_FORM),
    **{
        f"POST /assist/{act}": form({"code": "AAAABBBBCCCCDDDD", "reason": "x"}, need=ENTERING, ok=EMPTY_FORM)
        for act in ("part", "reply", "review", "withdraw")
    },
    "GET /cases/{case_id}/receipt": page(family="case", sees={}),
    "GET /cases/{case_id}/slip": page(family="case", sees={}),
    "GET /erasures": page(need=ERASING),
    "GET /qr": page(need=POSTING),
    "GET /qr/sheets.pdf": page(need=POSTING),
    "GET /screening": page(need=frozenset({*INTAKE, *HEADS})),
    "POST /screening": form(need=frozenset({*INTAKE, *HEADS}), ok=303),
    "GET /public-contact": page(need=frozenset({*HEADS, *ADMINISTRATORS})),
    "POST /public-contact": form(need=frozenset({*HEADS, *ADMINISTRATORS}), ok=EMPTY_FORM),
    "GET /purpose": page(need=AUDITORS),
    "POST /purpose": form(need=AUDITORS, ok=EMPTY_FORM),
    "GET /cases/{case_id}": case_page(),
    "GET /cases/{case_id}/history": case_page(),
    "GET /cases/{case_id}/history.csv": case_page(),
    "GET /cases/{case_id}/history.json": case_page(),
    "GET /cases/{case_id}/compare": case_page(ok=303),
    "GET /cases/{case_id}/files/{file_id}": case_page(),
    "GET /cases/{case_id}/files/{file_id}/original": page(family="case", sees={}),
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
    "GET /cases/{case_id}/explanation-requests": case_page(may=frozenset({"handler"})),
    "POST /cases/{case_id}/explanation-requests": form(
        family="case", sees=SEES_CASE, may=frozenset({"handler"}), ok=428
    ),
    "GET /explanations": page(need=READING),
    "GET /explanations/export": page(need=READING),
    "GET /explanations/{explanation_id}": page(family="explanation", sees=SEES_EXPLANATION),
    "GET /explanations/{explanation_id}/files/{file_id}": page(family="explanation", sees={}),
    **{
        f"POST /explanations/{{explanation_id}}/{{act}}#{act}": form(
            REASON, family="explanation", sees=SEES_EXPLANATION, may=frozenset({"handler"}), ok=428
        )
        for act in ("recalls", "more-time-grants", "more-time-refusals")
    },
    "GET /protection": page(need=PROTECTING),
    "GET /protection/export": page(need=PROTECTING),
    "GET /protection/{task_id}": page(family="task", sees=SEES_TASK),
    **{
        f"POST /protection/{{task_id}}/{{act}}#{act}": form(
            REASON, family="task", sees=SEES_TASK, may=frozenset(may), ok=428
        )
        for act, may in (
            ("takings", PROTECTORS),
            ("measures", HOLDERS),
            ("closures", HOLDERS),
            ("hand-overs", PROTECTORS),
        )
    },
    "GET /receptions": page(need=RECEPTION_READERS),
    "GET /receptions/export": page(need=RECEPTION_READERS),
    "GET /receptions/new": page(need=RECEIVING),
    "POST /receptions/new": form(need=RECEIVING, ok=EMPTY_FORM),
    "GET /receptions/register": page(need=RECEPTION_READERS),
    "GET /receptions/register/export": page(need=RECEPTION_READERS),
    "GET /receptions/{day_id}": page(family="reception", sees=SEES_RECEPTION),
    "GET /receptions/{day_id}/files/{file_id}": page(family="reception", sees={}),
    "GET /receptions/{day_id}/sheets/{number}": page(family="reception", sees=SEES_RECEPTION),
    **{
        f"GET /receptions/{{day_id}}/{{act}}#{act}": page(family="reception", sees=SEES_RECEPTION, may=RECEIVING)
        for act in ("visits", "closings", "reopenings", "day-corrections")
    },
    **{
        f"POST /receptions/{{day_id}}/{{act}}#{act}": form(
            REASON, family="reception", sees=SEES_RECEPTION, may=RECEIVING, ok=428
        )
        for act in ("visits", "minutes", "links", "corrections", "closings", "reopenings", "day-corrections")
    },
    "GET /dialogues": page(need=DIALOGUES),
    "GET /dialogues/export": page(need=DIALOGUES),
    "GET /dialogues/plan": page(need=frozenset(MEETING)),
    "POST /dialogues/plan": form(need=frozenset(MEETING), ok=400),
    **{
        f"GET /dialogues/{{dialogue_id}}{tail}": page(family="dialogue", sees=SEES_DIALOGUE)
        for tail in ("", "/opinions", "/opinions/{number}", "/rows", "/export")
    },
    "GET /dialogues/{dialogue_id}/minutes": page(family="dialogue", sees={}),
    **{
        f"POST /dialogues/{{dialogue_id}}/acts/{{act}}#{act}": form(
            REASON,
            family="dialogue",
            sees=SEES_DIALOGUE,
            may=frozenset(HEADS if act in {"closures", "publications", "withdrawals"} else MEETING),
            ok=428,
        )
        for act in sorted(DIALOGUE_ACTS)
    },
    "GET /school": page(need=SCHOOLS),
    "GET /school/requests/{explanation_id}": page(family="explanation", sees=OWN_SCHOOL),
    "GET /school/requests/{explanation_id}/files/{file_id}": page(family="explanation", sees={}),
    **{
        f"POST /school/requests/{{explanation_id}}/{{act}}#{act}": form(
            REASON, family="explanation", sees=OWN_SCHOOL, ok=428
        )
        for act in ("answers", "more-time-requests")
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
    "GET /accounts/export": page(need=ADMINISTRATORS),
    "GET /administration": page(need=RUNNING),
    "GET /arrangements": page(need=frozenset(STAFF)),
    "POST /arrangements/{act}#stand-ins": form(need=frozenset(STAFF), ok=EMPTY_FORM),
    "POST /arrangements/{act}#delegations": form(need=frozenset(STAFF), may=frozenset(HEADS), ok=EMPTY_FORM),
    "GET /hand-over": page(need=frozenset({*INTAKE, *HEADS})),
    "POST /hand-over": form(need=frozenset({*INTAKE, *HEADS}), ok=EMPTY_FORM),
    "GET /categories": page(need=RUNNING),
    "POST /categories/{act}#narrowings": form(need=RUNNING, may=KEEPING, ok=EMPTY_FORM),
    "GET /places": page(need=ADMINISTRATORS),
    "POST /places/{act}#wards": form(need=ADMINISTRATORS, ok=EMPTY_FORM),
    "POST /places/{act}#units": form(need=ADMINISTRATORS, ok=EMPTY_FORM),
    "GET /policies": page(need=RUNNING),
    "POST /policies/{act}#adoptions": form(need=RUNNING, may=KEEPING, ok=EMPTY_FORM),
    "GET /calendar": page(need=RUNNING),
    "GET /calendar/change": page(need=ADMINISTRATORS),
    "POST /calendar/change": form(need=ADMINISTRATORS, ok=EMPTY_FORM),
    "GET /calendar/progress": page(need=ADMINISTRATORS),
    "GET /second-step": page(ok=303),
    "POST /second-step": form(ok=EMPTY_FORM),
    "GET /second-factor": page(),
    "POST /second-factor": form(ok=EMPTY_FORM),
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
    "GET /p/dialogues/{dialogue_id}": Route(family="dialogue", sees={}, anonymous=404),
    "GET /p": Route(anonymous=200),
    "GET /p/{unit}": Route(anonymous=200),
    "GET /p/{unit}/form": Route(anonymous=200),
    "POST /p/{unit}/form": Route(anonymous=400, ok=400, form={}),
    "GET /p/privacy": Route(anonymous=200),
    "GET /p/signed": Route(anonymous=200),
    "GET /p/developers": Route(anonymous=200),
    **{
        f"GET /open311/v2/{name}.{form}": Route(anonymous=200)
        for name in ("discovery", "services", "requests")
        for form in ("json", "xml")
    },
    **{f"POST /open311/v2/requests.{form}": Route(anonymous=400, ok=400, form={}) for form in ("json", "xml")},
    **{f"GET /open311/v2/{kind}/{{name}}": Route(anonymous=404, ok=404) for kind in ("services", "requests", "tokens")},
    "GET /p/track": Route(anonymous=200),
    "POST /p/track": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD"}),
    "POST /p/track/reply": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD", "reply": "x"}),
    "POST /p/track/withdraw": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD"}),
    "POST /p/track/worse": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD", "text": "x", "go": "send"}),
    "POST /p/track/review": Route(anonymous=404, ok=404, form={"code": "AAAABBBBCCCCDDDD", "reason": "x"}),
    "GET /favicon.ico": Route(anonymous=200),
    "GET /static/{name}": Route(anonymous=404, ok=404),
}
