"""A principal tries everything: no trace of the sender, the channel, the hour, or that a submission exists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from adapters.postgres.supervisor import Supervisor
from application.feedback_intake import Submission
from application.people import account_id_of
from application.ports import Identity
from domain.calendar import legal_date
from domain.feedback.vocabulary import Channel, SubmitterRole, Topic
from domain.schools.codes import public_code
from projections.case_list import row_of
from tests.support.complaining import Complaining, petition
from tests.support.explaining import TOLD, asked_of_school, known, taken_in
from tests.support.office import asked, command
from tests.support.postgres import fresh_database
from tests.support.protecting import WORSE, reported
from tests.support.prying import Answer, Prying, differing, rank, times_of
from tests.support.uploads import telling_photo
from tests.support.world import CLASSIFIED, HAMLET_SCHOOL, SCHOOL, TITLE, Town, open_town

MORNING = datetime(2026, 8, 25, 2, tzinfo=UTC)
"""Tuesday 25/08/2026, 09:00 in Hà Nội."""
EVENING = MORNING + timedelta(hours=8)
SENDER = Identity("Trần Thị Mẫu (demo)", "0900000001", "mau@example.org", "Xóm Trại")
LISTS = (
    "/cases",
    "/cases/comparison",
    "/cases/export",
    "/work",
    "/explanations",
    "/explanations/export",
    "/protection",
    "/protection/export",
    "/receptions",
    "/receptions/export",
    "/receptions/register",
    "/receptions/register/export",
    "/dialogues",
    "/dialogues/export",
    "/dialogues/plan",
    "/school",
    "/complaints",
    "/complaints/export",
    "/accounts",
    "/qr",
)
API_LISTS = (
    "/api/cases",
    "/api/explanations",
    "/api/protection-tasks",
    "/api/receptions",
    "/api/receptions/register",
    "/api/dialogues",
    "/api/school/requests",
    "/api/complaints",
    "/api/places",
    "/api/authorities",
)


NOTHING = UUID(int=0x7A5C)


class Found(msgspec.Struct, frozen=True):
    """Ids that are there in one town; in the other the same names stand for ids that nothing has."""

    case: UUID
    number: str
    explanation: UUID
    task: UUID = NOTHING


@asynccontextmanager
async def two_towns(server: Supervisor, folder: Path) -> AsyncIterator[tuple[Town, Town]]:
    """The same day, the same people, two databases."""
    async with AsyncExitStack() as stack:
        towns = []
        for name in ("first", "second"):
            database = await stack.enter_async_context(fresh_database(server))
            towns.append(await stack.enter_async_context(open_town(database, folder / name, now=MORNING)))
        yield towns[0], towns[1]


async def several_cases(town: Town) -> UUID:
    """About her school, by every way that there is; the first one is in hand."""
    photos = (telling_photo("JPEG"), telling_photo("PNG"))
    first = await taken_in(town, photos=photos, submitter_role=SubmitterRole.PARENT, identity=SENDER)
    await town.do("mai", f"/api/feedback/{first}/questions", {"question": "Thu ngày nào?"})
    await town.submit(Submission(text="Bốn cháu nôn sau bữa trưa (demo).", danger=True, topic=Topic.FOOD))
    await town.submit(Submission(text="Đánh nhau ở sân sau, cháu sợ lắm (demo).", topic=Topic.VIOLENCE, language="en"))
    told = Submission(text=TOLD, channel=Channel.HOTLINE, identity=SENDER, submitter_role=SubmitterRole.STAFF)
    await town.world.feedback.submit(await town.actor("mai"), asked(), await town.place(), told)
    return first


def guesses(found: Found) -> dict[str, Sequence[str]]:
    """What she may put into an address: what is there, by id and by number, and nonsense."""
    return {
        "case_id": (str(found.case), found.number, "PA-2026-1", "1", "0"),
        "explanation_id": (str(found.explanation), "GT-4F7K", "1", str(found.case)),
        "task_id": (str(found.task), str(found.case), "1"),
        "day_id": (str(found.case), "1"),
        "account_id": (str(account_id_of("mai")), "mai"),
        "dialogue_id": (str(NOTHING), "1"),
        "number": ("1",),
        "unit": (public_code(SCHOOL),),
        "code": ("AAAABBBBCCCCDDDD",),
        "act": ("drafts", "releases", "contact", "answers", "recalls", "takings", "closures"),
        "name": ("nothing.css",),
        "other": (str(SCHOOL), str(found.case), "1"),
    }


def nothing_there() -> Found:
    return Found(uuid4(), "PA-XXXX-2026-000001", uuid4())


async def pry(town: Town, found: Found, words: Sequence[str]) -> dict[str, Answer]:
    """All that she can do, and what each try answered."""
    hoa = Prying(town, "hoa")
    await hoa.following()
    await hoa.everywhere(guesses(found))
    await hoa.searching(words, (*LISTS, *API_LISTS))
    return hoa.answers


async def found_in(town: Town, case: UUID, explanation: UUID | None = None) -> Found:
    await town.settle()
    row = await row_of(town.world.db, case)
    assert row is not None
    assert row.number
    return Found(case, row.number, explanation or uuid4())


def to_evening(town: Town) -> None:
    town.pass_time(EVENING - town.world.clock.now())


async def test_a_school_with_submissions_about_it_looks_like_one_without(
    postgres_server: Supervisor, tmp_path: Path
) -> None:
    async with two_towns(postgres_server, tmp_path) as (quiet, loud):
        case = await several_cases(loud)
        elsewhere = await taken_in(loud, place=HAMLET_SCHOOL, by="nga")
        hamlet = await asked_of_school(loud, elsewhere, "nga")
        early = await asked_of_school(loud, case)
        version = await loud.version_of(early)
        recalled = await (await loud.of("mai")).post(
            f"/api/explanations/{early}/recalls", json={"reason": "Hỏi nhầm"}, headers=command(version)
        )
        assert recalled.status_code == 201
        await known(loud, early)
        found = await found_in(loud, case, early)
        for town in (quiet, loud):
            to_evening(town)
            await town.settle()
        worse = await loud.submit(Submission(text=TOLD, identity=SENDER))
        await reported(loud, worse.code)
        task = await reported(loud, worse.code)
        found = msgspec.structs.replace(found, task=task)
        words = [TITLE, WORSE[:20], "máy chiếu", found.number, SENDER.name, SENDER.phone, TOLD[:30], "Bình Nguyên"]
        absent = msgspec.structs.replace(nothing_there(), number=found.number)
        without, with_ = await pry(quiet, absent, words), await pry(loud, found, words)
        for other in (hamlet, case):
            more = await pry(loud, msgspec.structs.replace(found, explanation=other), ())
            again = differing({name: with_[name] for name in more}, more)
            assert [name for name in again if "session" not in name] == [], "her own sessions are more by then"

        print(f"{len(with_)} answers, {sum(answer.size for answer in with_.values())} bytes, the same in both towns")
        assert differing(without, with_) == {}
        told = {name: answer.body for name, answer in with_.items() if not name.startswith("/")}  # searches say it back
        assert not [name for name, body in told.items() if TITLE in body or SENDER.phone in body]

        mai = Prying(loud, "mai")
        await mai.following("/work")
        quiet_mai = Prying(quiet, "mai")
        await quiet_mai.following("/work")
        assert mai.answers != quiet_mai.answers, "who may see cases must see a difference, or this test sees nothing"


async def test_what_stands_behind_a_request_cannot_be_told_from_it(postgres_server: Supervisor, tmp_path: Path) -> None:
    async with two_towns(postgres_server, tmp_path) as (plain_town, loud):
        first = await taken_in(plain_town)
        request = await asked_of_school(plain_town, first)

        loud.pass_time(timedelta(hours=7))
        await several_cases(loud)
        phoned = Submission(
            text="Gọi lúc nửa đêm, chỉ tôi biết việc này thôi (demo).",
            channel=Channel.HOTLINE,
            identity=SENDER,
            received_at=MORNING - timedelta(days=1),
            late_reason="Gọi ngoài giờ",
        )
        sent = await loud.world.feedback.submit(await loud.actor("mai"), asked(), await loud.place(), phoned)
        case = sent.receipt.case_id
        await loud.settle()
        await loud.do("mai", f"/api/submissions/{case}/acknowledgements")
        await loud.do("mai", f"/api/submissions/{case}/classifications", {**CLASSIFIED, "category": "school-violence"})
        told = await asked_of_school(loud, case, could_know=2, few_reason="Chỉ trường có sổ (demo)")

        pries = []
        for town, its_case, explanation in ((plain_town, first, request), (loud, case, told)):
            to_evening(town)
            found = await found_in(town, its_case, explanation)
            pries.append(await pry(town, msgspec.structs.replace(found, number="PA-2026-1"), ["máy chiếu"]))
        print(f"{len(pries[0])} answers about one request each")
        assert differing(pries[0], pries[1]) == {}
        opened = [answer for name, answer in pries[1].items() if name.startswith("follow /school/requests/")]
        assert opened
        assert all("GT-number" in answer.body for answer in opened)


AT_SCHOOL, OF_COMPLAINT = ("binh", "thuy"), ("", "/history", "/deadlines")


async def test_who_resolves_a_complaint_reads_it_and_cannot_tell_whether_it_grew_from_feedback(town: Town) -> None:
    feedback = await several_cases(town)
    complaints, today = Complaining(town), legal_date(town.world.clock.now())
    other = await complaints.receive("nga", petition(today, place_id=str(HAMLET_SCHOOL)))
    case = await complaints.receive("mai", petition(today, source_id=str(feedback)))
    await complaints.act("binh", "resolver-receipts", {"received_on": today.isoformat()})
    await complaints.act("binh", "assignments", {"official_id": str(account_id_of("thuy"))})
    await town.settle()
    for who in AT_SCHOOL:
        client = await town.of(who)
        assert [row["case_id"] for row in (await client.get("/api/complaints")).json()["complaints"]] == [str(case)]
        for rest in OF_COMPLAINT:
            assert (await client.get(f"/api/complaints/{other}{rest}")).status_code == 404
            assert (await client.get(f"/api/cases/{feedback}{rest}")).status_code == 404
            answer = await client.get(f"/api/complaints/{case}{rest}")
            assert answer.status_code == 200
            assert str(feedback) not in answer.text, (who, rest)
        for page in (f"/complaints/{case}", f"/complaints/{case}/history", f"/complaints/{case}/history.json"):
            answer = await client.get(page, headers={"accept": "text/html"})
            assert answer.status_code == 200
            assert str(feedback) not in answer.text, (who, page)
            assert TITLE not in answer.text
    taken_in_by = (await (await town.of("mai")).get(f"/api/complaints/{case}/history")).text
    assert str(feedback) in taken_in_by, "the control: where both were taken in it is known"


ROUNDS = 80
NOISE = 0.25
"""How far from a half the rank of two samples may be: about five times its spread for samples of this size."""


async def test_the_time_an_answer_takes_tells_a_school_nothing(town: Town) -> None:
    case = await several_cases(town)
    other = await asked_of_school(town, await taken_in(town, place=HAMLET_SCHOOL, by="nga"), "nga")
    recalled = await asked_of_school(town, case)
    version = await town.version_of(recalled)
    path = f"/api/explanations/{recalled}/recalls"
    gone = await (await town.of("mai")).post(path, json={"reason": "Nhầm"}, headers=command(version))
    assert gone.status_code == 201
    await known(town, recalled)
    task = await reported(town, (await town.submit(Submission(text=TOLD))).code)
    pairs: dict[str, tuple[str, str, UUID]] = {
        "a report of worse treatment": ("GET", "/api/protection-tasks/{}", task),
        "the page of one": ("GET", "/protection/{}", task),
        "an act on one": ("POST", "/api/protection-tasks/{}/takings", task),
        "a case": ("GET", "/api/cases/{}", case),
        "its history": ("GET", "/api/cases/{}/history", case),
        "the page of a case": ("GET", "/cases/{}", case),
        "an act on a case": ("POST", "/api/feedback/{}/notes", case),
        "its requests": ("GET", "/api/feedback/{}/explanation-requests", case),
        "a request to another school": ("GET", "/api/school/requests/{}", other),
        "an answer to another school's": ("POST", "/api/school/requests/{}/answers", other),
        "the page's": ("POST", "/school/requests/{}/answers", other),
        "a recalled request": ("GET", "/api/school/requests/{}", recalled),
        "a request as officials see it": ("GET", "/api/explanations/{}", other),
    }
    addresses = {}
    for name, (method, pattern, there) in pairs.items():
        addresses[f"{name}, there"] = (method, pattern.format(there))
        addresses[f"{name}, not there"] = (method, pattern.format(uuid4()))
    async with await Prying(town, "hoa").client() as hoa, await Prying(town, "son").client() as son:
        await times_of(hoa, addresses, 5)
        took = await times_of(hoa, addresses, ROUNDS)
        known_case = {name: addresses[name] for name in ("a case, there", "a case, not there")}
        control = await times_of(son, known_case, ROUNDS)
    ranks = {name: rank(took[f"{name}, there"], took[f"{name}, not there"]) for name in pairs}
    for name, value in ranks.items():
        print(f"{name}: {value:.2f}")
    seen = rank(control["a case, there"], control["a case, not there"])
    print(f"control, by somebody who sees the case: {seen:.2f}")
    assert {name: value for name, value in ranks.items() if abs(value - 0.5) > NOISE} == {}
    assert seen > 0.5 + NOISE, "a real difference must be noticed"
