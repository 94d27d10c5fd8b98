"""By the clock "happened" the API tells what the loader of the demo story wrote down beside it, fold or no fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from msgspec.structs import replace

from adapters.demo import days
from adapters.demo.ledger import Ledger, Value, Which
from adapters.demo.load import Loaded
from adapters.http.compose import build_app
from adapters.http.passwords import Passwords, PostgresCredentials
from adapters.http.web.catalogue import compile_catalogues
from tests.support.demo_store import PASSWORD, OpenStore, open_store
from tests.support.office import BASE_URL
from tests.support.postgres import FreshDatabase
from tests.support.world import quiet_log

TODAY = days.moment(date(2026, 11, 22), 11)
CASES, INSTANTS, DIFFERENT = 50, 100, 15
LISTS = 20
"""Instants at which whole lists are compared."""
HEADS = ("son.doithong", "hien.songmay", "lam.nuixanh", "nhan.bienxanh")


def as_ledger(case: Mapping[str, Any]) -> dict[str, Value]:
    """What the API shows, in the words of the ledger."""
    classified = case["classification"]
    over = case["review_until"] is not None or case["status"] == "closed"
    due = [term["due_on"] for term in case["terms"] if term["purpose"] == "reply" and not term["replaced"]]
    return {
        "status": case["status"],
        "authority_id": UUID(case["authority"]["id"]),
        "holder_id": UUID(case["holder"]["id"]) if case["holder"] else None,
        "category": classified["category"] if classified else "",
        "requests": len(classified["requests"]) if classified else 0,
        "open_questions": 0 if over else sum(message["reply"] is None for message in case["messages"]),
        "answered": case["review_until"] is not None,
        "closed": case["status"] == "closed",
        "reply_due_on": date.fromisoformat(due[-1]),
    }


def expected(ledger: Ledger, case_id: UUID, at: datetime, clock: Which) -> dict[str, Value] | None:
    state = ledger.state_at(case_id, at, clock)
    return None if state is None else dict(state)


class Watch:
    """The heads of four authorities, looking at the cases that are theirs today."""

    def __init__(self, of_authority: Mapping[object, httpx.AsyncClient], ledger: Ledger) -> None:
        self._of_authority, self.ledger = of_authority, ledger
        late = {case_id for case_id, _ in ledger.late()}
        seen = [case_id for case_id in ledger.cases if self._today(case_id) in of_authority]
        self.cases = sorted(seen, key=lambda case_id: case_id not in late)[:CASES]

    def _today(self, case_id: UUID) -> object:
        state = self.ledger.state_at(case_id, TODAY)
        assert state is not None
        return state["authority_id"]

    async def told(self, case_id: UUID, at: datetime, clock: Which) -> dict[str, Value] | None:
        """None: it was not there."""
        client = self._of_authority[self._today(case_id)]
        answer = await client.get(f"/api/cases/{case_id}", params={"as_of": at.isoformat(), "clock": clock})
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.text
        assert answer.json()["actions"] == []
        told = as_ledger(answer.json())
        known = self.ledger.state_at(case_id, at, clock)
        if known is not None and known["reply_due_on"] is None:  # the story cannot count so far
            told["reply_due_on"] = None
        return told

    async def listed(self, at: datetime, clock: Which) -> dict[UUID, Value]:
        """Every line of the four lists of that moment, by pages: the case and its state."""
        found: dict[UUID, Value] = {}
        for client in self._of_authority.values():
            asked: dict[str, str] = {"as_of": at.isoformat(), "clock": clock, "limit": "70"}
            while asked:
                answer = (await client.get("/api/cases", params=asked)).json()
                lines = {UUID(row["case_id"]): row["status"] for row in answer["cases"]}
                assert not found.keys() & lines.keys(), "no case stands on two pages"
                found |= lines
                cursor = answer["next_cursor"]
                asked = {"cursor": cursor, "limit": "70"} if cursor else {}
        return found

    def told_of_lists(self, at: datetime, clock: Which) -> dict[UUID, Value]:
        """What the lists should hold: every case of the story that was there and belongs to one of the four today."""
        states = {case_id: self.ledger.state_at(case_id, at, clock) for case_id in self.ledger.cases}
        return {
            case: state["status"] for case, state in states.items() if state and self._today(case) in self._of_authority
        }

    def instants(self) -> Sequence[datetime]:
        """In the middle between happening and recording wherever something was entered late, the rest spread evenly."""
        late = [entry for case_id, entry in self.ledger.late() if case_id in self.cases]
        between = [entry.happened_at + (entry.known_at - entry.happened_at) / 2 for entry in late][: INSTANTS // 2]
        every = self.ledger.moments()
        rest = INSTANTS - len(between)
        return sorted([*between, *(every[n * (len(every) - 1) // (rest - 1)] for n in range(rest))])


async def watching(store: OpenStore, loaded: Loaded, stack: AsyncExitStack) -> Watch:
    compile_catalogues()
    credentials = PostgresCredentials(store.world.pool, Passwords(time_cost=1, memory_kib=8))
    app = build_app(replace(store.world, credentials=credentials), "0", demo=True)
    of_authority: dict[object, httpx.AsyncClient] = {}
    for head in HEADS:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE_URL)  # type: ignore[arg-type]
        client = await stack.enter_async_context(client)
        signed_in = (await client.post("/api/session", json={"username": head, "password": PASSWORD})).json()
        assert "token" in signed_in, (signed_in, head)
        client.headers["authorization"] = f"Bearer {signed_in['token']}"
        of_authority[UUID(signed_in["posts"][0]["authority_id"])] = client
    return Watch(of_authority, loaded.ledger)


async def test_fifty_cases_at_a_hundred_instants_are_what_the_ledger_says(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store, AsyncExitStack() as stack:
        stack.enter_context(quiet_log())
        loaded = await store.load(TODAY, keep=True)
        await store.world.settle()
        watch = await watching(store, loaded, stack)
        instants = watch.instants()
        assert (len(watch.cases), len(set(instants))) == (CASES, INSTANTS)
        wrong, different, absent = [], set(), 0
        for case_id in watch.cases:
            for at in instants:
                told = await watch.told(case_id, at, "happened")
                absent += told is None
                if told != expected(loaded.ledger, case_id, at, "happened"):
                    wrong.append((case_id, at, told, expected(loaded.ledger, case_id, at, "happened")))
                known = expected(loaded.ledger, case_id, at, "known")
                if known != told:
                    different.add((case_id, at))
                    assert await watch.told(case_id, at, "known") == known
        moments = {at for _, at in different}
        lines = others = 0
        for at in instants[:: INSTANTS // LISTS]:
            listed = await watch.listed(at, "happened")
            assert listed == watch.told_of_lists(at, "happened"), at
            knew = await watch.listed(at, "known")
            assert knew == watch.told_of_lists(at, "known"), at
            lines, others = lines + len(listed), others + len(listed.items() ^ knew.items())
        print(f"{LISTS} times the lists of four authorities: {lines} lines, {others} of them by one clock only")
        assert others > LISTS
        print(
            f"{CASES} cases at {INSTANTS} instants, {absent} times not yet there; {len(different)} pairs at"
            f" {len(moments)} instants differ from what was known then; {len(wrong)} differ from the ledger"
        )
        assert wrong == []
        assert len(moments) >= DIFFERENT
