"""Style sheets, scripts and fonts under names that carry their hash: served from memory, cached for ever."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

STATIC = Path(__file__).resolve().parent / "static"
PREFIX = "/static/"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


class Asset(msgspec.Struct, frozen=True):
    """One file with its precompressed copies by content coding ("" is the file as it is)."""

    media_type: str
    bodies: dict[str, bytes]


class AssetsMissingError(Exception):
    """The front end was not built: `make assets`."""


class Assets:
    """What the front-end build left behind, a few hundred kilobytes."""

    def __init__(self, folder: Path = STATIC) -> None:
        manifest = folder / "manifest.json"
        if not manifest.exists():
            raise AssetsMissingError(f"{folder.name}/manifest.json is not there; run `make assets`")
        self._names: dict[str, str] = json.loads(manifest.read_text())
        self.files = {name: self._load(folder / name) for name in self._names.values()}

    @staticmethod
    def _load(path: Path) -> Asset:
        bodies = {"": path.read_bytes()}
        for coding, suffix in _ENCODINGS:
            packed = path.with_name(path.name + suffix)
            if packed.exists():
                bodies[coding] = packed.read_bytes()
        return Asset(mimetypes.guess_type(path.name)[0] or "font/woff2", bodies)

    def url(self, name: str) -> str:
        """Where `app.css` is served. Raises KeyError for a name that the build does not make."""
        return PREFIX + self._names[name]


def static_handler(assets: Assets) -> HTTPRouteHandler:
    """`GET /static/{name}` with the best coding that the browser takes."""

    @get(PREFIX + "{name:str}", name="static", include_in_schema=False, sync_to_thread=False, opt={"public": True})
    def static(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        asset = assets.files.get(name)
        if asset is None:
            raise NotFoundException
        accepted = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
        coding = next((coding for coding, _ in _ENCODINGS if coding in accepted and coding in asset.bodies), "")
        headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}
        if coding:
            headers["content-encoding"] = coding
        return Response(asset.bodies[coding], media_type=asset.media_type, headers=headers)

    return static
