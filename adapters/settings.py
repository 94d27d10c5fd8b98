"""What the environment says: where data lies, where to listen, which profile. One place reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from adapters.postgres.address import Address, address_of, is_local
from domain.notices.notice import is_address

Profile = Literal["demo", "production"]
DEFAULT_PASSWORDS = ("postgres", "password", "hoso", "hoso_owner", "hoso_app", "secret", "changeme", "example")
DEMO_FILES = ("demo.json", "demo-password")
"""What the loader of demo data leaves beside its store."""


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
    profile: Profile | None = None
    """"production" refuses a demo; without it the store itself says what it is."""
    trusted_proxy: bool = False
    """A TLS-terminating proxy stands before the server and the base URL is https."""
    smtp_url: str = ""
    """`smtp://` (with STARTTLS unless it is this machine) or `smtps://`; empty: mails become files."""
    mail_from: str = ""
    digest_at: time = time(7, 30)
    """When mails of the morning go out, on the clock of Hà Nội."""
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
        profile=_profile(environ.get("HOSO_PROFILE") or ""),
        trusted_proxy=environ.get("HOSO_TRUSTED_PROXY") == "1",
        smtp_url=_mail_server(environ.get("HOSO_SMTP_URL") or ""),
        mail_from=_mail_sender(environ.get("HOSO_MAIL_FROM") or ""),
        digest_at=_hour(environ.get("HOSO_DIGEST_AT") or "07:30"),
        environ=environ,
    )


def _mail_server(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = not url or (parts.scheme in ("smtp", "smtps") and parts.hostname and (parts.port or 1) > 0)
    except ValueError:
        usable = False
    if not usable:
        raise SettingError("HOSO_SMTP_URL", "not-a-mail-server")
    return url


def _mail_sender(address: str) -> str:
    if address and not is_address(address):
        raise SettingError("HOSO_MAIL_FROM", "not-an-address")
    return address


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise SettingError("HOSO_DIGEST_AT", "not-a-time") from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise SettingError("HOSO_PORT", "not-a-port")
    return int(text)


def _profile(text: str) -> Profile | None:
    match text:
        case "":
            return None
        case "demo" | "production":
            return text
    raise SettingError("HOSO_PROFILE", "not-a-profile")


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
    if not is_local(settings.host) and not (settings.secure and settings.trusted_proxy):
        found.append(SettingError("HOSO_HOST", "plain-http-beyond-loopback"))
    if settings.base_url and not settings.secure and not is_local(urlsplit(settings.base_url).hostname or "?"):
        found.append(SettingError("HOSO_BASE_URL", "plain-http-beyond-loopback"))
    if settings.demo_now is not None:
        found.append(SettingError("HOSO_DEMO_NOW", "simulated-clock"))
    if any((settings.data_dir / name).exists() for name in DEMO_FILES):
        found.append(SettingError("HOSO_DATA_DIR", "demo-data"))
    for name, url in (
        ("HOSO_DATABASE_URL", settings.database_url),
        ("HOSO_APP_DATABASE_URL", settings.app_database_url),
    ):
        if url is not None:
            found += _unsafe_address(name, address_of(url, settings.environ))
    return found


def _unsafe_address(name: str, address: Address) -> Iterator[SettingError]:
    if not address.encrypted:
        yield SettingError(name, "database-without-tls")
    if address.password and address.password.lower() in {*DEFAULT_PASSWORDS, address.user.lower()}:
        yield SettingError(name, "default-secret")
