"""What the HTTP side must be told: the addresses it answers for, its limits, where to sign in."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
JSON_LIMIT = 256 * 1024
"""Bytes of a request body, unless a route that takes files says otherwise."""


class HttpSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`base_url` is what links and QR codes begin with; `more_origins` are other addresses of the same server."""

    base_url: str
    more_origins: frozenset[str] = frozenset()
    sign_in_path: str = "/sign-in"
    metrics_token: str = ""
    """Lets read /metrics from elsewhere than this machine; empty: nobody."""
    version: str = "0"
    demo: bool = False

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by HTTPS."""
        return self.base_url.startswith("https:")

    @property
    def origins(self) -> frozenset[str]:
        """What browsers may name as the origin of a form; on this machine every name of it."""
        own = {origin_of(self.base_url), *(origin_of(other) for other in self.more_origins)}
        parts = urlsplit(self.base_url)
        if parts.hostname in LOOPBACK:
            own |= {_origin(parts.scheme, name, parts.port) for name in LOOPBACK}
        return frozenset(own)


def origin_of(url: str) -> str:
    """Scheme, host and port as browsers write them: without the port that goes without saying."""
    parts = urlsplit(url)
    return _origin(parts.scheme, parts.hostname or "", parts.port)


def _origin(scheme: str, host: str, port: int | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port in (None, DEFAULT_PORTS.get(scheme)) else f"{scheme}://{shown}:{port}"
