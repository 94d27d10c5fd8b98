"""What a database address says before anybody connects: where the database is, whether the way there is encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import msgspec

ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
"""Values of sslmode with which nothing crosses a network in the clear."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A postgresql:// address, completed from the variables that the drivers read as well."""

    hosts: tuple[str, ...]
    """Names, numbers or socket folders; empty: the sockets of this machine."""
    user: str
    password: str
    sslmode: str
    bare: str
    """The address without its password, fit for a command line."""

    @property
    def remote(self) -> bool:
        """Whether any of the hosts is another machine."""
        return not all(is_local(host) for host in self.hosts)

    @property
    def encrypted(self) -> bool:
        """On this machine, or with TLS required."""
        return not self.remote or self.sslmode in ENCRYPTED

    @property
    def wants_tls(self) -> bool:
        """Whether a client without TLS cannot connect."""
        return self.sslmode in ENCRYPTED and any(not host.startswith("/") for host in self.hosts)


def is_local(host: str) -> bool:
    """A socket folder or an address of this machine itself."""
    if host in ("", "localhost") or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def address_of(url: str, environ: Mapping[str, str]) -> Address:
    """Parses it, several hosts and IPv6 included; what it leaves out comes from the PG* variables."""
    parts = urlsplit(url)
    login, _, places = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    query = dict(parse_qsl(parts.query))
    named = [_host(place) for place in places.split(",") if place]
    hosts = named or [host for host in (query.get("host") or environ.get("PGHOST") or "").split(",") if host]
    kept = urlencode({name: value for name, value in query.items() if name != "password"}, safe="/,")
    return Address(
        hosts=tuple(unquote(host) for host in hosts),
        user=unquote(user) or query.get("user", "") or environ.get("PGUSER", ""),
        password=unquote(password) or query.get("password", "") or environ.get("PGPASSWORD", ""),
        sslmode=query.get("sslmode") or environ.get("PGSSLMODE") or "prefer",
        bare=urlunsplit((parts.scheme, f"{user}@{places}" if user else places, parts.path, kept, "")),
    )


def _host(place: str) -> str:
    """Without its port: `db:5432`, `[::1]:5432`."""
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0]
