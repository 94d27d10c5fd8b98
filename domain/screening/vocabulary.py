"""Why a submission waits to be looked at before it joins the work."""

from __future__ import annotations

from enum import StrEnum


class Sign(StrEnum):
    """What made it look as if no person wrote it. None of them proves anything: a person decides."""

    HIDDEN_FIELD_FILLED = "hidden-field-filled"
    """A field that people do not see was filled in."""
    TOO_QUICK = "too-quick"
    """Sent sooner after the form was opened than anybody types."""
    FORM_NOT_OURS = "form-not-ours"
    """Without the stamp that each of our forms carries, or with a made-up one."""
    MANY_FROM_ONE_PLACE = "many-from-one-place"
    """More than usual from one neighbourhood of addresses."""
    NEARLY_THE_SAME = "nearly-the-same"
    """About the same unit, nearly the same words came shortly before."""
