"""What the environment says: where data lies, where to listen, which profile. One place reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

Profile = Literal["demo", "production"]
DEFAULT_PASSWORDS = ("postgres", "password", "hoso", "secret", "changeme")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingError(Exception):
    """A setting that cannot be used. `setting` is its name, `code` says why."""

    def __init__(self, setting: str, code: str) -> None:
        super().__init__(f"{setting}: {code}")
        self.setting, self.code = setting, code


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that may be set from outside."""

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str | None = None
    app_database_url: str | None = None
    base_url: str = ""
    demo_now: datetime | None = None
    trusted_proxy: bool = False
    """A TLS-terminating proxy stands before the server and the base URL is https."""
    environ: Mapping[str, str] = {}

    @property
    def origin(self) -> str:
        """The address under which people reach it, without a slash at the end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach it over TLS."""
        return self.origin.startswith("https://")

    @property
    def keys(self) -> Path:
        """The key store: its own backup, never in the database's."""
        return self.data_dir / "keys"

    @property
    def files(self) -> Path:
        """Files by the hash of their ciphertext."""
        return self.data_dir / "files"

    @property
    def postgres(self) -> Path:
        """The embedded server's folder."""
        return self.data_dir / "postgres"


def settings_from(environ: Mapping[str, str], root: Path) -> Settings:
    """Raises SettingError naming the setting at fault."""
    return Settings(
        data_dir=Path(environ.get("HOSO_DATA_DIR") or root / "var"),
        host=environ.get("HOSO_HOST") or "127.0.0.1",
        port=_port(environ.get("HOSO_PORT") or "8000"),
        database_url=environ.get("HOSO_DATABASE_URL") or None,
        app_database_url=environ.get("HOSO_APP_DATABASE_URL") or None,
        base_url=environ.get("HOSO_BASE_URL") or "",
        demo_now=_moment(environ.get("HOSO_DEMO_NOW") or ""),
        trusted_proxy=environ.get("HOSO_TRUSTED_PROXY") == "1",
        environ=environ,
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise SettingError("HOSO_PORT", "not-a-port")
    return int(text)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SettingError("HOSO_DEMO_NOW", "not-a-moment") from None
    if moment.tzinfo is None:
        raise SettingError("HOSO_DEMO_NOW", "without-offset")
    return moment


def unsafe_in_production(settings: Settings) -> list[SettingError]:
    """Every setting that a production store refuses to start with, each by name."""
    found = []
    beyond_loopback = settings.host not in LOOPBACK
    if beyond_loopback and not (settings.secure and settings.trusted_proxy):
        found.append(SettingError("HOSO_BASE_URL", "plain-http-beyond-loopback"))
    if settings.base_url.startswith("http://") and not any(f"//{host}" in settings.base_url for host in LOOPBACK):
        found.append(SettingError("HOSO_BASE_URL", "plain-http-beyond-loopback"))
    if settings.demo_now is not None:
        found.append(SettingError("HOSO_DEMO_NOW", "simulated-clock"))
    if settings.database_url and not _encrypted(settings.database_url):
        found.append(SettingError("HOSO_DATABASE_URL", "database-without-tls"))
    if _default_password(settings.database_url) or _default_password(settings.app_database_url):
        found.append(SettingError("HOSO_DATABASE_URL", "default-secret"))
    return found


def _encrypted(url: str) -> bool:
    """A database on this machine, or one whose certificate is at least required."""
    local = "@/" in url or any(f"@{host}" in url or f"@[{host}" in url for host in LOOPBACK) or "host=/" in url
    return local or any(mode in url for mode in ("sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"))


def _default_password(url: str | None) -> bool:
    return url is not None and any(f":{word}@" in url for word in DEFAULT_PASSWORDS)
