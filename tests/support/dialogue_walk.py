"""Random ways of a dialogue meeting: commands that speak of few opinions, the refused ones left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.dialogues import commands as c
from domain.dialogues.dialogue import DIALOGUE
from domain.dialogues.parts import DialoguePaper, Opinion, RowAside, RowFault
from domain.dialogues.vocabulary import Addressed, RowFaultCode, RowField, Speaker
from domain.kernel import RefusalError, Sealed

Choose = Callable[[Sequence[Any]], Any]
AUTHORITY, SUBJECT, MAI = (UUID(int=n) for n in (1, 2, 3))
ROWS = (UUID(int=11), UUID(int=12))
NOW = datetime(2026, 8, 25, 2, tzinfo=UTC)
"""Tuesday 25/08/2026, 09:00 in Hà Nội."""
HELD, TODAY, LATER = date(2026, 8, 20), date(2026, 8, 25), date(2026, 9, 15)
ABOUT: dict[str, Any] = {"by": MAI, "at": NOW}


def sealed(text: str) -> Sealed:
    """Opaque, but equal words have equal commitments."""
    return Sealed(SUBJECT, UUID(int=9), "test:text", b"nonce", text.encode(), text.encode())


def opinion(number: int, text: str = "", **more: Any) -> Opinion:
    """What somebody said."""
    told = {"speaker": Speaker.PARENT, "speaker_words": None, "level": None, "body": "", "due_on": None}
    said = sealed(text or f"Ý kiến {number}")
    return Opinion(number=number, text=said, **{**told, "due_reason": "", **more})


def aside(row_id: UUID = ROWS[0], number: str = "12") -> RowAside:
    """A row that waits."""
    fault = RowFault(RowField.TEXT, RowFaultCode.TEXT_MISSING)
    return RowAside(row_id, number, sealed(f"row {row_id}"), (fault,))


PAPER = DialoguePaper(UUID(int=21), "aa" * 32, "application/pdf", 1_000, sealed("biên bản"))
plan = c.PlanDialogue(
    **ABOUT,
    authority_id=AUTHORITY,
    subject_id=SUBJECT,
    title="Đối thoại với nhân dân (demo)",
    matter="Năm học mới (demo)",
    planned_on=HELD,
    place="Hội trường (demo)",
    chair_post="Chủ tịch (demo)",
    chair_name=None,
    invited="Cha mẹ học sinh (demo)",
)
announce = c.AnnounceDialogue(**ABOUT, announced_on=date(2026, 8, 10), how="Niêm yết (demo)")
hold = c.HoldDialogue(**ABOUT, held_on=HELD, participants=120, minutes=None)
summarise = c.WriteSummary(**ABOUT, text=sealed("Tổng hợp"))
close = c.CloseDialogue(**ABOUT)
publish = c.PublishSummary(**ABOUT, text=sealed("Công khai"), confirmed=True)
withdraw = c.WithdrawSummary(**ABOUT, reason="Nhầm (demo)")


def take(*opinions: Opinion, rows: Sequence[RowAside] = (), mended: Sequence[UUID] = ()) -> c.TakeInOpinions:
    """Of a sheet."""
    return c.TakeInOpinions(**ABOUT, opinions=opinions, aside=tuple(rows), mended=tuple(mended))


def route(*numbers: int, **more: Any) -> c.RouteOpinions:
    """To the school."""
    told = {"level": Addressed.SCHOOL, "body": "", "due_on": LATER, "due_reason": "Hẹn tại hội nghị (demo)"}
    return c.RouteOpinions(**ABOUT, numbers=numbers, **{**told, **more})


def answer(number: int, **more: Any) -> c.AnswerOpinion:
    """On this day."""
    return c.AnswerOpinion(**ABOUT, number=number, **{"answer": sealed("Đã sửa"), "answered_on": TODAY, **more})


def transfer(*numbers: int, **more: Any) -> c.TransferOpinions:
    """To the department."""
    told = {"body": "Sở (demo)", "transferred_on": TODAY, "document": ""}
    return c.TransferOpinions(**ABOUT, numbers=numbers, **{**told, **more})


def reopen(number: int, reason: str = "Trả lời nhầm (demo)") -> c.ReopenOpinion:
    """It was not settled after all."""
    return c.ReopenOpinion(**ABOUT, number=number, reason=reason)


def dismiss(row_id: UUID = ROWS[0], reason: str = "Dòng cộng (demo)") -> c.DismissRow:
    """A line that nobody said."""
    return c.DismissRow(**ABOUT, row_id=row_id, reason=reason)


def facts_of(choose: Choose, most: int) -> list[Any]:
    """What at most so many commands made, the first of which are those of every meeting."""
    facts: list[Any] = []
    state: Any = None
    begun: tuple[c.DialogueCommand, ...] = (plan, announce, hold)
    for number in range(most):
        command = begun[number] if number < len(begun) and choose((True, True, False)) else _some(choose)
        try:
            new = DIALOGUE.decide(state, command)
        except RefusalError:
            continue
        state = DIALOGUE.fold(new, state)
        facts += new
    return facts


def _some(choose: Choose) -> c.DialogueCommand:
    number = choose((1, 2, 3))
    found: c.DialogueCommand = choose(
        (
            plan,
            announce,
            hold,
            c.FileMinutes(**ABOUT, minutes=PAPER),
            take(opinion(number)),
            take(rows=[aside(choose(ROWS))]),
            take(opinion(number), mended=[choose(ROWS)]),
            dismiss(choose(ROWS)),
            route(number),
            answer(number),
            transfer(number),
            reopen(number),
            summarise,
            close,
            publish,
            withdraw,
            *(summarise, close, publish, withdraw) * 3,
        )
    )
    return found
