"""Who may see and do what at which address, written out by hand: the policy table that the matrix is held against."""

from __future__ import annotations

from typing import Any

import msgspec

ROLES: dict[str, str] = {
    "anonymous": "",
    "handler": "mai",
    "intake, own area": "lan",
    "intake, other area": "nga",
    "officer": "thu",
    "head": "son",
    "auditor without purpose": "van",
    "auditor with purpose": "vinh",
    "custodian": "kho",
    "child contact": "anh",
    "administrator": "tung",
    "school": "hoa",
    "principal": "binh",
    "school officer": "thuy",
    "registry": "nhi",
    "other head": "dung",
}
"""The person of the town in each role. `handler` holds the cases of the own area, restricted ones too."""
EVERYBODY = frozenset(ROLES) - {"anonymous"}
COMPLAINTS_ALONE = frozenset({"school officer", "registry"})
"""Posts that have to do with complaints and with nothing else."""
SCHOOLS = frozenset({"school", "principal"})
"""Answer the requests that are made to the school."""
READING = EVERYBODY - {"administrator"} - SCHOOLS - COMPLAINTS_ALONE
TOLD = READING | COMPLAINTS_ALONE | {"principal"}
"""Have notices: also those who only have to do with complaints."""
AT_HOME = EVERYBODY - {"other head"}

OBJECTS: dict[str, tuple[str, ...]] = {
    "case": ("own area", "other area", "other authority", "restricted", "child-protected", "missing", "malformed"),
    "account": ("own authority", "other authority", "missing", "malformed"),
    "authority": ("own authority", "other authority", "missing", "malformed"),
    "explanation": ("own area", "other authority", "missing", "malformed"),
    "reception": ("own authority", "other authority", "missing", "malformed"),
    "task": ("own area", "other area", "other authority", "restricted", "child-protected", "missing", "malformed"),
    "dialogue": ("own authority", "closed", "other authority", "missing", "malformed"),
    "complaint": (
        "first, taken in here",
        "first, other school",
        "first, taken in at school",
        "against the authority",
        "taken in elsewhere",
        "missing",
        "malformed",
    ),
    "place": ("own authority", "other authority", "missing", "malformed"),
    "session": ("missing", "malformed"),
    "nothing": ("-",),
}
NOWHERE: frozenset[str] = frozenset()
HEAD_SEES = frozenset({"own area", "other area", "restricted", "child-protected"})
SEES_CASE: dict[str, frozenset[str]] = {
    "handler": frozenset({"own area", "restricted", "child-protected"}),
    "intake, own area": frozenset({"own area"}),
    "intake, other area": frozenset({"other area"}),
    "officer": frozenset({"own area"}),
    "head": HEAD_SEES,
    "auditor without purpose": NOWHERE,
    "auditor with purpose": frozenset({"own area"}),
    "custodian": NOWHERE,
    "child contact": frozenset({"child-protected"}),
    "administrator": NOWHERE,
    **dict.fromkeys(SCHOOLS | COMPLAINTS_ALONE, NOWHERE),
    "other head": frozenset({"other authority"}),
}
SEES_ERASURE = {**SEES_CASE, "custodian": HEAD_SEES, "auditor with purpose": NOWHERE, "child contact": NOWHERE}
"""The custodian of the authority decides about any case's data; auditors and child contacts have no part in it."""
SEES_EXPLANATION = {role: seen & {"own area", "other authority"} for role, seen in SEES_CASE.items()}
"""By the right on the case behind it; a school has no part in that."""
SEES_TASK: dict[str, frozenset[str]] = {
    "head": HEAD_SEES,
    "child contact": HEAD_SEES,
    "auditor with purpose": frozenset({"own area"}),
    "other head": frozenset({"other authority"}),
}
"""Reports of worse treatment: the few of the authority, whether they see the case or not. Not its handler."""
RECEIVING = frozenset({"handler", "intake, own area", "intake, other area", "officer", "head", "other head"})
"""Roles that keep the register of reception."""
SEES_RECEPTION = {
    role: frozenset({"other authority" if role == "other head" else "own authority"})
    for role in (*RECEIVING, "auditor with purpose")
}
RECEPTION_READERS = RECEIVING | {"auditor with purpose"}
HAS_DIALOGUES = frozenset(
    {"handler", "intake, own area", "intake, other area", "officer", "head", "auditor with purpose"}
)
SEES_DIALOGUE: dict[str, frozenset[str]] = {
    **{role: frozenset({"own authority", "closed"}) for role in HAS_DIALOGUES},
    "other head": frozenset({"other authority"}),
}
"""Meetings of the own authority, whatever the area."""
OWN_SCHOOL = dict.fromkeys(SCHOOLS, frozenset({"own area"}))
COLLEAGUES = {role: frozenset({"own authority"}) for role in AT_HOME} | {"other head": frozenset({"other authority"})}
ADMINISTERED = {"administrator": frozenset({"own authority"})}
PUBLIC_REGISTER = {role: frozenset({"own authority", "other authority"}) for role in EVERYBODY}
"""Authorities and places are known to everybody who is signed in."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """What an address answers.

    `sees`: role → objects; everything else is 404. `may`: the roles that get `ok` of what they see, or of `only` that
    (`only_of`: where it depends on the role); the others 403. `need`: roles without which the whole address is 403.
    `ok` may depend on the role.
    """

    family: str = "nothing"
    sees: dict[str, frozenset[str]] | None = None
    may: frozenset[str] = EVERYBODY
    need: frozenset[str] = EVERYBODY
    only: frozenset[str] | None = None
    only_of: dict[str, frozenset[str]] = {}
    ok: int = 200
    ok_of: dict[str, int] = {}
    at: dict[str, int] = {}
    """Objects about which whoever may is answered otherwise."""
    anonymous: int = 401
    json: Any = None
    form: dict[str, str] | None = None
    throwaway: bool = False
    """Ends the session that asks: asked with one of its own."""

    def expected(self, role: str, thing: str) -> int:
        """The status."""
        if role == "anonymous":
            return self.anonymous
        if role not in self.need:
            return 403
        if self.sees is not None and thing not in self.sees.get(role, NOWHERE):
            return 404
        only = self.only_of.get(role, self.only)
        allowed = role in self.may and (only is None or thing in only)
        return self.at.get(thing, self.ok_of.get(role, self.ok)) if allowed else 403


def reads(**more: Any) -> Route:
    """A case, read."""
    return Route(family="case", sees=SEES_CASE, **more)


def acts(*may: str, json: Any = None, sees: dict[str, frozenset[str]] = SEES_CASE, **more: Any) -> Route:
    """An intention about a case, complete but for the version that was seen: who may do it is asked for that."""
    return Route(family="case", sees=sees, may=frozenset(may), ok=428, json=json or {}, **more)


def explanation(sees: dict[str, frozenset[str]] = SEES_EXPLANATION, **more: Any) -> Route:
    """A request for explanation."""
    return Route(family="explanation", sees=sees, **more)


def task(*may: str, json: Any) -> Route:
    """An intention about a report of worse treatment, without the version."""
    return Route(family="task", sees=SEES_TASK, may=frozenset(may), json=json, ok=428)


def reception(json: Any) -> Route:
    """An intention about a day of reception, without the version."""
    return Route(family="reception", sees=SEES_RECEPTION, may=RECEIVING, json=json, ok=428)


def meeting(json: Any, *may: str, **more: Any) -> Route:
    """An intention about a dialogue meeting, without the version."""
    return Route(family="dialogue", sees=SEES_DIALOGUE, json=json, ok=428, may=frozenset(may), **more)


EXPORTING = frozenset({"handler", "head", "other head", "auditor with purpose"})
COUNTING = READING - {"custodian", "child contact"}
COUNTING_COMPLAINTS = COUNTING | COMPLAINTS_ALONE | {"principal"}
ADMINISTRATORS = frozenset({"administrator"})
AUDITORS = frozenset({"auditor with purpose", "auditor without purpose"})
OWN = frozenset({"own authority"})
INTAKE = ("intake, own area", "intake, other area", "handler")
HEADS = ("head", "other head")
STAFF = (*INTAKE, *HEADS, "officer", "child contact", "custodian")
KEEPING = frozenset({*HEADS, *ADMINISTRATORS})
"""Who says what the authority itself rules."""
RECEPTION_DAY = {"day": "2026-01-02", "place": "Phòng tiếp công dân (demo)", "kind": "regular"}
"""Without who received, which a rule refuses."""
RECEPTION_VISIT = {
    "people": "Người đến (demo)",
    "content": "Hỏi thủ tục (demo)",
    "kind": "feedback",
    "result": "guided",
}
SOME_ID = "0a3f8a52-6f0a-4b7e-9b52-3f2f0d5f9a11"
REASON = {"reason": "Lý do (demo)"}
READER = {"official_id": SOME_ID, **REASON}
POST = {"title": "Vị trí (demo)", "roles": ["officer"], "authority_id": "DOI_THONG", "from_day": "2026-01-01"}
PAPER = {"document": "12/ĐN (demo)"}
CLASSIFY = {"kind": "feedback", "category": "facilities", "title": "Bàn ghế hỏng", "requests": ["Sửa bàn ghế"]}
DAYS = {"from_day": "2026-01-01", "until_day": "2026-01-02"}


def account(sees: dict[str, frozenset[str]], json: Any, *may: str) -> Route:
    """An intention about an account, without the version."""
    return Route(family="account", sees=sees, json=json, ok=428, may=frozenset(may) or EVERYBODY)


def body_of(json: Any, ok: int = 428) -> Route:
    """An intention about an authority, by its administrators."""
    return Route(family="authority", sees=PUBLIC_REGISTER, json=json, ok=ok, may=ADMINISTRATORS, only=OWN)


def place_of(json: Any) -> Route:
    """An intention about a place, by the administrators of who is competent."""
    return Route(family="place", sees=PUBLIC_REGISTER, json=json, ok=428, may=ADMINISTRATORS, only=OWN)


HOLDING = ("handler", *HEADS)
PROTECTORS, HOLDERS = ("child contact", *HEADS), ("child contact", "other head")
"""Who may have a report of worse treatment in hand, and who has those of the table."""
PROTECTING = frozenset({*PROTECTORS, "auditor with purpose"})
TAKING_IN = (*INTAKE, *HEADS)
MEETING = (*INTAKE, *HEADS, "officer")
"""Who works on dialogue meetings."""
GUIDANCE = {"guidance": "Nộp đơn tại trụ sở (demo)"}
ANSWERED = {"outcome": "explained", "parts": [], **REASON}
OTHER_WAYS: tuple[tuple[str, str, tuple[str, ...], Any, dict[str, int]], ...] = (
    ("submissions", "splits", TAKING_IN, {"parts": [[1], [2]], **REASON}, {}),
    ("submissions", "duplicate-links", TAKING_IN, {"of": SOME_ID, **REASON}, {}),
    ("submissions", "duplicate-unlinkings", TAKING_IN, REASON, {}),
    ("submissions", "transfers", HOLDING, {"receiver": "Công an (demo)", "where_to_ask": "Số 1", **REASON}, {}),
    ("submissions", "transfer-recalls", HOLDING, REASON, {}),
    ("submissions", "guidances", HOLDING, {"to": "complaint", **GUIDANCE}, {}),
    ("submissions", "guidance-withdrawals", HOLDING, REASON, {}),
    ("submissions", "ineligibility-findings", HOLDING, {"ground": "unreadable", **REASON}, {}),
    ("submissions", "ineligibility-revocations", HOLDING, REASON, {}),
    ("submissions", "purges", HEADS, PAPER, {}),
    ("submissions", "spam-proposals", TAKING_IN, REASON, {}),
    ("submissions", "spam-confirmations", TAKING_IN, {}, {}),
    ("submissions", "spam-refusals", TAKING_IN, REASON, {}),
    ("submissions", "spam-revocations", TAKING_IN, REASON, {}),
    ("submissions", "withdrawals", INTAKE, {"channel": "hotline"}, {}),
    ("submissions", "information-openings", HOLDING, {**GUIDANCE, **REASON}, {}),
    ("feedback", "correction-drafts", HOLDING, ANSWERED, {}),
    ("feedback", "correction-returns", HEADS, REASON, {}),
    ("feedback", "corrections", HEADS, {}, {}),
    ("feedback", "hidden-words", TAKING_IN, {"place": "content", "text": "Lớp […] (demo)", **REASON}, {}),
    ("feedback", "information-assessments", HOLDING, {"result": "stored", "assessment": "Lưu (demo)"}, {}),
    ("feedback", "superior-referrals", HOLDING, REASON, {"other head": 409}),  # has no superior
)
"""Area, action, who may, a body, and who is answered otherwise."""

API: dict[str, Route] = {
    "GET /api/cases": Route(need=READING),
    "GET /api/figures": Route(may=COUNTING),
    "GET /api/complaint-figures": Route(need=COUNTING_COMPLAINTS),
    "GET /api/alone-decisions": Route(need=frozenset({*HEADS, *AUDITORS})),
    "GET /api/cases/{case_id}": reads(),
    "GET /api/cases/{case_id}/history": reads(),
    "GET /api/cases/{case_id}/differences": reads(),
    "GET /api/cases/{case_id}/export": reads(may=EXPORTING),
    "GET /api/cases/{case_id}/deadlines": reads(),
    "GET /api/cases/{case_id}/files/{file_id}": reads(),
    "GET /api/cases/{case_id}/files/{file_id}/original": Route(family="case", sees={}),
    "POST /api/submissions/{case_id}/acknowledgements": acts(*INTAKE, *HEADS),
    "POST /api/submissions/{case_id}/classifications": acts(*INTAKE, *HEADS, json=CLASSIFY),
    "POST /api/submissions/{case_id}/assignments": acts(
        *INTAKE, *HEADS, json={"handler_id": "MAI"}, ok_of={"other head": 400}
    ),
    "POST /api/submissions/{case_id}/identity-disclosures": acts("handler", json=REASON),
    "POST /api/feedback/{case_id}/questions": acts("handler", json={"question": "Khi nào?"}),
    "POST /api/feedback/{case_id}/replies": acts(*INTAKE, json={"question": 1, "text": "Hôm qua", "channel": "post"}),
    "POST /api/feedback/{case_id}/drafts": acts("handler", json={"outcome": "resolved", "parts": []}),
    "POST /api/feedback/{case_id}/release-requests": acts("handler"),
    "POST /api/feedback/{case_id}/returns": acts(*HEADS, json=REASON),
    "POST /api/feedback/{case_id}/releases": acts(*HEADS),
    "POST /api/feedback/{case_id}/closures": acts("handler", *HEADS, json=REASON),
    "POST /api/feedback/{case_id}/reopenings": acts("handler", *HEADS, json=REASON),
    "POST /api/feedback/{case_id}/notes": acts(*STAFF, json={"note": "Ghi chú"}),
    "POST /api/feedback/{case_id}/involvements": acts(*STAFF),
    "POST /api/feedback/{case_id}/restrictions": acts(*INTAKE, *HEADS, json={"sensitivity": "restricted", **REASON}),
    "POST /api/feedback/{case_id}/reader-namings": acts(
        "handler", *HEADS, json={**READER, "official_id": "MAI"}, ok_of={"other head": 400}
    ),
    "POST /api/feedback/{case_id}/reader-dismissals": acts("handler", *HEADS, json=READER),
    "POST /api/feedback/{case_id}/hand-overs": acts(*HEADS, json={"to_authority_id": SOME_ID, **REASON}),
    **{
        f"POST /api/{area}/{{case_id}}/{action}": acts(*may, json=json, ok_of=ok_of)
        for area, action, may, json, ok_of in OTHER_WAYS
    },
    "GET /api/feedback/{case_id}/explanation-requests": reads(),
    "POST /api/feedback/{case_id}/explanation-requests": acts(
        "handler", json={"questions": ["Thu khoản nào?"], "could_know": 40, "preview_confirmed": True}
    ),
    "GET /api/explanations": Route(need=READING),
    "GET /api/explanations/{explanation_id}": explanation(),
    "GET /api/explanations/{explanation_id}/files/{file_id}": explanation({}),
    "POST /api/explanations/{explanation_id}/recalls": explanation(json=REASON, ok=428, may=frozenset({"handler"})),
    "POST /api/explanations/{explanation_id}/more-time-grants": explanation(
        json={}, ok=428, may=frozenset({"handler"})
    ),
    "POST /api/explanations/{explanation_id}/more-time-refusals": explanation(
        json=REASON, ok=428, may=frozenset({"handler"})
    ),
    "GET /api/protection-tasks": Route(need=PROTECTING),
    "GET /api/protection-tasks/{task_id}": Route(family="task", sees=SEES_TASK),
    "POST /api/protection-tasks/{task_id}/takings": task(*PROTECTORS, json={}),
    "POST /api/protection-tasks/{task_id}/measures": task(*HOLDERS, json={"note": "Đã gặp phụ huynh (demo)"}),
    "POST /api/protection-tasks/{task_id}/closures": task(*HOLDERS, json={"outcome": "referred", "words": "Đã chuyển"}),
    "POST /api/protection-tasks/{task_id}/hand-overs": task(*PROTECTORS, json={"official_id": SOME_ID}),
    "GET /api/dialogues": Route(need=HAS_DIALOGUES | {"other head"}),
    "POST /api/dialogues": Route(json={}, need=frozenset(MEETING), ok=400),
    "GET /api/dialogues/{dialogue_id}": Route(family="dialogue", sees=SEES_DIALOGUE),
    "GET /api/dialogues/{dialogue_id}/minutes": Route(family="dialogue", sees={}),
    **{
        f"POST /api/dialogues/{{dialogue_id}}/{action}": meeting(json, *may)
        for action, may, json in (
            ("announcements", MEETING, {"announced_on": "2026-01-02", "how": "Niêm yết (demo)"}),
            ("meetings", MEETING, {"held_on": "2026-01-02", "participants": 12}),
            ("minutes", MEETING, {"name": "bien-ban.pdf", "content": "JVBERi0="}),
            ("opinions", MEETING, {"rows": []}),
            ("row-dismissals", MEETING, {"row_id": SOME_ID, **REASON}),
            ("routings", MEETING, {"numbers": [1], "level": "school", "due_on": "2026-01-02", "due_reason": "Hẹn"}),
            ("answers", MEETING, {"number": 1, "answer": "Đã sửa (demo)", "answered_on": "2026-01-02"}),
            ("transfers", MEETING, {"numbers": [1], "receiver": "Sở (demo)", "transferred_on": "2026-01-02"}),
            ("reopenings", MEETING, {"number": 1, **REASON}),
            ("summaries", MEETING, {"text": "Tổng hợp (demo)"}),
            ("closures", HEADS, {}),
            ("publications", HEADS, {"text": "Kết quả (demo)", "confirmed": True}),
            ("withdrawals", HEADS, REASON),
        )
    },
    "GET /api/receptions": Route(need=RECEPTION_READERS),
    "POST /api/receptions": Route(need=RECEIVING, json=RECEPTION_DAY, ok=409),
    "GET /api/receptions/register": Route(need=RECEPTION_READERS),
    "GET /api/receptions/{day_id}": Route(family="reception", sees=SEES_RECEPTION),
    "GET /api/receptions/{day_id}/files/{file_id}": Route(family="reception", sees={}),
    "POST /api/receptions/{day_id}/visits": reception(RECEPTION_VISIT),
    "POST /api/receptions/{day_id}/corrections": reception({**RECEPTION_VISIT, "number": 1, **REASON}),
    "POST /api/receptions/{day_id}/minutes": reception({"number": 1, "signing": "signature", "scans": []}),
    "POST /api/receptions/{day_id}/links": Route(
        family="reception",
        sees=SEES_RECEPTION,
        may=RECEIVING,
        json={"number": 1, "case_number": "PA-0"},
        ok=409,
    ),
    "POST /api/receptions/{day_id}/day-corrections": reception({**RECEPTION_DAY, **REASON}),
    "POST /api/receptions/{day_id}/closings": reception({}),
    "POST /api/receptions/{day_id}/reopenings": reception(REASON),
    "GET /api/school/requests": Route(need=SCHOOLS),
    "GET /api/school/requests/{explanation_id}": explanation(OWN_SCHOOL),
    "GET /api/school/requests/{explanation_id}/files/{file_id}": explanation({}),
    "POST /api/school/requests/{explanation_id}/answers": explanation(OWN_SCHOOL, json={"parts": []}, ok=428),
    "POST /api/school/requests/{explanation_id}/more-time-requests": explanation(
        OWN_SCHOOL, json={"until": "2030-01-02", **REASON}, ok=428
    ),
    "GET /api/cases/{case_id}/erasure": Route(family="case", sees=SEES_ERASURE),
    "POST /api/cases/{case_id}/erasure-requests": acts(
        *INTAKE, "officer", *HEADS, json={"ground": "subject-asked", **PAPER}, sees=SEES_ERASURE
    ),
    "POST /api/cases/{case_id}/erasure-approvals": acts("custodian", *HEADS, json=PAPER, sees=SEES_ERASURE),
    "POST /api/cases/{case_id}/erasure-refusals": acts(
        "custodian", *HEADS, json={"ground": "not-our-data", **REASON, **PAPER}, sees=SEES_ERASURE
    ),
    "POST /api/cases/{case_id}/legal-holds": acts("custodian", *HEADS, json={**REASON, **PAPER}, sees=SEES_ERASURE),
    "POST /api/cases/{case_id}/legal-hold-liftings": acts(
        "custodian", *HEADS, json={"hold_id": SOME_ID, **REASON, **PAPER}, sees=SEES_ERASURE
    ),
    "POST /api/submissions": Route(json={"unit": "AAAAAAAA", "text": "x"}, ok=400, anonymous=400),
    "POST /api/submissions/paper": Route(json={}, need=frozenset({*INTAKE, "officer"}), ok=400),
    **{
        f"POST /api/assistance/{act}": Route(
            json={"code": "AAAABBBBCCCCDDDD", **body}, need=frozenset({*INTAKE, "officer"}), ok=404
        )
        for act, body in (
            ("look-ups", {}),
            ("replies", {"question": 1, "text": "x"}),
            ("reviews", REASON),
            ("withdrawals", {}),
        )
    },
    "GET /api/track/{code}": Route(ok=404, anonymous=404),
    "POST /api/track/{code}/replies": Route(ok=404, anonymous=404, json={"question": 1, "text": "x"}),
    "POST /api/track/{code}/reviews": Route(ok=404, anonymous=404, json=REASON),
    "POST /api/track/{code}/protection-reports": Route(
        ok=404, anonymous=404, json={"text": "Bị la mắng (demo)", "whom": "me"}
    ),
    "POST /api/track/{code}/withdrawals": Route(ok=404, anonymous=404, json={}),
    "POST /api/submissions/{case_id}/let-ins": Route(
        family="case", sees=SEES_CASE, may=frozenset({*INTAKE, *HEADS}), json={}, ok=409
    ),
    "POST /api/session": Route(json={}, ok=400, anonymous=400),
    "GET /api/session": Route(),
    "DELETE /api/session": Route(ok=204, throwaway=True),
    "POST /api/session/post-choices": Route(json={"post_id": SOME_ID}, ok=404),
    "POST /api/session/password-changes": Route(json={}, ok=400),
    "GET /api/sessions": Route(),
    "DELETE /api/sessions/{session_id}": Route(family="session", sees={}),
    "GET /api/accounts": Route(may=ADMINISTRATORS),
    "POST /api/accounts": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/accounts/{account_id}/posts": account(ADMINISTERED, POST),
    "POST /api/accounts/{account_id}/post-endings": account(
        ADMINISTERED, {"post_id": SOME_ID, "until_day": "2026-01-02", **REASON}
    ),
    "POST /api/accounts/{account_id}/locks": account(ADMINISTERED, REASON),
    "POST /api/accounts/{account_id}/unlocks": account(ADMINISTERED, REASON),
    "POST /api/accounts/{account_id}/password-resets": account(ADMINISTERED, {"password": "Nắng lên trên đồi 45"}),
    "POST /api/accounts/{account_id}/delegations": account(COLLEAGUES, DAYS, *HEADS),
    "POST /api/accounts/{account_id}/delegation-endings": account(
        COLLEAGUES, {"delegation_id": SOME_ID, "until_day": "2026-01-02", **REASON}
    ),
    "POST /api/accounts/invitations": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/accounts/{account_id}/start-codes": account(ADMINISTERED, {}),
    "POST /api/accounts/{account_id}/second-factor-removals": account(ADMINISTERED, REASON),
    "POST /api/accounts/{account_id}/stand-ins": Route(family="account", sees=COLLEAGUES, json={}, ok=400),
    "POST /api/accounts/{account_id}/stand-in-endings": Route(family="account", sees=COLLEAGUES, json={}, ok=400),
    "GET /api/arrangements": Route(may=frozenset(STAFF)),
    "POST /api/feedback/assignments": Route(may=frozenset({*INTAKE, *HEADS}), json={}, ok=400),
    "GET /api/categories": Route(),
    "POST /api/categories/narrowings": Route(may=KEEPING, json={}, ok=400),
    "POST /api/categories/liftings": Route(may=KEEPING, json={}, ok=400),
    "GET /api/policies": Route(),
    "POST /api/policies/adoptions": Route(may=KEEPING, json={}, ok=400),
    "POST /api/policies/repeals": Route(may=KEEPING, json={}, ok=400),
    "GET /api/calendar": Route(),
    "POST /api/calendar/previews": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/calendar/changes": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/session/second-steps": Route(json={}, ok=400),
    "POST /api/session/second-factors": Route(json={}, ok=201),
    "GET /api/cases/{case_id}/alerts": reads(),
    "GET /api/notices": Route(need=TOLD),
    "POST /api/notices/reads": Route(need=TOLD, json={"ids": []}, ok=201),
    "GET /api/notice-wishes": Route(need=TOLD),
    "POST /api/notice-wishes/addresses": Route(need=TOLD, json={"address": "a@example.org"}, ok=428),
    "POST /api/notice-wishes/address-withdrawals": Route(need=TOLD, json={}, ok=428),
    "POST /api/notice-wishes/choices": Route(need=TOLD, json={"kinds": []}, ok=428),
    "GET /api/duty": Route(may=KEEPING),
    "POST /api/duty/placements": Route(may=KEEPING, json={"official_id": SOME_ID, **DAYS}, ok=428),
    "POST /api/duty/endings": Route(
        may=KEEPING, json={"duty_id": SOME_ID, "until_day": "2026-01-02", **REASON}, ok=428
    ),
    "POST /api/audit-purposes": Route(json={}, ok=400, may=AUDITORS),
    "GET /api/authorities": Route(),
    "POST /api/authorities": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/authorities/{authority_id}/superiors": body_of({"superior_id": "DOI_THONG", "from_day": "2026-01-01"}),
    "POST /api/authorities/{authority_id}/guidances": body_of({"guided_ids": [SOME_ID], "from_day": "2026-01-01"}),
    "POST /api/authorities/{authority_id}/areas": body_of({"area_ids": [SOME_ID], "from_day": "2026-01-01"}),
    "POST /api/authorities/{authority_id}/public-contacts": Route(
        family="authority",
        sees=PUBLIC_REGISTER,
        json={"from_day": "2026-01-01", "hotline": "02090000000"},
        ok=428,
        may=ADMINISTRATORS | frozenset(HEADS),
        only=OWN,
        only_of={"other head": frozenset({"other authority"})},
    ),
    "POST /api/authorities/{authority_id}/dissolutions": body_of(
        {"valid_to": "2026-01-02", "successor_ids": [SOME_ID], **REASON}
    ),
    "GET /api/places": Route(),
    "POST /api/places": Route(may=ADMINISTRATORS, json={}, ok=400),
    "POST /api/places/{place_id}/entrustments": place_of({"authority_id": "DOI_THONG", "from_day": "2026-01-01"}),
    "POST /api/places/{place_id}/closures": place_of({"valid_to": "2026-01-02", "source": "demo"}),
    "GET /health/live": Route(anonymous=200),
    "GET /health/ready": Route(anonymous=200),
    "GET /metrics": Route(anonymous=200),
    "GET /schema": Route(anonymous=200),
    "GET /schema/openapi.json": Route(anonymous=200),
}
