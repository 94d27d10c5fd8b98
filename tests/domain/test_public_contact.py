"""Where people reach an authority: published as a whole, from a day on."""

from __future__ import annotations

from datetime import date

from domain.authorities import commands as c
from domain.authorities import events as f
from domain.authorities import refusals as r
from domain.authorities.authority import LONGEST_CONTACT
from domain.kernel import UnknownCaseError
from tests.domain.test_authorities import ADMIN, FIRST, LATER, NOW, WARD, authority, dissolved, established

published = f.PublicContactPublished(
    from_day=LATER,
    address="",
    hotline="0209 000 0000",
    paper_place="Nhà văn hóa khu (demo)",
    reception_days="",
    reception_place="",
    denunciation_place="",
)


def publish(
    day: date = LATER, hotline: str = "0209 000 0000", paper_place: str = "Nhà văn hóa khu (demo)"
) -> c.PublishPublicContact:
    return c.PublishPublicContact(
        by=ADMIN, at=NOW, authority_id=WARD, from_day=day, hotline=hotline, paper_place=paper_place
    )


def test_what_is_known_is_published_and_what_is_empty_stays_unsaid() -> None:
    authority(established).when(publish(hotline=" 0209 000 0000 ")).then(published)


def test_it_is_replaced_as_a_whole_and_told_once() -> None:
    authority(established, published).when(publish()).refused(r.NothingNewError, field="from_day")
    (changed,) = authority(established, published).when(publish(paper_place="")).facts
    assert isinstance(changed, f.PublicContactPublished)
    assert (changed.hotline, changed.paper_place) == ("0209 000 0000", "")


def test_an_empty_one_and_a_line_that_no_poster_holds_are_refused() -> None:
    authority(established).when(publish(hotline=" ", paper_place="")).refused(r.ContactEmptyError, field="hotline")
    long = "0" * (LONGEST_CONTACT + 1)
    authority(established).when(publish(hotline=long)).refused(
        r.ContactTooLongError, field="hotline", longest=LONGEST_CONTACT
    )


def test_only_a_body_that_is_there_on_that_day_publishes() -> None:
    authority().when(publish()).refused(UnknownCaseError)
    authority(established, dissolved).when(publish()).refused(r.DissolvedError)
    authority(established).when(publish(day=date(FIRST.year - 1, 1, 1))).refused(r.OutsideValidityError)
