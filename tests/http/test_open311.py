"""Open311 GeoReport v2 against the standard's own examples, and what nobody learns by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4
from xml.etree import ElementTree as ET

import httpx
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.open311.answers import Form, written
from application.access import SYSTEM
from domain.feedback.vocabulary import Topic
from domain.schools.codes import public_code
from tests.http import open311_examples as standard
from tests.http.test_feedback_ways import REASON, TWO_MATTERS
from tests.support.office import asked
from tests.support.world import (
    CLASSIFIED,
    DOI_THONG,
    HAMLET,
    HAMLET_SCHOOL,
    OTHER_SCHOOL,
    SCHOOL,
    SINCE,
    WARD,
    Town,
)

V2 = "/open311/v2"
STORY = "Lớp tôi thu 450.000 đồng mua máy chiếu, không có biên lai."
SENT = {
    "service_code": "money",
    "attribute[unit]": public_code(SCHOOL),
    "attribute[danger]": "no",
    "description": STORY,
}
FORMS = ("json", "xml")
ENGLISH = {"accept-language": "en"}


async def get(town: Town, path: str, **params: str) -> httpx.Response:
    return await town.anonymous.get(f"{V2}/{path}", params=params)


async def post(
    town: Town, fields: Mapping[str, str] | None = None, *, headers: Mapping[str, str] | None = None, **more: str
) -> httpx.Response:
    return await town.anonymous.post(f"{V2}/requests.json", data={**SENT, **(fields or {}), **more}, headers=headers)


async def sent(town: Town, **more: str) -> tuple[str, str]:
    """The id and the tracking code that the answer says."""
    answer = await post(town, more)
    assert answer.status_code == 200, answer.text
    said = answer.json()[0]
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", said["service_notice"])
    assert code
    return said["service_request_id"], code.group()


async def shown(town: Town, token: str) -> dict[str, Any]:
    await town.settle()
    answer = await get(town, f"requests/{token}.json")
    assert answer.status_code == 200, answer.text
    [found] = answer.json()
    request: dict[str, Any] = found
    return request


def errors(answer: httpx.Response) -> list[tuple[int, str]]:
    """Code and what stands in brackets at the end of the description."""
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return [
        (fault["code"], re.findall(r" \[([a-z-]+(?:: .*)?)\]$", fault["description"])[0]) for fault in answer.json()
    ]


def xml_of(text: str | bytes) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own answers and the standard's examples


def shape(element: ET.Element) -> Any:
    """Names and how they lie in each other; of equal neighbours the first."""
    return element.tag, tuple(dict.fromkeys(shape(child) for child in element))


def json_shape(said: Any) -> Any:
    """The same of JSON."""
    if isinstance(said, dict):
        return {key: json_shape(value) for key, value in said.items()}
    return [json_shape(entry) for entry in said[:1]] if isinstance(said, list) else None


def same_fields(ours: str, example: str) -> None:
    one, other = shape(xml_of(ours)), shape(xml_of(example))
    assert one == other


async def test_every_answer_has_the_fields_of_the_standards_example_in_its_order(town: Town) -> None:
    token, _ = await sent(town)
    await town.settle()
    pairs = {
        "discovery": (standard.DISCOVERY, standard.DISCOVERY_JSON),
        "services": (standard.SERVICES, standard.SERVICES_JSON),
        f"tokens/{token}": (standard.TOKEN, standard.TOKEN_JSON),
        f"requests/{token}": (standard.REQUEST, standard.REQUEST_JSON),
        "requests/nobodys": (standard.ERRORS, standard.ERRORS_JSON),
    }
    for path, (xml, json) in pairs.items():
        answer = await get(town, f"{path}.xml")
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
        same_fields(answer.text, xml)
        answer = await get(town, f"{path}.json")
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert json_shape(answer.json()) == json_shape(msgspec.json.decode(json)), path


async def test_a_definition_has_the_fields_of_the_example_with_and_without_values(town: Town) -> None:
    own = xml_of((await get(town, "services/money.xml")).text)
    example = xml_of(standard.DEFINITION)
    assert [child.tag for child in own] == [child.tag for child in example]
    [pattern] = example.iter("attribute")
    for attribute in own.iter("attribute"):
        assert [child.tag for child in attribute] == [child.tag for child in pattern]
        if len(attribute.find("values") or ()):
            assert shape(attribute) == shape(pattern)
    said = (await get(town, "services/money.json")).json()
    assert said.keys() == msgspec.json.decode(standard.DEFINITION_JSON).keys()
    known = msgspec.json.decode(standard.DEFINITION_JSON)["attributes"][0].keys()
    assert {tuple(attribute) for attribute in said["attributes"]} == {tuple(known)}


async def test_what_the_standard_posts_is_taken_and_what_it_says_of_place_and_device_is_kept_nowhere(
    town: Town,
) -> None:
    fields = dict(parse_qsl(standard.POSTED)) | {"jurisdiction_id": "phuong-doi-thong", "service_code": "safety"}
    fields |= {"attribute[unit]": public_code(SCHOOL), "attribute[danger]": "no"}
    answers = {}
    for form in FORMS:
        fields["description"] += f" ({form})"
        answer = await town.anonymous.post(f"{V2}/requests.{form}", data=fields)
        assert answer.status_code == 200, answer.text
        answers[form] = answer
    same_fields(answers["xml"].text, standard.RECEIPT)
    assert json_shape(answers["json"].json()) == json_shape(msgspec.json.decode(standard.RECEIPT_JSON))
    assert "Ảnh (media_url) không được nhận" in answers["json"].json()[0]["service_notice"]
    await town.settle()
    listed = (await (await town.of("mai")).get("/api/cases")).json()["cases"]
    assert len(listed) == 2
    case = await (await town.of("mai")).get(f"/api/cases/{listed[0]['case_id']}")
    ignored = ("37.76524078", "122.4212043", "1234 5th street", "tt222111", "123456", "flickr", "xyz", "COISL001")
    rows = await town.world.pool.fetch("select to_jsonb(event)::text as said from event")
    for word in ignored:
        assert word not in case.text
        assert not any(word in row["said"] for row in rows), word
    assert "smith" not in case.text
    path, why = f"/api/submissions/{listed[0]['case_id']}/identity-disclosures", {"reason": "Gọi lại (demo)"}
    await town.do("mai", f"/api/submissions/{listed[0]['case_id']}/acknowledgements")
    opened = await town.do("mai", path, why)
    assert opened.json()["identity"] == {
        "name": "smith john",
        "phone": "111111111",
        "email": "smit333@sfgov.edu",
    }


async def test_discovery_says_where_that_no_key_is_needed_and_why_lists_are_empty(town: Town) -> None:
    said = (await get(town, "discovery.json")).json()
    [endpoint] = said["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"].endswith("/open311/v2")
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert "danh sách trống: tin của một người không cho người khác xem" in said["contact"]
    assert "Không cần khóa" in said["key_service"]
    english = (await town.anonymous.get(f"{V2}/discovery.json", headers=ENGLISH)).json()
    assert (
        "List calls (GET requests) always answer empty: what one person sends is shown to no other"
        in (english["contact"])
    )
    page = await town.anonymous.get("/p/developers", headers={"accept": "text/html"})
    assert f"{V2}/discovery.json" in page.text


async def test_services_are_the_topics_of_the_public_form_and_definitions_what_it_asks(town: Town) -> None:
    """Whoever changes one of these raises CHANGESET."""
    services = (await get(town, "services.json")).json()
    assert [service["service_code"] for service in services] == list(Topic)
    assert services[0]["service_name"] == "Thu tiền, đóng góp"
    for topic in Topic:
        attributes = (await get(town, f"services/{topic}.json")).json()["attributes"]
        found = [(one["order"], one["code"], one["datatype"], one["variable"], one["required"]) for one in attributes]
        assert found == [
            (1, "unit", "string", True, True),
            (2, "danger", "singlevaluelist", True, True),
            (3, "submitter_role", "singlevaluelist", True, False),
            (4, "before-you-send", "string", False, False),
        ]
        assert [value["key"] for value in attributes[1]["values"]] == ["yes", "no"]


async def test_with_a_jurisdiction_the_definition_names_its_schools_and_no_others(town: Town) -> None:
    await town.world.authorities.assign_area(SYSTEM, asked(), DOI_THONG, frozenset({WARD, HAMLET}), SINCE)
    await town.settle()
    answer = await get(town, "services/money.json", jurisdiction_id="phuong-doi-thong")
    school = answer.json()["attributes"][0]
    assert school["datatype"] == "singlevaluelist"
    named = {value["key"] for value in school["values"]}
    assert {public_code(SCHOOL), public_code(HAMLET_SCHOOL)} <= named
    assert public_code(OTHER_SCHOOL) not in named
    unknown = await get(town, "services.json", jurisdiction_id="city.gov")
    assert (unknown.status_code, errors(unknown)) == (404, [(404, "unknown-jurisdiction: jurisdiction_id")])
    assert (await get(town, "services.json", jurisdiction_id="")).status_code == 200
    elsewhere = await post(town, jurisdiction_id="xa-song-may")
    assert errors(elsewhere) == [(400, "unit-elsewhere: attribute[unit]")]


async def test_a_request_is_followed_from_sending_to_its_answer_by_days_without_a_word_of_it(town: Town) -> None:
    token, code = await sent(town, last_name="Trần", first_name="Lan", phone="0912345678")
    first = await shown(town, token)
    assert (first["status"], first["service_code"]) == ("open", "money")
    assert first["status_notes"].startswith("Đã gửi, chờ cơ quan xác nhận. ")
    track = (await town.anonymous.get(f"/api/track/{code}")).json()
    assert first["address"] == track["place"]
    assert first["requested_datetime"] == f"{track['received_on']}T00:00:00+07:00"
    assert first["expected_datetime"] == f"{track['next_term']['due_on']}T00:00:00+07:00"
    listed = (await (await town.of("mai")).get("/api/cases")).json()["cases"]
    case_id = listed[0]["case_id"]
    await town.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{case_id}/classifications", {**CLASSIFIED, "category": "facilities"})
    assert (await shown(town, token))["status_notes"].startswith("Đang xử lý. ")
    work = f"/api/feedback/{case_id}"
    parts = [{"request": number, "text": "Đã trả lại tiền (demo)."} for number in (1, 2)]
    await town.do("mai", f"{work}/drafts", {"outcome": "explained", "parts": parts})
    await town.do("mai", f"{work}/release-requests")
    await town.do("son", f"{work}/releases")
    last = await shown(town, token)
    assert (last["status"], last["expected_datetime"]) == ("closed", None)
    assert last["status_notes"].startswith("Đã trả lời. ")
    moments = [value for key, value in last.items() if key.endswith("_datetime") and value]
    assert all(moment.endswith("T00:00:00+07:00") for moment in moments)
    nothing = ("description", "agency_responsible", "address_id", "zipcode", "lat", "long", "media_url")
    assert {last[name] for name in nothing} == {None}
    told = msgspec.json.encode(last).decode()
    for word in (STORY, "Đã trả lại", "Lan", "0912", code, code.replace("-", ""), case_id, listed[0]["number"]):
        assert word not in told


async def test_what_was_split_is_open_until_its_last_part_is_closed(town: Town) -> None:
    token, code = await sent(town, description=TWO_MATTERS)
    await town.settle()
    case_id = (await (await town.of("mai")).get("/api/cases")).json()["cases"][0]["case_id"]
    await town.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{case_id}/splits", {"parts": [[1], [2]], **REASON})
    assert (await shown(town, token))["status"] == "open"
    for part in (1, 2):
        await town.settle()
        answer = await town.anonymous.post(f"/api/track/{code}/withdrawals", json={"part": part})
        assert answer.status_code == 201, answer.text
        assert (await shown(town, token))["status"] == ("open" if part == 1 else "closed")


async def test_everything_that_is_wrong_is_said_at_once_in_both_languages(town: Town) -> None:
    answer = await town.anonymous.post(f"{V2}/requests.json", data={"description": "ngắn", "attribute[danger]": "?"})
    assert answer.status_code == 400
    assert errors(answer) == [
        (400, "service-missing: service_code"),
        (400, "unit-missing: attribute[unit]"),
        (400, "danger-missing: attribute[danger]"),
        (400, "feedback-text-too-short: description"),
    ]
    assert "Chưa chọn loại việc" in answer.text
    english = await post(town, service_code="pothole", headers=ENGLISH)
    assert (english.status_code, errors(english)) == (404, [(404, "unknown-service: service_code")])
    assert english.headers["content-language"] == "en"
    assert english.json()[0]["description"].startswith("There is no such service")
    unknown = await post(town, {"attribute[unit]": "AAAAAAAA", "attribute[submitter_role]": "boss"})
    assert errors(unknown) == [(400, "unit-unknown: attribute[unit]"), (400, "role-unknown: attribute[submitter_role]")]
    assert errors(await post(town, description="x" * 20_001))[0][0] == 400
    assert errors(await get(town, "services/pothole.json")) == [(404, "unknown-service: service_code")]
    assert xml_of((await get(town, "services/money.csv")).text)[0][0].text == "404"


async def test_files_json_and_pages_of_other_sites_are_refused_in_the_standards_form(town: Town) -> None:
    client = town.anonymous
    with_file = await client.post(f"{V2}/requests.json", data=SENT, files={"media": ("a.jpg", b"x", "image/jpeg")})
    json = await client.post(f"{V2}/requests.json", json=SENT)
    assert [errors(answer) for answer in (with_file, json)] == [[(415, "unsupported-media-type")]] * 2
    foreign = await post(town, headers={"origin": "https://example.org"})
    assert (foreign.status_code, errors(foreign)) == (403, [(403, "foreign-origin")])
    for answer in (foreign, await get(town, "services.json")):
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    other = await client.put(f"{V2}/requests.json")
    assert (other.status_code, other.json()["code"]) == (405, "wrong-method")  # no call of the standard: as everywhere


async def test_it_comes_to_the_desk_of_the_public_form_and_a_repetition_is_one(town: Town) -> None:
    key = {"idempotency-key": str(uuid4())}
    more = {"attribute[danger]": "yes", "attribute[submitter_role]": "parent"}
    answers = [await post(town, more, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert "Gọi 111 ngay" in answers[0].json()[0]["service_notice"]
    assert errors(await post(town, headers=key, description=STORY + "!")) == [(400, "command-reused")]
    assert errors(await post(town, headers={"idempotency-key": "1"})) == [(400, "bad-input: Idempotency-Key")]
    await town.settle()
    rows = await town.world.pool.fetch("select to_jsonb(event)::text as said from event")
    assert not any(STORY in row["said"] for row in rows), "what was written is sealed"
    listed = (await (await town.of("mai")).get("/api/cases")).json()
    assert listed["total"] == 1
    case = (await (await town.of("mai")).get(f"/api/cases/{listed['cases'][0]['case_id']}")).json()
    assert (case["danger"], case["topic"], case["content"]) == (True, "money", STORY)


HOSTILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]> &e; ]]> "Trường A & B" \u202e <b>'


@given(st.text(max_size=80) | st.just(HOSTILE))
def test_whatever_a_school_is_called_stays_text_in_both_forms(name: str) -> None:
    said = [{"service_request_id": "1", "address": name, "lat": None}]
    assert msgspec.json.decode(written("service_requests", said, Form.JSON)) == said
    read = xml_of(written("service_requests", said, Form.XML))
    address = read[0][1]
    assert (len(address), [child.tag for child in read[0]]) == (0, ["service_request_id", "address", "lat"])
    kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", name)
    assert (address.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
