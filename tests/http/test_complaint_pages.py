"""The pages of complaints without a browser: each act from the counter to the court, and what happens if it is no."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from application.complaint_commands import INTENTIONS
from application.people import account_id_of
from tests.http.test_exports import Book
from tests.support.complaining import (
    HEAD,
    INTAKE,
    PDF,
    PRINCIPAL,
    SECTIONS,
    VERIFIER,
    Complaining,
    moment,
    petition,
)
from tests.support.postgres import FreshDatabase
from tests.support.staff import Clerk, clerk, forms_of, text_of
from tests.support.world import SCHOOL, open_town

DAY = date(2026, 7, 13)
"""A Monday under the newer law, by which a complaint may be suspended."""
LATER = DAY + timedelta(days=60)
ON, AFTER = DAY.isoformat(), LATER.isoformat()
HOSTILE = "=HYPERLINK(1)</textarea><script>alert(1)</script>"
WHY = {"reason": "Lý do rõ ràng (demo)"}


class Step(msgspec.Struct, frozen=True):
    """One act: who, what, the texts that are typed, the inputs that take a file. The first text must not lack."""

    who: str
    act: str
    fields: dict[str, Any] = {}
    files: tuple[str, ...] = ()


def paper(field: str, symbol: str = "TB-TH", day: str = ON) -> dict[str, str]:
    """Number, symbol and day of a document."""
    return {f"{field}.number": "12", f"{field}.symbol": symbol, f"{field}.day": day}


THUY, SOME = str(account_id_of(VERIFIER)), str(account_id_of("thu"))
TEXTS = {f"sections.{name}": f"Phần {name} (demo)" for name in SECTIONS}
ACCEPTED: tuple[Step, ...] = (
    Step(INTAKE, "forwardings", {"forwarded_on": ON, **paper("slip", "PC-UBND")}, ("slip.scan",)),
    Step(PRINCIPAL, "resolver-receipts", {"received_on": ON}),
    Step(PRINCIPAL, "assignments", {"official_id": THUY, **WHY}),
    Step(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện (demo)"}),
    Step(PRINCIPAL, "acceptances", {"accepted_on": ON, "remote": "no", **paper("notice")}, ("notice.scan",)),
)
DECIDED: tuple[Step, ...] = (
    *ACCEPTED,
    Step(PRINCIPAL, "circumstances", {"reason": "Địa bàn xa (demo)", "remote": "yes", "complexity": "normal"}),
    Step(PRINCIPAL, "verifications", {"verifier_ids": [THUY]}),
    Step(
        VERIFIER,
        "evidence",
        {"description": "Hồ sơ chuyển trường (demo)", "kind": "document", "obtained_on": ON},
        ("paper",),
    ),
    Step(
        PRINCIPAL,
        "execution-suspensions",
        {**WHY, **paper("decision")},
        ("decision.scan",),
    ),
    Step(PRINCIPAL, "execution-suspension-liftings", {**WHY, **paper("decision")}, ("decision.scan",)),
    Step(
        PRINCIPAL, "suspensions", {"from_day": ON, "awaited": "Bản án (demo)", **paper("decision")}, ("decision.scan",)
    ),
    Step(PRINCIPAL, "resumptions", {"resumed_on": ON}),
    Step(
        VERIFIER, "reports", {"summary": "Còn chỗ trong lớp (demo)", "reported_on": ON, "differs": "yes"}, ("report",)
    ),
    Step(
        PRINCIPAL,
        "dialogues",
        {"content": "Hai bên nói (demo)", "held_on": ON, "chair": "Chủ trì (demo)", "agreed": "no"},
        ("minutes",),
    ),
    Step(PRINCIPAL, "regimes", {"regime": "KN-1", **WHY}),
    Step(VERIFIER, "drafts", {"outcome": "upheld", **TEXTS, "sections.dialogue": "Đối thoại (demo)"}),
    Step(VERIFIER, "signature-requests"),
    Step(PRINCIPAL, "returns", WHY),
    Step(VERIFIER, "drafts", {"outcome": "upheld-in-part", **TEXTS, "sections.dialogue": "Đối thoại lại (demo)"}),
    Step(VERIFIER, "signature-requests"),
    Step(PRINCIPAL, "approvals"),
    Step(VERIFIER, "issues", paper("decision", "QĐ-TH"), ("decision.scan",)),
)
HANDED: tuple[Step, ...] = (
    Step(VERIFIER, "sendings", {"sent_on": ON, "way": "by-hand"}),
    Step(VERIFIER, "receipt-proofs", {"received_on": ON, "proof": "handover-note"}, ("paper",)),
)
FINISHED: tuple[Step, ...] = (
    Step(
        VERIFIER, "amendments", {"text": "Sửa ngày (demo)", **WHY, **paper("decision", day=AFTER)}, ("decision.scan",)
    ),
    Step(PRINCIPAL, "effects", {"effective_on": AFTER}),
    Step(
        PRINCIPAL,
        "publications",
        {"where": "Bảng tin (demo)", "form": "posting", "from_day": AFTER, "confirmed": "yes", "chosen": "yes"},
        ("redacted",),
    ),
    Step(PRINCIPAL, "publication-endings", WHY),
    Step(PRINCIPAL, "executions", {"report": "Đã tiếp nhận học sinh (demo)", "executed_on": AFTER}),
    Step(PRINCIPAL, "closures", WHY),
    Step(INTAKE, "court-notes", {"taken_on": AFTER}),
    Step(PRINCIPAL, "involvements", WHY),
)
"""Weeks later."""
ENDS: dict[str, tuple[Step, ...]] = {
    "refused": (
        *ACCEPTED[:3],
        Step(PRINCIPAL, "examinations", {"findings": "Không có quyền (demo)", "found": ["no-own-right"]}),
        Step(
            PRINCIPAL,
            "refusals",
            {"reason": "Không liên quan (demo)", "ground": "no-own-right", **paper("notice")},
            ("notice.scan",),
        ),
    ),
    "sent elsewhere": (Step(INTAKE, "transfers", {"to": "Sở (demo)", **WHY, **paper("slip")}, ("slip.scan",)),),
    "guided": (Step(INTAKE, "guidances", {"guidance": "Nộp đơn nơi khác (demo)"}),),
    "withdrawn": (
        *ACCEPTED,
        Step(INTAKE, "withdrawals", {"withdrawn_on": ON}, ("paper",)),
        Step(PRINCIPAL, "terminations", paper("notice"), ("notice.scan",)),
    ),
}
READING = Step(PRINCIPAL, "readings", {"reason": "Là viên chức (demo)", "reading": "discipline"})
TEACHER = {"target": "discipline", "employment": "public-employee"}


def test_the_steps_of_this_file_are_all_the_acts_there_are() -> None:
    told = {step.act for way in (DECIDED, HANDED, FINISHED, *ENDS.values()) for step in way}
    assert told | {READING.act} == set(INTENTIONS)


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(DAY, 8)) as town:
        yield Complaining(town)


class Office:
    """Everybody at a browser, signed in anew each day."""

    def __init__(self, story: Complaining) -> None:
        self.story, self._here = story, dict[str, Clerk]()

    def on(self, day: date) -> None:
        self.story.on(day)
        self._here.clear()

    async def of(self, who: str) -> Clerk:
        if who not in self._here:
            self._here[who] = await clerk(self.story.town, who)
        return self._here[who]

    async def form(self, step: Step) -> dict[str, Any]:
        """As the page of the act gives it."""
        return await (await self.of(step.who)).form(self.path(step))

    def path(self, step: Step) -> str:
        return f"/complaints/{self.story.case}/{step.act}"

    async def sent(
        self, step: Step, fields: dict[str, Any], *, files: bool = True, data: bytes = PDF, path: str = ""
    ) -> httpx.Response:
        """As a browser sends it."""
        parts: list[tuple[str, Any]] = [
            (name, (None, value))
            for name, values in fields.items()
            for value in (values if isinstance(values, list) else [values])
        ]
        parts += [(name, ("ban-quet.pdf", data, "application/pdf")) for name in step.files if files]
        client = (await self.of(step.who)).client
        return await client.post(path or self.path(step), files=parts)

    async def does(self, step: Step) -> None:
        """By the page, and on to the case."""
        answer = await self.sent(step, await self.form(step) | step.fields)
        assert answer.status_code == 303, (step.act, answer.status_code, text_of(answer.text)[-1500:])
        assert answer.headers["location"].endswith(f"?done=complaint-{step.act}"), answer.headers["location"]
        await self.story.town.settle()


def typed_in(html: str, path: str) -> dict[str, str]:
    """What stands in the form of a page that came back."""
    return {name: values[-1] for name, values in forms_of(html)[path].items()}


async def lacking(office: Office, step: Step) -> None:
    """The same with the first text missing: 400 at its field, and everything else stays; nothing was done."""
    first, *rest = step.fields
    kept = {name: step.fields[name] for name in rest}
    blank: Any = [] if isinstance(step.fields[first], list) else ""
    answer = await office.sent(step, await office.form(step) | kept | {first: blank}, files=False)
    assert answer.status_code == 400, (step.act, answer.status_code, text_of(answer.text)[-800:])
    assert f'href="#{first}' in answer.text, (step.act, first)
    shown = forms_of(answer.text)[office.path(step)]
    for name, value in kept.items():
        assert shown.get(name) == (value if isinstance(value, list) else [value]), (step.act, name)
    for name in step.files:
        assert f'href="#{name}"' in answer.text or step.act in OPTIONAL_FILES, (step.act, name)


OPTIONAL_FILES = frozenset({"evidence"})


async def walk(office: Office, steps: tuple[Step, ...]) -> None:
    """Each act once with something missing, then whole."""
    for step in steps:
        if step.fields and step.act not in NOTHING_NEEDED:
            await lacking(office, step)
        await office.does(step)


NOTHING_NEEDED = frozenset({"drafts"})
"""An outcome is chosen beforehand once there is a draft."""


async def test_a_complaint_goes_from_the_counter_to_the_court_by_its_pages(story: Complaining) -> None:
    office = Office(story)
    await story.receive(INTAKE, petition(DAY))
    await story.town.settle()
    await walk(office, (*DECIDED, *HANDED))
    office.on(LATER)
    shown = await (await office.of(VERIFIER)).read(f"/complaints/{story.case}")
    for told in ("12/QĐ-TH", "Phần conclusion (demo)", "Đối thoại lại (demo)", "Đối thoại (demo)", "SHA-256"):
        assert told in text_of(shown), told
    await walk(office, FINISHED)
    gone = await (await office.of(PRINCIPAL)).client.get(f"/complaints/{story.case}")
    assert gone.status_code == 404, "who is involved reads nothing of it"
    assert "Đã kết thúc" in text_of(await (await office.of(VERIFIER)).read(f"/complaints/{story.case}"))


@pytest.mark.parametrize("end", ENDS)
async def test_a_complaint_ends_without_a_decision_by_its_pages(story: Complaining, end: str) -> None:
    office = Office(story)
    await story.receive(INTAKE, petition(DAY))
    await story.town.settle()
    await walk(office, ENDS[end])
    await (await office.of(INTAKE)).read(f"/complaints/{story.case}")


async def test_where_the_law_is_unclear_a_person_decides_on_a_page(story: Complaining) -> None:
    office = Office(story)
    await story.receive(PRINCIPAL, petition(DAY, **TEACHER))
    await story.town.settle()
    await walk(office, (READING,))
    closed = await (await office.of(PRINCIPAL)).client.get(f"/complaints/{story.case}/refusals")
    assert (closed.status_code, closed.headers["location"]) == (303, f"/complaints/{story.case}?done=not-now")


REFUSED: dict[str, tuple[tuple[Step, ...], Step, str]] = {
    "by oneself alone": (
        ACCEPTED,
        Step(PRINCIPAL, "verifications", {"verifier_ids": [str(account_id_of(PRINCIPAL))]}),
        "verifier_ids",
    ),
    "a day ahead": (ACCEPTED[:1], Step(PRINCIPAL, "resolver-receipts", {"received_on": AFTER}), "received_on"),
    "complex for no reason": (
        ACCEPTED[:4],
        Step(
            PRINCIPAL, "acceptances", {"accepted_on": ON, "complexity": "complex", **paper("notice")}, ("notice.scan",)
        ),
        "complexity_reason",
    ),
    "too early to be in force": ((*DECIDED, *HANDED), Step(PRINCIPAL, "effects", {"effective_on": ON}), "effective_on"),
    "no duty to publish": (
        (*DECIDED, *HANDED),
        Step(
            PRINCIPAL,
            "publications",
            {"form": "posting", "from_day": ON, "where": "Bảng tin (demo)", "confirmed": "yes"},
            ("redacted",),
        ),
        "chosen",
    ),
    "nobody confirms": (
        (*DECIDED, *HANDED),
        Step(
            PRINCIPAL,
            "publications",
            {"form": "posting", "from_day": ON, "where": "Bảng tin (demo)", "confirmed": "no", "chosen": "yes"},
            ("redacted",),
        ),
        "confirmed",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(story: Complaining, case: str) -> None:
    before, step, field = REFUSED[case]
    office = Office(story)
    await story.receive(INTAKE, petition(DAY))
    await story.town.settle()
    for one in before:
        await office.does(one)
    version = await story.town.version_of(story.case)
    answer = await office.sent(step, await office.form(step) | step.fields)
    assert answer.status_code == 409, text_of(answer.text)[-1500:]
    assert f'href="#{field}' in answer.text
    shown = typed_in(answer.text, office.path(step))
    texts = {name: value for name, value in step.fields.items() if isinstance(value, str)}
    assert {name: shown[name] for name in texts} == texts
    assert await story.town.version_of(story.case) == version


async def test_a_file_of_another_kind_is_refused_as_in_the_api(story: Complaining) -> None:
    office, step = Office(story), DECIDED[0]
    await story.receive(INTAKE, petition(DAY))
    await story.town.settle()
    answer = await office.sent(step, await office.form(step) | step.fields, data=b"<script>alert(1)</script>")
    assert answer.status_code == 400
    assert 'href="#slip.scan"' in answer.text
    assert typed_in(answer.text, office.path(step))["slip.symbol"] == "PC-UBND"
    half = await office.sent(step, await office.form(step) | step.fields, files=False)
    assert half.status_code == 400, "a slip without its scan is none"
    assert 'href="#slip.scan"' in half.text


async def test_the_same_form_sent_twice_is_one_act_and_without_a_version_there_is_none(story: Complaining) -> None:
    office, step = Office(story), DECIDED[0]
    await story.receive(INTAKE, petition(DAY))
    await story.town.settle()
    form = await office.form(step) | step.fields
    answers = [await office.sent(step, form) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == [
        f"/complaints/{story.case}?done=complaint-forwardings"
    ] * 2
    assert await story.town.version_of(story.case) == 2
    bare = {name: value for name, value in form.items() if name != "version"} | {"command_id": str(uuid4())}
    assert (await office.sent(step, bare)).status_code == 428


async def test_who_comes_second_sees_what_is_new_and_keeps_what_was_typed(story: Complaining) -> None:
    office, step = Office(story), Step(PRINCIPAL, "examinations", {"findings": "Đang xem, rất dài (demo)"})
    await story.receive(PRINCIPAL, petition(DAY))
    await story.town.settle()
    form = await office.form(step)
    await story.act(PRINCIPAL, "assignments", {"official_id": THUY})
    await story.town.settle()
    stale = await office.sent(step, form | step.fields)
    assert stale.status_code == 412
    shown = typed_in(stale.text, office.path(step))
    assert shown["findings"] == step.fields["findings"]
    assert "Đã giao tham mưu" in text_of(stale.text)
    again = await office.sent(step, shown)
    assert again.status_code == 303
    await story.town.settle()
    receipt, old = Step(PRINCIPAL, "refusals", {"reason": "Không kịp (demo)"}), shown
    late = await office.sent(receipt, old | receipt.fields | {"command_id": str(uuid4()), "ground": "no-own-right"})
    assert late.status_code in {400, 412}, "not the time for it any more"


async def answers_of(client: httpx.AsyncClient, case: UUID, file: str, moment_then: str) -> list[tuple[Any, ...]]:
    """Every page that hangs below a complaint, read and sent, with all that a client gets."""
    reads = ("", "/history", "/history.csv", "/history.json", f"/files/{file}", "/evidence", "/nothing")
    found = [await client.get(f"/complaints/{case}{rest}") for rest in (*reads, f"?as_of={moment_then}")]
    sent = {"command_id": str(uuid4()), "version": "1", "description": "x"}
    found += [await client.post(f"/complaints/{case}/{act}", data=sent) for act in ("evidence", "nothing")]
    return [
        (one.status_code, one.content, tuple(sorted(pair for pair in one.headers.items() if pair[0] != "date")))
        for one in found
    ]


async def test_what_is_hidden_looks_like_nothing_to_whoever_may_not_see_it(story: Complaining) -> None:
    office = Office(story)
    await story.receive(PRINCIPAL, petition(DAY))
    file = (await story.read(PRINCIPAL))["papers"][0]["id"]
    then = moment(DAY, 23).strftime("%Y-%m-%dT%H:%M")
    for who in (INTAKE, HEAD, VERIFIER, "thu", "nhi", "hoa", "kho", "anh", "tung", "dung"):
        client = (await office.of(who)).client
        hidden = await answers_of(client, story.case, file, then)
        assert {status for status, _, _ in hidden} == {404}, who
        assert hidden == await answers_of(client, uuid4(), str(uuid4()), then), who
    seen = await answers_of((await office.of(PRINCIPAL)).client, story.case, file, then)
    assert [status for status, _, _ in seen[:5]] == [200] * 5, "the control"


async def test_what_was_typed_is_text_on_every_page_and_in_every_export(story: Complaining) -> None:
    office = Office(story)
    await story.receive(INTAKE, petition(DAY, content=HOSTILE, remedy=HOSTILE, complainant=HOSTILE, contact=HOSTILE))
    await story.town.settle()
    for step in ACCEPTED:
        await office.does(step)
    await office.does(Step(PRINCIPAL, "circumstances", {"reason": HOSTILE, "remote": "yes", "complexity": "normal"}))
    mai = await office.of(INTAKE)
    path = f"/complaints/{story.case}"
    for page in (path, f"{path}/history", f"{path}/guidances", f"/complaints?part=all&number={HOSTILE}"):
        answer = await mai.client.get(page, follow_redirects=True)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text, page
    assert "&lt;script&gt;alert(1)" in await mai.read(path)
    history = (await mai.client.get(f"{path}/history.csv")).content.decode("utf-8-sig")
    lists = [(await mai.client.get(f"/complaints/export?part=all&number={HOSTILE}")).content.decode("utf-8-sig")]
    for table in (history, *lists):
        assert "HYPERLINK" in table
        for line in csv.reader(io.StringIO(table)):
            assert not [cell for cell in line if cell[:1] in ("=", "+", "-", "@", "\t", "\r")], line
    book = Book((await mai.client.get(f"/complaints/export?part=all&number={HOSTILE}&format=xlsx")).content)
    cells = [cell for number in (1, 2) for cell in book.cells(number)]
    assert any("HYPERLINK" in text for _kind, text in cells)
    assert not [kind for kind, _ in cells if kind == "f"]
    data = (await mai.client.get(f"{path}/history.json")).json()
    assert data["facts"][0]["data"]["content"] == HOSTILE
    assert (
        data["facts"] == (await (await story.of(INTAKE)).get(f"/api/complaints/{story.case}/history")).json()["facts"]
    )


async def test_a_paper_is_given_back_byte_for_byte_and_runs_nothing(story: Complaining) -> None:
    office = Office(story)
    await story.receive(INTAKE, petition(DAY))
    mai = await office.of(INTAKE)
    (paper_told,) = (await story.read(INTAKE))["papers"]
    answer = await mai.client.get(f"/complaints/{story.case}/files/{paper_told['id']}")
    assert answer.content == PDF
    assert hashlib.sha256(answer.content).hexdigest() == paper_told["sha256"]
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cache-control"] == "private, no-store"
    missing = await mai.client.get(f"/complaints/{story.case}/files/{uuid4()}")
    assert missing.status_code == 404


LISTED = (date(2026, 7, 13), date(2026, 7, 15), date(2026, 7, 17))


async def several(story: Complaining) -> list[UUID]:
    """Three, taken in on three days; the second is over, the third decided."""
    cases = []
    for number, day in enumerate(LISTED):
        story.on(day, 9)
        cases.append(await (story.in_one_day() if number == 2 else story.receive(INTAKE, petition(day))))
        if number == 1:
            await story.act(INTAKE, "guidances", {"guidance": "Nộp nơi khác (demo)"})
        await story.town.settle()
    return cases


def rows_of(html: str) -> list[UUID]:
    """The complaints of a list in their order."""
    found = re.findall(r'__header" data-label="[^"]+"><a class="govuk-link" href="/complaints/([0-9a-f-]{36})"', html)
    return [UUID(one) for one in found]


def further(html: str) -> set[str]:
    """Where the next page is; the other language has the address of this one."""
    found = map(unescape, re.findall(r'href="(/complaints\?[^"]*cursor=[^"]+)"', html))
    return {link for link in found if "lang=" not in link}


async def test_the_list_is_narrowed_sorted_and_paged(story: Complaining, monkeypatch: pytest.MonkeyPatch) -> None:
    first, over, decided = await several(story)
    mai = await Office(story).of(INTAKE)
    number = (await story.read(INTAKE, over))["number"]
    narrowed: dict[str, set[UUID]] = {
        "part=all": {first, over, decided},
        "part=open": {first, decided},
        "part=over": {over},
        "part=all&stage=guided": {over},
        "part=all&stage=nonsense": {first, over, decided},
        "part=all&level=second": set(),
        "part=all&outcome=upheld-in-part": {decided},
        f"part=all&number={number.lower()}": {over},
        f"part=all&place={SCHOOL}": {first, over, decided},
        f"part=all&place={uuid4()}": set(),
        "part=all&received_from=2026-07-15": {over, decided},
        "part=all&received_to=2026-07-15": {first, over},
        "part=all&decided_from=2026-07-17&decided_to=2026-07-17": {decided},
        "part=all&number=%00": {first, over, decided},
    }
    for query, wanted in narrowed.items():
        assert set(rows_of(await mai.read(f"/complaints?{query}"))) == wanted, query
    assert rows_of(await mai.read("/complaints?part=all&sort=received")) == [decided, over, first]
    assert rows_of(await mai.read("/complaints?part=all&sort=number")) == [first, over, decided]
    monkeypatch.setattr("adapters.http.web.staff.complaints.ROWS", 2)
    for sort in ("due", "received", "number"):
        page = await mai.read(f"/complaints?part=all&sort={sort}")
        (more,) = further(page)
        rest = await mai.read(more)
        assert further(rest) == set()
        assert {*rows_of(page), *rows_of(rest)} == {first, over, decided}
        assert len(rows_of(page)) == 2
    for broken in ("x", "WzEsMl0", "eyJhIjoxfQ"):
        assert (await mai.client.get(f"/complaints?cursor={broken}")).status_code == 400


async def test_the_export_holds_the_rows_of_the_list(story: Complaining) -> None:
    await several(story)
    mai = await Office(story).of(INTAKE)
    table = (await mai.client.get("/complaints/export?part=all&sort=received&outcome=upheld-in-part")).content
    lines = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    head = next(number for number, line in enumerate(lines) if len(line) > 5)
    (row,) = lines[head + 1 :]
    assert row[0].startswith("KN-")
    assert row[4] == "17/07/2026"
    assert "Người khiếu nại Hùng" not in table.decode(), "nothing of what people wrote"
    book = Book((await mai.client.get("/complaints/export?part=all&format=xlsx")).content)
    assert ("n", str((LISTED[2] - date(1899, 12, 30)).days)) in book.cells(2)


async def test_the_past_shows_that_moment_to_who_may_look_today(story: Complaining) -> None:
    first, over, decided = await several(story)
    office = Office(story)
    mai, then = await office.of(INTAKE), "2026-07-15T08:30"
    page = await mai.read(f"/complaints?part=all&as_of={then}")
    assert rows_of(page) == [first]
    assert "/complaints/new" not in page
    before = await mai.read(f"/complaints/{decided}?as_of=2026-07-17T09:00")
    assert "Quyết định giải quyết" not in re.sub(r"<[^>]+>", "", before).split("Lịch sử")[0]
    assert f"/complaints/{decided}/receipt-proofs" not in before
    assert f"/complaints/{decided}/receipt-proofs" in await mai.read(f"/complaints/{decided}")
    assert (await mai.client.get(f"/complaints/{over}?as_of={then}")).status_code == 404, "not there yet"
    facts = [
        len((await mai.client.get(f"/complaints/{decided}/history.json?as_of={at}")).json()["facts"])
        for at in ("2026-07-17T09:00", "2026-07-18T09:00")
    ]
    assert facts[0] < facts[1] == await story.town.version_of(decided)
    exported = (await mai.client.get(f"/complaints/export?part=all&as_of={then}")).content.decode("utf-8-sig")
    assert exported.count("KN-") == 1
    binh = await office.of(PRINCIPAL)
    there = f"/complaints/{decided}?as_of=2026-07-18T09:00"
    assert (await binh.client.get(there)).status_code == 200
    await story.act(PRINCIPAL, "involvements", WHY, case=decided)
    await story.town.settle()
    assert (await binh.client.get(there)).status_code == 404, "today's right"
    listed = await binh.client.get("/complaints?part=all&as_of=2026-07-18T09:00")
    assert str(decided) not in listed.text


async def test_taking_one_in_keeps_what_was_typed_and_makes_one_case(story: Complaining) -> None:
    office = Office(story)
    new = Step(INTAKE, "new", {}, ("petition",))
    form = await (await office.of(INTAKE)).form("/complaints/new")
    good = {
        "place_id": str(SCHOOL),
        "ownership": "public",
        "against": "school",
        "target": "administrative-act",
        "complainant": "Người khiếu nại Hùng (demo)",
        "form": "signed-petition",
        "received_on": ON,
        "content": "Nhà trường không tiếp nhận con tôi (demo).",
        "remedy": "Cho con tôi được học.",
    }
    for name in ("complainant", "content", "remedy"):
        lacks = await office.sent(new, form | good | {name: " "}, path="/complaints/new")
        assert lacks.status_code == 400, name
        assert f'href="#{name}"' in lacks.text
        shown = typed_in(lacks.text, "/complaints/new")
        assert all(shown[other] == good[other] for other in ("complainant", "content", "remedy") if other != name)
    without = await office.sent(new, form | good, files=False, path="/complaints/new")
    assert (without.status_code, 'href="#petition"' in without.text) == (400, True)
    wrong = await office.sent(new, form | good, data=b"GIF89a", path="/complaints/new")
    assert (wrong.status_code, 'href="#petition"' in wrong.text) == (400, True)
    private = await office.sent(new, form | good | {"ownership": "private"}, path="/complaints/new")
    assert private.status_code == 409
    assert typed_in(private.text, "/complaints/new")["content"] == good["content"]
    made = [await office.sent(new, form | good, path="/complaints/new") for _ in range(2)]
    assert [answer.status_code for answer in made] == [303, 303]
    assert made[0].headers["location"] == made[1].headers["location"]
    await story.town.settle()
    assert len(rows_of(await (await office.of(INTAKE)).read("/complaints?part=all"))) == 1


async def test_a_second_complaint_names_the_first_by_its_number(story: Complaining) -> None:
    await story.in_one_day()
    office, first = Office(story), story.case
    second = Step(INTAKE, "second", {}, ("petition",))
    number = (await story.read(INTAKE))["number"]
    mai = await office.of(INTAKE)
    form = await mai.form(f"/complaints/second?first={number}", "/complaints/second")
    assert form["first_number"] == [number]
    good = {
        "place_id": str(SCHOOL),
        "ownership": "public",
        "target": "administrative-act",
        "complainant": "Người khiếu nại Hùng (demo)",
        "form": "signed-petition",
        "received_on": ON,
        "content": "Không đồng ý (demo).",
        "remedy": "Xem lại (demo).",
    }
    for unknown in ("", "KN-0000-2026-9999", "=1+1"):
        answer = await office.sent(second, form | good | {"first_number": unknown}, path="/complaints/second")
        assert (answer.status_code, 'href="#first_number"' in answer.text) == (400, True)
        assert typed_in(answer.text, "/complaints/second")["content"] == good["content"]
    made = await office.sent(second, form | good, path="/complaints/second")
    assert made.status_code == 303, text_of(made.text)[-1500:]
    await story.town.settle()
    assert made.headers["location"].partition("?")[0] in await mai.read(f"/complaints/{first}")
    again = await office.sent(second, form | good | {"command_id": str(uuid4())}, path="/complaints/second")
    assert again.status_code == 409
