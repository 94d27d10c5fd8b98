"""A store for real work with people, a school and two cases, made through the commands and the API only."""

from __future__ import annotations

import base64
from pathlib import Path
from uuid import UUID

import httpx
import msgspec

from application.authorities import authority_id_of
from application.places import place_id_of
from domain.schools.codes import public_code
from tests.support.command import FOUNDING, PASSWORD
from tests.support.explaining import ASKING
from tests.support.office import command
from tests.support.two_steps import TwoSteps
from tests.support.uploads import telling_photo
from tests.support.world import CLASSIFIED

AUTHORITY = authority_id_of(FOUNDING["authority-code"])
WARD, SCHOOL = "kiem-thu-phuong-a", "kiem-thu-truong-a"
OFFICER = "mai.nguyen"
KEPT, ERASED = "Nhà trường thu tiền nước (demo)", "Con tôi bị bạn trêu chọc (demo)"
SENDER = {"name": "Trần Thị Lan (demo)", "phone": "0912345678"}


class RealCase(msgspec.Struct, frozen=True):
    """What the sender and the officer know of a case."""

    id: UUID
    code: str
    photos: tuple[bytes, ...]
    """As the officer downloads them."""


class RealStore(msgspec.Struct, frozen=True):
    """Where it lies, and two cases: one that stays, one whose sender is erased later."""

    data: Path
    kept: RealCase
    erased: RealCase
    people: TwoSteps

    def officer(self, client: httpx.Client) -> dict[str, str]:
        """Headers of the officer with a new session, on this machine or on another one."""
        return self.people.signed_in(client, OFFICER)


def tell(client: httpx.Client, people: TwoSteps) -> tuple[RealCase, RealCase]:
    """The administrator makes an account and a place; a sender reports twice, with two photos each time.

    About what is erased later a school was asked.
    """
    admin = people.signed_in(client, FOUNDING["username"])
    post = {
        "title": "Chuyên viên (demo)",
        "roles": ["intake", "officer", "head"],
        "authority_id": str(AUTHORITY),
        "from_day": "2026-01-01",
    }
    account = {"username": OFFICER, "name": "Nguyễn Thị Mai (demo)", "password": PASSWORD, "post": post}
    ward = {"slug": WARD, "kind": "ward", "name": "Phường kiểm thử A", "source": "kiểm thử"}
    place = {
        "slug": SCHOOL,
        "kind": "school",
        "level": "TH",
        "name": "Trường kiểm thử A",
        "source": "kiểm thử",
        "authority_id": str(AUTHORITY),
        "area_id": str(place_id_of(WARD)),
        "poster": True,
    }
    for path, body in (("/api/accounts", account), ("/api/places", ward), ("/api/places", place)):
        answer = client.post(path, json=body, headers={**admin, **command()})
        assert answer.status_code == 201, answer.text
    officer = people.signed_in(client, OFFICER)
    kept, erased = _report(client, KEPT, officer), _report(client, ERASED, officer)
    _ask_the_school(client, erased.id, officer)
    return kept, erased


def _ask_the_school(client: httpx.Client, case_id: UUID, officer: dict[str, str]) -> None:
    """With a copy of each photo, which lies under a key of the request's own."""
    files = file_ids(client.get(f"/api/cases/{case_id}", headers=officer).json())
    asking = {**ASKING, "attachments": [{"file_id": file_id, "looked_at": True} for file_id in files]}
    for version, (path, body) in enumerate(
        (
            (f"/api/submissions/{case_id}/acknowledgements", {}),
            (f"/api/submissions/{case_id}/classifications", CLASSIFIED),
            (f"/api/feedback/{case_id}/explanation-requests", asking),
        ),
        start=1,
    ):
        answer = client.post(path, json=body, headers={**officer, **command(version)})
        assert answer.status_code == 201, answer.text


def photos_of(client: httpx.Client, case_id: UUID, officer: dict[str, str]) -> tuple[bytes, ...]:
    """As the officer downloads them."""
    case = client.get(f"/api/cases/{case_id}", headers=officer)
    assert case.status_code == 200, case.text
    found = [client.get(f"/api/cases/{case_id}/files/{file_id}", headers=officer) for file_id in file_ids(case.json())]
    assert all(answer.status_code == 200 for answer in found)
    return tuple(answer.content for answer in found)


def file_ids(case: object) -> list[str]:
    """The ids of attachments, wherever a case's JSON has them."""
    if isinstance(case, dict):
        found = [item["id"] for item in case.get("attachments", [])]
        return found + [one for name, value in case.items() if name != "attachments" for one in file_ids(value)]
    if isinstance(case, list):
        return [one for item in case for one in file_ids(item)]
    return []


def _report(client: httpx.Client, text: str, officer: dict[str, str]) -> RealCase:
    photos = [base64.b64encode(telling_photo("JPEG")).decode() for _ in range(2)]
    body = {"unit": public_code(place_id_of(SCHOOL)), "text": text, "contact": SENDER, "photos": photos}
    answer = client.post("/api/submissions", json=body)
    assert answer.status_code == 201, answer.text
    case_id = UUID(answer.json()["submission_id"])
    return RealCase(case_id, answer.json()["code"], photos_of(client, case_id, officer))
