"""How the embedded PostgreSQL is configured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

ROLES = ("postgres", "hoso_owner", "hoso_app")

INITDB = (
    "--username=postgres",
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
)

TUNING = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
}
"""Written into postgresql.conf once; an operator may change them there."""

FIXED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "max_connections": "100",
    "max_prepared_transactions": "0",  # a forgotten prepared transaction would hold the sequencer back for ever
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No statement, parameter or row value may reach the server's log: they can name a person.
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
"""Given on the command line at each start, so that no configuration file can weaken them."""


def command_line(data: Path, sockets: Path, overrides: Mapping[str, str]) -> Iterator[str]:
    """The arguments of `postgres`."""
    yield from ("-D", str(data))
    for name, value in {**FIXED, "unix_socket_directories": str(sockets), **overrides}.items():
        yield from ("-c", f"{name}={value}")


def roles_sql(owner_password: str, app_password: str) -> str:
    """For psql: roles and database, made or brought up to date. The passwords are hexadecimal."""
    return f"""
        select 'create role ' || r || ' login' from unnest(array['hoso_owner', 'hoso_app']) r
        where not exists (select from pg_roles where rolname = r) \\gexec
        alter role hoso_owner password '{owner_password}';
        alter role hoso_app password '{app_password}';
        grant pg_read_all_stats to hoso_owner, hoso_app;
        select 'create database hoso owner hoso_owner'
        where not exists (select from pg_database where datname = 'hoso') \\gexec
        revoke all on database hoso from public;
        grant connect on database hoso to hoso_app;
    """
