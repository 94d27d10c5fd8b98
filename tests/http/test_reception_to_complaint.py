"""An oral complaint on a day of reception becomes a complaint without being typed twice, and the visit knows it."""

from __future__ import annotations

from domain.calendar import legal_date
from tests.support.complaining import INTAKE, Complaining, petition
from tests.support.receiving import CONTACT, HUNG, ORAL, STORY, WANTED, done_on_day, minutes, opened
from tests.support.staff import clerk
from tests.support.world import SCHOOL, Town


async def test_what_was_said_stands_in_the_form_and_the_visit_is_linked_by_the_number(town: Town) -> None:
    day = await opened(town)
    await done_on_day(town, "mai", day, "visits", ORAL)
    await done_on_day(town, "mai", day, "minutes", minutes())
    mai = await clerk(town, "mai")
    form = await mai.read(f"/complaints/new?reception={day}&entry=1")
    for told in (HUNG, CONTACT, STORY, WANTED, f'value="{SCHOOL}" selected'):
        assert told in form, told
    assert 'value="oral-minutes" checked' in form
    await mai.read(f"/complaints/new?reception={day}&entry=9", 404)
    await (await clerk(town, "loan")).read(f"/complaints/new?reception={day}&entry=1", 404)

    story = Complaining(town)
    case = await story.receive(INTAKE, petition(legal_date(town.world.clock.now())))
    number = (await story.read(INTAKE))["number"]
    await done_on_day(town, "mai", day, "links", {"number": 1, "case_number": number})
    assert f"/complaints/{case}" in await mai.read(f"/receptions/{day}")
