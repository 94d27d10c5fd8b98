"""Forms: fields as `_fields.html` wants them, what was typed, and where a refusal belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile

from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.staff.words import Words

LINE, REASON, TEXT = 500, 2_000, 20_000
"""Characters that a line, a reason and a text may have, as in the API."""
PAGE = "main-content"
"""Where an error leads that belongs to no field."""
Errors = dict[str, str]


class Typed:
    """What a form sent, texts only."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values

    def one(self, name: str) -> str:
        """Trimmed, with line ends as the house writes them; empty when it is not there."""
        found = self._values.get(name) or [""]
        return found[-1].replace("\r\n", "\n").strip()

    def raw(self, name: str) -> str:
        """As typed: blanks at the ends of a password belong to it."""
        return (self._values.get(name) or [""])[-1]

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be sent several times."""
        return [value.strip() for value in self._values.get(name, ())]

    def identifier(self, name: str) -> UUID | None:
        """None for what is no id."""
        try:
            return UUID(self.one(name))
        except ValueError:
            return None

    def texts(self) -> list[tuple[str, str]]:
        """All of it, as hidden fields would send it again."""
        return [(name, value) for name, values in self._values.items() for value in values]


NOTHING = Typed({})


async def typed_of(request: Request[Any, Any, Any]) -> Typed:
    """The texts of the form that was sent."""
    values: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            values.setdefault(name, []).append(value)
    return Typed(values)


async def files_of(request: Request[Any, Any, Any], name: str) -> list[bytes]:
    """The files of a field, empty ones left out."""
    form = await request.form()
    found = [value for key, value in form.multi_items() if key == name and isinstance(value, UploadFile)]
    return [content for upload in found if (content := await upload.read())]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One input. `kind` is that of `_fields.html`; `most`: characters."""

    id: str
    kind: str
    label: str
    value: str = ""
    hint: str = ""
    items: tuple[tuple[str, str], ...] = ()
    required: bool = True
    most: int = REASON
    rows: int = 4
    width: int | None = None
    multiple: bool = False
    missing: str = ""
    """What to say when it is empty; without it a general sentence."""

    def context(self) -> dict[str, Any]:
        """For the template."""
        shown: dict[str, Any] = {"id": self.id, "kind": self.kind, "label": self.label, "value": self.value}
        shown |= {"hint": self.hint or None, "rows": self.rows, "width": self.width, "multiple": self.multiple}
        shown["items"] = [
            {"value": value, "text": text, "checked": value in self.value.split(",")} for value, text in self.items
        ]
        return shown


def faults(fields: Iterable[Field], typed: Typed, words: Words) -> Errors:
    """Every field at fault with its sentence: empty, too long, not one of the choices."""
    _, found = words.gettext, Errors()
    for field in fields:
        text, asked = typed.one(field.id), field.label.rstrip("?")
        if field.kind in ("hidden", "file"):
            continue
        if field.kind == "checkboxes":
            found |= _boxes(field, typed, words)
        elif field.required and not text:
            found[field.id] = field.missing or _("Fill in: %(label)s.") % {"label": asked}
        elif len(text) > field.most:
            found[field.id] = _("%(label)s: at most %(most)s characters.") % {"label": asked, "most": field.most}
        elif text and field.kind == "day" and not is_day(text):
            found[field.id] = _("Write a day, for example 25/08/2026: %(label)s.") % {"label": asked}
        elif text and field.items and text not in {value for value, _text in field.items}:
            found[field.id] = _("Choose one of the list: %(label)s.") % {"label": asked}
    return found


def is_day(text: str) -> bool:
    """Whether a field of kind `day` holds one."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _boxes(field: Field, typed: Typed, words: Words) -> Errors:
    chosen, known = set(typed.all(field.id)), {value for value, _text in field.items}
    if (field.required and not chosen) or chosen - known:
        return {field.id: words.gettext("Choose at least one: %(label)s.") % {"label": field.label.rstrip("?")}}
    return {}


def refusal(error: Exception, words: Words, fields: Iterable[Field], aliases: Mapping[str, str]) -> Errors:
    """The sentence of a refusal at its field, or at the head of the page."""
    answer = answer_to(error)
    known = {field.id for field in fields}
    wanted = aliases.get(answer.field, answer.field)
    return {wanted if wanted in known else PAGE: sentence_of(answer, words.language)}


def new_command() -> str:
    """The id under which a form's wish is recognised when it is sent twice."""
    return str(uuid4())
