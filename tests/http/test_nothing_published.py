"""Nobody can publish before a decision exists (CMP-I10): without a code nobody outside reads a word of any case."""

from __future__ import annotations

from uuid import uuid4

from domain.schools.codes import public_code
from tests.http.test_feedback_ways import answered
from tests.support.complaining import Complaining
from tests.support.prying import routes_of
from tests.support.staff import CLASSIFIED, MONEY, STORY, classified, clerk
from tests.support.world import SCHOOL, Town


async def test_a_stranger_who_knows_every_id_reads_no_word_of_any_case(town: Town) -> None:
    case = await classified(town, await clerk(town, "mai"))
    done = await answered(town)
    await town.settle()
    rows = (await (await town.of("son")).get("/api/cases")).json()["cases"]
    numbers = [row["number"] for row in rows]
    assert len(numbers) == 2
    assert MONEY.identity is not None
    complaint = await Complaining(town).in_one_day()
    await town.settle()
    found = (await (await town.of("binh")).get(f"/api/complaints/{complaint}")).json()
    paper = found["papers"][0]["id"]
    numbers.append(found["number"])
    told_by_it = [found["complainant"], found["content"], found["remedy"], "Nội dung phần conclusion"]
    secrets = [*told_by_it, STORY[:40], CLASSIFIED["title"], MONEY.identity.name, MONEY.identity.phone, *numbers]
    known = {"unit": public_code(SCHOOL), "code": "AAAABBBBCCCCDDDD", "name": "nothing.css", "act": "drafts"}
    told, asked = list[str](), 0
    for route in routes_of(town):
        method, path = route.split(" ", 1)
        if method != "GET":
            continue
        for identifier in (case, done.case_id, complaint, paper, uuid4()):
            names = {
                name: str(identifier)
                for name in ("case_id", "account_id", "explanation_id", "file_id", "task_id", "day_id")
            }
            address = path
            for name, value in {**names, **known}.items():
                address = address.replace(f"{{{name}}}", value)
            for accept in ("text/html", "application/json"):
                answer = await town.anonymous.get(address, headers={"accept": accept})
                asked += 1
                told += [f"{address}: {word}" for word in secrets if word and word in answer.text]
    print(f"{asked} answers to a stranger")
    assert asked > 200
    assert told == []
