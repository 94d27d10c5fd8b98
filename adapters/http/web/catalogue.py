"""The message catalogues: gathered from templates and code, merged with fragments, compiled for gettext.

English is the msgid, `locale/vi/LC_MESSAGES/hoso.po` holds the Vietnamese. Each area may add its own
`locale/fragments/<area>.po` (Vietnamese) and, for labels looked up by a key (msgctxt is the kind of label, msgid the
key: topics of facts, codes of refusals, states, roles), `locale/fragments/<area>.en.po` with the English words.
`make messages` gathers; the build hook compiles; tests/architecture/test_catalogue.py keeps all of it complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).resolve().parent
LOCALE = WEB / "locale"
FRAGMENTS = LOCALE / "fragments"
ADAPTERS = WEB.parents[1]
LANGUAGES = ("vi", "en")

Key = tuple[str | None, str]
"""A message's context (None: a plain text) and its id."""


def key_of(message: Message) -> Key:
    """How a message is found: by context and (singular) id."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def read(path: Path, language: str) -> Catalog:
    """One .po file; an absent one is empty."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def sources(language: str) -> list[Path]:
    """The files that make up a language, the main one first."""
    english = set(FRAGMENTS.glob("*.en.po"))
    fragments = english if language == "en" else set(FRAGMENTS.glob("*.po")) - english
    return [LOCALE / language / "LC_MESSAGES" / "hoso.po", *sorted(fragments)]


def messages_of(catalog: Catalog) -> Iterator[Message]:
    """Its messages without the header."""
    return (message for message in catalog if message.id)


def merged(language: str) -> tuple[Catalog, list[str]]:
    """Main file and fragments as one, the first file's word where two differ; and what differs: `make check` fails."""
    whole, conflicts = Catalog(locale=language, charset="utf-8"), []
    seen: dict[Key, tuple[object, Path]] = {}
    for path in sources(language):
        for message in messages_of(read(path, language)):
            if message.fuzzy or not message.string or (isinstance(message.string, tuple) and not all(message.string)):
                continue
            known = seen.setdefault(key_of(message), (message.string, path))
            if known[0] != message.string:
                conflicts.append(f"{key_of(message)}: {known[1].name} and {path.name} differ")
                continue
            whole.add(message.id, message.string, context=message.context)
    return whole, conflicts


def gathered() -> Catalog:
    """Every text that templates and code mark for translation."""
    found = Catalog(charset="utf-8")
    methods = [("http/web/templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
    jinja = {"newstyle_gettext": "true", "silent": "false", "extensions": "jinja2.ext.do"}
    options = {"http/web/templates/**.html": jinja}
    keywords: dict[str, tuple[int | tuple[int, str], ...] | None] = {
        "_": None,
        "N_": None,
        "gettext": None,
        "ngettext": (1, 2),
    }
    ignored = {"node_modules", "static"}
    walk = extract_from_dir(
        ADAPTERS,
        methods,
        options,
        keywords,
        directory_filter=lambda path: Path(path).name not in ignored,
    )
    for name, _line, text, _comments, context in walk:
        found.add(text, locations=[(f"adapters/{name}", 0)], context=context)
    return found


def gather() -> int:
    """Writes the Vietnamese main file anew: what is used, with the translations it had. Answers how many lack one."""
    path = LOCALE / "vi" / "LC_MESSAGES" / "hoso.po"
    known = {key_of(message): message for message in messages_of(read(path, "vi"))}
    elsewhere = {key_of(m) for fragment in sources("vi")[1:] for m in messages_of(read(fragment, "vi"))}
    fresh, missing = Catalog(locale="vi", charset="utf-8"), 0
    for message in sorted(messages_of(gathered()), key=lambda message: key_of(message)[1]):
        key = key_of(message)
        if key in elsewhere:
            continue
        string = known[key].string if key in known else ""
        missing += not string
        fresh.add(message.id, string, context=message.context)
    with path.open("wb") as file:
        write_po(file, fresh, width=110, omit_header=True, sort_output=False)
    return missing


def compile_catalogues() -> None:
    """Writes the .mo files that gettext reads."""
    for language in LANGUAGES:
        target = LOCALE / language / "LC_MESSAGES" / "hoso.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = BytesIO()
        write_mo(packed, merged(language)[0])
        target.write_bytes(packed.getvalue())


if __name__ == "__main__":
    untranslated = gather()
    compile_catalogues()
    print(f"{untranslated} texts have no Vietnamese yet")  # noqa: T201  a command of the Makefile
