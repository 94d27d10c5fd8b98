"""An authority may let fewer people see a category than the catalogue says, never more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, assert_never

import msgspec

from domain.calendar import legal_date
from domain.feedback.categories import CATEGORIES
from domain.feedback.category_facts import events as f
from domain.feedback.refusals import UnknownCategoryError
from domain.feedback.vocabulary import Sensitivity
from domain.kernel import Command, Decider, RefusalError

CLOSENESS = (
    Sensitivity.NORMAL,
    Sensitivity.URGENT,
    Sensitivity.RESTRICTED,
    Sensitivity.CHILD_PROTECTED,
    Sensitivity.IDENTITY_VAULT,
)
"""From wide to narrow."""


class CategoryNotNarrowerError(RefusalError):
    """The catalogue's word is at least as narrow."""

    code = "category-not-narrower"


class CategoryAlreadyNarrowedError(RefusalError):
    code = "category-already-narrowed"


class CategoryNotNarrowedError(RefusalError):
    code = "category-not-narrowed"


class CategoryDayPastError(RefusalError):
    """What was classified before stays as it was seen."""

    code = "category-day-past"


class CategoryDocumentMissingError(RefusalError):
    code = "category-document-missing"


class NarrowCategory(Command, frozen=True):
    category: str
    sensitivity: Sensitivity
    document: str
    from_day: date


class LiftNarrowing(Command, frozen=True):
    category: str
    document: str
    from_day: date


CategoryCommand = NarrowCategory | LiftNarrowing


class OwnCategories(msgspec.Struct, frozen=True):
    """All words of one authority in order."""

    facts: tuple[f.CategoryFact, ...] = ()

    def narrowed_on(self, day: date) -> dict[str, Sensitivity]:
        """The narrower words that count on this legal day; of two from the same day the later one."""
        found: dict[str, Sensitivity] = {}
        for fact in sorted((fact for fact in self.facts if fact.from_day <= day), key=lambda fact: fact.from_day):
            if isinstance(fact, f.CategoryNarrowed):
                found[fact.category] = fact.sensitivity
            else:
                found.pop(fact.category, None)
        return found


def narrower(one: Sensitivity, other: Sensitivity | None) -> Sensitivity:
    """Whichever fewer people see."""
    return one if other is None else max(one, other, key=CLOSENESS.index)


def evolve(state: OwnCategories | None, fact: f.CategoryFact) -> OwnCategories:
    """Keeps every word in order."""
    return OwnCategories((*(state.facts if state else ()), fact))


def decide(state: OwnCategories | None, command: CategoryCommand) -> Sequence[f.CategoryFact]:
    """Raises UnknownCategoryError and the refusals of this module."""
    category = CATEGORIES.get(command.category)
    if category is None:
        raise UnknownCategoryError(field="category")
    if not command.document.strip():
        raise CategoryDocumentMissingError(field="document")
    if command.from_day < legal_date(command.at):
        raise CategoryDayPastError(field="from_day")
    now = (state or OwnCategories()).narrowed_on(command.from_day).get(command.category)
    said: dict[str, Any] = {"category": command.category, "document": command.document.strip()}
    said["from_day"] = command.from_day
    match command:
        case NarrowCategory():
            if CLOSENESS.index(command.sensitivity) <= CLOSENESS.index(category.sensitivity):
                raise CategoryNotNarrowerError(field="sensitivity")
            if not command.sensitivity.narrow:
                raise CategoryNotNarrowerError(field="sensitivity")
            if now is command.sensitivity:
                raise CategoryAlreadyNarrowedError(field="sensitivity")
            return (f.CategoryNarrowed(**said, sensitivity=command.sensitivity),)
        case LiftNarrowing():
            if now is None:
                raise CategoryNotNarrowedError(field="category")
            return (f.CategoryNarrowingLifted(**said),)
        case _:
            assert_never(command)


CATEGORY = Decider("category", decide, evolve)
