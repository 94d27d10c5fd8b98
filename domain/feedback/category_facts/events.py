"""Categories that an authority keeps closer. STORED FOR EVER: add fields with defaults; never edit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.feedback.vocabulary import Sensitivity
from domain.kernel import Fact, Internal


class CategoryNarrowed(Fact, frozen=True):
    """From that day on fewer people see what is classified so (Đã thu hẹp phạm vi xem của lĩnh vực)."""

    TOPIC: ClassVar[str] = "category.narrowed.v1"
    category: Internal[str]
    sensitivity: Internal[Sensitivity]
    document: Internal[str]
    from_day: Internal[date]


class CategoryNarrowingLifted(Fact, frozen=True):
    """From that day on the catalogue's own word counts again (Đã bỏ thu hẹp phạm vi xem của lĩnh vực)."""

    TOPIC: ClassVar[str] = "category.narrowing_lifted.v1"
    category: Internal[str]
    document: Internal[str]
    from_day: Internal[date]


CategoryFact = CategoryNarrowed | CategoryNarrowingLifted
