"""Routes × roles × objects: what is answered is what the policy table says, and what is hidden looks like nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute
from msgspec.structs import replace

from adapters.http.guards import SAFE_METHODS
from adapters.http.problems import NOT_FOUND_BODY
from application.feedback_intake import Submission
from application.people import account_id_of
from domain.calendar import legal_date
from domain.schools.codes import public_code
from tests.http.rights_complaints import TABLE as COMPLAINTS
from tests.http.rights_pages import PAGES
from tests.http.rights_table import API, OBJECTS, ROLES, Route
from tests.support.complaining import Complaining, petition
from tests.support.dialogue import closed, recorded
from tests.support.explaining import asked_of_school, taken_in
from tests.support.protecting import act_on, reported
from tests.support.receiving import held
from tests.support.uploads import telling_photo
from tests.support.world import (
    CLASSIFIED,
    DOI_THONG,
    HAMLET_SCHOOL,
    OTHER_SCHOOL,
    SCHOOL,
    SONG_MAY,
    Town,
)

TABLE: dict[str, Route] = {**API, **COMPLAINTS, **PAGES}
"""The pages stand last: among them is the one that ends the sessions of whoever asks."""


class Things(msgspec.Struct, frozen=True):
    """Ids by family and name of the object, and the photo of each case."""

    ids: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]


async def a_case(town: Town, school: Any, category: str, intake: str, head: str) -> tuple[str, str]:
    """Taken in and classified; its id and that of its photo."""
    sent = await town.submit(Submission(text="Đề nghị kiểm tra (demo).", photos=(telling_photo("JPEG"),)), school)
    path = f"/api/submissions/{sent.case_id}"
    await town.do(intake, f"{path}/acknowledgements")
    await town.do(intake, f"{path}/classifications", {**CLASSIFIED, "category": category})
    if school == HAMLET_SCHOOL:  # who took it in does not hold it any more
        await town.do(intake, f"{path}/assignments", {"handler_id": str(account_id_of("hung"))})
    shown = await (await town.of(head)).get(f"/api/cases/{sent.case_id}")
    return str(sent.case_id), shown.json()["attachments"][0]["id"]


TASKS: dict[str, tuple[UUID, str, str, str]] = {
    "own area": (SCHOOL, "over-collection", "mai", "anh"),
    "other area": (HAMLET_SCHOOL, "over-collection", "nga", "anh"),
    "other authority": (OTHER_SCHOOL, "over-collection", "loan", "dung"),
    "restricted": (SCHOOL, "tutoring", "mai", "anh"),
    "child-protected": (SCHOOL, "school-violence", "mai", "anh"),
}
"""Where, of which category, taken in by whom; and who has the report in hand."""


async def a_task(town: Town, school: UUID, category: str, intake: str, holder: str) -> str:
    """A case whose sender reports worse treatment, and somebody has that in hand."""
    sent = await town.submit(Submission(text="Đề nghị kiểm tra (demo)."), school)
    path = f"/api/submissions/{sent.case_id}"
    await town.do(intake, f"{path}/acknowledgements")
    await town.do(intake, f"{path}/classifications", {**CLASSIFIED, "category": category})
    task = await reported(town, sent.code)
    assert (await act_on(town, holder, task, "takings")).status_code == 201
    return str(task)


COMPLAINTS_OF: dict[str, tuple[UUID, str, str, dict[str, str]]] = {
    "first, taken in here": (SCHOOL, "mai", "binh", {}),
    "first, other school": (HAMLET_SCHOOL, "nga", "", {}),
    "first, taken in at school": (SCHOOL, "binh", "binh", {}),
    "against the authority": (SCHOOL, "mai", "son", {"against": "commune-chair"}),
    "taken in elsewhere": (OTHER_SCHOOL, "loan", "", {}),
}
"""Against which school, taken in by whom; the head who gives it to somebody; what else it says."""
PREPARED_BY = {"binh": "thuy", "son": "thu"}


async def a_complaint(town: Town, school: UUID, intake: str, head: str, other: dict[str, str]) -> tuple[str, str]:
    """Where its resolver has it, somebody prepares it. Its id and that of the petition."""
    told = Complaining(town)
    today = legal_date(town.world.clock.now())
    case = await told.receive(intake, petition(today, place_id=str(school), **other))
    if head == "binh" and intake != head:
        await told.act(head, "resolver-receipts", {"received_on": today.isoformat()})
    if head:
        await told.act(head, "assignments", {"official_id": str(account_id_of(PREPARED_BY[head]))})
    return str(case), (await told.read(head or intake))["papers"][0]["id"]


async def things_of(town: Town) -> Things:
    normal = "over-collection"
    cases = {
        "own area": await a_case(town, SCHOOL, normal, "mai", "son"),
        "other area": await a_case(town, HAMLET_SCHOOL, normal, "nga", "son"),
        "other authority": await a_case(town, OTHER_SCHOOL, normal, "loan", "dung"),
        "restricted": await a_case(town, SCHOOL, "tutoring", "mai", "son"),
        "child-protected": await a_case(town, SCHOOL, "school-violence", "mai", "son"),
    }
    explained = {
        name: str(await asked_of_school(town, await taken_in(town, place=school, by=by), by))
        for name, school, by in (("own area", SCHOOL, "mai"), ("other authority", OTHER_SCHOOL, "loan"))
    }
    tasks = {name: await a_task(town, *of) for name, of in TASKS.items()}
    complaints = {name: await a_complaint(town, *of) for name, of in COMPLAINTS_OF.items()}
    nothing = {"missing": str(uuid4()), "malformed": "khong-phai-ma"}
    ids = {
        "case": {name: found[0] for name, found in cases.items()} | nothing,
        "explanation": explained | nothing,
        "task": tasks | nothing,
        "reception": {
            "own authority": str(await held(town)),
            "other authority": str(await held(town, "dung", official_id=str(account_id_of("dung")))),
        }
        | nothing,
        "dialogue": {
            "own authority": str(await recorded(town)),
            "closed": str(await closed(town)),
            "other authority": str(await recorded(town, "loan")),
        }
        | nothing,
        "complaint": {name: found[0] for name, found in complaints.items()} | nothing,
        "account": {"own authority": str(account_id_of("hung")), "other authority": str(account_id_of("loan"))}
        | nothing,
        "authority": {"own authority": str(DOI_THONG), "other authority": str(SONG_MAY)} | nothing,
        "place": {"own authority": str(SCHOOL), "other authority": str(OTHER_SCHOOL)} | nothing,
        "session": nothing,
        "nothing": {"-": "-"},
    }
    return Things(ids, {name: found[1] for name, found in (cases | complaints).items()})


def address(name: str, route: Route, things: Things, thing: str) -> str:
    """The path of a route for an object, without the method that its name begins with."""
    identifier = things.ids[route.family][thing]
    file = things.files.get(thing, str(uuid4()))
    known = {"case_id": identifier, "file_id": file, "code": "AAAABBBBCCCCDDDD"}
    known |= {"explanation_id": identifier, "task_id": identifier, "day_id": identifier, "number": "1"}
    known |= {"dialogue_id": identifier, "paper": "receipt.pdf"}
    known |= {"account_id": identifier, "authority_id": identifier, "place_id": identifier, "session_id": identifier}
    path, _, act = name.split(" ", 1)[1].partition("#")
    return path.format_map({**known, "act": act, "unit": public_code(SCHOOL), "name": "nothing.css"})


def routes_of(town: Town) -> set[str]:
    """Every method and address of the application."""
    return {
        f"{method} {route.path_format}"
        for route in town.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS"
    }


async def ask(town: Town, role: str, name: str, route: Route, path: str, **headers: str) -> httpx.Response:
    """With everything that the address wants, but for the version of what is changed."""
    method = name.split(" ", 1)[0]
    user = ROLES[role]
    client = town.anonymous if not user else await town.of(user)
    if route.throwaway and user:
        client = town.client(await town.sign_in(user))
    kind = "application/json" if "/api/" in path else "text/html"
    sent: dict[str, Any] = {"headers": {"accept": kind, **headers}}
    if method not in SAFE_METHODS:
        sent["headers"] |= {"idempotency-key": str(uuid4())}
    if headers.get("content-type") == "text/plain":
        sent["content"] = b"x=1"
    if route.json is not None:
        sent["json"] = filled(route.json)
    if route.form is not None:
        sent["data"] = {"command_id": str(uuid4()), **route.form}
    return await client.request(method, path, **sent)


def filled(json: Any) -> Any:
    """Ids in the place of names."""
    known = {"MAI": str(account_id_of("mai")), "DOI_THONG": str(DOI_THONG)}
    return {key: known.get(value, value) if isinstance(value, str) else value for key, value in json.items()}


def shown(answer: httpx.Response) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Everything that a client gets but the date."""
    headers = tuple(sorted((key, value) for key, value in answer.headers.items() if key != "date"))
    return answer.status_code, answer.content, headers


@pytest.fixture
async def things(town: Town) -> Things:
    found = await things_of(town)
    await town.settle()
    return found


async def test_every_route_answers_every_role_about_every_object_as_the_table_says(town: Town, things: Things) -> None:
    wrong, hidden, asked = list[str](), dict[str, set[Any]](), 0
    for name, route in TABLE.items():
        for role in ROLES:
            for thing in OBJECTS[route.family]:
                answer = await ask(town, role, name, route, address(name, route, things, thing))
                asked += 1
                if answer.status_code != route.expected(role, thing):
                    wrong.append(f"{name} · {role} · {thing}: {answer.status_code}, not {route.expected(role, thing)}")
                elif answer.status_code == 404 and role != "anonymous":
                    hidden.setdefault(name, set()).add(shown(answer))
    objects = sum(map(len, OBJECTS.values()))
    print(
        f"{len(TABLE)} routes and acts × {len(ROLES)} roles × {objects} objects: {asked} answers;"
        f" on {len(hidden)} of the routes something is hidden"
    )
    print(*wrong, sep="\n")
    assert wrong == []
    assert {name: len(forms) for name, forms in hidden.items() if len(forms) > 1} == {}
    assert {status for forms in hidden.values() for status, _, _ in forms} == {404}
    machines = {form for name, forms in hidden.items() if "/api/" in name for form in forms}
    assert [body for _, body, _ in machines] == [NOT_FOUND_BODY]


async def test_no_route_is_missing_in_the_table(town: Town) -> None:
    listed = {name.partition("#")[0] for name in TABLE}
    assert {type(route) for route in town.app.routes} == {HTTPRoute}
    assert routes_of(town) - listed == set(), "a new route has to be written into the policy table"
    assert listed - routes_of(town) == set()


async def test_every_unsafe_route_refuses_other_sites_and_bodies_that_forms_of_other_sites_can_send(
    town: Town, things: Things
) -> None:
    await town.settle()
    head, unsafe = await town.world.log.head(), 0
    for name, route in TABLE.items():
        if name.startswith("GET "):
            continue
        role, thing = somebody_who_may(route)
        path = address(name, route, things, thing)
        unsafe += 1
        foreign = await ask(town, role, name, route, path, origin="https://example.org")
        assert foreign.status_code == 403, name
        if name.startswith("DELETE "):
            continue  # has no body, and no form can send it
        plain = await ask(
            town, role, name, replace(route, json=None, form=None), path, **{"content-type": "text/plain"}
        )
        hidden = "/api/track/" in name  # a wrong code is missing before anything else is said
        assert plain.status_code == (404 if hidden else 415), (name, plain.status_code)
    print(f"{unsafe} unsafe routes and acts")
    await town.settle()
    assert await town.world.log.head() == head


def somebody_who_may(route: Route) -> tuple[str, str]:
    """A role and an object that the route is for."""
    pairs = [(role, thing) for role in ROLES for thing in OBJECTS[route.family] if role != "anonymous"]
    return next((pair for pair in pairs if route.expected(*pair) == route.ok_of.get(pair[0], route.ok)), pairs[0])
