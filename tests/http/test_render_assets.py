"""Style sheets, scripts and fonts: hashed names, precompressed, nothing that is not ours to use."""

from __future__ import annotations

import gzip
import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from adapters.http.web.assets import STATIC, Assets, AssetsMissingError, static_handler
from adapters.http.web.icon import icon


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets()


@pytest.fixture
def client(assets: Assets) -> TestClient[Litestar]:
    return TestClient(Litestar([static_handler(assets)], openapi_config=None))


def test_an_asset_comes_in_the_best_coding_that_the_browser_takes(client: TestClient[Litestar], assets: Assets) -> None:
    url = assets.url("public.css")
    plain = client.get(url, headers={"accept-encoding": "identity"})
    zipped = client.get(url, headers={"accept-encoding": "gzip"})
    brotli = assets.files[url.removeprefix("/static/")].bodies["br"]
    best = client.get(url, headers={"accept-encoding": "gzip, br;q=0.9"})
    assert (plain.status_code, "content-encoding" in plain.headers) == (200, False)
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content
    assert best.headers["content-encoding"] == "br"
    assert int(best.headers["content-length"]) == len(brotli) < len(gzip.compress(plain.content))
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["vary"] == "Accept-Encoding"


def test_a_browser_that_asks_for_an_icon_beside_a_pdf_gets_a_small_picture_to_keep(assets: Assets) -> None:
    answer = TestClient(Litestar([static_handler(assets), icon], openapi_config=None)).get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.headers["cache-control"] == "public, max-age=604800"
    assert answer.text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert len(answer.content) < 400


@pytest.mark.parametrize("name", ["manifest.json", "../render.py", "..%2frender.py", ".stamp", "app.css", "x"])
def test_only_what_the_build_made_is_served(client: TestClient[Litestar], name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_an_unbuilt_front_end_is_named() -> None:
    with pytest.raises(AssetsMissingError, match="make assets"):
        Assets(STATIC.parent / "locale")


def test_no_mark_or_font_of_others_gets_into_the_style_sheets() -> None:
    for path in STATIC.glob("*.css"):
        text = path.read_text()
        assert "GDS Transport" not in text, path.name
        assert "crest" not in text, path.name
        assert not re.search(r"url\(\"?https?:", text), path.name
    assert "Be Vietnam Pro" not in "".join(re.findall(r"@font-face\{[^}]*\}", _style("public")))


def test_a_public_page_stays_small_on_the_wire(assets: Assets) -> None:
    names = [assets.url(name).removeprefix("/static/") for name in ("public.css", "public.js")]
    assert sum(len(assets.files[name].bodies["br"]) for name in names) < 16_000


def _style(name: str) -> str:
    return next(STATIC.glob(f"{name}-*.css")).read_text()
