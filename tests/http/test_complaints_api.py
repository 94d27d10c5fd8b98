"""A complaint through two levels over the API: every date of the story, and what is refused on the way (walk A2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.people import account_id_of
from tests.support.complaining import (
    HEAD,
    INTAKE,
    PRINCIPAL,
    REGISTRY,
    VERIFIER,
    Complaining,
    dialogue,
    document,
    draft,
    moment,
    petition,
    report,
    scan,
)
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.world import open_town


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(date(2026, 3, 10), 8)) as town:
        yield Complaining(town)


async def test_a_first_complaint_from_the_counter_to_the_receipt_of_its_decision(story: Complaining) -> None:
    await story.up_to_acceptance()
    assert await story.due("accept") == "2026-03-20"
    assert await story.due("resolve") == "2026-04-17"
    shown = await story.read()
    assert shown["number"].startswith("KN-")
    assert shown["resolver"] == "school-head"
    assert shown["competence"]["status"] == "memory, medium"
    alone = {"verifier_ids": [str(account_id_of(PRINCIPAL))]}
    assert await story.refused(PRINCIPAL, "verifications", alone) == "complaint-only-verifier"

    story.on(date(2026, 3, 30))
    complex_now = {"remote": False, "complexity": "complex", "reason": "Nhiều đơn vị liên quan (demo)"}
    await story.act(PRINCIPAL, "circumstances", complex_now)
    assert await story.due("resolve") == "2026-05-04"
    old = [term["due_on"] for term in (await story.read())["terms"] if term["replaced"]]
    assert old == ["2026-04-17"]


async def test_the_decision_is_signed_only_with_number_and_paper_and_sent_is_not_received(story: Complaining) -> None:
    await story.up_to_draft()
    await story.act(VERIFIER, "drafts", draft("rejected", "dialogue"))
    await story.act(VERIFIER, "signature-requests")
    assert (await story.ask(VERIFIER, "approvals")).status_code == 403
    await story.act(PRINCIPAL, "returns", {"reason": "Viết rõ căn cứ (demo)"})
    await story.act(VERIFIER, "drafts", draft("rejected", "dialogue"))
    await story.act(VERIFIER, "signature-requests")
    story.on(date(2026, 4, 22))
    await story.act(PRINCIPAL, "approvals")
    shown = await story.read()
    assert (shown["stage"], shown["decision"]) == ("signed", None)
    blank = {"decision": document("QĐ-TH", date(2026, 4, 22), number=" ")}
    assert await story.refused(VERIFIER, "issues", blank) == "complaint-number-missing"
    await story.act(VERIFIER, "issues", {"decision": document("QĐ-TH", date(2026, 4, 22))})
    assert await story.due("send") == "2026-04-28"
    assert await story.due("effect") == "2026-05-22"
    story.on(date(2026, 4, 28))
    await story.act(VERIFIER, "sendings", {"sent_on": "2026-04-28", "way": "by-hand"})
    assert not any(term["purpose"] == "window" for term in (await story.read())["terms"])
    await story.act(
        VERIFIER, "receipt-proofs", {"received_on": "2026-04-28", "proof": "handover-note", "paper": scan()}
    )
    assert await story.due("window") == "2026-05-28"
    story.on(date(2026, 5, 23))
    assert await story.refused(PRINCIPAL, "effects", {"effective_on": "2026-05-23"}) == "complaint-window-still-open"


async def second(story: Complaining, on: date) -> UUID:
    """The second complaint of the first one, that was sent and received on 28/04."""
    first = story.case
    story.on(on)
    body = petition(on, first_id=str(first), form="signed-petition", known_on=None)
    return await story.receive(INTAKE, body, "/api/complaints/second")


async def test_a_second_complaint_is_a_case_of_its_own_with_a_dialogue(story: Complaining) -> None:
    await story.up_to_decision()
    first = story.case
    story.on(date(2026, 4, 28))
    await story.act(VERIFIER, "sendings", {"sent_on": "2026-04-28", "way": "by-hand"})
    await story.act(
        VERIFIER, "receipt-proofs", {"received_on": "2026-04-28", "proof": "handover-note", "paper": scan()}
    )
    case = await second(story, date(2026, 5, 28))
    assert await story.due("accept", HEAD) == "2026-06-08"
    assert (await story.read(INTAKE, first))["second"]["id"] == str(case)
    story.on(date(2026, 6, 5))
    await story.act(HEAD, "assignments", {"official_id": str(account_id_of(INTAKE))})
    await story.act(INTAKE, "examinations", {"findings": "Đủ điều kiện (demo)"})
    await story.act(HEAD, "acceptances", {"accepted_on": "2026-06-05", "notice": document("TB-UBND", date(2026, 6, 5))})
    assert await story.due("resolve", HEAD) == "2026-07-20"
    await story.act(HEAD, "verifications", {"verifier_ids": [str(account_id_of("hung"))]})
    await story.act("hung", "reports", report(date(2026, 6, 5), differs=False))
    assert await story.refused("hung", "drafts", draft()) == "complaint-dialogue-missing"
    story.on(date(2026, 6, 25))
    await story.act("hung", "dialogues", dialogue(date(2026, 6, 25)))
    story.on(date(2026, 7, 14))
    await story.act("hung", "drafts", draft("upheld", "dialogue"))
    await story.act("hung", "signature-requests")
    await story.act(HEAD, "approvals")
    await story.act(REGISTRY, "issues", {"decision": document("QĐ-UBND", date(2026, 7, 14))})
    assert await story.due("send", HEAD) == "2026-07-21"
    shown = await story.read(HEAD)
    assert (shown["regime"], shown["level"]) == ("KN-1", "second")


async def test_who_is_late_for_the_second_level_is_refused_with_a_ground_or_excused(story: Complaining) -> None:
    await story.up_to_decision()
    story.on(date(2026, 4, 28))
    await story.act(VERIFIER, "sendings", {"sent_on": "2026-04-28", "way": "by-hand"})
    await story.act(
        VERIFIER, "receipt-proofs", {"received_on": "2026-04-28", "proof": "handover-note", "paper": scan()}
    )
    await second(story, date(2026, 5, 29))
    await story.act(HEAD, "examinations", {"found": ["out-of-time"], "findings": "Quá 30 ngày (demo)"})
    assert (await story.read(HEAD))["timeliness"] == "late"
    notice = {"ground": "out-of-time", "reason": "Hết hạn 28/05/2026", "notice": document("TB-UBND", date(2026, 5, 29))}
    await story.act(HEAD, "refusals", notice)
    assert (await story.read(HEAD))["stage"] == "not-accepted"


async def test_without_proof_of_receipt_nobody_is_refused_as_late(story: Complaining) -> None:
    await story.up_to_decision()
    await story.hand_over(proven=False)
    await second(story, date(2026, 6, 30))
    late = {"found": ["out-of-time"], "findings": "Quá hạn (demo)"}
    assert await story.refused(HEAD, "examinations", late) == "complaint-receipt-not-proven"


async def test_a_private_school_opens_no_complaint_and_contract_staff_are_guided(story: Complaining) -> None:
    mai = await story.of(INTAKE)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"ownership": "private"}, "complaint-private-unit"),
        ({"target": "discipline", "employment": "contract"}, "complaint-contract-staff"),
        ({"target": "discipline"}, "complaint-employment-missing"),
        ({"against": "department"}, "complaint-resolver-missing"),
        ({"complainant": "  "}, "complaint-text-missing"),
    )
    for other, code in cases:
        answer = await mai.post("/api/complaints", json=petition(**other), headers=command())
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text


async def test_nobody_else_reads_it(story: Complaining) -> None:
    await story.up_to_acceptance()
    for who in ("thu", "kho", "anh", "tung", "hoa", "dung", "thuy", "van"):
        for path in ("", "/history", "/deadlines"):
            answer = await (await story.of(who)).get(f"/api/complaints/{story.case}{path}")
            assert answer.status_code == 404, (who, path)
    await story.act(PRINCIPAL, "involvements", {"reason": "Là người bị khiếu nại"})
    assert (await (await story.of(PRINCIPAL)).get(f"/api/complaints/{story.case}")).status_code == 404


async def test_only_who_resolves_says_of_somebody_else_that_he_is_involved(story: Complaining) -> None:
    await story.up_to_acceptance()
    other = {"official_id": str(account_id_of(VERIFIER)), "reason": "Là người liên quan (demo)"}
    assert (await story.ask(INTAKE, "involvements", other)).status_code == 403
    await story.act(PRINCIPAL, "involvements", other)


async def test_a_school_learns_nothing_of_how_much_came_in_elsewhere(story: Complaining) -> None:
    await story.up_to_acceptance()
    binh = await story.of(PRINCIPAL)
    for path in ("", f"/{story.case}", f"/{story.case}/history", f"/{story.case}/deadlines"):
        shown = (await binh.get(f"/api/complaints{path}")).json()
        assert (shown["log_index"], shown["recorded_at"]) == (None, None), path
        assert {fact["log_index"] for fact in shown.get("facts", [])} <= {None}, path
    assert (await (await story.of(INTAKE)).get("/api/complaints")).json()["log_index"] > 0
