"""The kinds of bodies. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class Level(StrEnum):
    """Until 30/06/2025 districts with their divisions, since 01/07/2025 communes directly below the province."""

    COMMUNE = "commune"  # UBND xã, phường
    DISTRICT_DIVISION = "district-division"  # Phòng GD&ĐT
    DISTRICT = "district"  # UBND huyện, thành phố thuộc tỉnh
    DEPARTMENT = "department"  # Sở GD&ĐT
    PROVINCE = "province"  # UBND tỉnh
