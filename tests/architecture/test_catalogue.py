"""Nobody meets a text in the wrong language: everything shown is marked, translated, and not left over."""

from __future__ import annotations

import ast
import importlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from jinja2 import Environment

from adapters.http.web import catalogue
from adapters.http.web.render import TEMPLATES
from domain.kernel import Fact, RefusalError

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-done", "data-one", "data-count", "data-too-many"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%\{\w+\}")
TEXTS = [catalogue.key_of(message) for message in catalogue.messages_of(catalogue.gathered())]


def translated(language: str) -> dict[catalogue.Key, str]:
    whole, _ = catalogue.merged(language)
    return {catalogue.key_of(message): said(message) for message in catalogue.messages_of(whole)}


def said(message: Message) -> str:
    string = message.string
    return string if isinstance(string, str) else next(iter(string or ()), "")


def test_every_marked_text_has_its_vietnamese() -> None:
    known = translated("vi")
    assert sorted(text for key in TEXTS if key not in known for text in key if text) == []


def test_the_main_catalogue_holds_nothing_unused_or_fuzzy() -> None:
    own = catalogue.read(catalogue.LOCALE / "vi" / "LC_MESSAGES" / "hoso.po", "vi")
    used = set(TEXTS)
    assert [key for message in catalogue.messages_of(own) if (key := catalogue.key_of(message)) not in used] == []
    fuzzy = [
        (path.name, message.id)
        for language in catalogue.LANGUAGES
        for path in catalogue.sources(language)
        for message in catalogue.messages_of(catalogue.read(path, language))
        if message.fuzzy
    ]
    assert fuzzy == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_no_text_is_translated_in_two_ways(language: str) -> None:
    assert catalogue.merged(language)[1] == []


def test_a_translation_names_the_same_values_as_its_text() -> None:
    wrong = []
    for (context, text), vietnamese in translated("vi").items():
        if context is None and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(vietnamese)):
            wrong.append((text, vietnamese))
    assert wrong == []


def test_a_label_for_a_key_exists_in_both_languages() -> None:
    vietnamese, english = ({key for key in translated(language) if key[0]} for language in ("vi", "en"))
    assert vietnamese ^ english == set()


def subclasses(base: type) -> set[type]:
    children: list[type] = type.__subclasses__(base)
    return {base}.union(*map(subclasses, children))


def shipped(base: type, attribute: str) -> set[str]:
    """The value of an attribute at every class of ours below `base`, with all modules of the domain loaded."""
    for path in sorted((ROOT / "domain").rglob("*.py")):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    ours = [cls for cls in subclasses(base) if cls.__module__.startswith(("domain.", "application."))]
    return {getattr(cls, attribute) for cls in ours if attribute in vars(cls)}


def test_every_fact_has_a_label() -> None:
    known = translated("vi")
    assert sorted(topic for topic in shipped(Fact, "TOPIC") if ("topic", topic) not in known) == []


def test_every_refusal_has_a_sentence() -> None:
    known = translated("vi")
    codes = shipped(RefusalError, "code") - {RefusalError.code}
    assert sorted(code for code in codes if ("refusal", code) not in known) == []


class Spoken(HTMLParser):
    """Gathers letters that a reader would see or hear; template expressions were blanked out before."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  as the base class has it
        self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_says_nothing_that_is_not_marked(path: Path) -> None:
    tokens = Environment(extensions=["jinja2.ext.do"], autoescape=True).lex(path.read_text())
    spoken = Spoken()
    spoken.feed("".join(value if kind == "data" else " " for _, kind, value in tokens))
    assert [text.strip() for text in spoken.found if re.search(r"[^\W\d_]", text)] == []


def test_controllers_hold_no_text_in_vietnamese() -> None:
    """Vietnamese words stand in the catalogue, not in code (docstrings and comments may quote them)."""
    letters = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    wrong = []
    for path in sorted((ROOT / "adapters" / "http").rglob("*.py")):
        tree = ast.parse(path.read_text())
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        wrong += [
            f"{path.name}:{node.lineno} {node.value[:40]}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in said
            and letters.search(node.value)
            and path.name != "i18n.py"
        ]
    assert wrong == []
