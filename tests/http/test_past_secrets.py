"""What was restricted, what an officer left behind, who was erased: looking back at an earlier day shows none of it."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import msgspec
import pytest
import pytest_asyncio

from adapters.http.problems import NOT_FOUND_BODY
from adapters.postgres.supervisor import Supervisor
from application.access import SYSTEM, Role
from application.feedback_intake import Submission
from application.people import NewPost, account_id_of
from application.ports import Identity
from domain.calendar import legal_date
from domain.people.account import ACCOUNT
from domain.privacy.vocabulary import ErasureGround
from domain.searching import search_key
from tests.support.office import asked
from tests.support.postgres import fresh_database
from tests.support.uploads import telling_photo
from tests.support.world import (
    CLASSIFIED,
    DOI_THONG,
    HAMLET,
    HAMLET_SCHOOL,
    SONG_MAY,
    WARD,
    Town,
    employ,
    official,
    open_town,
)

DAY = timedelta(days=1)
FIRST_DAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội: the evening of day 4 is still before anything is hidden."""
DAY_FOUR = (FIRST_DAY + 3 * DAY + timedelta(hours=8)).isoformat()
SECRET = "Cô giáo Nguyễn Thị Hoa Mơ ép học thêm, đề nghị xem."
TITLE = "Mái tôn sân trường bị dột"
PHONE = "0912345678"
MARKERS = ("Hoa Mơ ép", "Bí mật của câu hỏi", "Bí mật của trả lời", "Bí mật của dự thảo", "Bí mật của ghi chú")

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Past(msgspec.Struct, frozen=True):
    """Cases of day 1, and who could see them on day 4. All three cases are in the hamlet's area."""

    town: Town
    restricted: UUID
    left_behind: UUID
    erased: UUID
    file: str
    before: dict[str, dict[str, bytes]]
    """Person → address → what was answered on day 4."""


CLOCKS = ("known", "happened")
LISTS = ("/api/cases", "/api/cases?q=mai+ton", "/api/cases?order=number&status=in-handling", "/api/cases?q=PA")
COMPARED = "/cases/comparison"
"""Without a moment it leads to the register."""
PAGES = ("/cases", "/cases/export", "/work?tab=all", "/cases?q=mai+ton")
HTML = {"accept": "text/html"}


def addresses(case_id: UUID) -> Iterator[str]:
    """Everywhere that one case could be looked back at."""
    for clock in CLOCKS:
        for rest in ("", "/history", "/deadlines"):
            yield f"/api/cases/{case_id}{rest}?clock={clock}"
        for rest in ("", "/history", "/history.csv", "/history.json", "/compare"):
            yield f"/cases/{case_id}{rest}?clock={clock}"


async def look(client: httpx.AsyncClient, address: str, as_of: str = DAY_FOUR) -> httpx.Response:
    url = httpx.URL(address)
    url = url.copy_merge_params({"as_of": as_of}) if as_of else url
    return await client.get(url, headers={} if address.startswith("/api") else HTML)


async def a_case(town: Town, text: str, *, photo: bool = False) -> UUID:
    """Handled by hung, up to a draft."""
    what = Submission(
        text=text,
        identity=Identity(name="Nguyễn Thị Hoa Mơ", phone=PHONE),
        photos=(telling_photo("JPEG"),) if photo else (),
    )
    sent = await town.submit(what, HAMLET_SCHOOL)
    intake, work = f"/api/submissions/{sent.case_id}", f"/api/feedback/{sent.case_id}"
    await town.do("nga", f"{intake}/acknowledgements")
    await town.do("nga", f"{intake}/classifications", {**CLASSIFIED, "category": "facilities", "title": TITLE})
    await town.do("nga", f"{intake}/assignments", {"handler_id": str(account_id_of("hung"))})
    await town.do("hung", f"{work}/questions", {"question": "Bí mật của câu hỏi?"})
    answer = await town.anonymous.post(
        f"/api/track/{sent.code}/replies", json={"question": 1, "text": "Bí mật của trả lời"}
    )
    assert answer.status_code == 201, answer.text
    part = {"request": 1, "text": "Bí mật của dự thảo"}
    await town.do("hung", f"{work}/drafts", {"outcome": "explained", "parts": [part]})
    await town.do("hung", f"{work}/notes", {"note": "Bí mật của ghi chú"})
    return sent.case_id


async def transfer(town: Town, username: str, authority: UUID, areas: frozenset[UUID]) -> None:
    """The post ends today, another begins tomorrow."""
    people, today = town.world.people, legal_date(town.world.clock.now())
    seen = await town.world.store.load(ACCOUNT, account_id_of(username))
    assert seen is not None
    await people.end_post(SYSTEM, asked(), account_id_of(username), seen.state.posts[0].id, today, "Điều động (demo)")
    post = NewPost(
        title="Vị trí mới (demo)",
        roles=frozenset({Role.OFFICER}),
        authority_id=authority,
        from_day=today + DAY,
        area_ids=areas,
    )
    await people.give_post(SYSTEM, asked(), account_id_of(username), post)


async def erase(town: Town, case_id: UUID) -> None:
    """Asked for by the head, approved by the custodian, carried out by the worker."""
    desk = town.world.privacy
    await desk.request_erasure(
        await town.actor("son"), asked(), case_id, ground=ErasureGround.SUBJECT_ASKED, document="7/ĐN (demo)"
    )
    await desk.approve(await town.actor("kho"), asked(), case_id, document="8/QĐ (demo)")
    await town.settle()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def past(postgres_server: Supervisor, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Past]:
    """Day 1: three cases. Day 4: everybody looks. Day 5: one is restricted. Day 6: two leave. Day 7: one is erased."""
    folder = tmp_path_factory.mktemp("past")
    async with fresh_database(postgres_server) as database, open_town(database, folder, now=FIRST_DAY) as town:
        await employ(town, "linh", official(Role.OFFICER))
        await employ(town, "phuc", official(Role.OFFICER, areas=frozenset({HAMLET})))
        cases = [
            await a_case(town, "Sân trường bị dột nhiều chỗ, đề nghị xem."),
            await a_case(town, "Mái tôn lớp hai dột, đề nghị xem."),
            await a_case(town, SECRET, photo=True),
        ]
        restricted, left_behind, erased = cases
        await town.settle()
        shown = await (await town.of("son")).get(f"/api/cases/{erased}")
        file = f"/api/cases/{erased}/files/{shown.json()['attachments'][0]['id']}"
        town.pass_time(3 * DAY)
        everything = (*addresses(restricted), *addresses(erased), *LISTS, *PAGES, file)
        before: dict[str, dict[str, bytes]] = {}
        for who in ("linh", "phuc", "nga", "son"):
            client = await town.of(who, anew=True)
            before[who] = {address: (await look(client, address, "")).content for address in everything}
        town.pass_time(DAY)
        await town.of("son", anew=True)
        path = f"/api/feedback/{restricted}/restrictions"
        await town.do("son", path, {"sensitivity": "restricted", "reason": "Có tên học sinh (demo)"})
        town.pass_time(DAY)
        await transfer(town, "linh", SONG_MAY, frozenset())
        await transfer(town, "phuc", DOI_THONG, frozenset({WARD}))
        town.pass_time(DAY)
        await erase(town, erased)
        await town.settle()
        yield Past(town, restricted, left_behind, erased, file, before)


def forms_of(text: str) -> tuple[bytes, ...]:
    """As it is, without marks, in JSON escapes and in the three shifts of base64."""
    plain = text.encode()
    coded = [base64.b64encode(b" " * shift + plain)[4:-4] for shift in range(3)]
    return (plain, search_key(text).encode(), text.encode("ascii", "backslashreplace"), *coded)


async def test_on_day_four_they_did_see_it(past: Past) -> None:
    """The control: what the other tests do not find was there."""
    for who in ("linh", "phuc", "nga", "son"):
        seen = past.before[who]
        for address in addresses(past.restricted):
            sign = {"deadlines": '"due_on"', "history.csv": "Người hung (demo)", "compare": ""}
            rest = address.partition("?")[0].rpartition("/")[2]
            assert sign.get(rest, TITLE) in seen[address].decode(), (who, address)
            assert seen[address] != NOT_FOUND_BODY
        for address in (*LISTS[:3], *PAGES):
            assert str(past.restricted) in seen[address].decode() or "/export" in address, (who, address)
        for marker in MARKERS:
            assert any(marker in found.decode(errors="replace") for found in seen.values()), (who, marker)
        assert seen[past.file].startswith(b"\xff\xd8")


async def test_a_case_that_was_restricted_later_is_not_there_on_day_four_either(past: Past) -> None:
    for who in ("nga", "linh", "phuc"):
        await assert_not_there(await past.town.of(who, anew=True), past.restricted)


async def test_what_an_officer_left_behind_is_not_there_on_day_four_either(past: Past) -> None:
    for who in ("linh", "phuc"):
        for case_id in (past.left_behind, past.erased):
            await assert_not_there(await past.town.of(who, anew=True), case_id)


async def assert_not_there(client: httpx.AsyncClient, case_id: UUID) -> None:
    """At no moment, by no clock, as data or page: byte by byte what is answered for an id that never was."""
    missing = UUID(int=7)
    for address, nowhere in zip(addresses(case_id), addresses(missing), strict=True):
        for as_of in (DAY_FOUR, ""):
            hidden, absent = await look(client, address, as_of), await look(client, nowhere, as_of)
            assert hidden.status_code == 404, address
            assert hidden.content == absent.content
            assert [h for h in hidden.headers.items() if h[0] != "date"] == [
                h for h in absent.headers.items() if h[0] != "date"
            ]
    assert (await look(client, f"/api/cases/{case_id}")).content == NOT_FOUND_BODY


async def test_lists_searches_counts_and_exports_of_day_four_know_nothing_of_it(past: Past) -> None:
    numbers = await register_numbers(past)
    for who, left in (("nga", 2), ("linh", 0), ("phuc", 0)):
        await assert_lists(past, await past.town.of(who, anew=True), numbers, left)


async def assert_lists(past: Past, client: httpx.AsyncClient, numbers: dict[UUID, str], left: int) -> None:
    """`left`: how many cases this person still sees."""
    hidden = {past.restricted} if left else {past.restricted, past.left_behind, past.erased}
    for address in LISTS:
        for as_of in (DAY_FOUR, ""):
            answer = (await look(client, address, as_of)).json()
            assert not {UUID(row["case_id"]) for row in answer["cases"]} & hidden, address
            assert answer["total"] == len(answer["cases"]) <= left, address
    for address in (*PAGES, COMPARED):
        for as_of in (DAY_FOUR, ""):
            body = (await look(client, address, as_of)).text
            for case_id in hidden:
                assert str(case_id) not in body, address
                assert numbers[case_id] not in body, address


async def register_numbers(past: Past) -> dict[UUID, str]:
    rows = (await look(await past.town.of("son", anew=True), "/api/cases?limit=200")).json()["cases"]
    return {UUID(row["case_id"]): row["number"] for row in rows}


async def test_the_head_still_sees_the_restricted_case_of_day_four(past: Past) -> None:
    """Another control: it is hidden, not lost, and then shows what it was."""
    client = await past.town.of("son", anew=True)
    for clock in CLOCKS:
        then = (await look(client, f"/api/cases/{past.restricted}?clock={clock}")).json()
        assert then["classification"]["sensitivity"] == "normal"
        assert then["actions"] == []
    now = (await look(client, f"/api/cases/{past.restricted}", "")).json()
    assert now["classification"]["sensitivity"] == "restricted"


async def test_the_erased_person_is_nowhere_at_any_moment(past: Past) -> None:
    own = {m for address in addresses(past.erased) for m in MARKERS if m in past.before["son"][address].decode()}
    assert own == set(MARKERS)
    for who in ("son", "nga", "hung"):
        checked = await assert_no_trace(past, await past.town.of(who, anew=True))
        print(f"{who}: {checked} answers without a trace of the erased person")


async def assert_no_trace(past: Past, client: httpx.AsyncClient) -> int:
    """Of name, telephone and every text, as it is, without marks and in base64; the number of answers searched."""
    checked = 0
    everywhere = (*addresses(past.erased), *LISTS, *PAGES, COMPARED, past.file, f"/api/cases/{past.erased}/erasure")
    for address in everywhere:
        for as_of in (DAY_FOUR, ""):
            answer = await look(client, address, as_of)
            assert answer.status_code in (200, 303, 404, 410), (address, answer.status_code)
            checked += 1
            for text in (SECRET, "Nguyễn Thị Hoa Mơ", PHONE):
                assert not [form for form in forms_of(text) if form in answer.content], (address, text)
    for address in addresses(past.erased):
        for as_of in (DAY_FOUR, ""):
            found = (await look(client, address, as_of)).content
            assert not [marker for marker in MARKERS for form in forms_of(marker) if form in found], address
    return checked


async def test_the_case_of_the_erased_person_still_opens_and_says_so(past: Past) -> None:
    client = await past.town.of("son", anew=True)
    for clock in CLOCKS:
        then = (await look(client, f"/api/cases/{past.erased}?clock={clock}")).json()
        assert then["content"] == {"erased": True}
        assert then["messages"][0]["reply"] == {"erased": True}
        assert then["classification"]["title"] == TITLE
        facts = (await look(client, f"/api/cases/{past.erased}/history?clock={clock}")).json()["facts"]
        assert len(facts) == 8
        assert facts[0]["data"]["content"] == {"erased": True}
    assert (await look(client, past.file)).status_code == 410
