"""Is the process alive, and may it be given work? Each part of readiness is asked on its own and named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from ipaddress import ip_address
from secrets import compare_digest
from typing import Any, Literal

import asyncpg
import msgspec
from litestar import Controller, Request, Response, get
from litestar.openapi.datastructures import ResponseSpec

from adapters.http.injected import Injected
from adapters.http.metrics import Metrics
from adapters.http.openapi import KINDS
from adapters.http.settings import HttpSettings
from adapters.mail.outbox import PostgresOutbox
from adapters.postgres import migrate
from adapters.postgres.consumers import PASSING
from application.access import NotVisibleError

State = Literal["ready", "degraded", "not-ready"]


class Finding(msgspec.Struct, frozen=True):
    """What one check found. `degraded`: somebody has to look at it, but requests are answered rightly."""

    state: State
    note: str = ""


Check = Callable[[], Awaitable[Finding]]
READY = Finding("ready")
MOST_BEHIND = 10_000
"""Facts that a read model may lag before the process is given no more requests."""


class Readiness(msgspec.Struct, frozen=True):
    """The answer of /health/ready: the worst state of all, and each by name."""

    status: State
    checks: dict[str, Finding]


async def readiness(checks: Mapping[str, Check]) -> Readiness:
    """A check that fails to answer is not ready; what it failed with may name things, so only its kind is told."""
    found: dict[str, Finding] = {}
    for name, check in checks.items():
        try:
            found[name] = await check()
        except (*PASSING, asyncpg.PostgresError) as error:
            found[name] = Finding("not-ready", type(error).__name__)
    states = {finding.state for finding in found.values()}
    worst: State = "not-ready" if "not-ready" in states else "degraded" if "degraded" in states else "ready"
    return Readiness(worst, found)


def schema_check(pool: asyncpg.Pool[Any]) -> Check:
    """Whether every migration of this release is applied, and no newer one."""

    async def check() -> Finding:
        async with pool.acquire() as connection:
            try:
                await migrate.check(connection)
            except (migrate.SchemaBehindError, migrate.NewerSchemaError, migrate.ChangedMigrationError) as error:
                return Finding("not-ready", str(error))
        return READY

    return check


def consumers_check(
    pool: asyncpg.Pool[Any], wanted: Sequence[tuple[str, int]], most_behind: int = MOST_BEHIND
) -> Check:
    """Whether each read model that this release serves is there, runs, and is not far behind the log."""

    async def check() -> Finding:
        rows = await pool.fetch(
            "select name, version, halted is not null, coalesce((select max(log_index) from log), -1) - log_index"
            " from consumer where (name, version) in (select * from unnest($1::text[], $2::int[]))",
            [name for name, _ in wanted],
            [version for _, version in wanted],
        )
        known = {(name, version): (halted, behind) for name, version, halted, behind in rows}
        missing = [name for name, version in wanted if (name, version) not in known]
        halted = [name for (name, _), (stands, _) in known.items() if stands]
        late = [f"{name} {behind}" for (name, _), (_, behind) in known.items() if behind > most_behind]
        faults = [("missing", missing), ("halted", halted), ("behind", late)]
        note = "; ".join(f"{what}: {', '.join(sorted(names))}" for what, names in faults if names)
        return Finding("not-ready", note) if note else READY

    return check


def parked_check(pool: asyncpg.Pool[Any]) -> Check:
    """Facts that a read model could not fold wait with their key; all other keys are right."""

    async def check() -> Finding:
        rows = await pool.fetch("select consumer, count(*) from parked group by consumer order by consumer")
        note = ", ".join(f"{consumer} {count}" for consumer, count in rows)
        return Finding("degraded", f"parked: {note}") if note else READY

    return check


def outbox_check(outbox: PostgresOutbox) -> Check:
    """Mails that could not be handed over wait and are tried again; somebody has to look at the mail server."""

    async def check() -> Finding:
        waiting, lost, fault = await outbox.stuck()
        note = f"waiting {waiting}, given up {lost}, last fault {fault}"
        return Finding("degraded", note) if waiting or lost else READY

    return check


class HealthController(Controller):
    """For orchestration; says nothing about persons or cases."""

    path = "/health"
    tags = ("Operation",)

    @get("/live", operation_id="Live")
    async def live(self) -> dict[str, str]:
        """The process answers."""
        return {"status": "live"}

    @get(
        "/ready",
        operation_id="Ready",
        responses={503: ResponseSpec(Readiness, description="Not ready; `checks` says why.")},
    )
    async def ready(self, checks: Injected[Mapping[str, Check]]) -> Response[Readiness]:
        """200 while requests are answered rightly, 503 otherwise."""
        found = await readiness(checks)
        return Response(found, status_code=503 if found.status == "not-ready" else 200)


def _may_read_metrics(request: Request[Any, Any, Any], token: str) -> bool:
    """Counts of rare requests could say that somebody reported something: this machine or the token only."""
    given = request.headers.get("authorization", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@get("/metrics", operation_id="Metrics", tags=("Operation",), opt={KINDS: ("text/plain",)})
async def read_metrics(
    request: Request[Any, Any, Any], metrics: Injected[Metrics], settings: Injected[HttpSettings]
) -> Response[bytes]:
    """For Prometheus, from this machine or with the token. Raises NotVisibleError."""
    if not _may_read_metrics(request, settings.metrics_token):
        raise NotVisibleError
    body, media_type = metrics.exposition()
    return Response(body, media_type=media_type)
