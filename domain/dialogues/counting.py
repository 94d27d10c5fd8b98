"""Counts of opinions for the public: none from which a single one could be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from domain.dialogues.parts import SummaryCount
from domain.dialogues.state import Dialogue

SMALLEST = 5
"""Smaller counts are not told."""


def told_total(state: Dialogue) -> int | None:
    """How many opinions there were."""
    return total if (total := len(state.opinions)) >= SMALLEST else None


def told_by_state(state: Dialogue) -> tuple[SummaryCount, ...]:
    """In how many ways they were settled."""
    return told(Counter(one.status.value for one in state.opinions.values()))


def told_by_level(state: Dialogue) -> tuple[SummaryCount, ...]:
    """Whom they are addressed to; those without a level under an empty code."""
    return told(Counter(one.level.value if one.level else "" for one in state.opinions.values()))


def told(counts: Mapping[str, int]) -> tuple[SummaryCount, ...]:
    """Who knows the total still cannot tell any count below SMALLEST.

    So what is kept back is nothing, or everything, or several counts that together reach SMALLEST.
    """
    shown = {code: count for code, count in counts.items() if count >= SMALLEST}
    hidden = [count for count in counts.values() if 0 < count < SMALLEST]
    while shown and hidden and (len(hidden) < 2 or sum(hidden) < SMALLEST):  # noqa: PLR2004 - one alone is the rest
        least = min(shown, key=lambda code: (shown[code], code))
        hidden.append(shown.pop(least))
    return tuple(SummaryCount(code, shown.get(code)) for code in sorted(counts) if counts[code] > 0)
