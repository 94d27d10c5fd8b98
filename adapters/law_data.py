"""Writes domain/law/data/calendar.json: days off from the package `holidays`, corrected by an overlay of our own.

`python -m adapters.law_data` rewrites the file; a test tells when package and file differ. The package is a development
dependency: the running server reads the file only.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
import msgspec

from domain.calendar import Almanac, DayOff, MakeUpDay, YearlyNotice, legal_midnight

FIRST_YEAR, LAST_YEAR = 2012, 2036
FILE = Path(__file__).parent.parent / "domain" / "law" / "data" / "calendar.json"

NAMES = (
    (re.compile(r"29 Tết|.*Tết Nguyên Đán"), "Tết Nguyên đán", "Lunar New Year"),
    (re.compile(r"Tết Dương lịch"), "Tết Dương lịch", "New Year's Day"),
    (re.compile(r"Ngày Giỗ Tổ Hùng Vương"), "Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration Day"),
    (re.compile(r"Ngày Chiến thắng"), "Ngày Chiến thắng", "Victory Day"),
    (re.compile(r"Ngày Quốc tế Lao động"), "Ngày Quốc tế Lao động", "International Labour Day"),
    (re.compile(r"Quốc khánh"), "Quốc khánh", "National Day"),
    (re.compile(r"Ngày Văn hóa Việt Nam"), "Ngày Văn hóa Việt Nam", "Vietnamese Culture Day"),
)
OBSERVED = " (nghỉ bù)"
SWAPPED = re.compile(r"Ngày nghỉ \(thay cho ngày (\d\d)/(\d\d)/(\d{4})\)")

SWAPS_KNOWN_FROM = {
    date(2024, 4, 29): (
        date(2024, 4, 12),
        "Công văn 2450/VPCP-KGVX ngày 12/04/2024 [verified: baotintuc.vn]",
    ),
    date(2025, 5, 2): (date(2024, 11, 26), "Công văn 8726/VPCP-KGVX ngày 26/11/2024 [verified: pld.net.vn]"),
    date(2026, 8, 31): (date(2025, 10, 16), "Thông báo 9441/TB-BNV [number verified: press; day memory, medium]"),
}
SWAPS_MISSING_IN_PACKAGE = (
    # day off, worked instead, known from, source
    (
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2025, 12, 25),
        "Công văn 12729/VPCP-KGVX, 25/12/2025 [verified: press]",
    ),
)
CULTURE_DAY = "Ngày Văn hóa Việt Nam"
CULTURE_DAY_KNOWN_FROM = date(2026, 7, 1)
CULTURE_DAY_SOURCE = "Nghị quyết 28/2026/QH16 [press, text not seen; known_from is its day of force]"
NOTICES = (
    (2023, date(2022, 12, 1), "[memory, low: day of the notice for 2023]"),
    (2024, date(2023, 11, 22), "Thông báo 5015/TB-LĐTBXH [memory, medium]"),
    (2025, date(2024, 11, 26), "Công văn 8726/VPCP-KGVX ngày 26/11/2024 [verified: pld.net.vn]"),
    (2026, date(2025, 10, 16), "Thông báo 9441/TB-BNV [number verified: press; day memory, medium]"),
)
PROVENANCE = {
    "source": "Python package holidays (MIT), holidays.Vietnam, weekdays only; overlay of adapters/law_data.py",
    "years": "2023-2026 compared with press reports; earlier and later years are the package's alone",
    "known_from": "missing: the day follows from the Labour Code 2019 Art. 112 and the lunar calendar",
}


def almanac() -> Almanac:
    """What the installed package and the overlay say."""
    package = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi")
    days_off: dict[date, DayOff] = {}
    make_up: dict[date, MakeUpDay] = {}
    for day, name in sorted(package.items()):
        if swap := SWAPPED.fullmatch(name):
            worked = date(int(swap[3]), int(swap[2]), int(swap[1]))
            known, source = SWAPS_KNOWN_FROM.get(day, (None, "[package only]"))
            _swap(days_off, make_up, day, worked, known, source)
        elif day.weekday() < 5 and day.year >= FIRST_YEAR:  # noqa: PLR2004 (Saturday)
            days_off[day] = _day_off(day, name)
    for day, worked, known, source in SWAPS_MISSING_IN_PACKAGE:
        _swap(days_off, make_up, day, worked, known, source)
    return Almanac(
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        days_off=tuple(days_off[day] for day in sorted(days_off)),
        make_up_days=tuple(make_up[day] for day in sorted(make_up) if day.year >= FIRST_YEAR),
        notices=tuple(YearlyNotice(year=y, known_from=legal_midnight(k), source=s) for y, k, s in NOTICES),
    )


def _day_off(day: date, name: str) -> DayOff:
    observed = name.endswith(OBSERVED)
    parts = [_named(part.removesuffix(OBSERVED)) for part in name.split("; ")]
    vi, en = parts[0]
    if observed:
        vi, en = f"{vi}{OBSERVED}", f"{en} (in lieu)"
    if vi.startswith(CULTURE_DAY):
        known = legal_midnight(CULTURE_DAY_KNOWN_FROM)
        return DayOff(day=day, name=vi, name_en=en, source=CULTURE_DAY_SOURCE, known_from=known)
    return DayOff(day=day, name=vi, name_en=en)


def _named(name: str) -> tuple[str, str]:
    for pattern, vi, en in NAMES:
        if pattern.fullmatch(name):
            return vi, en
    raise ValueError(f"the package has a name that we do not know: {name}")


def _swap(
    days_off: dict[date, DayOff],
    make_up: dict[date, MakeUpDay],
    day: date,
    worked: date,
    known: date | None,
    source: str,
) -> None:
    known_from = legal_midnight(known) if known else None
    days_off[day] = DayOff(
        day=day,
        name=f"hoán đổi, làm bù {worked:%d/%m/%Y}",
        name_en=f"exchanged for {worked:%d/%m/%Y}",
        source=source,
        known_from=known_from,
    )
    make_up[worked] = MakeUpDay(day=worked, replaces=day, source=source, known_from=known_from)


def encoded() -> bytes:
    """The file as it should stand in the repository."""
    provenance = PROVENANCE | {"package_version": version("holidays")}
    content = {"provenance": provenance, **msgspec.to_builtins(almanac())}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


if __name__ == "__main__":
    FILE.write_bytes(encoded())
