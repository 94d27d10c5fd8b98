"""Facts as JSON for one reader: sealed texts opened or said to be erased, other classes left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from application.disclosure import PrivacyClass
from application.ports import ErasedError, Vault
from domain.kernel import Sealed

ERASED = {"erased": True}
"""What stands where a text was whose key is destroyed."""
_HIDDEN_IDS = frozenset({"subject_id", "identity_ref", "code_hash"})


class Discloser:
    """Opens what a reader may see. Holds no plaintext.

    `covered`: by the id of a sealed value, the wording that stands in its place since words in it were covered.
    """

    def __init__(
        self, vault: Vault, classes: Collection[PrivacyClass], covered: Mapping[UUID, Sealed] | None = None
    ) -> None:
        self._vault, self._classes, self._covered = vault, frozenset(classes), covered or {}

    def text(self, value: Sealed | None) -> str | dict[str, bool] | None:
        """The plaintext, or `{"erased": true}`; None where there is none or the reader's post does not open it."""
        if value is None or "personal" not in self._classes:
            return None
        try:
            return self._vault.open(self._covered.get(value.value_id, value))
        except ErasedError:
            return dict(ERASED)

    def sees(self, privacy: PrivacyClass) -> bool:
        """Whether fields of this class are shown."""
        return privacy in self._classes

    def struct(self, value: msgspec.Struct) -> dict[str, Any]:
        """All fields that this reader may see."""
        shown: dict[str, Any] = {}
        for name, privacy in classes_of(type(value)).items():
            if name not in _HIDDEN_IDS and (privacy is None or privacy in self._classes):
                shown[name] = self._value(getattr(value, name))
        return shown

    def _value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return self.text(value)
        if isinstance(value, tuple | list):
            return [self._value(item) for item in value]
        if isinstance(value, msgspec.Struct):
            known = any(classes_of(type(value)).values())
            return self.struct(value) if known else msgspec.to_builtins(value)
        if isinstance(value, bytes):
            return None
        return str(value) if isinstance(value, UUID) else msgspec.to_builtins(value)


@cache
def classes_of(kind: type[msgspec.Struct]) -> dict[str, PrivacyClass | None]:
    """Field → privacy class, None where the field has none (values that carry no classes of their own)."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: privacy_of(hints[field.name]) for field in msgspec.structs.fields(kind)}


def privacy_of(hint: Any) -> PrivacyClass | None:
    """The class that `Public[…]`, `Internal[…]`, `Personal[…]` or `Informant[…]` puts on a type."""
    if get_origin(hint) is None and not hasattr(hint, "__metadata__"):
        return None
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, msgspec.Meta) and extra.extra and "privacy" in extra.extra:
            privacy: PrivacyClass = extra.extra["privacy"]
            return privacy
    return next((inner for part in get_args(hint) if (inner := privacy_of(part))), None)
