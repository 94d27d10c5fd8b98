"""Sentences that are not yet in any language: an English msgid and what stands in it. Adapters translate and format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec


class Day(msgspec.Struct, frozen=True):
    """A day. long: `thứ Năm 03/09/2026`; short: `Chủ nhật 23/08`; bare: `01/09`."""

    day: date
    style: Literal["long", "short", "bare"] = "long"


class Clock(msgspec.Struct, frozen=True):
    """The hour and minute of an instant, in Hà Nội: `09:41`."""

    at: datetime


class Days(msgspec.Struct, frozen=True):
    """Several days: `01/09 và 02/09`."""

    days: tuple[date, ...]


class Named(msgspec.Struct, frozen=True):
    """A name that exists in Vietnamese and perhaps in English; no catalogue knows it."""

    vi: str
    en: str = ""


class Sentence(msgspec.Struct, frozen=True):
    """`msgid` with `%(name)s` for each argument. `plural`: the msgid when the argument `number` is not one."""

    msgid: str
    args: dict[str, Arg] = msgspec.field(default_factory=dict)
    plural: str = ""


class Listing(msgspec.Struct, frozen=True):
    """Phrases one after the other, joined by commas."""

    phrases: tuple[Sentence, ...]


Arg = int | str | Day | Clock | Days | Named | Sentence | Listing


def say(msgid: str, plural: str = "", **args: Arg) -> Sentence:
    """A sentence with its arguments."""
    return Sentence(msgid, args, plural)


def listing(phrases: Sequence[Sentence]) -> Listing:
    """Phrases as one argument."""
    return Listing(tuple(phrases))
