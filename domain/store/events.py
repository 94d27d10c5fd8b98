"""Facts about the store itself. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream with a fixed id. Its first fact is the first of the whole log, so that whoever reads the log knows before
anything else whether what follows was invented.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from domain.kernel import Fact, Public


class StoreOpened(Fact, frozen=True):
    """A store in earnest: nothing invented ever enters it (Đã mở kho dữ liệu)."""

    TOPIC: ClassVar[str] = "store.opened.v1"


class DemoStoreOpened(Fact, frozen=True):
    """Everything in this store is invented, but the names of published places (Đã mở kho dữ liệu thử).

    Its second clock is simulated from here on. The story runs from `first_day` to `leads_to`.
    """

    TOPIC: ClassVar[str] = "store.demo_opened.v1"
    first_day: Public[date]
    leads_to: Public[datetime]


class DemoStoryTold(Fact, frozen=True):
    """The invented story is complete; the loader never begins it again (Đã nạp xong dữ liệu thử)."""

    TOPIC: ClassVar[str] = "store.demo_story_told.v1"
    cases: Public[int]


class SimulatedClockEnded(Fact, frozen=True):
    """Stamps up to `log_index` came from a simulated clock, later ones from a real one (Đã dừng đồng hồ mô phỏng).

    This fact is itself stamped by the simulated clock, as are those recorded with it.
    """

    TOPIC: ClassVar[str] = "store.simulated_clock_ended.v1"
    log_index: Public[int]


class SimulatedClockStarted(Fact, frozen=True):
    """Stamps after `log_index` come from a simulated clock again (Đã chạy lại đồng hồ mô phỏng)."""

    TOPIC: ClassVar[str] = "store.simulated_clock_started.v1"
    log_index: Public[int]


class SecondFactorRequired(Fact, frozen=True):
    """Heads, administrators and auditors sign in in two steps from now on (Đã yêu cầu xác thực hai bước)."""

    TOPIC: ClassVar[str] = "store.second_factor_required.v1"


class SecondFactorWaived(Fact, frozen=True):
    """Only who has set up a second step is still asked for it (Đã thôi yêu cầu xác thực hai bước)."""

    TOPIC: ClassVar[str] = "store.second_factor_waived.v1"


StoreFact = (
    StoreOpened
    | DemoStoreOpened
    | DemoStoryTold
    | SimulatedClockEnded
    | SimulatedClockStarted
    | SecondFactorRequired
    | SecondFactorWaived
)
