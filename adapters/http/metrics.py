"""What is counted about requests, and one line of log for each: route, never address; no person, no path, no agent."""

from __future__ import annotations

import time
from http import HTTPStatus

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

UNMATCHED = "unmatched"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_log = structlog.get_logger("hoso.http")


class Metrics:
    """A registry of its own; other parts of the process may register with it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        self._requests = Counter(
            "hoso_http_requests", "Requests by route.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "hoso_http_request_seconds",
            "Time to the first byte of the answer.",
            ("method", "route"),
            registry=self.registry,
            buckets=_SECONDS,
        )

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answered request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def exposition(self) -> tuple[bytes, str]:
        """The text for Prometheus, and its media type; whoever sends text names the charset."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST.removesuffix("; charset=utf-8")


def observed(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """Counts and logs every request by the template of its route: a path may hold a tracking code."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()

        async def send_observed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note(metrics, scope, message["status"], time.perf_counter() - began)
            await send(message)

        await app(scope, receive, send_observed)

    return wrapped


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})


def _note(metrics: Metrics, scope: Scope, status: int, seconds: float) -> None:
    asked = str(scope.get("method"))
    method = asked if asked in _METHODS else "OTHER"
    route = scope.get("path_template") or UNMATCHED
    metrics.note(method, route, status, seconds)
    say = _log.warning if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _log.info
    say("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
