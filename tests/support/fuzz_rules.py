"""How requests are generated for tests/support/fuzz.py, and which checks do not hold here, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from adapters.http.api.complaints import ABOUT
from application.complaint_commands import INTENTIONS, contexts
from tests.support.office import PASSWORD

OFTEN = 0.7
"""How many of the ids are of something that is there."""
KINDS = {
    "case": ("path.case_id", "body.cases[*].case_id", "body.of", "body.first_id", "body.source_id"),
    "explanation": ("path.explanation_id",),
    "task": ("path.task_id",),
    "day": ("path.day_id",),
    "dialogue": ("path.dialogue_id",),
    "code": ("path.code", "body.code"),
    "account": (
        "path.account_id",
        "body.official_id",
        "body.handler_id",
        "body.for_account_id",
        "body.reader_ids[*]",
        "body.verifier_ids[*]",
    ),
    "post": ("body.post_id",),
    "authority": (
        "path.authority_id",
        "query.authority_id",
        "body.authority_id",
        "body.post.authority_id",
        "body.to_authority_id",
        "body.superior_id",
        "body.resolver_id",
    ),
    "unit": ("body.unit",),
    "place": (
        "path.place_id",
        "query.place",
        "query.area",
        "query.area_id",
        "body.area_id",
        "body.unit_id",
        "body.place_id",
    ),
}
"""Where ids of which kind are asked for."""
VERSIONS = [f'"{number}"' for number in range(1, 9)]
ANSWERS = ["2xx", "3xx", "401", "403", "404", "409", "429"]
CHECKS: Mapping[str, Mapping[str, Any]] = {
    # A generated request that is right in form may name a version that is no longer the last (412) or what was
    # erased (410). 5xx is always a failure here.
    "positive_data_acceptance": {"expected-statuses": [*ANSWERS, "410", "412"]},
    # Without If-Match the answer is 428. Before it says so the executor asks whether the thing is there for that
    # person (404), and a desk may refuse what it checks before the version (409): nobody learns versions by omission.
    "missing_required_header": {
        "expected-statuses": ["400", "401", "403", "404", "406", "409", "415", "422", "428"],
    },
    # A stale version may be noticed before what else is wrong.
    "negative_data_rejection": {
        "expected-statuses": [
            "400",
            "401",
            "403",
            "404",
            "405",
            "406",
            "409",
            "410",
            "412",
            "415",
            "422",
            "428",
            "429",
        ],
    },
}
OPERATIONS: Sequence[tuple[str, Sequence[str], Mapping[str, Mapping[str, Any]]]] = (
    (
        "A cursor is opaque: no form of a text makes it one of ours. Any other is 400.",
        ("ListCases", "ListExplanations", "ListProtectionTasks", "ListDialogues", "ListComplaints"),
        {"positive_data_acceptance": {"expected-statuses": [*ANSWERS, "400"]}},
    ),
    (
        "Units, colleagues and files are named in the right form and are not there, or are no photos: 400 says which.",
        (
            "Submit",
            "EnterPaper",
            "ReplyToQuestion",
            "GiveExplanation",
            "AssignManyFeedback",
            "AssignSubmission",
            "AskExplanation",
            "DismissReader",
            "NameReader",
            "OpenInformationCase",
            "RecordOpinions",
            "HoldDialogue",
            "FileDialogueMinutes",
            "ReceiveComplaint",
            "ReceiveSecondComplaint",
            *(name for action, (name, _about) in ABOUT.items() if contexts(INTENTIONS[action])),
        ),
        {"positive_data_acceptance": {"expected-statuses": [*ANSWERS, "400", "410", "412"]}},
    ),
)
"""Reason, operations, what is otherwise for them."""
HOOKS = """
from uuid import UUID, uuid4

import schemathesis

KEY = "Idempotency-Key"


@schemathesis.hook
def before_call(ctx, case, kwargs):
    case.body = whole(case.body)
    # Generated keys repeat themselves; the second wish under a key is refused, and nothing would be tried after it.
    try:
        UUID(str((case.headers or {})[KEY]))
    except (KeyError, ValueError):
        return
    case.headers[KEY] = str(uuid4())


def whole(part):
    # JSON Schema counts 3.0 among the integers; here a number with a point is none, and 400 says so.
    if isinstance(part, dict):
        return {name: whole(value) for name, value in part.items()}
    if isinstance(part, list):
        return [whole(value) for value in part]
    if part == b"":  # no bytes are no body, which is right where none is required: what was meant is a broken one
        return b"\\0"
    return int(part) if isinstance(part, float) and part.is_integer() else part
"""
"""Read by the program that makes the requests, which is not installed where this is."""


def settings(username: str, known: Mapping[str, Sequence[str]], hooks: Path) -> str:
    """The file that the requests are generated by; `username` empty: nobody is signed in. `hooks`: where HOOKS are."""
    return "\n".join([f"hooks = {json.dumps(str(hooks))}", *_lines(username, known)]) + "\n"


def _lines(username: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for kind, values in [*known.items(), ("version", VERSIONS)]:
        yield from _table(f"dictionaries.{kind}", {"values": list(values)})
    yield "[parameters]"
    bound = [(place, kind) for kind, places in KINDS.items() for place in places]
    for place, kind in [*bound, ("header.If-Match", "version")]:
        yield f'{json.dumps(place)} = {{ dictionary = "{kind}", probability = {OFTEN} }}'
    for name, settled in CHECKS.items():
        yield from _table(f"checks.{name}", settled)
    if username:
        yield from _signing_in(username)
    for _reason, names, checks in OPERATIONS:
        yield "[[operations]]"
        yield f"include-operation-id = {json.dumps(list(names))}"
        for name, settled in checks.items():
            yield from _table(f"operations.checks.{name}", settled)


def _signing_in(username: str) -> Iterator[str]:
    """Anew whenever the session has ended: some operations end it."""
    yield from _table(
        "auth.dynamic.openapi.bearer", {"path": "/api/session", "extract_selector": "/token", "retry_on": [401]}
    )
    yield from _table("auth.dynamic.openapi.bearer.payload", {"username": username, "password": PASSWORD})


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{name}]"
    yield from (f"{key} = {json.dumps(value)}" for key, value in values.items())
