"""A feedback from the QR code to its answer, as JSON, with everything that is refused on the way."""

from __future__ import annotations

import base64
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from PIL import Image

from application.feedback_intake import Submission
from application.people import account_id_of
from application.ports import Identity
from domain.calendar import legal_date
from domain.schools.codes import public_code
from tests.support.office import command
from tests.support.uploads import has_sentinel, telling_photo
from tests.support.world import CLASSIFIED, HAMLET_SCHOOL, OTHER_SCHOOL, SCHOOL, SONG_MAY, Sent, Town

TEXT = "Ban phụ huynh thu tiền máy chiếu, đề nghị kiểm tra giúp (demo)."
NAME = Identity(name="Trần Thị Lan (demo)", phone="0912345678")
PARTS = [{"request": 1, "text": "Đã kiểm tra"}, {"request": 2, "text": "Trả lại trước ngày 30/9"}]
REASON = {"reason": "Có tên học sinh trong hồ sơ (demo)"}


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def sent(town: Town, **more: Any) -> Sent:
    return await town.submit(Submission(text=TEXT, **more))


async def in_hand(town: Town, **more: Any) -> UUID:
    """Taken in and classified by mai."""
    case_id = (await sent(town, **more)).case_id
    await town.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{case_id}/classifications", CLASSIFIED)
    return case_id


async def shown(town: Town, who: str, case_id: UUID) -> dict[str, Any]:
    answer = await (await town.of(who)).get(f"/api/cases/{case_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def post(town: Town, who: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
    """One wish with exactly these headers, whatever comes of it."""
    return await (await town.of(who)).post(path, json=body or {}, headers=headers)


async def test_a_feedback_goes_from_the_qr_code_to_its_answer_and_is_taken_up_again(town: Town) -> None:
    body = {"unit": public_code(SCHOOL).lower(), "text": TEXT, "topic": "money", "submitter_role": "parent"}
    receipt = await town.anonymous.post("/api/submissions", json=body)
    assert receipt.status_code == 201
    case_id, code = receipt.json()["submission_id"], receipt.json()["code"]
    track = f"/api/track/{code}"
    assert (await town.anonymous.get(track)).json()["state"] == "sent"
    intake, work = f"/api/submissions/{case_id}", f"/api/feedback/{case_id}"
    await town.do("mai", f"{intake}/acknowledgements")
    await town.do("mai", f"{intake}/classifications", {**CLASSIFIED, "category": "sponsorship"})
    await town.do("mai", f"{intake}/classifications", {**CLASSIFIED, "reason": "Nhầm lĩnh vực (demo)"})
    await town.do("mai", f"{intake}/assignments", {"handler_id": str(account_id_of("thu"))})
    await town.do("thu", f"{work}/questions", {"question": "Thu bao nhiêu?"})
    waiting = (await town.anonymous.get(track)).json()
    assert (waiting["state"], waiting["questions"][0]["question"]) == ("needs-your-reply", "Thu bao nhiêu?")
    said = await town.anonymous.post(f"{track}/replies", json={"question": 1, "text": "450.000 đồng"})
    assert said.status_code == 201
    await town.do("thu", f"{work}/drafts", {"outcome": "resolved", "parts": PARTS})
    await town.do("thu", f"{work}/release-requests")
    assert code_of(await post(town, "thu", f"{work}/releases", **command(9))) == (403, "forbidden")
    await town.do("son", f"{work}/returns", {"reason": "Ghi rõ ngày"})
    await town.do("thu", f"{work}/drafts", {"outcome": "resolved", "parts": PARTS})
    await town.do("thu", f"{work}/release-requests")
    await town.do("son", f"{work}/releases")
    answered = (await town.anonymous.get(track)).json()
    assert answered["state"] == "answered"
    assert [part["answer"] for part in answered["answers"]] == ["Đã kiểm tra", "Trả lại trước ngày 30/9"]
    assert answered["may_ask_review"]
    assert "thu" not in answered["authority"].lower()
    again = await town.anonymous.post(f"{track}/reviews", json={"reason": "Chưa nhận lại tiền"})
    assert again.status_code == 201
    case = await shown(town, "thu", UUID(case_id))
    assert (case["status"], case["reopenings"][0]["asked_by"], case["version"]) == ("in-handling", "sender", 14)
    history = (await (await town.of("son")).get(f"/api/cases/{case_id}/history")).json()["facts"]
    assert [fact["version"] for fact in history] == list(range(1, 15))
    assert {fact["actor"]["kind"] for fact in history} == {"citizen", "official"}
    assert all("id" not in fact["actor"] for fact in history if fact["actor"]["kind"] == "citizen")


async def test_a_write_needs_the_version_that_was_seen(town: Town) -> None:
    case_id = (await sent(town)).case_id
    path = f"/api/submissions/{case_id}/acknowledgements"
    missing = await post(town, "mai", path, **command())
    assert (*code_of(missing), missing.json()["field"]) == (428, "version-missing", "If-Match")
    assert code_of(await post(town, "mai", path, **command(7))) == (412, "stale-version")
    assert code_of(await post(town, "mai", path, **{**command(), "If-Match": "one"})) == (400, "bad-input")
    without_key = await post(town, "mai", path, **{"If-Match": '"1"'})
    assert (*code_of(without_key), without_key.json()["field"]) == (400, "bad-input", "Idempotency-Key")
    done = await post(town, "mai", path, **command(1))
    assert (done.status_code, done.headers["etag"], done.json()["version"]) == (201, '"2"', 2)
    client = await town.of("mai")
    assert (await client.get(f"/api/cases/{case_id}")).headers["etag"] == '"2"'


async def test_the_same_wish_twice_is_one_fact_and_another_under_its_key_is_refused(town: Town) -> None:
    case_id = await in_hand(town)
    path, wish = f"/api/feedback/{case_id}/notes", command(3)
    first = await post(town, "mai", path, {"note": "Một"}, **wish)
    await town.do("mai", path, {"note": "Hai"})
    again = await post(town, "mai", path, {"note": "Một"}, **wish)
    assert (first.status_code, first.content) == (201, again.content)
    assert code_of(await post(town, "mai", path, {"note": "Ba"}, **wish)) == (422, "command-reused")
    assert [note["note"] for note in (await shown(town, "mai", case_id))["notes"]] == ["Một", "Hai"]
    other = await post(town, "son", path, {"note": "Ba"}, **{**command(5), "Idempotency-Key": wish["Idempotency-Key"]})
    assert other.status_code == 201, "keys are everybody's own"


async def test_a_submission_sent_twice_gets_the_same_code(town: Town) -> None:
    headers, body = {"Idempotency-Key": str(uuid4())}, {"unit": public_code(SCHOOL), "text": TEXT}
    first = await town.anonymous.post("/api/submissions", json=body, headers=headers)
    again = await town.anonymous.post("/api/submissions", json=body, headers=headers)
    assert (first.status_code, first.content) == (201, again.content)
    other = await town.anonymous.post("/api/submissions", json={**body, "text": TEXT + "!"}, headers=headers)
    assert code_of(other) == (422, "command-reused")


BAD: tuple[tuple[Any, str], ...] = (
    ({"kind": "feedback"}, "category"),
    ({**CLASSIFIED, "kind": "rumour"}, "kind"),
    ({**CLASSIFIED, "requests": []}, "requests"),
    ({**CLASSIFIED, "requests": [""]}, "requests.0"),
    ({**CLASSIFIED, "colour": "red"}, "colour"),
    ({**CLASSIFIED, "title": 7}, "title"),
    ([], ""),
)


async def test_bad_input_names_the_field_and_never_its_value(town: Town) -> None:
    path, client = f"/api/submissions/{(await sent(town)).case_id}/classifications", await town.of("mai")
    for body, field in BAD:
        answer = await client.post(path, json=body, headers=command(1))
        assert (*code_of(answer), answer.json().get("field", "")) == (400, "bad-input", field)
        assert "rumour" not in answer.text
        assert "red" not in answer.json().get("detail", "")


QUESTIONS = (
    "status=%00",
    "kind=%00",
    "q=%00",
    "number=%00",
    "place=%00",
    "q=%25_%5C",
    "area=x",
    "due_before=x",
    "limit=0",
    "limit=100000",
    "order=up",
    "as_of=x",
    "as_of=2026-01-01T00:00:00",
    "as_of=0001-01-01T00:00:00Z",
    "as_of=0001-01-01T00:00:00%2B07:00",
    "as_of=9999-12-31T23:59:59Z",
    "as_of=0001-01-01T00:00:00Z&clock=happened",
    "as_of=9999-12-31T16:59:59Z&clock=happened",
    "as_of=2026-01-01T00:00:00Z&clock=%00",
    "cursor=x",
    "cursor=WzFd",
    f"cursor={base64.urlsafe_b64encode(b'[99999999999999999999,null,null,{},[],1]').decode()}",
)


async def test_no_question_breaks_a_list_or_a_case(town: Town) -> None:
    case_id, client = (await sent(town)).case_id, await town.of("son")
    await town.settle()
    for query in QUESTIONS:
        for path in ("/api/cases", "/api/places", "/cases", "/cases/export", "/work", "/p", "/erasures"):
            answer = await client.get(f"{path}?{query}", headers={"accept": "text/html"})
            assert answer.status_code in (200, 400) or (path, answer.status_code) == ("/work", 409), (path, query)
        for path in (f"/api/cases/{case_id}", f"/cases/{case_id}"):
            answer = await client.get(f"{path}?{query}&clock=happened", headers={"accept": "text/html"})
            assert answer.status_code in (200, 400, 404), (path, query)


async def test_a_title_with_a_sign_that_no_column_holds_stops_nobody(town: Town) -> None:
    case_id = (await sent(town)).case_id
    await town.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{case_id}/classifications", {**CLASSIFIED, "title": "Máy\0 chiếu"})
    await town.settle()
    client = await town.of("son")
    rows = (await client.get("/api/cases", params={"q": "may chieu"})).json()["cases"]
    assert [row["version"] for row in rows] == [3]


async def test_a_cursor_of_ones_own_making_is_refused(town: Town) -> None:
    stamp, key = "2026-03-02T00:00:00Z", str(uuid4())
    forged: list[list[Any]] = [
        [2**64, stamp, None, "due", [False, "2026-01-01"], key],
        [-5, stamp, None, "due", [False, "2026-01-01"], key],
        [3, stamp, None, "number", ["\x00"], key],
        [3, "2026-03-02T00:00:00", None, "received", ["2026-01-01"], key],
        [3, stamp, None, "received", [True], key],
        [3, None, None, "received", ["2026-01-01"], key],
    ]
    for place in forged:
        text = base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")
        answer = await (await town.of("son")).get("/api/cases", params={"cursor": text})
        assert code_of(answer) == (400, "bad-input"), (place, answer.text)


async def test_all_pages_of_a_list_show_one_state(town: Town) -> None:
    cases = {(await sent(town)).case_id for _ in range(5)}
    await town.settle()
    client = await town.of("son")
    first = (await client.get("/api/cases", params={"limit": "2", "order": "number"})).json()
    await in_hand(town)
    await town.do("mai", f"/api/submissions/{next(iter(cases))}/acknowledgements")
    await town.settle()
    found, page = list(first["cases"]), first
    while page["next_cursor"]:
        page = (await client.get("/api/cases", params={"limit": "2", "cursor": page["next_cursor"]})).json()
        assert (page["log_index"], page["recorded_at"], page["total"]) == (first["log_index"], first["recorded_at"], 5)
        found += page["cases"]
    assert [UUID(row["case_id"]) for row in found] == [UUID(row["case_id"]) for row in found if row["number"]]
    assert {UUID(row["case_id"]) for row in found} == cases
    assert {row["status"] for row in found} == {"submitted"}


async def test_rules_refuse_by_their_own_codes(town: Town) -> None:
    case_id = (await sent(town)).case_id
    intake, work = f"/api/submissions/{case_id}", f"/api/feedback/{case_id}"
    await town.do("mai", f"{intake}/acknowledgements")
    refused = {
        "feedback-already-acknowledged": (f"{intake}/acknowledgements", {}),
        "category-unknown": (f"{intake}/classifications", {**CLASSIFIED, "category": "weather"}),
        "feedback-not-classified": (f"{work}/drafts", {"outcome": "resolved", "parts": PARTS}),
    }
    for code, (path, body) in refused.items():
        assert code_of(await post(town, "mai", path, body, **command(2))) == (409, code)
    await town.do("mai", f"{intake}/classifications", CLASSIFIED)
    later: dict[str, tuple[str, dict[str, Any]]] = {
        "request-unknown": (f"{work}/drafts", {"outcome": "resolved", "parts": [{"request": 9, "text": "x"}]}),
        "question-not-open": (f"{work}/replies", {"question": 4, "text": "x", "channel": "post"}),
        "feedback-not-answered": (f"{work}/closures", REASON),
        "restriction-not-narrower": (f"{work}/restrictions", {"sensitivity": "normal", **REASON}),
        "reason-missing": (f"{intake}/classifications", CLASSIFIED),
        "answer-not-drafted": (f"{work}/release-requests", {}),
    }
    codes = {}
    for code, (path, body) in later.items():
        codes[code] = code_of(await post(town, "mai", path, body, **command(3)))
    assert codes == {code: (409, code) for code in codes}
    assert (await shown(town, "mai", case_id))["version"] == 3, "nothing of it was written"


async def test_photos_are_kept_without_what_cameras_write_into_them(town: Town) -> None:
    photo = telling_photo("JPEG")
    assert has_sentinel(photo)
    coded = base64.b64encode(photo).decode()
    body = {"unit": public_code(SCHOOL), "text": TEXT, "photos": [coded, coded]}
    answer = await town.anonymous.post("/api/submissions", json=body)
    assert answer.status_code == 201, answer.text
    case_id = UUID(answer.json()["submission_id"])
    kept = (await shown(town, "mai", case_id))["attachments"]
    assert [item["media_type"] for item in kept] == ["image/jpeg", "image/jpeg"]
    download = await (await town.of("mai")).get(f"/api/cases/{case_id}/files/{kept[0]['id']}")
    assert download.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert not has_sentinel(download.content)
    assert not Image.open(io.BytesIO(download.content)).getexif()
    assert (await (await town.of("nga")).get(f"/api/cases/{case_id}/files/{kept[0]['id']}")).status_code == 404
    assert code_of(await town.anonymous.post("/api/submissions", json={**body, "photos": [coded] * 6})) == (
        400,
        "too-many-files",
    )
    script = base64.b64encode(b"<script>alert(1)</script>").decode()
    refused = await town.anonymous.post("/api/submissions", json={**body, "photos": [script]})
    assert code_of(refused) == (400, "file-type-not-allowed")


async def test_paper_is_entered_late_with_a_reason_and_counts_from_its_day(town: Town) -> None:
    received = datetime.now(UTC) - timedelta(days=3)
    body = {"unit": public_code(SCHOOL), "text": TEXT, "channel": "post", "received_at": received.isoformat()}
    without = await post(town, "mai", "/api/submissions/paper", body, **command())
    assert (*code_of(without), without.json()["field"]) == (409, "late-reason-missing", "late_reason")
    entered = await post(
        town, "mai", "/api/submissions/paper", {**body, "late_reason": "Văn thư chuyển chậm (demo)"}, **command()
    )
    assert entered.status_code == 201, entered.text
    case = await shown(town, "mai", UUID(entered.json()["submission_id"]))
    assert case["received_on"] == legal_date(received).isoformat()
    assert case["late_reason"] == "Văn thư chuyển chậm (demo)"
    assert datetime.fromisoformat(case["happened_at"]) == received
    assert datetime.fromisoformat(case["recorded_at_first"]) > received + timedelta(days=2)
    assert (await town.anonymous.get(f"/api/track/{entered.json()['code']}")).status_code == 200
    elsewhere = {**body, "unit": public_code(OTHER_SCHOOL), "late_reason": "x"}
    assert code_of(await post(town, "mai", "/api/submissions/paper", elsewhere, **command())) == (403, "forbidden")
    unknown = await post(town, "mai", "/api/submissions/paper", {**body, "unit": "AAAAAAAA"}, **command())
    assert (*code_of(unknown), unknown.json()["field"]) == (400, "bad-input", "unit")


async def test_a_handed_over_case_belongs_to_the_other_authority_with_number_and_terms(town: Town) -> None:
    case_id = await in_hand(town)
    await town.settle()
    before = await shown(town, "son", case_id)
    path = f"/api/feedback/{case_id}/hand-overs"
    await town.do("son", path, {"to_authority_id": str(SONG_MAY), "document": "9/QĐ (demo)", **REASON})
    for who in ("son", "mai"):
        assert (await (await town.of(who)).get(f"/api/cases/{case_id}")).status_code == 404
    after = await shown(town, "dung", case_id)
    assert (after["number"], after["terms"], after["holder"]) == (before["number"], before["terms"], None)
    assert before["number"]
    assert after["authority"]["id"] == str(SONG_MAY)


async def test_a_restricted_case_is_seen_by_handler_head_and_named_readers_only(town: Town) -> None:
    case_id = await in_hand(town)
    work, thu = f"/api/feedback/{case_id}", str(account_id_of("thu"))
    assert (await (await town.of("thu")).get(f"/api/cases/{case_id}")).status_code == 200
    await town.do("mai", f"{work}/restrictions", {"sensitivity": "child-protected", **REASON})
    seen = {
        who: (await (await town.of(who)).get(f"/api/cases/{case_id}")).status_code for who in ("thu", "lan", "vinh")
    }
    assert set(seen.values()) == {404}
    assert (await (await town.of("son")).get(f"/api/cases/{case_id}")).status_code == 200
    await town.do("mai", f"{work}/reader-namings", {"official_id": thu, **REASON})
    assert (await shown(town, "thu", case_id))["readers"][0]["name"] == "Người thu (demo)"
    again = await post(town, "mai", f"{work}/reader-namings", {"official_id": thu, **REASON}, **command(5))
    assert code_of(again) == (409, "reader-already-named")
    stranger = {"official_id": str(account_id_of("loan")), **REASON}
    refused = await post(town, "mai", f"{work}/reader-namings", stranger, **command(5))
    assert (*code_of(refused), refused.json()["field"]) == (400, "bad-input", "official_id")
    await town.do("mai", f"{work}/reader-dismissals", {"official_id": thu, **REASON})
    assert (await (await town.of("thu")).get(f"/api/cases/{case_id}")).status_code == 404


async def test_who_is_involved_no_longer_sees_the_case_and_lets_go_of_it(town: Town) -> None:
    case_id = await in_hand(town)
    await town.do("mai", f"/api/feedback/{case_id}/involvements")
    assert (await (await town.of("mai")).get(f"/api/cases/{case_id}")).status_code == 404
    await town.settle()
    listed = (await (await town.of("mai")).get("/api/cases")).json()
    assert (listed["total"], listed["cases"]) == (0, [])
    case = await shown(town, "son", case_id)
    assert case["holder"] is None
    back = {"handler_id": str(account_id_of("mai"))}
    refused = await post(town, "son", f"/api/submissions/{case_id}/assignments", back, **command(4))
    assert code_of(refused) == (409, "handler-involved")


async def test_looking_up_who_sent_it_is_a_fact_of_the_case(town: Town) -> None:
    case_id = await in_hand(town, identity=NAME)
    assert (await shown(town, "mai", case_id))["left_identity"]
    for who in ("mai", "son"):
        assert NAME.phone not in str(await shown(town, who, case_id))
    path = f"/api/submissions/{case_id}/identity-disclosures"
    assert code_of(await post(town, "son", path, REASON, **command(3))) == (403, "forbidden")
    answer = await town.do("mai", path, {"reason": "Cần gọi điện hỏi lại (demo)"})
    assert answer.json()["identity"]["phone"] == NAME.phone
    facts = (await (await town.of("son")).get(f"/api/cases/{case_id}/history")).json()["facts"]
    assert (facts[-1]["topic"], facts[-1]["reason"]) == (
        "feedback.identity_disclosed.v1",
        "Cần gọi điện hỏi lại (demo)",
    )
    assert facts[-1]["actor"]["name"] == "Người mai (demo)"
    nobody = await in_hand(town)
    nothing = await post(town, "mai", f"/api/submissions/{nobody}/identity-disclosures", REASON, **command(3))
    assert code_of(nothing) == (409, "sender-left-no-identity")


async def test_an_auditor_reads_without_what_leads_to_the_sender(town: Town) -> None:
    case_id = await in_hand(town, identity=NAME)
    worker, auditor = await shown(town, "mai", case_id), await shown(town, "vinh", case_id)
    informant = {"channel", "submitter_role", "contact", "left_identity", "paper"}
    assert worker.keys() - auditor.keys() == informant
    assert auditor["actions"] == []
    assert (await (await town.of("van")).get(f"/api/cases/{case_id}")).status_code == 404


async def test_lists_search_number_title_place_and_category_and_never_the_text(town: Town) -> None:
    case_id = await in_hand(town)
    await town.submit(Submission(text="Mái tôn sân trường bị dột (demo)."), HAMLET_SCHOOL)
    await town.settle()
    client = await town.of("son")

    async def found(q: str) -> list[UUID]:
        rows = (await client.get("/api/cases", params={"q": q})).json()["cases"]
        return [UUID(row["case_id"]) for row in rows]

    number = (await shown(town, "son", case_id))["number"]
    for q in ("may chieu", "MÁY CHIẾU", number.lower(), "binh nguyen"):
        assert await found(q) == [case_id], q
    assert await found("mái tôn") == []
    assert await found("khong co dau") == []
