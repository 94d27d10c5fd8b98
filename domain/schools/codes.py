"""The short code of a place, as it stands on the poster below the QR code and is typed when the QR is covered.

Eight signs of the alphabet without I, L, O, U: seven follow from the id of the place, the eighth checks them, so that a
slip of the finger does not lead to another school.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_READ_AS = str.maketrans("OIL", "011", " -")


def public_code(place_id: UUID) -> str:
    """The code of a place, the same for ever. 35 bits: two of 5,000 places share one with a chance of 1 in 2,700."""
    number = int.from_bytes(sha256(b"place code" + place_id.bytes).digest()[:5], "big") >> 5
    signs = "".join(ALPHABET[number >> shift & 31] for shift in range(30, -1, -5))
    return signs + _check(signs)


def read_public_code(text: str) -> str | None:
    """The code as it is stored, from what somebody typed; None when it cannot be one."""
    code = text.upper().translate(_READ_AS)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET) or _check(code[:-1]) != code[-1]:
        return None
    return code


def _check(signs: str) -> str:
    """Odd weights: any one wrong sign changes the sum modulo 32, and so does nearly every swap of neighbours."""
    return ALPHABET[sum((2 * n + 1) * ALPHABET.index(sign) for n, sign in enumerate(signs)) % 32]
