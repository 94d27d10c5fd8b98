"""The kinds of places and school levels. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What a case can be about, or lie in."""

    WARD = "ward"  # phường
    COMMUNE = "commune"  # xã
    SCHOOL = "school"
    FACILITY = "facility"  # cơ sở dạy thêm


AREAS = frozenset({PlaceKind.WARD, PlaceKind.COMMUNE})
"""Places that others lie in."""


class SchoolLevel(StrEnum):
    """As the sector abbreviates them."""

    KINDERGARTEN = "MN"  # mầm non
    PRIMARY = "TH"  # tiểu học
    LOWER_SECONDARY = "THCS"  # trung học cơ sở
    PRIMARY_AND_LOWER_SECONDARY = "TH&THCS"
    INDEPENDENT_GROUP = "NHOM"  # nhóm trẻ độc lập
