"""The macros and the style sheet are one pair: every example of this govuk-frontend version comes out as it expects.

govuk-frontend-jinja 4.1.0 speaks govuk-frontend 6.3.0; with 6.6.0 58 of 705 examples differ. This is the upgrade gate.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from jinja2 import Environment, PackageLoader, PrefixLoader, TemplateNotFound

from adapters.http.web.assets import STATIC

COMPONENTS = STATIC.parent / "frontend" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"


class Tokens(HTMLParser):
    """HTML as comparable tokens: the order of attributes and white space do not count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[tuple[object, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(("<", tag, tuple(sorted((k, re.sub(r"\s+", " ", v or "").strip()) for k, v in attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.out.append((">", tag))

    def handle_data(self, data: str) -> None:
        if text := re.sub(r"\s+", " ", data).strip():
            self.out.append(("text", text))


def tokens(html: str) -> list[tuple[object, ...]]:
    parser = Tokens()
    parser.feed(html)
    return parser.out


def test_every_example_of_the_components_comes_out_as_expected() -> None:
    env = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    total, different = 0, []
    for path in sorted(COMPONENTS.glob("*/fixtures.json")):
        spec = json.loads(path.read_text())
        macro = "govuk" + "".join(part.title() for part in spec["component"].split("-"))
        source = f"govuk_frontend_jinja/components/{spec['component']}/macro.html"
        try:
            env.get_template(source)
        except TemplateNotFound:
            continue
        template = env.from_string(f"{{% from '{source}' import {macro} %}}{{{{ {macro}(params) }}}}")
        for fixture in spec["fixtures"]:
            total += 1
            if tokens(template.render(params=fixture["options"])) != tokens(fixture["html"]):
                different.append(f"{spec['component']}: {fixture['name']}")
    assert different == []
    assert total == 657
