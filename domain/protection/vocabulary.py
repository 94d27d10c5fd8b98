"""The closed lists of words that protection facts use. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class Whom(StrEnum):
    """Who is treated worse, as the sender says."""

    ME = "me"
    CHILD = "child"
    OTHER = "other"


class ProtectionOutcome(StrEnum):
    """What came of it. None of these is a finding against the sender, and none says that anybody did wrong."""

    MEASURES_TAKEN = "measures-taken"
    REFERRED = "referred"
    NOTHING_FOUND = "nothing-found"
