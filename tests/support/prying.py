"""Somebody who tries every address there is, with every id to be guessed, and what may be compared of the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import unified_diff
from html.parser import HTMLParser
from itertools import islice
from random import Random
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx
import msgspec
from litestar.routes import HTTPRoute

from adapters.clock import SetClock
from tests.support.office import BASE_URL
from tests.support.world import Town

AWAY = ("203.0.113.7", 40_000)
"""Another machine than the server's own: some addresses answer only to that."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"GT-[0-9A-Z]{4}\b")
_TOKEN = re.compile(r'(hoso_session=|"token":")[A-Za-z0-9_-]+')
_STAMP = re.compile(r'(value=")[0-9]{10}\.[0-9a-f]{16,}')
"""When the page of the form was opened, signed with the key of the installation."""
_OWN_KEY = re.compile(rb"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+|(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}")
"""The key of one's own second step, as picture and as text: random, and the picture of another size each time."""
_ENDS_SESSION = ("/sign-out", "/end-others", "DELETE /api/session", "POST /posts", "/post-choices")


class Answer(msgspec.Struct, frozen=True):
    """What may be compared: ids are put in the order in which they appear; how long it was raw."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    size: int


def plain(answer: httpx.Response) -> Answer:
    """Without what is random in every answer: ids of the page's forms, of sessions and posts; numbers by their form."""
    seen: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return seen.setdefault(found.group(), f"id-{len(seen)}")

    def cleaned(text: str) -> str:
        text = _STAMP.sub(r"\1stamp", _TOKEN.sub(r"\1token", text))
        return _ID.sub(named, _NUMBER.sub("GT-number", text))

    content = _OWN_KEY.sub(b"key", answer.content)
    body = cleaned(content.decode("utf-8", "replace"))
    for known, name in seen.items():  # sessions are called by the first signs of their id
        body = re.sub(known[:8], f"{name}-begins", body, flags=re.IGNORECASE)
    told = dict(answer.headers) | ({"content-length": str(len(content))} if content != answer.content else {})
    headers = tuple(sorted((name, cleaned(value)) for name, value in told.items() if name != "date"))
    return Answer(answer.status_code, headers, body, len(content))


def routes_of(town: Town) -> list[str]:
    """Every method and address of the application, those of the description too."""
    found = {
        f"{method} {route.path_format}"
        for route in town.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
    }
    return sorted(found)


class Prying:
    """A person's program on another machine."""

    def __init__(self, town: Town, username: str) -> None:
        self.town, self.username = town, username
        self.answers: dict[str, Answer] = {}

    async def client(self) -> httpx.AsyncClient:
        """Signed in anew, with the cookie of a browser."""
        transport = httpx.ASGITransport(app=self.town.app, raise_app_exceptions=False, client=AWAY)  # type: ignore[arg-type]
        if isinstance(self.town.world.clock, SetClock):  # so that one's own sessions have an order
            self.town.world.clock.advance(timedelta(seconds=1))
        token = await self.town.sign_in(self.username)
        return httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers={"authorization": f"Bearer {token}"})

    async def everywhere(self, guesses: dict[str, Sequence[str]]) -> None:
        """Every route, as page and as program, with each guess of each kind in the place of its ids."""
        async with await self.client() as client:
            for route in routes_of(self.town):
                method, path = route.split(" ", 1)
                for number, address in enumerate(_filled(path, guesses)):
                    for kind in ("application/json", "text/html"):
                        await self._ask(client, method, address, kind, f"{route} {number} {kind}")

    async def searching(self, words: Iterable[str], paths: Iterable[str]) -> None:
        """Every list with every word."""
        async with await self.client() as client:
            for path in paths:
                for number, word in enumerate(words):
                    for name in ("q", "number", "place", "case", "title"):
                        answer = await client.get(path, params={name: word}, headers={"accept": "text/html"})
                        self.answers[f"{path} {name} {number}"] = plain(answer)

    async def following(self, start: str = "/") -> set[str]:
        """From page to page by every link; the addresses that were seen."""
        seen, todo = set[str](), [start]
        async with await self.client() as client:
            while todo:
                address = todo.pop()
                if address in seen:
                    continue
                seen.add(address)
                answer = await client.get(address, headers={"accept": "text/html"}, follow_redirects=True)
                self.answers[f"follow {_ID.sub('id', address)}"] = plain(answer)
                todo += [link for link in links_of(answer.text) if link.startswith("/") and "lang=" not in link]
        return seen

    async def _ask(self, client: httpx.AsyncClient, method: str, path: str, kind: str, name: str) -> None:
        if any(end in f"{method} {path}" for end in _ENDS_SESSION):
            async with await self.client() as own:
                self.answers[name] = plain(await _send(own, method, path, kind))
            return
        self.answers[name] = plain(await _send(client, method, path, kind))


async def _send(client: httpx.AsyncClient, method: str, path: str, kind: str) -> httpx.Response:
    headers = {"accept": kind}
    if method in ("GET", "HEAD", "OPTIONS"):
        return await client.request(method, path, headers=headers)
    headers |= {"idempotency-key": str(uuid4()), "if-match": '"1"'}
    if kind == "application/json":
        return await client.request(method, path, json={"reason": "x"}, headers=headers)
    return await client.request(method, path, data={"command_id": str(uuid4()), "version": '"1"'}, headers=headers)


def _filled(path: str, guesses: dict[str, Sequence[str]]) -> list[str]:
    """The address with each guess in turn."""
    names = re.findall(r"\{(\w+)\}", path)
    if not names:
        return [path]
    most = max(len(guesses.get(name, guesses["other"])) for name in names)
    filled = []
    for turn in range(most):
        values = {name: guesses.get(name, guesses["other"]) for name in names}
        filled.append(path.format_map({name: told[turn % len(told)] for name, told in values.items()}))
    return filled


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def links_of(html: str) -> list[str]:
    """Where a page leads."""
    links = _Links()
    links.feed(html)
    return links.found


async def times_of(client: httpx.AsyncClient, asked: dict[str, tuple[str, str]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each of several requests, asked in turn in an order that changes each time."""
    found: dict[str, list[float]] = {name: [] for name in asked}
    order, chance = list(asked), Random(1)
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            method, path = asked[name]
            begun = perf_counter()
            await _send(client, method, path, "application/json")
            found[name].append(perf_counter() - begun)
    return found


def rank(first: Sequence[float], second: Sequence[float]) -> float:
    """How often one of the first is the longer one (Mann and Whitney): 0.5 where nothing tells them apart."""
    longer = sum((a > b) + 0.5 * (a == b) for a in first for b in second)
    return longer / (len(first) * len(second))


def differing(first: dict[str, Answer], second: dict[str, Answer]) -> dict[str, Any]:
    """Where two people got another answer to the same question."""
    assert first.keys() == second.keys()
    found = {name: (one, second[name]) for name, one in first.items() if one != second[name]}
    for name, (one, other) in found.items():
        lines = unified_diff(said(one), said(other), lineterm="", n=0)
        print(f"differs: {name}", *islice(lines, 6), sep="\n  ")
    return found


def said(answer: Answer) -> list[str]:
    """The answer line by line."""
    return [str(answer.status), *(f"{name}: {value}" for name, value in answer.headers), *answer.body.splitlines()]
