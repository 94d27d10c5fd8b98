"""Tracking codes as people write them: 16 signs of 32 letters and digits that are not mistaken for each other."""

from __future__ import annotations

import unicodedata
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O (read as 1, 1, 0) and U."""
CODE_SIGNS, BITS_OF_A_SIGN = 16, 5
_LOOKALIKES = str.maketrans("OIL", "011")


class ReadingTokens(Protocol):
    """What stands for a tracking code where a code may not stand: in an address, which others write down."""

    def reading_token(self, code: str) -> str:
        """The same for the same code; the code can be had from it only with the key store."""
        ...

    def code_behind(self, token: str) -> str | None:
        """The code that a token was made of; None for everything else."""
        ...


def code_of(random_bytes: bytes) -> str:
    """The first 80 bits as 16 signs."""
    bits = int.from_bytes(random_bytes[: CODE_SIGNS * BITS_OF_A_SIGN // 8])
    places = range(CODE_SIGNS - 1, -1, -1)
    return "".join(ALPHABET[bits >> BITS_OF_A_SIGN * place & 31] for place in places)


def normalise_code(typed: str) -> str:
    """What was typed, without case, blanks, hyphens and lookalikes. Total: what is no code is merely found nowhere."""
    kept = (sign for sign in typed if not sign.isspace() and unicodedata.category(sign) not in {"Pd", "Cf", "Cc"})
    return "".join(kept).upper().translate(_LOOKALIKES)


def format_code(code: str) -> str:
    """In fours, as it is shown and printed: `7K2M-…`."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
