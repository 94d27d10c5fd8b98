"""One case that cannot be told and one mail that cannot be written hold up no other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from adapters.mail.outbox import PostgresOutbox
from application.alerts import alerts_id
from application.feedback_intake import Submission
from application.people import account_id_of
from application.ports import Letter, Mail
from domain.notices.vocabulary import MailKind
from tests.support.postgres import FreshDatabase
from tests.support.world import Town, open_town

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
MAI, LAN = account_id_of("mai"), account_id_of("lan")


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock is moved by hand."""
    async with open_town(database, tmp_path, now=NOW) as town:
        yield town


class Kept:
    """A mailer that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[UUID] = []

    async def send(self, letter: Letter) -> None:
        self.letters.append(letter.id)


async def test_a_mail_that_cannot_be_written_waits_while_the_others_go_out(still: Town) -> None:
    # Of a kind that the town's own worker does not deliver before its time.
    at = NOW + timedelta(days=1)
    bad, good = (
        Mail(id=uuid5(person, "mail"), account_id=person, kind=MailKind.DIGEST.value, send_after=at)
        for person in sorted((MAI, LAN))
    )
    outbox, mailer, broken = still.world.outbox, Kept(), True

    async def compose(mail: Mail) -> Letter:
        if mail.id == bad.id and broken:
            raise LookupError(mail.id)
        return Letter(id=mail.id, to="mai@coquan-demo.vn", subject="", text="", written_at=NOW)

    clock = still.world.clock
    apart = PostgresOutbox(still.world.pool, Ahead(clock.now() + timedelta(days=1, minutes=1)))
    await outbox.put([bad, good])
    assert await apart.deliver(compose, mailer) == 1
    assert mailer.letters == [good.id]
    (waiting,) = await still.world.pool.fetch("select id, attempts, last_error from outbox where done_at is null")
    assert (waiting["id"], waiting["attempts"], waiting["last_error"]) == (bad.id, 1, "LookupError")
    broken = False
    later = PostgresOutbox(still.world.pool, Ahead(clock.now() + timedelta(days=1, minutes=10)))
    assert await later.deliver(compose, mailer) == 1
    assert mailer.letters == [good.id, bad.id]


class Ahead:
    """A clock that stands somewhere else than the town's."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


async def test_a_case_that_cannot_be_told_is_put_off_and_the_next_one_is_told(
    still: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Nhà trường thu tiền máy chiếu của lớp (demo)."
    first, second = [(await still.submit(Submission(text=text))).case_id for _ in range(2)]
    await still.settle()
    desk = still.world.alerting._desk
    tell, broken = desk.tell, True

    async def stumbling(case_id: UUID, *rest: object) -> int:
        if case_id == first and broken:
            raise LookupError(case_id)
        return await tell(case_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "tell", stumbling)
    still.pass_time(timedelta(days=4))
    await still.world.alerting.once()
    await still.settle()
    told = [len(await still.world.log.of_streams((alerts_id(case),))) for case in (first, second)]
    assert told[0] == 0
    assert told[1] > 0
    broken = False
    await still.world.alerting.once()
    await still.settle()
    assert len(await still.world.log.of_streams((alerts_id(first),))) == told[1]
