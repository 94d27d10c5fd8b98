"""Words of erasure: why it is asked for, why it is refused."""

from enum import StrEnum


class ErasureGround(StrEnum):
    """Why a subject's data are to be destroyed (Luật 91/2025/QH15)."""

    SUBJECT_ASKED = "subject-asked"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    PURPOSE_FULFILLED = "purpose-fulfilled"
    KEPT_LONG_ENOUGH = "kept-long-enough"
    COLLECTED_UNLAWFULLY = "collected-unlawfully"


class RefusalGround(StrEnum):
    """Why a request for erasure is not met."""

    LEGAL_HOLD = "legal-hold"
    RETENTION_DUTY = "retention-duty"
    IDENTITY_NOT_SHOWN = "identity-not-shown"
    NOT_OUR_DATA = "not-our-data"
