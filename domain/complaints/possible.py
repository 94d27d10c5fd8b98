"""What the rules would let somebody do now; who may is asked elsewhere. Names as in the API's paths."""

from __future__ import annotations

from domain.complaints.deciding import dialogue_needed
from domain.complaints.state import Complaint
from domain.complaints.terms import REGIMES, readings_of
from domain.complaints.vocabulary import Level, Target, Timeliness


def possible_actions(state: Complaint) -> frozenset[str]:
    """Every action that some command of that name would be accepted for."""
    if state.received_on is None:
        return frozenset()
    acts = {"involvements"} | _always(state)
    if state.ending is not None or state.closed:
        return frozenset(acts)
    if state.decided_on is not None:
        return frozenset(acts | _decided(state))
    acts |= {"assignments", "regimes"}
    acts |= {"readings"} if len(readings_of(state.target, state.employment)) > 1 else set()
    acts |= {"terminations"} if state.withdrawn else {"withdrawals"}
    acts |= {"resumptions"} if state.suspended_from is not None and state.term("resolve") else set()
    if state.accepted_on is None:
        return frozenset(acts | _before_acceptance(state))
    acts |= {"circumstances"} if state.term("resolve") else set()
    acts |= _second(state) if state.term("resolve") else set()
    if state.withdrawn or state.suspended_from is not None:
        return frozenset(acts)
    return frozenset(acts | _in_work(state))


def _always(state: Complaint) -> set[str]:
    acts = {"publication-endings"} if state.published_on is not None and not state.publication_ended else set()
    acts |= set() if state.court else {"court-notes"}
    running = state.ending is None and not state.closed
    return acts | ({"execution-suspension-liftings"} if running and state.execution_suspended else set())


def _before_acceptance(state: Complaint) -> set[str]:
    acts = {"transfers", "guidances"}
    if state.at_resolver_on is None:
        return acts | {"forwardings", "resolver-receipts"}
    if state.withdrawn:
        return acts
    acts |= {"examinations"}
    if not state.examined:
        return acts
    if state.found:
        return acts | {"refusals"}
    one = state.reading is not None or len(readings_of(state.target, state.employment)) == 1
    return acts | ({"acceptances"} if one and state.timeliness is not Timeliness.LATE else set())


def _in_work(state: Complaint) -> set[str]:
    acts = set() if state.execution_suspended or state.approved else {"execution-suspensions"}
    if state.approved:
        return {"issues"}
    if state.before_signer:
        return acts | {"returns", "approvals"}
    acts |= {"verifications", "evidence", "dialogues"} | ({"reports"} if state.verifiers else set())
    acts |= {"suspensions"} if state.regime == REGIMES[1] else set()
    talked = not dialogue_needed(state) or state.dialogue_on is not None
    acts |= {"drafts"} if state.reported_on is not None and talked else set()
    return acts | ({"signature-requests"} if state.drafts and talked else set())


def _decided(state: Complaint) -> set[str]:
    acts = {"amendments"} | ({"receipt-proofs"} if state.sent_on else {"sendings"})
    went_on = state.second_id is not None or state.court
    acts |= {"effects"} if state.in_force_on is None and not went_on else set()
    acts |= {"executions"} if state.in_force_on is not None else set()
    acts |= {"closures"} if state.executed or went_on else set()
    acts |= _second(state)
    public = state.published_on is not None and not state.publication_ended
    return acts | (set() if public or state.target is Target.DISCIPLINE else {"publications"})


def _second(state: Complaint) -> set[str]:
    return {"second-complaints"} if state.level is Level.FIRST and state.second_id is None else set()
