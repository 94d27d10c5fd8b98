"""Every page there is, as people come upon it: by links from where they begin, in both languages, and after an act."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from adapters.http.web.i18n import Language
from adapters.http.web.render import TEMPLATES, Pages
from adapters.http.web.staff.moments import address, query_of
from adapters.http.web.staff.register import COMPARISON
from application.feedback_intake import Submission
from domain.calendar import legal_date
from domain.feedback.vocabulary import Topic
from domain.law.rules import ALMANAC
from domain.schools.codes import public_code
from tests.support.complaining import PRINCIPAL, Complaining, petition
from tests.support.dialogue import act, closed, recorded
from tests.support.explaining import answered, asked_of_school, taken_in
from tests.support.office import BASE_URL
from tests.support.page_rules import faults_of
from tests.support.protecting import reported
from tests.support.prying import links_of
from tests.support.receiving import ACCUSING, done_on_day, held
from tests.support.staff import Clerk, classified, clerk, submitted
from tests.support.uploads import telling_photo
from tests.support.world import SCHOOL, Town

PEOPLE = ("mai", "thu", "son", "kho", "vinh", "tung", "hoa", "binh", "thuy", "nhi")
READERS_OF_ENGLISH = ("mai", "son", "tung", "hoa", "binh")
"""Who between them see every page: the rules do not depend on more."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST_OF_A_KIND = 2
"""Addresses that differ by ids alone: that many of them are opened."""
SHOWN_BY_AN_ACT = {
    "p/track.html",
    "p/worse.html",
    "p/signed.html",
    "p/receipt.html",
    "p/confirm.html",
    "p/choose.html",
    "staff/paper_receipt.html",
}
"""Pages that follow only upon something that another test does; each has a sample in tests/http/samples.py."""


class Seen:
    """What was rendered while this watched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.templates: set[str] = set()
        self.faults: dict[str, list[str]] = {}
        self.count = 0
        render = Pages.html

        def html(pages: Pages, template: str, context: Mapping[str, Any], language: Language = "vi") -> str:
            page = render(pages, template, context, language)
            self.templates.add(template)
            if "<html" in page:
                self.count += 1
                if found := faults_of(page, language):
                    self.faults[f"{template} {language}"] = found
            return page

        monkeypatch.setattr(Pages, "html", html)


async def walk(person: Clerk, start: str, lang: Language) -> None:
    """By every link of the same site."""
    kinds: dict[str, int] = {}
    seen, todo = set[str](), [start]
    while todo:
        address = todo.pop()
        kind = ID.sub("id", re.sub(r"(as_of|cursor|since|from|to)=[^&]*", r"\1", address))
        if address in seen or kinds.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = await person.client.get(f"{address}{'&' if '?' in address else '?'}lang={lang}", follow_redirects=True)
        assert answer.status_code < 500, (address, answer.status_code)
        if "text/html" in answer.headers["content-type"]:
            todo += [link for link in links_of(answer.text) if link.startswith("/") and "lang=" not in link]


async def something_of_everything(town: Town) -> UUID:
    """Cases and complaints in several states, a school that was asked, danger; the id of one that went elsewhere."""
    mai = await clerk(town, "mai")
    await classified(town, mai)
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    await answered(town, await asked_of_school(town, case))
    await town.settle()
    await asked_of_school(town, case)
    await town.submit(Submission(text="Bốn cháu nôn sau bữa trưa (demo).", danger=True, topic=Topic.FOOD))
    await reported(town, (await submitted(town)).code)
    await done_on_day(town, "mai", await held(town), "visits", ACCUSING)
    complaints = Complaining(town)
    await complaints.receive(PRINCIPAL, petition(legal_date(town.world.clock.now())))
    await complaints.in_one_day()
    await act(town, "mai", await recorded(town), "opinions", {"sheet": "4\tPhụ huynh\t"})
    told = {"text": "Đã giải quyết đủ (demo)", "confirmed": True}
    await act(town, "son", await closed(town, most=12), "publications", told)
    gone = await taken_in(town)
    there = {"receiver": "Công an phường (demo)", "where_to_ask": "Số 2 (demo)", "reason": "Thẩm quyền (demo)"}
    await town.do("mai", f"/api/submissions/{gone}/transfers", there)
    await town.settle()
    return gone


async def test_every_page_keeps_the_rules_in_both_languages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = await something_of_everything(town)
    seen, unit = Seen(monkeypatch), f"/p/{public_code(SCHOOL)}"
    languages: dict[Language, tuple[str, ...]] = {"vi": PEOPLE, "en": READERS_OF_ENGLISH}
    for lang, people in languages.items():
        for username in people:
            await walk(await clerk(town, username), "/", lang)
        # Links lead into the past of cases; that of the register is asked for in a form.
        past = address(COMPARISON, query_of(town.world.clock.now(), "known"))
        assert (await (await clerk(town, "mai")).client.get(f"{past}&lang={lang}")).status_code == 200
        for start in ("/sign-in", unit, f"{unit}/form", "/p/track", "/p/privacy"):
            await walk(Clerk(town.client(accept="text/html", origin=BASE_URL)), start, lang)
    await by_acts(town, gone)
    whole = {
        path.relative_to(TEMPLATES).as_posix()
        for folder in ("p", "staff", "school")
        for path in TEMPLATES.glob(f"{folder}/[!_]*.html")
    }
    print(f"{seen.count} pages, {len(seen.templates & whole)} of {len(whole)} templates")
    assert seen.faults == {}
    assert whole - seen.templates - SHOWN_BY_AN_ACT == set()


async def by_acts(town: Town, gone: UUID) -> None:
    """Pages that a form leads to."""
    mai, tung, tinh = await clerk(town, "mai"), await clerk(town, "tung"), await clerk(town, "tinh")
    await mai.read(f"/cases/{gone}/slip")
    work = await mai.read("/work")
    picked = re.findall(r'name="case" value="([^"]+)"', work)
    await mai.read(f"/work/several?act=assign&case={picked[0]}")
    fields = await tung.form("/accounts/new")
    fields |= {"username": f"binh{uuid4().hex[:6]}", "name": "Người bình (demo)", "title": "Cán bộ (demo)"}
    fields |= {"roles": ["officer"]}
    await tung.send("/accounts/new", fields, status=200)
    form = await tinh.form("/calendar/change")
    now = town.world.clock.now()
    day = ALMANAC.known_at(now).add_working_days(legal_date(now), 10)
    await tinh.send(
        "/calendar/change",
        form | {"change": "day-off", "day": day.isoformat(), "name": "Nghỉ bão (demo)", "document": "01/CĐ (demo)"},
        status=200,
    )
