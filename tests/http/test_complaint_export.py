"""A complaint taken along as a ZIP: whole for who works on it, covered without a word of anybody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from tests.support.complaining import INTAKE, PDF, PRINCIPAL, VERIFIER, Complaining, moment
from tests.support.postgres import FreshDatabase
from tests.support.world import open_town


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(date(2026, 3, 10), 8)) as town:
        yield Complaining(town)


async def archive(story: Complaining, who: str, **query: str) -> zipfile.ZipFile:
    answer = await (await story.of(who)).get(f"/api/complaints/{story.case}/export", params=query)
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_the_whole_file_holds_every_paper_with_its_hash(story: Complaining) -> None:
    await story.up_to_decision()
    whole = await archive(story, PRINCIPAL)
    names = set(whole.namelist())
    papers = {name for name in names if name.startswith("papers/")}
    assert names - papers == {"index.html", "index.csv", "papers.csv", "case.json", "SHA256SUMS"}
    assert len(papers) == 7
    assert all(whole.read(name) == PDF for name in papers)
    for line in whole.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(whole.read(name)).hexdigest() == digest
    told = json.loads(whole.read("case.json"))
    assert told["complainant"] == "Người khiếu nại Hùng (demo)"
    assert len(told["papers"]) == len(papers)


async def test_the_covered_file_names_nobody_and_holds_no_paper(story: Complaining) -> None:
    await story.up_to_decision()
    covered = await archive(story, VERIFIER, covered="true")
    assert not any(name.startswith("papers/") for name in covered.namelist())
    for name in covered.namelist():
        text = covered.read(name).decode()
        for word in ("khiếu nại Hùng", "0000 000 000", "không tiếp nhận con tôi", "Nội dung phần", "ban-quet"):
            assert word not in text, (name, word)
    told = json.loads(covered.read("case.json"))
    assert (told["complainant"], told["stage"]) == (None, "decided")
    assert "KN-RESOLVE-1" in covered.read("case.json").decode()


async def test_who_only_took_it_in_takes_nothing_along_and_a_stranger_finds_nothing(story: Complaining) -> None:
    await story.up_to_acceptance()
    for who, status in ((INTAKE, 403), ("thu", 404), ("hoa", 404)):
        for path in ("/api/complaints", "/complaints"):
            answer = await (await story.of(who)).get(f"{path}/{story.case}/export")
            assert answer.status_code == status, (who, path)
