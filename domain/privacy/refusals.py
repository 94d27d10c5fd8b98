"""Why an erasure refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class ErasureNotRequestedError(RefusalError):
    code = "erasure-not-requested"


class ErasureAlreadyRequestedError(RefusalError):
    code = "erasure-already-requested"


class ErasureAlreadyApprovedError(RefusalError):
    """What was approved is destroyed at once: nothing can stop it any more."""

    code = "erasure-already-approved"


class ErasureNotApprovedError(RefusalError):
    code = "erasure-not-approved"


class SecondPersonRequiredError(RefusalError):
    """Who entered the request may not approve it."""

    code = "erasure-needs-a-second-person"


class LegalHoldInForceError(RefusalError):
    code = "erasure-legal-hold-in-force"


class NoLegalHoldError(RefusalError):
    """There is no such hold."""

    code = "legal-hold-not-in-force"


class SubjectAlreadyErasedError(RefusalError):
    code = "subject-already-erased"


class ErasureDocumentMissingError(RefusalError):
    """Each of these acts rests on a paper."""

    code = "erasure-document-missing"


class ErasureReasonMissingError(RefusalError):
    code = "erasure-reason-missing"


class ErasureReceivedInFutureError(RefusalError):
    code = "erasure-received-in-future"


class ErasureLateReasonMissingError(RefusalError):
    """A request of an earlier day was entered without saying why so late."""

    code = "erasure-late-reason-missing"
