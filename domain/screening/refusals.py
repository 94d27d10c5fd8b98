"""Why the screening refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyHeldError(RefusalError):
    code = "submission-already-held"


class NothingToHoldForError(RefusalError):
    """Without a sign nothing is held."""

    code = "submission-without-sign"


class NotHeldError(RefusalError):
    """It is in the work already."""

    code = "submission-not-held"
