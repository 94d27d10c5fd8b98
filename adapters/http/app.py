"""The application: what every route shares, and the routes that belong to no case kind.

Case kinds bring their controllers and the objects that these ask for by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import asyncpg
import msgspec
from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler

from adapters.http.api.accounts import AccountController, state_audit_purpose
from adapters.http.api.arrangements import ArrangementController
from adapters.http.api.authorities import AuthorityController, PlaceController
from adapters.http.api.second_factor import SecondFactorController
from adapters.http.api.session import SessionController
from adapters.http.authenticate import Authenticator, SignedIn, SignIn, require_complete, token_of
from adapters.http.conditional import Intents
from adapters.http.guards import same_origin
from adapters.http.headers import with_headers
from adapters.http.health import Check, HealthController, read_metrics
from adapters.http.inflow import bounded
from adapters.http.injected import Injected
from adapters.http.metrics import Metrics, observed
from adapters.http.openapi import openapi_config
from adapters.http.passwords import PostgresCredentials
from adapters.http.problems import Problems
from adapters.http.second_factor import SecondFactors
from adapters.http.sessions import Sessions, cookie_name
from adapters.http.settings import JSON_LIMIT, HttpSettings
from adapters.http.throttle import Throttle
from adapters.http.web.render import Pages
from application.access import Actor, NotSignedInError
from application.authorities import AuthoritiesDesk
from application.people import PeopleDesk
from application.places import PlacesDesk
from application.ports import Clock, EventStore, Log, Reader, Secrets, Vault, Visibility
from application.store_kind import second_factor_required


class Services(msgspec.Struct, frozen=True, kw_only=True):
    """What the shared routes work with. Each field is also what handlers get under its name."""

    settings: HttpSettings
    pool: asyncpg.Pool[Any]
    clock: Clock
    store: EventStore
    log: Log
    db: Reader
    vault: Vault
    secrets: Secrets
    visibility: Visibility
    sessions: Sessions
    credentials: PostgresCredentials
    throttle: Throttle
    people: PeopleDesk
    authorities: AuthoritiesDesk
    registry: PlacesDesk
    metrics: Metrics
    checks: Mapping[str, Check]
    """What /health/ready asks, by name."""
    second_factors: SecondFactors | None = None
    """None: over the pool."""


def create_app(
    services: Services,
    *,
    controllers: Sequence[ControllerRouterHandler] = (),
    dependencies: Mapping[str, object] | None = None,
    pages: Pages | None = None,
    **litestar_options: Any,
) -> Litestar:
    """The ASGI application. `dependencies`: further objects, by the name that handlers ask for.

    `pages` becomes `app.state.pages` and renders what goes wrong in a browser. Handlers may ask for `actor`
    (NotSignedInError when nobody is signed in), `signed_in`, `visitor` (None when nobody is), `intents`, `sign_in`, and
    every field of Services.
    """
    settings = services.settings
    authenticator = Authenticator(services.sessions, services.store, services.clock)
    second_factors = services.second_factors or SecondFactors(
        services.pool, services.vault, services.secrets, services.clock
    )
    sign_in = SignIn(
        services.sessions,
        services.credentials,
        services.throttle,
        authenticator,
        services.clock,
        second_factors,
        partial(second_factor_required, services.store),
    )
    objects: dict[str, object] = {name: getattr(services, name) for name in Services.__struct_fields__}
    objects |= {"second_factors": second_factors, "sign_in": sign_in, "intents": Intents(services.secrets)}
    objects |= dependencies or {}
    app = Litestar(
        route_handlers=[
            SessionController,
            SecondFactorController,
            AccountController,
            ArrangementController,
            state_audit_purpose,
            AuthorityController,
            PlaceController,
            HealthController,
            read_metrics,
            *controllers,
        ],
        dependencies={**_people(authenticator, settings), **{name: _constant(it) for name, it in objects.items()}},
        exception_handlers={Exception: Problems(settings.sign_in_path, pages)},
        guards=[same_origin(settings)],
        openapi_config=openapi_config(settings.version),
        request_max_body_size=JSON_LIMIT,
        state=State({"pages": pages}),
        logging_config=None,
        debug=False,
        **litestar_options,
    )
    _name_every_method(app)
    _resolve_in_turn(app)
    app.asgi_handler = observed(with_headers(bounded(app.asgi_handler), settings), services.metrics)
    return app


def _resolve_in_turn(app: Litestar) -> None:
    """One by one, not in a task each as Litestar would: only one of these objects, who is asking, has to wait."""
    for route in app.routes:
        for _handler, model in route.route_handler_map.values() if isinstance(route, HTTPRoute) else ():
            model.dependency_batches = [{one} for batch in model.dependency_batches for one in batch]


def _name_every_method(app: Litestar) -> None:
    """`Allow` of OPTIONS: Litestar goes on answering with what an address took when its first handler came."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            at = next(n for n, handler in enumerate(route.route_handlers) if handler.http_methods == {"OPTIONS"})
            late = route.create_options_handler(route.path)
            late.owner = route.route_handlers[at].owner
            late.on_registration(app)
            route.route_handlers[at] = late
            route.route_handler_map.clear()
            route.create_handler_map()


def _constant(value: object) -> Provide:
    def provide() -> Any:
        return value

    return Provide(provide, sync_to_thread=False, use_cache=True)


def _people(authenticator: Authenticator, settings: HttpSettings) -> dict[str, Provide]:
    """Who is asking, asked once per request."""
    cookie = cookie_name(secure=settings.secure)

    async def visitor(request: Request[Any, Any, Any]) -> SignedIn | None:
        token = token_of(request, cookie)
        return await authenticator(token) if token else None

    async def signed_in(request: Request[Any, Any, Any], visitor: Injected[SignedIn | None]) -> SignedIn:
        if visitor is None:
            raise NotSignedInError
        require_complete(visitor, request.scope["path"])
        return visitor

    async def actor(signed_in: Injected[SignedIn]) -> Actor:
        return signed_in.actor

    return {"visitor": Provide(visitor), "signed_in": Provide(signed_in), "actor": Provide(actor)}
