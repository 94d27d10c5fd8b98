"""Official papers of a complaint: made from its facts, the same bytes for ever, nothing before it has happened."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pikepdf
import pytest

from tests.support.complaining import HEAD, INTAKE, PRINCIPAL, VERIFIER, Complaining, moment
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk
from tests.support.world import open_town


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(date(2026, 3, 10), 8)) as town:
        yield Complaining(town)


async def paper(story: Complaining, who: str, name: str) -> httpx.Response:
    person = await clerk(story.town, who)
    return await person.client.get(f"/complaints/{story.case}/papers/{name}")


async def test_the_same_facts_give_the_same_bytes_on_another_day_and_in_another_language(story: Complaining) -> None:
    await story.up_to_decision()
    first = {}
    for code in ("acceptance", "resolution", "verification", "dialogue", "report", "handover", "oral", "transfer"):
        for suffix in ("pdf", "docx"):
            answer = await paper(story, PRINCIPAL, f"{code}.{suffix}")
            assert answer.status_code == 200, (code, answer.text[-300:])
            first[f"{code}.{suffix}"] = sha256(answer.content).hexdigest()
    story.town.pass_time(timedelta(days=40))
    for name, digest in first.items():
        again = await paper(story, PRINCIPAL, f"{name}?lang=en")
        assert sha256(again.content).hexdigest() == digest, name


async def test_what_happens_afterwards_changes_no_paper_that_was_issued(story: Complaining) -> None:
    await story.up_to_acceptance()
    issued = {name: (await paper(story, PRINCIPAL, name)).content for name in ("acceptance.pdf", "receipt.pdf")}
    later = {"remote": False, "complexity": "complex", "reason": "Nhiều đơn vị liên quan (demo)"}
    await story.act(PRINCIPAL, "circumstances", later)
    for name, content in issued.items():
        assert (await paper(story, PRINCIPAL, name)).content == content, name


async def test_a_paper_is_pdf_a_and_says_what_was_recorded(story: Complaining) -> None:
    await story.up_to_acceptance()
    answer = await paper(story, PRINCIPAL, "acceptance.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as made, made.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert str(made.Root.Lang) == "vi-VN"
    assert answer.headers["content-type"] == "application/pdf"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_what_has_not_happened_or_may_not_be_seen_has_no_paper(story: Complaining) -> None:
    await story.up_to_acceptance()
    for who, name in (
        (PRINCIPAL, "resolution.pdf"),
        (PRINCIPAL, "refusal.pdf"),
        (PRINCIPAL, "acceptance.exe"),
        (PRINCIPAL, "nothing.pdf"),
        (VERIFIER, "acceptance.pdf"),
        (HEAD, "nothing.docx"),
    ):
        assert (await paper(story, who, name)).status_code == 404, (who, name)
    shown = (await paper(story, INTAKE, "../")).text
    assert "Thông báo thụ lý" in shown
    assert "Quyết định giải quyết khiếu nại: " not in shown
