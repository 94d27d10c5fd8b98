"""The description of the API at /schema. Bodies are read late, so routes name theirs by `opt={"body": Shape}`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, Reference, SecurityScheme
from litestar.routes import BaseRoute, HTTPRoute

from adapters.http.conditional import KEY_HEADER, VERSION_HEADER
from adapters.http.problems import PROBLEM_JSON, Problem

BODY, NEW, OPEN, KINDS = "body", "new", "open", "kinds"
"""Options of a route: the shape of its body; it makes something new (no If-Match); it is no command (no key); the media
types of what it sends when that is no JSON."""
FILES = ("image/jpeg", "image/png", "image/webp", "application/pdf")
"""What is taken in and kept."""
_REF = "#/components/schemas/{name}"
_UUID = {"type": "string", "format": "uuid"}
_HEADERS = {KEY_HEADER: _UUID, VERSION_HEADER: {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}"$'}}
_WHO_ASKS = frozenset({"actor", "signed_in"})
"""Handlers that want neither answer anybody."""
_ERRORS = {
    400: "Bad input; `field` names what is wrong.",
    404: "Not there, or not for you to see.",
    409: "Refused by a rule; `code` says which.",
    412: "The version that you saw is no longer the last one.",
    415: "The body is no JSON.",
    422: "The Idempotency-Key came with another wish before.",
    428: "If-Match is missing.",
}


class SchemaRouter(Router):
    """Without the framework's own page for unknown addresses: those have one answer everywhere."""

    def register(self, value: Any) -> list[BaseRoute]:
        """As the base class, but for that page."""
        if isinstance(value, HTTPRouteHandler) and "/{path:str}" in value.paths:
            return []
        return super().register(value)


class DescribedBodies(JsonRenderPlugin):
    """JSON, with the bodies and headers that handlers read themselves."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: dict[str, Any] | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Built once: routes do not change while the process runs."""
        if self._whole is None:
            self._whole = described(request.app, msgspec.to_builtins(openapi_schema))
        return msgspec.json.encode(self._whole)


def openapi_config(version: str) -> OpenAPIConfig:
    """At /schema and /schema/openapi.json."""
    schemes: dict[str, SecurityScheme | Reference] = {
        "bearer": SecurityScheme(type="http", scheme="bearer", description="The token of POST /api/session."),
    }
    bearer: dict[str, list[str]] = {"bearer": []}
    return OpenAPIConfig(
        title="hoso",
        version=version,
        description="Case management for education authorities. Errors are RFC 9457 with a stable `code`.",
        components=Components(security_schemes=schemes),
        security=[bearer],
        render_plugins=[DescribedBodies()],
        openapi_router=SchemaRouter("/schema", route_handlers=[], include_in_schema=False),
        use_handler_docstrings=True,
    )


RELEASED = frozenset({"adapters.http.conditional.Nothing", "domain.feedback.vocabulary.Outcome"})
"""Shapes that had their name to themselves in a released description."""


def described(app: Litestar, document: dict[str, Any]) -> dict[str, Any]:
    """The document with what `opt` says of each route."""
    shapes = {Problem, *(handler.opt[BODY] for _, handler in _handlers(app) if BODY in handler.opt)}
    ordered = sorted(shapes, key=lambda shape: str(shape.__name__))
    schemas, components = _plainly_named(*msgspec.json.schema_components(ordered, ref_template=_REF))
    document.setdefault("components", {}).setdefault("schemas", {}).update(components)
    bodies = dict(zip(ordered, schemas, strict=True))
    for path, handler in _handlers(app):
        for method in handler.http_methods:
            operation = document["paths"].get(path, {}).get(method.lower())
            if operation is not None:
                _describe(operation, handler, bodies)
                _describe_access(operation, handler)
                _describe_answer(operation, handler)
                _describe_errors(operation, handler, bodies[Problem])
    return document


def _plainly_named(
    schemas: tuple[dict[str, Any], ...], components: dict[str, Any]
) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """Shapes of one name are told apart by their modules, which are nothing for clients: by a name of their own."""
    names = {name: _plain_name(name) for name in components if "." in name}
    refs = {_REF.format(name=name): _REF.format(name=plain) for name, plain in names.items()}

    def renamed(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: refs.get(value, value) if key == "$ref" else renamed(value) for key, value in part.items()}
        return [renamed(item) for item in part] if isinstance(part, list) else part

    plain = {names.get(name, name): renamed(component) for name, component in components.items()}
    return tuple(renamed(schema) for schema in schemas), plain


def _plain_name(name: str) -> str:
    """`domain.complaints.vocabulary.Outcome` is ComplaintsOutcome; what was released under a bare name keeps it."""
    modules, _, bare = name.rpartition(".")
    area = modules.split(".")[1].title().replace("_", "")
    return bare if name in RELEASED else f"{area}{bare}"


def _handlers(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    return [(route.path_format, handler) for route in routes for handler in route.route_handlers]


def _describe(operation: dict[str, Any], handler: HTTPRouteHandler, bodies: dict[Any, dict[str, Any]]) -> None:
    """No body at all is read as an empty one."""
    if BODY not in handler.opt:
        return
    operation["requestBody"] = {
        "required": any(field.required for field in msgspec.structs.fields(handler.opt[BODY])),
        "content": {"application/json": {"schema": bodies[handler.opt[BODY]]}},
    }
    if handler.opt.get(OPEN):
        return
    headers = [KEY_HEADER] if handler.opt.get(NEW) else [KEY_HEADER, VERSION_HEADER]
    operation.setdefault("parameters", []).extend(
        {"name": name, "in": "header", "required": True, "schema": _HEADERS[name]} for name in headers
    )


def _describe_access(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    """Which operations are open to anybody, and that ids in addresses are ids."""
    if not _WHO_ASKS & handler.parsed_fn_signature.parameters.keys():
        operation["security"] = []
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path" and parameter["name"].endswith("_id"):
            parameter["schema"] = _UUID


def _describe_answer(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    """In the place of what the framework takes bytes, and nothing at all, to be: JSON."""
    for status, response in operation["responses"].items():
        if status == str(HTTPStatus.NO_CONTENT):
            response.pop("content", None)
        elif KINDS in handler.opt and status == str(HTTPStatus.OK):
            response["content"] = {kind: {"schema": {}} for kind in handler.opt[KINDS]}


def _describe_errors(operation: dict[str, Any], handler: HTTPRouteHandler, problem: dict[str, Any]) -> None:
    """In the place of the framework's own form of errors, which nobody ever gets."""
    parameters = operation.get("parameters", [])
    headers = {parameter["name"] for parameter in parameters if parameter["in"] == "header"}
    met = {400} if parameters or BODY in handler.opt else set()
    met |= {404} if any(parameter["in"] == "path" for parameter in parameters) else set()
    met |= {409, 415} if BODY in handler.opt else set()
    met |= {422} if KEY_HEADER in headers else set()
    met |= {412, 428} if VERSION_HEADER in headers else set()
    content = {PROBLEM_JSON: {"schema": problem}}
    operation["responses"].pop("400", None)
    operation["responses"] |= {str(code): {"description": _ERRORS[code], "content": content} for code in sorted(met)}
    operation["responses"]["default"] = {"description": "Any other problem, by its `code`.", "content": content}
