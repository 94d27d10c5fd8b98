"""Facts of the screening. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One small stream beside that of the submission, so that looking through junk never makes a handler's version stale.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Internal
from domain.screening.vocabulary import Sign


class SubmissionHeld(Fact, frozen=True):
    """It waits in a list of its own until somebody looked (Chờ sàng lọc). The terms run as for every other."""

    TOPIC: ClassVar[str] = "screening.submission_held.v1"
    case_id: Internal[UUID]
    signs: Internal[tuple[Sign, ...]]


class SubmissionLetIn(Fact, frozen=True):
    """An official looked: it joins the work (Đã cho vào hàng xử lý)."""

    TOPIC: ClassVar[str] = "screening.submission_let_in.v1"
    case_id: Internal[UUID]


ScreeningFact = SubmissionHeld | SubmissionLetIn
