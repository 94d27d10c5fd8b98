"""What a feedback can be about, and how widely it may be known. Data with provenance: data/categories.json."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from domain.feedback.vocabulary import Sensitivity, Topic


class SubCategory(msgspec.Struct, frozen=True):
    """A finer word below a category."""

    code: str
    vi: str


class Category(msgspec.Struct, frozen=True):
    """A subject of feedback with its labels and its sensitivity."""

    code: str
    vi: str
    en: str
    sensitivity: Sensitivity
    sub: tuple[SubCategory, ...]


class _Catalogue(msgspec.Struct, frozen=True):
    provenance: str
    categories: tuple[Category, ...]


_CATALOGUE = msgspec.json.decode(files(__package__).joinpath("data/categories.json").read_bytes(), type=_Catalogue)
CATEGORIES: dict[str, Category] = {category.code: category for category in _CATALOGUE.categories}

# Before anybody has classified it, what the sender chose decides who may see it: the careful reading.
FIRST_SENSITIVITY: dict[Topic, Sensitivity] = {Topic.VIOLENCE: Sensitivity.CHILD_PROTECTED}


def first_sensitivity(topic: Topic, *, danger: bool) -> Sensitivity:
    """The sensitivity of a submission until it is classified."""
    return FIRST_SENSITIVITY.get(topic, Sensitivity.URGENT if danger else Sensitivity.NORMAL)
