"""The installation key: the one secret that wraps all others, and the only one that is not in the key store by need.

It comes from HOSO_KEY, from the file that HOSO_KEY_FILE names, or from `installation.key` in the key store, which
`hoso init` makes. Losing it is losing every personal value of the installation.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from adapters.vault.durable import sync_folder, write_new

KEY_BYTES = 32
FEWEST_DISTINCT_BYTES = 12
"""32 random bytes have fewer distinct values less often than once in 10^15 keys; typed ones often do."""
KEY_FILE = "installation.key"
SAMPLES = frozenset({"changeme", "change-me", "secret", "default", "password", "hoso", "example", "replace-me"})


class InstallationKeyError(Exception):
    """`code`: installation-key-missing, -default, -too-short, -unreadable, -exposed, -foreign. `setting` says where."""

    def __init__(self, code: str, setting: str) -> None:
        super().__init__(f"{code}: {setting}")
        self.code, self.setting = code, setting


def parse_key(text: str, setting: str) -> bytes:
    """32 bytes from base64 or hexadecimal. Raises InstallationKeyError for a sample, short or guessable value."""
    text = text.strip()
    if text.lower() in SAMPLES:
        raise InstallationKeyError("installation-key-default", setting)
    key = _decoded(text)
    if key is None:
        raise InstallationKeyError("installation-key-unreadable", setting)
    if len(key) < KEY_BYTES:
        raise InstallationKeyError("installation-key-too-short", setting)
    if len(key) > KEY_BYTES:
        raise InstallationKeyError("installation-key-unreadable", setting)
    if len(set(key)) < FEWEST_DISTINCT_BYTES or _counts_up(key):
        raise InstallationKeyError("installation-key-default", setting)
    return key


def make_key_file(folder: Path) -> bytes:
    """A new random key in `installation.key`, readable by its owner alone. Raises FileExistsError."""
    key = secrets.token_bytes(KEY_BYTES)
    write_new(folder / KEY_FILE, base64.b64encode(key) + b"\n")
    sync_folder(folder)
    return key


def given_key(environ: Mapping[str, str]) -> bytes | None:
    """The key that the surroundings give; None when they give none. Raises InstallationKeyError."""
    if "HOSO_KEY" in environ:
        return parse_key(environ["HOSO_KEY"], "HOSO_KEY")
    if named := environ.get("HOSO_KEY_FILE"):
        try:
            return parse_key(Path(named).read_text(encoding="ascii"), "HOSO_KEY_FILE")
        except (OSError, UnicodeDecodeError) as error:
            raise InstallationKeyError("installation-key-unreadable", "HOSO_KEY_FILE") from error
    return None


def key_of(folder: Path, environ: Mapping[str, str]) -> bytes:
    """The key of this key store. Raises InstallationKeyError."""
    if (key := given_key(environ)) is not None:
        return key
    path = folder / KEY_FILE
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise InstallationKeyError("installation-key-missing", KEY_FILE) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InstallationKeyError("installation-key-unreadable", KEY_FILE) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InstallationKeyError("installation-key-exposed", KEY_FILE)
    return parse_key(text, KEY_FILE)


def _decoded(text: str) -> bytes | None:
    try:
        if len(text) == 2 * KEY_BYTES:
            return bytes.fromhex(text)
        return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
    except (ValueError, binascii.Error):
        return None


def _counts_up(key: bytes) -> bool:
    """00 01 02 … is what documentation shows."""
    return len({(after - before) % 256 for before, after in itertools.pairwise(key)}) == 1
