"""Two people's cases with a planted word in every personal field, and requests that carry one wherever they can."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import product
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from application.feedback_access import MAY
from application.ports import Identity
from tests.support.scanned_receptions import receive
from tests.support.scanned_site import LIMIT_S, Site
from tests.support.scanned_ways import ask_the_school, assess_and_withdraw, correct, cover, protect, turn_aside
from tests.support.scanning import planted, telling_pdf, telling_photo
from tests.support.world import DOI_THONG

FAR_ADDRESS = "127.93.71.53"
READERS = ("mai", "son", "kho", "anh", "vinh", "tung", "hoa", "dung", "")
"""One of every role, a head of another authority, and nobody."""
PAPER = "12/ĐN (demo)"
ADDRESS = "q7z4k9-linhcanh@example.vn"
NOBODY = str(uuid4())
OF_COMPLAINTS = ("/complaints/{", "/api/complaints/{")
"""Cases of another kind: asked for by tests/support/scanned_complaints.py."""
WAYS_IN = ("received_at_place", "sent_by", "document_number", "collected_by")
"""Through whom it came."""


class Case(msgspec.Struct):
    """One person's case as the teller knows it. Words are named `<who>/<topic>:<field>`, `<who>/identity.<field>`."""

    who: str
    id: str = ""
    code: str = ""
    version: int = 0
    files: tuple[str, ...] = ()
    explanation: str = ""
    explanation_files: tuple[str, ...] = ()
    task: str = ""
    reception: str = ""
    minutes: tuple[str, ...] = ()
    dialogue: str = NOBODY
    filed_at: datetime | None = None


class Story:
    """Tells it, and remembers every word by its name."""

    def __init__(self, site: Site) -> None:
        self.site, self.words, self.refused = site, dict[str, str](), list[httpx.Response]()
        self.open311 = list[httpx.Response]()
        """Whatever Open311 answered to whom it may concern."""

    def word(self, name: str) -> str:
        """A new planted word."""
        self.words[name] = planted(name)
        return self.words[name]

    def about(self, who: str) -> dict[str, str]:
        """The words of one person."""
        return {name: word for name, word in self.words.items() if name.startswith(f"{who}/")}

    def tell(self, who: str) -> Case:
        """From the paper at the counter to the request for erasure, through every fact that holds something sealed."""
        case = Case(who)
        self._enter(case)
        self.act(case, "mai", "submissions", "acknowledgements", {})
        for topic, reason in (("classified", ""), ("reclassified", "Phân loại nhầm")):
            asked = [self.field(case, f"feedback.{topic}.v1:requests[].text")]
            category = "sponsorship" if reason else "over-collection"
            body = {"kind": "feedback", "category": category, "title": "Khoản thu", "requests": asked, "reason": reason}
            self.act(case, "mai", "submissions", "classifications", body)
        turn_aside(self, case)
        self.act(
            case, "mai", "feedback", "questions", {"question": self.field(case, "feedback.sender_asked.v1:question")}
        )
        photo = _base64(telling_photo(self.word(f"{who}/photo of the reply")))
        reply = {"question": 1, "text": self.field(case, "feedback.sender_replied.v1:reply"), "photos": [photo]}
        self.say(case, "replies", reply)
        cover(self, case)
        ask_the_school(self, case)
        self.act(case, "mai", "feedback", "notes", {"note": self.field(case, "feedback.internal_note_added.v1:note")})
        draft = self.field(case, "feedback.answer_drafted.v1:parts[].text")
        for returned in (True, False):
            answer = {"outcome": "resolved", "parts": [{"request": 1, "text": draft}]}
            self.act(case, "mai", "feedback", "drafts", answer)
            self.act(case, "mai", "feedback", "release-requests", {})
            reason = self.field(case, "feedback.answer_returned.v1:reason") if returned else ""
            self.act(
                case, "son", "feedback", "returns" if returned else "releases", {"reason": reason} if returned else {}
            )
        correct(self, case)
        protect(self, case)
        self.say(case, "reviews", {"reason": self.field(case, "feedback.reopened.v1:reason")})
        assess_and_withdraw(self, case)
        receive(self, case)
        note = {
            "ground": "subject-asked",
            "document": PAPER,
            "note": self.field(case, "privacy.erasure_requested.v1:note"),
        }
        self.site.do("mai", f"/api/cases/{case.id}/erasure-requests", note, 0)
        self._learn_files(case)
        case.filed_at = datetime.now(UTC)
        return case

    def employ(self) -> None:
        """An official whose name and password are words."""
        post = {"title": "Văn thư", "roles": ["intake"], "authority_id": str(DOI_THONG), "from_day": "2026-01-01"}
        name = self.word("official/people.account_opened.v1:display_name")
        body = {"username": "ngoc", "name": name, "password": self.word("official/password"), "post": post}
        self.site.do("tung", "/api/accounts", body)

    def subscribe(self) -> None:
        """The officer who holds the cases gives an address for mails. Only plain letters may stand in one."""
        self.words["official/notice.mail_address_given.v1:address"] = ADDRESS
        self.site.do("mai", "/api/notice-wishes/addresses", {"address": ADDRESS}, 0)

    def wait_for_mail(self) -> None:
        """Until the letters about the replies of both senders were sent: files, where there is no mail server."""
        deadline = time.monotonic() + LIMIT_S
        while len(list(self.site.folder.glob("mail/*.eml"))) < 2:
            assert time.monotonic() < deadline

    def send_anonymously(self) -> None:
        """By the form behind the QR code, with everything that a browser may tell of somebody, from a rare address."""
        told = {
            name: self.word(f"anonymous/{name}").encode() for name in ("User-Agent", "X-Forwarded-For", "X-Real-IP")
        }
        told["Referer"] = f"https://example.org/?q={self.word('anonymous/Referer')}".encode()
        told["Cookie"] = f"lang=vi; seen={self.word('anonymous/Cookie')}".encode()
        told["Forwarded"] = f"for={self.word('anonymous/Forwarded')}".encode()
        self.words["anonymous/address"] = FAR_ADDRESS
        form = {"category": "other", "danger": "no", "contact": "none", "command_id": str(uuid4())}
        form["story"] = f"Chuyện ở cổng trường: {self.word('anonymous/story')}"
        files = [
            (
                "photos",
                (self.word("anonymous/file name") + ".jpg", telling_photo(self.word("anonymous/EXIF")), "image/jpeg"),
            ),
            ("photos", ("a.pdf", telling_pdf(self.word("anonymous/author of the PDF")), "application/pdf")),
        ]
        away = httpx.HTTPTransport(local_address=FAR_ADDRESS)
        with httpx.Client(base_url=self.site.address, transport=away, timeout=60) as client:
            sent = client.post(f"/p/{self.site.told.unit}/form", data=form, files=files, headers=list(_bytes(told)))
        assert sent.status_code == 201, sent.text

    def ask_wrongly(self) -> None:
        """What is refused or found missing, with a word in each place where a request can carry one."""
        unit = self.site.told.unit
        broken = (
            '{"unit": "%s", "text": ',
            '{"%s": 1}',
            '{"unit": "%s"}',
            f'{{"unit": "{unit}", "text": 1, "x": "%s"}}',
        )
        for number, body in enumerate(broken):
            self._wrong("POST", "/api/submissions", f"body {number}", body)
        picture = _base64(self.word("wrong/picture").encode())
        paper = _base64(b"%PDF-1.4\n" + self.word("wrong/paper").encode())
        for data in (picture, paper):
            sent = {"unit": unit, "text": "Hai mươi ký tự là đủ rồi", "photos": [data]}
            self._keep(self.site.of("").post("/api/submissions", json=sent))
        login = {"username": self.word("wrong/username"), "password": self.word("wrong/sign-in password")}
        self._keep(self.site.of("").post("/api/session", json=login))
        for page in ("/api/cases", "/cases", "/cases/export", "/p", "/api/places", "/erasures"):
            for tail in ("", "\0"):
                word = self.word(f"wrong/{page} q {len(tail)}")
                self._keep(self.site.of("mai").get(page, params={"q": word + tail, "number": word, "cursor": word}))
        for address in ("/api/track/%s", "/p/%s", "/api/cases/%s", "/%s", "/cases/%s/history", "/api/cases?as_of=%s"):
            self._wrong("GET", address, "address")
        for header in ("Idempotency-Key", "If-Match", "Authorization", "Content-Type", "Accept-Language", "Host"):
            value = self.word(f"wrong/header {header}").encode()
            headers = [*_JSON_BYTES, (header.encode(), value)]
            self._keep(self.site.of("").post("/api/submissions", content=b"{}", headers=headers))
        self._keep(self.site.of("").post("/p/track", data={"code": self.word("wrong/code")}))

    def told_by(self, site: Site, case: Case, readers: Sequence[str] = READERS) -> dict[str, bytes]:
        """What anybody is shown of a case: every page and route, as it is and as it was, to one of every role."""
        shown: dict[str, bytes] = {}
        for reader in readers:
            for path in _addresses(site, case):
                answer = site.of(reader).get(
                    path, headers={"accept": "text/html" if not path.startswith("/api") else "*/*"}
                )
                assert answer.status_code < 500, (reader, path, answer.text)
                shown[f"{reader} {path}"] = answer.content
        track = site.of("").post("/p/track", data={"code": case.code}, follow_redirects=True)
        assert track.status_code == 200
        return {**shown, "code": track.content}

    def _enter(self, case: Case) -> None:
        contact = {name: self.word(f"{case.who}/identity.{name}") for name in Identity.__struct_fields__}
        contact["phone"] += " 0987 351 264"
        body = {
            "unit": self.site.told.unit,
            "text": f"Người dân kể: {self.field(case, 'feedback.submitted.v1:content')}",
            "contact": contact,
            "photos": [_base64(telling_photo(self.word(f"{case.who}/photo")))],
            "channel": "in-person",
            "scans": [
                {
                    "data": _base64(telling_photo(self.word(f"{case.who}/photo of the sheet"))),
                    "name": self.field(case, "feedback.submitted.v1:originals[].meta"),
                }
            ],
            **{name: self.field(case, f"feedback.submitted.v1:{name}") for name in WAYS_IN},
        }
        receipt = self.site.do("mai", "/api/submissions/paper", body)
        case.id, case.code, case.version = receipt["submission_id"], receipt["code"], 1

    def act(self, case: Case, username: str, root: str, act: str, body: dict[str, Any]) -> None:
        case.version = self.site.do(username, f"/api/{root}/{case.id}/{act}", body, case.version)["version"]

    def say(self, case: Case, act: str, body: dict[str, Any]) -> None:
        case.version = self.site.do("", f"/api/track/{case.code}/{act}", body)["version"]

    def field(self, case: Case, field: str) -> str:
        return self.word(f"{case.who}/{field}")

    def _learn_files(self, case: Case) -> None:
        """What is sealed about a file is the hash of its content: that is the word there."""
        mai = self.site.of("mai")
        seen = mai.get(f"/api/cases/{case.id}").json()
        sent = [file["id"] for file in seen["attachments"]]
        ids = {"submitted": sent[0], "sender_replied": seen["messages"][0]["attachments"][0]["id"]}
        for topic, file_id in ids.items():
            content = mai.get(f"/api/cases/{case.id}/files/{file_id}").content
            self.words[f"{case.who}/feedback.{topic}.v1:attachments[].meta"] = sha256(content).hexdigest()
        case.files = (*sent, ids["sender_replied"])

    def _wrong(self, method: str, address: str, name: str, body: str = "") -> None:
        word = self.word(f"wrong/{name} {address}")
        content = (body % word).encode() if body else None
        path = address % word if "%s" in address else address
        self._keep(self.site.of("mai").request(method, path, content=content, headers=_JSON))

    def _keep(self, answer: httpx.Response) -> None:
        self.refused.append(answer)


_JSON = {"content-type": "application/json"}
_JSON_BYTES: list[tuple[bytes, bytes]] = [(b"content-type", b"application/json")]


def _bytes(headers: Mapping[str, bytes]) -> Iterator[tuple[bytes, bytes]]:
    return ((name.encode(), value) for name, value in headers.items())


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _files(case: Case, page: str) -> tuple[str, ...]:
    if "{file_id}" not in page:
        return ("",)
    if "{day_id}" in page:
        return case.minutes
    return case.explanation_files if "{explanation_id}" in page else case.files


def _addresses(site: Site, case: Case) -> list[str]:
    filled = []
    for page in site.told.pages:
        if page.startswith(OF_COMPLAINTS):
            continue
        files = _files(case, page)
        acts = sorted(MAY) if "{act}" in page else ("",)
        for file_id, act in product(files, acts):
            parts = {"case_id": case.id, "code": case.code, "unit": site.told.unit, "file_id": file_id, "act": act}
            parts["name"] = f"{case.code}.json"
            filled.append(
                page.format_map(
                    {
                        **parts,
                        "account_id": NOBODY,
                        "explanation_id": case.explanation,
                        "task_id": case.task,
                        "day_id": case.reception,
                        "dialogue_id": case.dialogue,
                        "number": "1",
                    }
                )
            )
    assert case.filed_at is not None
    moment = case.filed_at.isoformat().replace("+", "%2B")
    past = [path for path in filled if case.id in path or path.startswith(("/cases", "/api/cases"))]
    looks_back = [
        f"{path}?as_of={moment}{clock}" for path in past for clock in ("", "&clock=happened") if "/contact" not in path
    ]
    return filled + looks_back
