"""Facts about help at the tracking page. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.feedback.vocabulary import Channel
from domain.kernel import Fact, Informant, Internal


class TrackingLookedUp(Fact, frozen=True):
    """An official opened the sender's page with a code that was read out (Đã tra cứu giúp người gửi).

    In a stream of its own, so that the version of the case does not move. Who it was stands in the envelope.
    """

    TOPIC: ClassVar[str] = "assistance.tracking_looked_up.v1"
    case_id: Internal[UUID]
    channel: Informant[Channel]


AssistanceFact = TrackingLookedUp
