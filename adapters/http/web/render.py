"""Templates to HTML, in both languages. What each template wants stands in the comment at its top."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape
from jinja2.loaders import ChoiceLoader
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType

from adapters.http.web import i18n
from adapters.http.web.assets import Assets
from adapters.http.web.i18n import LANGUAGES, Language

TEMPLATES = Path(__file__).resolve().parent / "templates"
YEAR_S = 365 * 24 * 3600


def environment(language: Language, assets: Assets) -> Environment:
    """Jinja for one language. Undefined stays the default: no macro of govuk-frontend renders under StrictUndefined."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), macros]),
        autoescape=select_autoescape(default=True),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_translations(i18n.translations(language), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    env.globals.update(asset=assets.url, label=partial(i18n.label, language), lang=language, language_names=i18n.NAMES)
    env.filters.update(
        day=partial(_with_language, i18n.day, language),
        moment=partial(_with_language, i18n.moment, language),
        money=partial(_with_language, i18n.money, language),
        short_day=i18n.short_day,
        clock=i18n.clock,
        fours=i18n.fours,
        iso=_iso,
    )
    env.globals["remaining"] = lambda days, working_days=None: i18n.remaining(days, working_days, language)
    return env


def _with_language(say: Any, language: Language, value: Any) -> str:
    return str(say(value, language))


def _iso(at: date | datetime) -> str:
    """For `<time datetime>`: a day, or a moment with its offset."""
    return i18n.local(at).isoformat()


class Pages:
    """The templates of the house. `demo` puts the banner of a demonstration store on every page."""

    def __init__(self, assets: Assets, *, demo: bool = False) -> None:
        self.assets, self.demo = assets, demo
        self._environments = {language: environment(language, assets) for language in LANGUAGES}

    def html(self, template: str, context: Mapping[str, Any], language: Language = "vi") -> str:
        """The page, or a part of one. `path` and `switch` (this page in the other language) have defaults."""
        shell = {"demo": self.demo, "path": "/", "switch": "?lang=" + ("vi" if language == "en" else "en")}
        return self._environments[language].get_template(template).render({**shell, **context})


def wants_part(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks for the part that it swaps, not for the page. Such answers vary by `HX-Request-Type`."""
    return request.headers.get("hx-request-type") == "partial"


def language_of(request: Request[Any, Any, Any]) -> Language:
    """The language that this visitor reads."""
    return i18n.language_of(request.query_params, request.cookies)


def page(
    request: Request[Any, Any, Any],
    template: str,
    context: Mapping[str, Any],
    *,
    status_code: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[str]:
    """The answer to a browser. `app.state.pages` holds the `Pages`; `?lang=` is remembered in a cookie.

    After a POST the language switch leads to the page's own address, so nothing is sent twice.
    """
    language = language_of(request)
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    other = "vi" if language == "en" else "en"
    shell = {"path": request.url.path, "switch": f"{request.url.path}?{urlencode([*query, ('lang', other)])}"}
    pages: Pages = request.app.state.pages
    asked = request.query_params.get("lang") in LANGUAGES
    remembered = Cookie(key=i18n.COOKIE, value=language, path="/", max_age=YEAR_S, samesite="lax", httponly=True)
    return Response(
        pages.html(template, {**shell, **context}, language),
        media_type=MediaType.HTML,
        status_code=status_code,
        headers={"content-language": language, "vary": "Cookie, HX-Request-Type", **(headers or {})},
        cookies=[remembered] if asked else None,
    )
