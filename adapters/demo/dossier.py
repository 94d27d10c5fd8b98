"""One complaint of the story while it is told: who does what on which day, with which paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from adapters.demo import days, source
from adapters.demo.scans import scan
from adapters.demo.storm import NUMBER as STORM_NUMBER
from adapters.demo.storm import REASON, REDERIVED
from adapters.demo.turn import SYSTEM_NAME, Act, Step, Turn, complaint_id_of
from application import complaint_wishes as w
from application.complaint_commands import INTENTIONS
from application.people import account_id_of
from application.places import place_id_of
from domain.complaints.vocabulary import ComplaintOutcome, Ownership, Section


class Sheet(msgspec.Struct, frozen=True):
    """A paper that is drawn when it is brought: the same each time."""

    title: str
    text: str

    def drawn(self) -> w.Scan:
        """As the desk takes it."""
        return w.Scan(name=f"{self.title}.pdf", data=scan(self.title, self.text))


class Numbered(msgspec.Struct, frozen=True):
    """An official document with its number."""

    number: str
    symbol: str
    day: date
    sheet: Sheet

    def drawn(self) -> w.Document:
        """As the desk takes it."""
        return w.Document(number=self.number, symbol=self.symbol, day=self.day, scan=self.sheet.drawn())


class Dossier:
    """Its methods each tell one act, at the moment that `on` set. `school`: the unit complained of."""

    def __init__(self, slug: str, school: str) -> None:
        self.slug, self.school = slug, school
        self.name = source.world().unit(school).name
        self.steps: list[Step] = []
        self.now = days.moment(date(2025, 7, 2), 8)

    @property
    def case_id(self) -> UUID:
        """The stream."""
        return complaint_id_of(self.slug)

    @property
    def today(self) -> date:
        """The day that is told."""
        return days.day_of(self.now)

    def on(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """What follows happens then."""
        self.now = days.moment(day, hour, minute)

    def receive(self, who: str, title: str, **fields: Any) -> None:
        """The petition, or the minutes of what was said; a `first_id` makes it a second complaint."""
        shape = w.SecondPetition if "first_id" in fields else w.Petition
        text = f"{fields['complainant']}: {fields['content']} Yêu cầu: {fields['remedy']}"
        fields |= {
            "place_id": place_id_of(self.school),
            "ownership": Ownership.PUBLIC,
            "received_on": self.today,
            "petition": Sheet(title, text),
        }

        async def act(turn: Turn) -> None:
            await turn.desks.complaints.receive(turn.actor, turn.request, shape(**_drawn(fields)))

        self._tell(who, "receive a complaint", act)

    def act(self, who: str, action: str, **fields: Any) -> None:
        """One of the actions of the desk, by its name in the API."""

        async def act(turn: Turn) -> None:
            wish = INTENTIONS[action].shape(**_drawn(fields))
            await turn.desks.complaints.act(turn.actor, turn.request, turn.case_id, action, wish)

        self._tell(who, action, act)

    def assign(self, who: str, to: str) -> None:
        """To whoever prepares it."""
        self.act(who, "assignments", official_id=account_id_of(to))

    def accept(self, who: str, number: str, symbol: str, findings: str) -> None:
        """Looked at and accepted on one day."""
        self.act(who, "examinations", findings=findings)
        self._later(20)
        text = f"Thông báo thụ lý giải quyết khiếu nại đối với {self.name}."
        notice = self.document(number, symbol, "THÔNG BÁO THỤ LÝ", text)
        self.act(who, "acceptances", accepted_on=self.today, notice=notice)

    def verify(self, who: str, verifier: str, number: str, symbol: str) -> None:
        """Somebody is told to verify, by decision."""
        self._later(20)
        text = "Giao nhiệm vụ xác minh nội dung khiếu nại."
        decision = self.document(number, symbol, "QUYẾT ĐỊNH GIAO XÁC MINH", text)
        self.act(who, "verifications", verifier_ids=[account_id_of(verifier)], decision=decision)

    def report(self, who: str, summary: str, *, differs: bool) -> None:
        """What the verification came to."""
        sheet = Sheet("BÁO CÁO XÁC MINH", summary)
        self.act(who, "reports", reported_on=self.today, differs=differs, summary=summary, report=sheet)

    def talk(self, who: str, chair: str, content: str) -> None:
        """The dialogue, with its minutes."""
        minutes = Sheet("BIÊN BẢN ĐỐI THOẠI", content)
        held = {"held_on": self.today, "chair": chair, "agreed": False, "content": content, "minutes": minutes}
        self.act(who, "dialogues", **held)

    def draft(self, who: str, outcome: ComplaintOutcome, parts: dict[Section, str]) -> None:
        """The whole decision, laid before the one who signs."""
        sections = [w.SectionText(section=section, text=text) for section, text in parts.items()]
        self.act(who, "drafts", outcome=outcome, sections=sections)
        self._later(25)
        self.act(who, "signature-requests")

    def issue(self, who: str, number: str, symbol: str) -> None:
        """Number, day and the signed paper, as the registry gave them out."""
        text = f"Quyết định giải quyết khiếu nại đối với {self.name}, bản đã ký và đóng dấu."
        self.act(who, "issues", decision=self.document(number, symbol, "QUYẾT ĐỊNH GIẢI QUYẾT KHIẾU NẠI", text))

    def document(self, number: str, symbol: str, title: str, text: str) -> Numbered:
        """Of today."""
        return Numbered(number, symbol, self.today, Sheet(title, f"Số {number}/{symbol}. {text}"))

    def told(self, leads_to: datetime) -> Iterator[Step]:
        """Up to the end of the story. Dates that still ran when the storm was announced are counted again."""
        before = [step for step in self.steps if step.at <= min(leads_to, REDERIVED)]
        yield from before
        if before and leads_to >= REDERIVED:
            yield self._step(REDERIVED, STORM_NUMBER, SYSTEM_NAME, "count again", _count_again)
        yield from (step for step in self.steps if REDERIVED < step.at <= leads_to)

    def _tell(self, who: str, what: str, act: Act) -> None:
        self.steps.append(self._step(self.now, len(self.steps) + 1, who, what, act))
        self._later(10)

    def _step(self, at: datetime, number: int, who: str, what: str, act: Act) -> Step:
        return Step(
            at=at,
            slug=self.slug,
            number=number,
            who=who,
            what=what,
            act=act,
            case=False,
            then={},
            case_of=self.case_id,
        )

    def _later(self, minutes: int) -> None:
        self.now += minutes * days.MINUTE


def _drawn(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: field.drawn() if isinstance(field, Sheet | Numbered) else field for name, field in fields.items()}


async def _count_again(turn: Turn) -> None:
    await turn.desks.complaints.rederive(turn.request, turn.case_id, REASON, turn.desks.clock.now())
