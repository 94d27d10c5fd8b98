"""Why an authority's record refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyEstablishedError(RefusalError):
    code = "authority-already-established"


class CodeNotAllowedError(RefusalError):
    """Small letters, digits and hyphens."""

    code = "authority-code-not-allowed"


class NameMissingError(RefusalError):
    code = "name-missing"


class DissolvedError(RefusalError):
    code = "authority-dissolved"


class OutsideValidityError(RefusalError):
    """The day lies before the first or after the last day of the body."""

    code = "authority-day-outside-validity"


class SuperiorCircleError(RefusalError):
    """Nobody stands above himself, not even by way of others."""

    code = "authority-superior-circle"


class GuidesItselfError(RefusalError):
    code = "authority-guides-itself"


class NothingNewError(RefusalError):
    """What is asked for is already so."""

    code = "authority-nothing-new"


class ContactEmptyError(RefusalError):
    """At least one way to reach it must be named."""

    code = "authority-contact-empty"


class ContactTooLongError(RefusalError):
    """A poster is read from two metres."""

    code = "authority-contact-too-long"


class SucceedsItselfError(RefusalError):
    code = "authority-succeeds-itself"


class ReasonMissingError(RefusalError):
    code = "reason-missing"
