"""How facts make the state: rule-free and total. History already happened, so nothing here may refuse it."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from domain.complaints import deciding_events as d
from domain.complaints import events as f
from domain.complaints.parts import Issued, Paper
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Stage
from domain.law.term import Term


def evolve(state: Complaint | None, fact: f.ComplaintFact) -> Complaint:
    """The state after one more fact, in whatever order the facts come."""
    state = state or Complaint()
    after = _decided(state, fact) if isinstance(fact, d.DecidingFact) else _worked(state, fact)
    return _relied_on(after, fact)


def _relied_on(state: Complaint, fact: f.ComplaintFact) -> Complaint:
    """What a decision can rely on grows with every fact: papers, and the rules of its terms."""
    values = [getattr(fact, name) for name in fact.__struct_fields__]
    papers = [value.paper if isinstance(value, Issued) else value for value in values]
    new = tuple(paper.address for paper in papers if isinstance(paper, Paper) and paper.address not in state.papers)
    terms = [term for value in values for term in (value if isinstance(value, tuple) else (value,))]
    rules = {term.rule_id: None for term in terms if isinstance(term, Term)}
    more = tuple(rule for rule in rules if rule not in state.rules)
    return replace(state, facts=state.facts + 1, papers=(*state.papers, *new), rules=(*state.rules, *more))


def _worked(state: Complaint, fact: f.CaseFact) -> Complaint:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    match fact:
        case f.ComplaintReceived():
            return _received(state, fact)
        case f.ComplaintForwarded():
            return replace(state, forwarded=True)
        case f.ComplainantGuided():
            return replace(state, ending=Stage.GUIDED, terms=())
        case f.ComplaintReachedResolver():
            return replace(state, at_resolver_on=fact.received_on, terms=(*state.terms, *fact.terms))
        case f.ComplaintAssigned():
            return replace(state, holder_id=fact.official_id)
        case f.ReadingDecided():
            terms = (*state.without_term(*(term.purpose for term in fact.terms)), *fact.terms)
            return replace(state, reading=fact.reading, terms=terms)
        case f.ComplaintExamined():
            return replace(
                state,
                examined=True,
                found=frozenset(fact.found),
                timeliness=fact.timeliness,
                excused=fact.obstacle is not None,
            )
        case f.ComplaintRefused():
            return replace(state, ending=Stage.NOT_ACCEPTED, terms=())
        case f.ComplaintTransferred():
            return replace(state, ending=Stage.TRANSFERRED, terms=())
        case f.ComplaintAccepted():
            return replace(
                state,
                accepted_on=fact.accepted_on,
                remote=fact.remote,
                complexity=fact.complexity,
                terms=(*state.without_term("accept"), *fact.terms),
            )
        case f.CircumstancesEstablished():
            terms = _instead(state.terms, fact.old, fact.new)
            return replace(state, remote=fact.remote, complexity=fact.complexity, terms=terms)
        case f.VerificationAssigned():
            return replace(state, verifiers=frozenset(fact.verifier_ids))
        case f.EvidenceRecorded():
            return replace(state, evidence=max(state.evidence, fact.number))
        case f.VerificationReported():
            return replace(state, reported_on=fact.reported_on, differs=fact.differs)
        case f.DialogueHeld():
            return replace(state, dialogue_on=fact.held_on)
        case f.ExecutionSuspended():
            return replace(state, execution_suspended=True)
        case f.ExecutionSuspensionLifted():
            return replace(state, execution_suspended=False)
        case f.ComplaintSuspended():
            return replace(state, suspended_from=fact.from_day)
        case f.ComplaintResumed():
            return replace(state, suspended_from=None, terms=_instead(state.terms, fact.old, fact.new))
        case f.ComplaintWithdrawn():
            return replace(state, withdrawn=True, before_signer=False, approved=False)
        case f.ComplaintTerminated():
            return replace(state, ending=Stage.TERMINATED, terms=())
        case f.InvolvementDeclared():
            return _involved(state, fact)
        case f.RegimeReassigned():
            return replace(state, regime=fact.new)
        case f.TermRederived():
            return _rederived(state, fact)
        case _:
            assert_never(fact)


def _received(state: Complaint, fact: f.ComplaintReceived) -> Complaint:
    here = fact.received_by_id == fact.resolver_id
    return replace(
        state,
        level=fact.level,
        authority_id=fact.authority_id,
        received_by_id=fact.received_by_id,
        resolver=fact.resolver,
        resolver_id=fact.resolver_id,
        place_id=fact.place_id,
        area_id=fact.area_id,
        subject_id=fact.subject_id,
        form=fact.form,
        target=fact.target,
        employment=fact.employment,
        dismissal=fact.dismissal,
        received_on=fact.received_on,
        regime=fact.regime,
        at_resolver_on=fact.received_on if here else state.at_resolver_on,
        first_id=fact.first_id,
        limits=fact.limits,
        terms=(*state.terms, *fact.terms),
    )


def _involved(state: Complaint, fact: f.InvolvementDeclared) -> Complaint:
    """Who is involved lets go of it."""
    holds = state.holder_id == fact.official_id
    return replace(
        state,
        involved=state.involved | {fact.official_id},
        verifiers=state.verifiers - {fact.official_id},
        holder_id=None if holds else state.holder_id,
    )


def _rederived(state: Complaint, fact: f.TermRederived) -> Complaint:
    return replace(
        state,
        terms=_instead(state.terms, fact.old, fact.new),
        windows=_instead(state.windows, fact.old, fact.new),
        effect=fact.new if state.effect == fact.old else state.effect,
    )


def _decided(state: Complaint, fact: d.DecidingFact) -> Complaint:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    match fact:
        case d.DecisionDrafted():
            return replace(
                state,
                drafts=max(state.drafts, fact.draft_number),
                drafted_by=fact.drafter_id,
                outcome=fact.outcome,
                sections=fact.sections,
            )
        case d.DraftSubmitted():
            return replace(state, before_signer=True)
        case d.DraftReturned():
            return replace(state, before_signer=False)
        case d.DraftApproved():
            return replace(state, before_signer=False, approved=True)
        case d.DecisionIssued():
            effect = next((term for term in fact.terms if term.purpose == "effect"), None)
            running = tuple(term for term in fact.terms if term.purpose != "effect")
            return replace(
                state,
                approved=False,
                decided_on=fact.decision.day,
                outcome=fact.outcome,
                effect=effect,
                terms=(*state.without_term("resolve"), *running),
            )
        case d.DecisionAmended():
            return state
        case d.DecisionSent():
            return replace(state, sent_on=fact.sent_on, terms=state.without_term("send"))
        case d.DecisionReceived():
            return replace(state, received_decision_on=fact.received_on, windows=fact.windows)
        case d.DecisionTookEffect():
            return replace(state, in_force_on=fact.effective_on)
        case d.DecisionPublished():
            return replace(
                state, published_on=fact.from_day, publication_ended=False, terms=state.without_term("publish")
            )
        case d.PublicationEnded():
            return replace(state, publication_ended=True)
        case d.DecisionExecuted():
            return replace(state, executed=True)
        case d.ComplaintClosed():
            return replace(state, closed=True, terms=())
        case d.SecondComplaintLodged():
            return replace(state, second_id=fact.second_id)
        case d.TakenToCourt():
            return replace(state, court=True)
        case _:
            assert_never(fact)


def _instead(terms: tuple[Term, ...], old: Term, new: Term) -> tuple[Term, ...]:
    return tuple(new if term == old else term for term in terms)
