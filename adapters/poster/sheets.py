"""Posters and paper sheets as one PDF, by typst. The same units on the same day give the same bytes."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import segno
import typst

from adapters.http.web.assets import STATIC
from adapters.http.web.i18n import Language, label, short_day, translations
from domain.feedback.vocabulary import Topic
from projections.authorities import PublicContact

EDITION = "2026-11"
"""Of the words and the look; it stands at the foot, so that an old sheet is known."""
FONTS = STATIC / "print"
TEMPLATE = Path(__file__).with_name("poster.typ")
_ONE_AT_A_TIME = asyncio.Semaphore(1)


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One school and who is competent for it. `contact`: what that authority has published, or None."""

    name: str
    area: str
    code: str
    address: str
    authority: str
    contact: PublicContact | None = None


async def pdf_of(units: Sequence[Unit], day: date, language: Language = "vi") -> bytes:
    """Two pages for each unit. One at a time: drawing hundreds of sheets must not take the server from others."""
    async with _ONE_AT_A_TIME:
        return await asyncio.to_thread(_drawn, json.dumps(_data(units, day, language), ensure_ascii=False))


def _drawn(data: str) -> bytes:
    pdf: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        timestamp=0,
    )
    return pdf


def typed_address(address: str) -> str:
    """As a person types it. https is what browsers try by themselves."""
    return address.removeprefix("https://")


def large_address(address: str) -> str:
    """On two lines: the host, which may break at its dots, and what comes after it."""
    host, sign, code = typed_address(address).rpartition("/p/")
    return host.replace(".", ".\u200b") + "\n" + sign + code


def _data(units: Sequence[Unit], day: date, language: Language) -> dict[str, object]:
    _ = translations(language).gettext
    return {
        "language": language,
        "title": _("Feedback and recommendations about a school"),
        "authorities": sorted({unit.authority for unit in units}),
        "topics": [label(language, "topic-choice", topic.value) for topic in Topic],
        "words": _words(day, language),
        "units": [_unit(unit, language) for unit in units],
    }


def _words(day: date, language: Language) -> dict[str, str]:
    _ = translations(language).gettext
    return {
        "title": _("Feedback and recommendations about a school"),
        "qr": _("QR code"),
        "code": _("School code:"),
        "danger": _("Children in danger: 111 · Ambulance 115 · Police 113"),
        "pasted": _("If the code is pasted over, type the address above."),
        "edition": _("Edition %(edition)s · printed on %(day)s") % {"edition": EDITION, "day": short_day(day)},
        "sheet": _("Paper sheet for feedback and recommendations"),
        "sheet_for": _("For places without network. Nobody has to give a name."),
        "topic": _("What is it about?"),
        "in_danger": _("Is anybody in danger right now?"),
        "yes": _("Yes"),
        "no": _("No"),
        "tell": _("What happened, when and where? What do you hope the authority will do?"),
        "reach": _("How can we reach you?"),
        "anonymous": _("Leave no name and no number – only talk through the tracking code"),
        "given": _("Leave a way to reach me – only the intake officer can see it"),
        "name": _("Name (may be left empty)"),
        "phone": _("Telephone"),
        "you_are": _("You are (may be left empty)"),
        "officer": _("Filled in by whoever receives the sheet"),
        "received_on": _("Received on"),
        "received_at": _("Received at (place)"),
        "received_by": _("Received by (signature)"),
        "receipt": _("Receipt for the sender"),
        "tracking": _("Tracking code"),
    }


def _unit(unit: Unit, language: Language) -> dict[str, object]:
    _ = translations(language).gettext
    contact = unit.contact or PublicContact(date.min)
    return {
        "name": unit.name,
        "area": unit.area,
        "code": unit.code,
        "authority": unit.authority,
        "address": large_address(unit.address),
        "qr": _qr(unit.address),
        "lines": [
            _("No account is needed, and nobody has to give a name."),
            _("What you write goes straight to %(authority)s, not through the school.") % {"authority": unit.authority},
            _("You can also take a picture of this sheet and send from home."),
            _("Keep the tracking code to read the answer."),
        ],
        "ways": other_ways(unit, language),
        "hand_in": [line] if (line := _without_network(contact, language)) else [],
        "look_up": _(
            "Read the answer at %(address)s, or ask the authority and read out the code."
            " Whoever has it can read the conversation."
        )
        % {"address": typed_address(unit.address.rpartition("/")[0] + "/track")},
    }


def other_ways(unit: Unit, language: Language) -> list[str]:
    """For who has no network, and for who wants to denounce: what the authority has said of them."""
    contact = unit.contact or PublicContact(date.min)
    return [line for line in (_without_network(contact, language), _denouncing(unit, contact, language)) if line]


def _without_network(contact: PublicContact, language: Language) -> str:
    """Only what the authority has said."""
    _ = translations(language).gettext
    both = {"days": contact.reception_days, "place": contact.reception_place}
    reception = _("%(days)s at %(place)s") % both if all(both.values()) else "".join(both.values())
    ways = (
        (contact.hotline, _("call %(what)s")),
        (contact.paper_place, _("hand in the paper sheet at %(what)s")),
        (reception, _("citizens are received %(what)s")),
    )
    told = [sentence % {"what": what} for what, sentence in ways if what]
    return _("Without network: %(ways)s.") % {"ways": "; ".join(told)} if told else ""


def _denouncing(unit: Unit, contact: PublicContact, language: Language) -> str:
    _ = translations(language).gettext
    if contact.denunciation_place:
        place = contact.denunciation_place
        return _("Denunciation: hand in a signed petition or present it in person at %(place)s.") % {"place": place}
    return _("Denunciation: with a signed petition or in person; ask %(authority)s where.") % {
        "authority": unit.authority
    }


def _qr(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="q").save(buffer, kind="svg", xmldecl=True, border=4, scale=4)
    return buffer.getvalue().decode()
