"""Why an account refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AccountAlreadyOpenedError(RefusalError):
    code = "account-already-opened"


class UsernameNotAllowedError(RefusalError):
    """`details["shortest"]`, `details["longest"]`: characters."""

    code = "username-not-allowed"


class PostAlreadyGivenError(RefusalError):
    code = "post-already-given"


class PostForOneselfError(RefusalError):
    """Nobody hands out posts to himself."""

    code = "post-for-oneself"


class PostWithoutRoleError(RefusalError):
    code = "post-without-role"


class RolesNotCombinableError(RefusalError):
    """Auditor, administrator and school account stand alone."""

    code = "roles-not-combinable"


class PostUnitError(RefusalError):
    """A school account has a unit; no other post has one."""

    code = "post-unit-only-for-schools"


class TitleMissingError(RefusalError):
    code = "title-missing"


class ReasonMissingError(RefusalError):
    code = "reason-missing"


class PostUnknownError(RefusalError):
    code = "post-unknown"


class PostAlreadyEndedError(RefusalError):
    code = "post-already-ended"


class PostEndsBeforeItBeginsError(RefusalError):
    code = "post-ends-before-it-begins"


class AlreadyLockedError(RefusalError):
    code = "account-already-locked"


class NotLockedError(RefusalError):
    code = "account-not-locked"


class OwnAccountError(RefusalError):
    """An administrator who locks himself out could lock out everybody."""

    code = "own-account-not-lockable"


class NotAnAuditorError(RefusalError):
    code = "audit-purpose-without-auditor-post"


class PurposeMissingError(RefusalError):
    """`details["shortest"]`: characters."""

    code = "audit-purpose-too-short"


class PurposePeriodError(RefusalError):
    """`details["days"]`: the longest period."""

    code = "audit-purpose-period"


class DelegationToOneselfError(RefusalError):
    code = "delegation-to-oneself"


class DelegationNotByHeadError(RefusalError):
    """Only who heads the authority may let somebody sign for it."""

    code = "delegation-not-by-head"


class DelegationOutsideError(RefusalError):
    """The receiver holds no post of that authority on the first day."""

    code = "delegation-outside-authority"


class DelegationPeriodError(RefusalError):
    """`details["days"]`: the longest period."""

    code = "delegation-period"


class DelegationUnknownError(RefusalError):
    code = "delegation-unknown"


class DelegationAlreadyGivenError(RefusalError):
    code = "delegation-already-given"


class AccountHoldsCasesError(RefusalError):
    """`details["count"]`: open cases that would be left with nobody."""

    code = "account-holds-cases"


class StartCodePeriodError(RefusalError):
    """`details["days"]`: the longest period."""

    code = "start-code-period"


class StandInForOneselfError(RefusalError):
    code = "stand-in-for-oneself"


class StandInNotOursError(RefusalError):
    """Neither the absent person nor a head of the authority asks."""

    code = "stand-in-not-yours-to-appoint"


class StandInOutsideError(RefusalError):
    """One of the two does not work on cases of that authority on the first day."""

    code = "stand-in-outside-authority"


class StandInPeriodError(RefusalError):
    """`details["days"]`: the longest period."""

    code = "stand-in-period"


class StandInUnknownError(RefusalError):
    code = "stand-in-unknown"


class StandInAlreadyAppointedError(RefusalError):
    """For the same person in days that overlap."""

    code = "stand-in-already-appointed"


class SecondFactorAlreadyEnrolledError(RefusalError):
    code = "second-factor-already-enrolled"


class SecondFactorNotEnrolledError(RefusalError):
    code = "second-factor-not-enrolled"


class OwnSecondFactorError(RefusalError):
    """A second factor that its holder can remove alone protects against nobody who has the password."""

    code = "second-factor-by-another-administrator"
