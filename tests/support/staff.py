"""People at staff pages without a browser: they sign in, read pages, fill in forms and send them back."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import httpx
from msgspec.structs import replace

from application.feedback_intake import Submission
from application.ports import Identity
from domain.feedback.vocabulary import Topic
from tests.support.office import BASE_URL, PASSWORD
from tests.support.world import Sent, Town

STORY = "Ban phụ huynh lớp thu 450.000 đồng mua máy chiếu, không có biên lai. Mong cơ quan kiểm tra và trả lời."
MONEY = Submission(text=STORY, topic=Topic.MONEY, identity=Identity(name="Nguyễn Văn Mẫu (demo)", phone="0900000001"))
CLASSIFIED = {
    "kind": "feedback",
    "category": "over-collection/no-receipt",
    "title": "Thu tiền máy chiếu",
    "requests": "Kiểm tra khoản thu\nTrả lại tiền",
}


class _Forms(HTMLParser):
    """The forms of a page: address and what their fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, list[str]]] = {}
        self._form: dict[str, list[str]] | None = None
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self.forms.setdefault(known.get("action", ""), {})
        elif self._form is not None and tag == "input":
            self._input(known)
        elif self._form is not None and tag == "textarea":
            self._area = known["name"]
            self._form.setdefault(self._area, []).append("")
        elif tag == "select":
            self._select = known["name"]
        elif tag == "option" and "selected" in known and self._form is not None:
            self._form.setdefault(self._select, []).append(known.get("value", ""))

    def _input(self, known: dict[str, str]) -> None:
        assert self._form is not None
        kind = known.get("type", "text")
        if kind in ("radio", "checkbox") and "checked" not in known:
            return
        if kind not in ("file", "submit"):
            self._form.setdefault(known["name"], []).append(known.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""


class Clerk:
    """Somebody at a browser with the session cookie, as a program."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def read(self, path: str, status: int = 200) -> str:
        """A page."""
        answer = await self.client.get(path)
        assert answer.status_code == status, (
            path,
            answer.status_code,
            answer.headers.get("location"),
            answer.text[-3000:],
        )
        return answer.text

    async def form(self, path: str, action: str = "") -> dict[str, Any]:
        """What the form of a page would send; the one that is sent to `action`, else to the page itself."""
        forms = forms_of(await self.read(path))
        return forms[action or path]

    async def send(self, path: str, fields: dict[str, Any], status: int = 303) -> httpx.Response:
        """A form as the browser sends it."""
        files = [(name, (None, value)) for name, values in _lists(fields).items() for value in values]
        answer = await self.client.post(path, files=files)
        assert answer.status_code == status, (path, answer.status_code, text_of(answer.text)[-2500:])
        return answer

    async def act(self, case: UUID, name: str, **fields: Any) -> httpx.Response:
        """Opens the page of an act, fills it in, sends it."""
        path = f"/cases/{case}/{name}"
        return await self.send(path, await self.form(path) | fields)


def _lists(fields: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in fields.items()}


def forms_of(html: str) -> dict[str, dict[str, Any]]:
    """By address."""
    parser = _Forms()
    parser.feed(html)
    return {action: dict(form) for action, form in parser.forms.items()}


def text_of(html: str) -> str:
    """What a reader sees, in one line."""
    inner = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", inner))).strip()


def menu_of(html: str) -> list[str]:
    """The addresses of the menu."""
    return re.findall(r'govuk-service-navigation__link" href="([^"]+)"', html)


async def clerk(town: Town, username: str) -> Clerk:
    """Signed in through the page."""
    client = town.client(accept="text/html", origin=BASE_URL)
    answer = await client.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, text_of(answer.text)
    return Clerk(client)


async def submitted(town: Town, what: Submission = MONEY, text: str = "") -> Sent:
    """A new feedback that every read model has."""
    sent = await town.submit(replace(what, text=text) if text else what)
    await town.settle()
    return sent


async def classified(town: Town, who: Clerk) -> UUID:
    """Received and classified by an intake officer."""
    case = (await submitted(town)).case_id
    page = f"/cases/{case}"
    await who.send(f"{page}/acknowledgements", await who.form(page, f"{page}/acknowledgements"))
    await who.act(case, "classifications", **CLASSIFIED)
    return case
