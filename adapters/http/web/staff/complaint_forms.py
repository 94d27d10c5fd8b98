"""Forms of complaints, made from the shapes of the wishes: what the API takes and what a page asks are one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
from litestar import Request

from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.web.staff.forms import LINE, REASON, TEXT, Errors, Field, Typed, faults
from adapters.http.web.staff.paper_form import scans_of
from adapters.http.web.staff.words import Words
from application import complaint_wishes as w
from application.feedback_intake import Scan
from domain.complaints.vocabulary import Section

MANY = 6
"""From so many choices on they are a list to open."""
SECTIONS = "sections"
PARTS = ("number", "symbol", "day", "scan")
"""Of a document."""
Choices = Mapping[str, Sequence[tuple[str, str]]]
"""What a field of ids chooses from: people, units, authorities."""


class Kind(msgspec.Struct, frozen=True):
    """What a field of a wish is."""

    name: str
    hint: Any
    needed: bool
    many: bool
    inner: Any
    """The type without list, None and annotations."""
    usual: str = ""
    """What holds where nothing is chosen."""


def kinds_of(shape: type[w.Wish]) -> list[Kind]:
    """The fields of a shape in their order."""
    hints = get_type_hints(shape, include_extras=True)
    return [_kind(field, hints[field.name]) for field in msgspec.structs.fields(shape)]


def _kind(field: msgspec.structs.FieldInfo, hint: Any) -> Kind:
    bare, many = _bare(hint), False
    if get_origin(bare) is list:
        many, bare = True, _bare(get_args(bare)[0])
    usual = field.default if isinstance(field.default, str) else ""
    return Kind(field.name, hint, field.required, many, bare, str(getattr(usual, "value", usual)))


def _bare(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    if get_origin(hint) in (list, Literal):
        return hint
    inner = [one for one in get_args(hint) if one is not type(None)]
    return _bare(inner[0]) if inner else hint


class WishForm:
    """One shape as a form: `preset` stands where nothing was typed yet, `choices` for fields of ids."""

    def __init__(
        self,
        shape: type[w.Wish],
        words: Words,
        typed: Typed | None = None,
        *,
        preset: Mapping[str, str] | None = None,
        choices: Choices | None = None,
        only: Mapping[str, Sequence[str]] | None = None,
        without: frozenset[str] = frozenset(),
        maybe: frozenset[str] = frozenset(),
    ) -> None:
        self._shape, self._words, self._typed = shape, words, typed
        self._preset, self._choices, self._only = preset or {}, choices or {}, only or {}
        self._kinds = [kind for kind in kinds_of(shape) if kind.name not in without]
        self._maybe = maybe
        """Needed by the shape, but found by the page where they are left empty."""

    def fields(self) -> tuple[Field, ...]:
        """All inputs."""
        return tuple(field for kind in self._kinds for field in self._fields_of(kind))

    def faults(self, scans: Mapping[str, Scan]) -> Errors:
        """Every field at fault, the files too."""
        found = faults(self.fields(), self._typed or Typed({}), self._words)
        for field in self.fields():
            if field.kind == "file" and field.required and field.id not in scans:
                found[field.id] = self._words.gettext("Choose a file: %(label)s.") % {"label": field.label}
        return found | self._half_documents(scans)

    def _half_documents(self, scans: Mapping[str, Scan]) -> Errors:
        """A paper that need not be there is there whole, or not at all."""
        found, typed = Errors(), self._typed or Typed({})
        for kind in self._kinds:
            if kind.inner is not w.Document or kind.needed:
                continue
            parts = {part: f"{kind.name}.{part}" for part in PARTS}
            there = {part for part, name in parts.items() if typed.one(name) or name in scans}
            if there and len(there) < len(PARTS):
                missing = next(part for part in PARTS if part not in there)
                label = self._words.label("document-part", missing)
                found[parts[missing]] = self._words.gettext("Fill in: %(label)s.") % {"label": label}
        return found

    def wish(self, scans: Mapping[str, Scan], given: Mapping[str, Any] | None = None) -> w.Wish:
        """What was typed, and what was `given` besides, as the desk wants it. Raises InvalidInputError."""
        typed, values = self._typed or Typed({}), dict(given or {})
        for kind in self._kinds:
            value = self._value(kind, typed, scans)
            if value is not None:
                values[kind.name] = value
        try:
            found: w.Wish = msgspec.convert(values, self._shape, strict=False, builtin_types=(bytes, date, UUID))
        except msgspec.ValidationError as error:
            raise InvalidInputError(FieldFault(_place(str(error)), "wrong")) from None
        return found

    def aliases(self) -> dict[str, str]:
        """Fields of refusals → inputs of the page."""
        documents = [kind.name for kind in self._kinds if kind.inner is w.Document]
        found = {name: f"{name}.number" for name in documents}
        if documents:
            found |= {"number": f"{documents[0]}.number", "day": f"{documents[0]}.day"}
        return {**found, "obstacle": "obstacle_first", "reading": "reading"}

    def file_fields(self) -> list[str]:
        """The inputs that take files, in the order in which the desk keeps them."""
        found = []
        for kind in self._kinds:
            if kind.inner is w.Document:
                found.append(f"{kind.name}.scan")
            elif kind.inner is w.Scan:
                found.append(kind.name)
        return found

    def _value(self, kind: Kind, typed: Typed, scans: Mapping[str, Scan]) -> Any:  # noqa: PLR0911 - one for each kind
        name = kind.name
        if kind.inner is w.Scan:
            return _scan(scans.get(name))
        if kind.inner is w.Document:
            scan = _scan(scans.get(f"{name}.scan"))
            parts: dict[str, Any] = {part: typed.one(f"{name}.{part}") for part in PARTS[:3]}
            return {**parts, "scan": scan} if scan is not None else None
        if kind.inner is w.SectionText:
            texts = {section.value: typed.one(f"{SECTIONS}.{section.value}") for section in Section}
            return [{"section": section, "text": text} for section, text in texts.items() if text]
        if kind.many:
            return [value for value in typed.all(name) if value]
        text = typed.one(name)
        if kind.inner is bool:
            return text == "yes"
        if not text and (not kind.needed or kind.inner is not str):
            return None
        return text

    def _fields_of(self, kind: Kind) -> list[Field]:
        if kind.inner is w.Document:
            return [self._part(kind, part) for part in PARTS]
        if kind.inner is w.SectionText:
            return [self._section(section) for section in Section]
        return [self._field(kind)]

    def _part(self, kind: Kind, part: str) -> Field:
        words, name = self._words, f"{kind.name}.{part}"
        what = {"day": "day", "scan": "file"}.get(part, "text")
        paper = words.label("complaint-field", kind.name)
        hint = words.known("document-hint", part) if kind.needed else words.gettext("Only if there is such a paper.")
        label = f"{paper}: {words.label('document-part', part)}"
        return Field(
            id=name, kind=what, label=label, value=self._text(name), hint=hint, required=kind.needed, most=LINE
        )

    def _section(self, section: Section) -> Field:
        name = f"{SECTIONS}.{section.value}"
        label = self._words.label("complaint-word", f"section/{section.value}")
        return Field(id=name, kind="area", label=label, value=self._text(name), required=False, most=TEXT, rows=4)

    def _field(self, kind: Kind) -> Field:
        words, name = self._words, kind.name
        needed = kind.needed and name not in self._maybe
        base: dict[str, Any] = {
            "id": name,
            "label": words.label("complaint-field", name),
            "hint": words.known("complaint-hint", name),
            "required": needed,
            "value": self._text(name) or ("" if self._typed else kind.usual),
        }
        if kind.inner in (w.Scan, date):
            return Field(kind="day" if kind.inner is date else "file", **base)
        items = self._items(kind)
        if kind.inner is bool or items or name in self._choices:
            return self._choice(kind, items, base)
        most = _most(kind.hint)
        return Field(kind="text" if most <= LINE else "area", most=most, rows=8 if most > REASON else 3, **base)

    def _choice(self, kind: Kind, items: tuple[tuple[str, str], ...], base: dict[str, Any]) -> Field:
        _ = self._words.gettext
        if kind.inner is bool:
            answers = (("yes", _("Yes")), ("no", _("No")))
            base["value"] = base["value"] or ("" if kind.needed else "no")
            return Field(kind="radios", items=answers, **base)
        if kind.many:
            return Field(kind="checkboxes", items=items, **base)
        if kind.inner is UUID or len(items) > MANY or not (base["required"] or kind.usual):
            nothing = _("Choose …") if base["required"] else "–"
            return Field(kind="select", items=(("", nothing), *items), **base)
        return Field(kind="radios", items=items, **base)

    def _items(self, kind: Kind) -> tuple[tuple[str, str], ...]:
        words, name = self._words, kind.name
        if name in self._choices:
            return tuple(self._choices[name])
        if get_origin(kind.inner) is Literal:
            codes = [str(code) for code in get_args(kind.inner)]
        elif isinstance(kind.inner, type) and issubclass(kind.inner, Enum):
            codes = [str(member.value) for member in kind.inner]
        else:
            return ()
        wanted = self._only.get(name, codes)
        return tuple((code, words.label("complaint-word", f"{name}/{code}")) for code in codes if code in wanted)

    def _text(self, name: str) -> str:
        if self._typed is None:
            return self._preset.get(name, "")
        values = self._typed.all(name)
        return ",".join(values) if len(values) > 1 else self._typed.one(name)


def _scan(found: Scan | None) -> dict[str, Any] | None:
    return None if found is None else {"name": found.name, "data": found.data}


def _most(hint: Any) -> int:
    metas = [meta for meta in getattr(hint, "__metadata__", ()) if isinstance(meta, msgspec.Meta)]
    return next((meta.max_length for meta in metas if meta.max_length), LINE)


def _place(message: str) -> str:
    return message.rpartition("`$.")[2].partition("`")[0].partition("[")[0] if "`$." in message else ""


async def scans_in(request: Request[Any, Any, Any], names: Sequence[str]) -> dict[str, Scan]:
    """The files of a form by the name of their input."""
    found = {}
    for name in names:
        if scans := await scans_of(request, name):
            found[name] = scans[0]
    return found
