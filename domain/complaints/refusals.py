"""Why a complaint refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyReceivedError(RefusalError):
    code = "complaint-already-received"


class PrivateUnitError(RefusalError):
    """Acts of a private school are no acts of the state: feedback or a court are open."""

    code = "complaint-private-unit"


class ContractStaffError(RefusalError):
    """Discipline of contract staff follows the labour rules."""

    code = "complaint-contract-staff"


class ResolverReasonMissingError(RefusalError):
    """Another resolver than the table of competence names, or none is named there."""

    code = "complaint-resolver-reason-missing"


class RepresentativeMissingError(RefusalError):
    code = "complaint-representative-missing"


class MandateMissingError(RefusalError):
    code = "complaint-mandate-missing"


class EmploymentMissingError(RefusalError):
    code = "complaint-employment-missing"


class DayInFutureError(RefusalError):
    code = "complaint-day-in-future"


class DayTooEarlyError(RefusalError):
    """Before what it follows: `since` is that day."""

    code = "complaint-day-too-early"


class KnownAfterReceiptError(RefusalError):
    code = "complaint-known-after-receipt"


class LateReasonMissingError(RefusalError):
    code = "complaint-late-reason-missing"


class FirstDecisionMissingError(RefusalError):
    """A second complaint needs a first decision, or a first time that has run out (CMP-I7)."""

    code = "complaint-first-decision-missing"


class SecondAlreadyLodgedError(RefusalError):
    code = "complaint-second-already-lodged"


class NoThirdLevelError(RefusalError):
    """After a second decision a court is left."""

    code = "complaint-no-third-level"


class AtResolverAlreadyError(RefusalError):
    code = "complaint-at-resolver-already"


class NotAtResolverError(RefusalError):
    code = "complaint-not-at-resolver"


class OverError(RefusalError):
    """It has ended; `ending` says how."""

    code = "complaint-over"


class NotExaminedError(RefusalError):
    code = "complaint-not-examined"


class GroundsFoundError(RefusalError):
    """Something was found against it; `ground` is the first."""

    code = "complaint-grounds-found"


class GroundNotFoundError(RefusalError):
    """The examination did not find this ground."""

    code = "complaint-ground-not-found"


class GroundContradictedError(RefusalError):
    """What is recorded says otherwise, for example signed, or lodged in time."""

    code = "complaint-ground-contradicted"


class ReceiptNotProvenError(RefusalError):
    """Without proof of the day of receipt nobody is late."""

    code = "complaint-receipt-not-proven"


class ReadingNotDecidedError(RefusalError):
    """By one reading it is late, by another not: a person decides first."""

    code = "complaint-reading-not-decided"


class ReadingNotOpenError(RefusalError):
    """The law is not unclear here."""

    code = "complaint-reading-not-open"


class ReasonMissingError(RefusalError):
    code = "complaint-reason-missing"


class AlreadyAcceptedError(RefusalError):
    code = "complaint-already-accepted"


class NotAcceptedError(RefusalError):
    code = "complaint-not-accepted"


class DecidedAlreadyError(RefusalError):
    code = "complaint-decided-already"


class NothingDiffersError(RefusalError):
    """The circumstances are what they were."""

    code = "complaint-nothing-differs"


class VerifiersMissingError(RefusalError):
    code = "complaint-verifiers-missing"


class VerifierInvolvedError(RefusalError):
    code = "complaint-verifier-involved"


class OnlyVerifierError(RefusalError):
    """The one who resolves may not be the only one who verifies (CMP-I4)."""

    code = "complaint-only-verifier"


class NotVerifiedError(RefusalError):
    """No report of the verification yet."""

    code = "complaint-not-verified"


class DialogueMissingError(RefusalError):
    """Always at the second level; at the first where claim and verification differ (Art. 30, 39)."""

    code = "complaint-dialogue-missing"


class SectionMissingError(RefusalError):
    """The decision lacks a part that the statute asks for."""

    code = "complaint-section-missing"


class NothingDraftedError(RefusalError):
    code = "complaint-nothing-drafted"


class BeforeSignerError(RefusalError):
    """The draft lies before the one who signs."""

    code = "complaint-before-signer"


class NotBeforeSignerError(RefusalError):
    code = "complaint-not-before-signer"


class SecondPersonNeededError(RefusalError):
    code = "complaint-second-person-needed"


class NotApprovedError(RefusalError):
    """Nobody has signed it yet."""

    code = "complaint-not-approved"


class NumberMissingError(RefusalError):
    code = "complaint-number-missing"


class NotDecidedError(RefusalError):
    code = "complaint-not-decided"


class NotSentError(RefusalError):
    code = "complaint-not-sent"


class AlreadySentError(RefusalError):
    code = "complaint-already-sent"


class AlreadyInForceError(RefusalError):
    code = "complaint-already-in-force"


class NotInForceError(RefusalError):
    code = "complaint-not-in-force"


class TooEarlyForEffectError(RefusalError):
    """The law's own time is not over; `until` is its last day."""

    code = "complaint-too-early-for-effect"


class WindowStillOpenError(RefusalError):
    """A second complaint can still come, or when its time began is not proven: a person decides with a reason."""

    code = "complaint-window-still-open"


class WentOnError(RefusalError):
    """A second complaint or a court has it."""

    code = "complaint-went-on"


class NoDutyToPublishError(RefusalError):
    """Of first decisions none was found; the authority can decide to."""

    code = "complaint-no-duty-to-publish"


class DisciplineNotPublicError(RefusalError):
    code = "complaint-discipline-not-public"


class NotPublishedError(RefusalError):
    code = "complaint-not-published"


class PublishedAlreadyError(RefusalError):
    code = "complaint-published-already"


class SuspensionUnknownError(RefusalError):
    """Only from 01/07/2026 and for cases of that law."""

    code = "complaint-suspension-unknown"


class SuspendedError(RefusalError):
    code = "complaint-suspended"


class NotSuspendedError(RefusalError):
    code = "complaint-not-suspended"


class ExecutionSuspendedAlreadyError(RefusalError):
    code = "complaint-execution-suspended-already"


class ExecutionNotSuspendedError(RefusalError):
    code = "complaint-execution-not-suspended"


class WithdrawnError(RefusalError):
    code = "complaint-withdrawn"


class NotWithdrawnError(RefusalError):
    code = "complaint-not-withdrawn"


class UnknownRegimeError(RefusalError):
    code = "complaint-unknown-regime"


class AlreadyInvolvedError(RefusalError):
    code = "complaint-already-involved"


class StillOpenError(RefusalError):
    """Something is still to be done before it can be closed."""

    code = "complaint-still-open"
