"""What differs between two answers about one case."""

from __future__ import annotations

from adapters.http.api.case_json import Json, stamp
from adapters.http.cases import FeedbackAnswer

_OF_THE_MOMENT = ("log_index", "recorded_at", "clock")
_NO_CONTENT = frozenset({*_OF_THE_MOMENT, "version", "actions"})
"""What says which moment it is, or what may be done there: not what the case is."""


def differences(before: Json, after: Json) -> Json:
    """Both moments, and each field that is not the same at both."""
    return {
        "before": {key: before[key] for key in _OF_THE_MOMENT},
        "after": {key: after[key] for key in _OF_THE_MOMENT},
        "differences": [
            {"field": key, "before": before.get(key), "after": after.get(key)}
            for key in {**before, **after}
            if key not in _NO_CONTENT and before.get(key) != after.get(key)
        ],
    }


def fact_differences(before: FeedbackAnswer, after: FeedbackAnswer) -> Json:
    """The facts that only one of them has."""
    return {"only_before": _only(before, after), "only_after": _only(after, before)}


def _only(one: FeedbackAnswer, other: FeedbackAnswer) -> list[Json]:
    known = {recorded.originator_version for recorded in other.history}
    return [
        {
            "version": recorded.originator_version,
            "topic": type(recorded.fact).TOPIC,
            "occurred_at": stamp(recorded.occurred_at),
            "recorded_at": stamp(recorded.recorded_at),
        }
        for recorded in one.history
        if recorded.originator_version not in known
    ]
