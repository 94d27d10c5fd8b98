"""Keyed hashes under the secrets of the key store: tracking codes, fingerprints, exact search."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from adapters.vault.keyring import KeyRing
from application.tracking_code import code_of, normalise_code
from domain.searching import search_key

VIETNAM = "84"
READING = [b"reading token 1"]
"""What the sealed code is bound to: a seal of another use opens nothing here."""
TOKEN_SIGNS = 43
"""Of the seal and the sixteen signs of a code, four for three bytes."""


class HmacSecrets:
    """The ports Secrets and ReadingTokens.

    Each use has a secret of its own, so that one kind of hash says nothing about another.
    """

    def __init__(self, ring: KeyRing) -> None:
        self._codes = ring.secret("tracking-code")
        # Derived, so that a key store made before there were tokens needs no new file. A code is made of the sixteen
        # bytes of a command id, which these fifteen can never be.
        self._reading = AESSIV(hmac.digest(self._codes, READING[0], sha256))
        self._hashes = ring.secret("tracking-hash")
        self._fingerprints = ring.secret("fingerprint")
        self._index = ring.secret("blind-index")

    def tracking_code(self, command_id: UUID) -> str:
        """16 signs (80 bits) without blanks, the same for the same command."""
        return code_of(hmac.digest(self._codes, command_id.bytes, sha256))

    def code_hash(self, code: str) -> bytes:
        """What is stored of a code, however it was typed."""
        return hmac.digest(self._hashes, normalise_code(code).encode(), sha256)

    def reading_token(self, code: str) -> str:
        """The same for the same code; nothing is stored of it."""
        return _written(self._reading.encrypt(normalise_code(code).encode(), READING))

    def code_behind(self, token: str) -> str | None:
        """Total: what is no token of this store is none. One writing only: no second address for the same thing."""
        if len(token) != TOKEN_SIGNS or not token.isascii():
            return None
        try:
            sealed = urlsafe_b64decode(token + "=")
            return self._reading.decrypt(sealed, READING).decode() if _written(sealed) == token else None
        except (ValueError, InvalidTag):
            return None

    def fingerprint(self, *parts: bytes) -> bytes:
        """Each part with its length, so that no two lists of parts look the same."""
        framed = b"".join(len(part).to_bytes(8) + part for part in parts)
        return hmac.digest(self._fingerprints, framed, sha256)

    def blind_index(self, field: str, value: str) -> bytes:
        """The hash of a telephone number or a name, as written in any of the usual ways."""
        return hmac.digest(self._index, f"{field}\0{canonical(field, value)}".encode(), sha256)


def _written(sealed: bytes) -> str:
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def canonical(field: str, value: str) -> str:
    """One writing for all: `+84 912 345 678` and `0912.345.678`; `Trần  Đức` and `tran duc`."""
    if field != "phone":
        return search_key(value)
    digits = "".join(sign for sign in value if sign.isascii() and sign.isdigit()).removeprefix("00")
    return "0" + digits.removeprefix(VIETNAM).removeprefix("0") if digits.startswith(VIETNAM) else digits
