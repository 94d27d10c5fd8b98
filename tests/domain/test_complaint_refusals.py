"""What a complaint refuses: every ground of Article 11 as a way to end, and every refusal that the rules can give."""

from __future__ import annotations

from datetime import date
from inspect import getmembers, isclass

import pytest

from domain.complaints import events as f
from domain.complaints import refusals as r
from domain.complaints.complaint import COMPLAINT
from domain.complaints.terms import Obstacle, ObstacleOutsideError
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Form,
    Ground,
    Level,
    Ownership,
    Reading,
    Representation,
    Resolver,
    Section,
    Stage,
    Target,
)
from domain.kernel import Command, RefusalError, UnknownCaseError
from tests.support import complaint_story as story
from tests.support.complaint_story import HOA, MAI, THU, sealed
from tests.support.given import Given

SPRING, SUMMER = date(2026, 5, 29), date(2026, 8, 3)


def after(*commands: Command) -> Given:
    given = Given(COMPLAINT)
    for command in commands:
        given = given.when(command).given
    return given


RECEIVED = after(story.receive())
ELSEWHERE = after(story.receive(received_by_id=story.WARD))
EXAMINED = after(story.receive(), story.examine())
ACCEPTED = after(story.receive(), story.examine(), story.accept())
VERIFIED = after(*(story.receive(), story.examine(), story.accept(), story.verify(), story.report()))


def further(given: Given, *commands: Command) -> Given:
    for command in commands:
        given = given.when(command).given
    return given


DRAFTED = further(VERIFIED, story.draft())
BEFORE_SIGNER = further(DRAFTED, story.submit())
SIGNED = further(BEFORE_SIGNER, story.approve())
DECIDED = further(SIGNED, story.issue())
SENT = further(DECIDED, story.send())
DELIVERED = further(SENT, story.prove())
IN_FORCE = further(DELIVERED, story.in_force(SPRING))
DISCIPLINED = after(story.receive(target=Target.DISCIPLINE, employment=Employment.PUBLIC_EMPLOYEE))
WITHDRAWN = further(ACCEPTED, story.withdraw())
OVER = further(WITHDRAWN, story.terminate())


def test_a_ground_of_article_11_that_was_found_ends_it() -> None:
    for ground in Ground:
        given = RECEIVED
        if ground is Ground.NO_SIGNATURE:
            given = after(story.receive(form=Form.UNSIGNED_PETITION))
        if ground is Ground.OUT_OF_TIME:
            given = after(story.receive(known_on=date(2025, 11, 3)))
        found = further(given, story.examine(ground))
        found.when(story.accept()).refused(r.GroundsFoundError, ground=ground.value)
        ended = further(found, story.refuse(ground))
        (fact,) = [one for one in ended.history if isinstance(one, f.ComplaintRefused)]
        assert (fact.ground, ended.state.stage) == (ground, Stage.NOT_ACCEPTED)


def test_the_statute_has_nine_grounds() -> None:
    assert len(Ground) == 9


CASES: list[tuple[Given, Command, type[RefusalError]]] = [
    (Given(COMPLAINT), story.examine(), UnknownCaseError),
    (RECEIVED, story.receive(), r.AlreadyReceivedError),
    (Given(COMPLAINT), story.receive(ownership=Ownership.PRIVATE), r.PrivateUnitError),
    (
        Given(COMPLAINT),
        story.receive(target=Target.DISCIPLINE, employment=Employment.CONTRACT),
        r.ContractStaffError,
    ),
    (Given(COMPLAINT), story.receive(target=Target.DISCIPLINE), r.EmploymentMissingError),
    (Given(COMPLAINT), story.receive(resolver=Resolver.COMMUNE_CHAIR), r.ResolverReasonMissingError),
    (Given(COMPLAINT), story.receive(competence=None), r.ResolverReasonMissingError),
    (Given(COMPLAINT), story.receive(representation=Representation.LAWYER), r.RepresentativeMissingError),
    (
        Given(COMPLAINT),
        story.receive(representation=Representation.LAWYER, representative=sealed("A lawyer")),
        r.MandateMissingError,
    ),
    (Given(COMPLAINT), story.receive(date(2026, 3, 11), today=date(2026, 3, 10)), r.DayInFutureError),
    (Given(COMPLAINT), story.receive(target_day=date(2026, 3, 11)), r.DayTooEarlyError),
    (Given(COMPLAINT), story.receive(known_on=date(2026, 3, 11)), r.KnownAfterReceiptError),
    (Given(COMPLAINT), story.receive(today=SPRING, late_reason=" "), r.LateReasonMissingError),
    (Given(COMPLAINT), story.receive(level=Level.SECOND), r.FirstDecisionMissingError),
    (
        Given(COMPLAINT),
        story.receive(level=Level.SECOND, first=story.first(lodged=True)),
        r.SecondAlreadyLodgedError,
    ),
    (RECEIVED, story.forward(), r.AtResolverAlreadyError),
    (RECEIVED, story.take(), r.AtResolverAlreadyError),
    (ELSEWHERE, story.examine(), r.NotAtResolverError),
    (further(RECEIVED, story.involve()), story.assign(), r.VerifierInvolvedError),
    (further(RECEIVED, story.assign()), story.assign(), r.NothingDiffersError),
    (RECEIVED, story.read_as(Reading.GENERAL), r.ReadingNotOpenError),
    (DISCIPLINED, story.read_as(Reading.GENERAL, reason=" "), r.ReasonMissingError),
    (further(DISCIPLINED, story.read_as(Reading.GENERAL)), story.read_as(Reading.GENERAL), r.NothingDiffersError),
    (further(DISCIPLINED, story.examine()), story.accept(), r.ReadingNotDecidedError),
    (RECEIVED, story.examine(Ground.NO_SIGNATURE), r.GroundContradictedError),
    (after(story.receive(form=Form.UNSIGNED_PETITION)), story.examine(), r.GroundContradictedError),
    (RECEIVED, story.examine(Ground.OUT_OF_TIME), r.GroundContradictedError),
    (after(story.receive(known_on=None)), story.examine(Ground.OUT_OF_TIME), r.ReceiptNotProvenError),
    (
        RECEIVED,
        story.examine(obstacle=Obstacle(first=date(2026, 3, 9), last=date(2026, 3, 8))),
        ObstacleOutsideError,
    ),
    (RECEIVED, story.refuse(Ground.IN_COURT), r.NotExaminedError),
    (EXAMINED, story.refuse(Ground.IN_COURT), r.GroundNotFoundError),
    (RECEIVED, story.accept(), r.NotExaminedError),
    (EXAMINED, story.accept(date(2026, 3, 9)), r.DayTooEarlyError),
    (EXAMINED, story.accept(today=SPRING, late_reason=""), r.LateReasonMissingError),
    (EXAMINED, story.accept(remote=True, remote_reason=" "), r.ReasonMissingError),
    (EXAMINED, story.accept(complexity=Complexity.COMPLEX, complexity_reason=" "), r.ReasonMissingError),
    (further(RECEIVED, story.examine(Ground.IN_COURT)), story.accept(), r.GroundsFoundError),
    (ACCEPTED, story.accept(), r.AlreadyAcceptedError),
    (ACCEPTED, story.transfer(), r.AlreadyAcceptedError),
    (ACCEPTED, story.guide(), r.AlreadyAcceptedError),
    (EXAMINED, story.verify(), r.NotAcceptedError),
    (EXAMINED, story.establish(SPRING, remote=True), r.NotAcceptedError),
    (ACCEPTED, story.establish(SPRING), r.NothingDiffersError),
    (ACCEPTED, story.establish(SPRING, remote=True, reason=" "), r.ReasonMissingError),
    (ACCEPTED, story.verify(HOA), r.OnlyVerifierError),
    (ACCEPTED, story.verify(HOA, others=0), r.ReasonMissingError),
    (further(ACCEPTED, story.involve()), story.verify(), r.VerifierInvolvedError),
    (ACCEPTED, story.report(), r.VerifiersMissingError),
    (ACCEPTED, story.draft(), r.NotVerifiedError),
    (further(VERIFIED, story.report(differs=True)), story.draft(), r.DialogueMissingError),
    (further(DRAFTED, story.report(differs=True)), story.submit(), r.DialogueMissingError),
    (VERIFIED, story.submit(), r.NothingDraftedError),
    (further(VERIFIED, story.draft(SPRING, Section.ORDER)), story.submit(SPRING), r.SectionMissingError),
    (
        further(VERIFIED, story.talk(), story.draft(SPRING, Section.DIALOGUE)),
        story.submit(SPRING),
        r.SectionMissingError,
    ),
    (BEFORE_SIGNER, story.draft(), r.BeforeSignerError),
    (DRAFTED, story.send_back(), r.NotBeforeSignerError),
    (DRAFTED, story.approve(), r.NotBeforeSignerError),
    (BEFORE_SIGNER, story.approve(by=THU), r.SecondPersonNeededError),
    (BEFORE_SIGNER, story.approve(by=THU, others=0), r.ReasonMissingError),
    (BEFORE_SIGNER, story.issue(), r.NotApprovedError),
    (SIGNED, story.issue(number=" "), r.NumberMissingError),
    (SIGNED, story.issue(date(2026, 3, 1), today=SPRING), r.DayTooEarlyError),
    (SIGNED, story.evidence(SPRING), r.DecidedAlreadyError),
    (DECIDED, story.issue(), r.DecidedAlreadyError),
    (DECIDED, story.withdraw(SPRING), r.DecidedAlreadyError),
    (SIGNED, story.send(), r.NotDecidedError),
    (SENT, story.send(), r.AlreadySentError),
    (DECIDED, story.prove(), r.NotSentError),
    (SENT, story.prove(date(2026, 4, 27), today=SPRING), r.DayTooEarlyError),
    (DELIVERED, story.prove(), r.ReasonMissingError),
    (DELIVERED, story.in_force(date(2026, 5, 22)), r.TooEarlyForEffectError),
    (DELIVERED, story.in_force(date(2026, 5, 28)), r.WindowStillOpenError),
    (IN_FORCE, story.in_force(SPRING), r.AlreadyInForceError),
    (further(DELIVERED, story.court(SPRING)), story.in_force(SUMMER), r.WentOnError),
    (DELIVERED, story.execute(SPRING), r.NotInForceError),
    (DELIVERED, story.close(SPRING), r.StillOpenError),
    (ACCEPTED, story.close(SPRING), r.NotDecidedError),
    (ACCEPTED, story.publish(SPRING), r.NotDecidedError),
    (DECIDED, story.publish(SPRING), r.NoDutyToPublishError),
    (further(DECIDED, story.publish(SPRING, chosen=True)), story.publish(SPRING, chosen=True), r.PublishedAlreadyError),
    (DECIDED, story.end_publication(SPRING), r.NotPublishedError),
    (ACCEPTED, story.go_on(date(2026, 4, 17)), r.FirstDecisionMissingError),
    (further(ACCEPTED, story.suspend_execution()), story.suspend_execution(), r.ExecutionSuspendedAlreadyError),
    (ACCEPTED, story.lift_suspension(), r.ExecutionNotSuspendedError),
    (ACCEPTED, story.suspend(SUMMER), r.SuspensionUnknownError),
    (ACCEPTED, story.resume(SUMMER), r.NotSuspendedError),
    (
        further(ACCEPTED, story.reassign("KN-2", SUMMER), story.suspend(SUMMER)),
        story.evidence(SUMMER),
        r.SuspendedError,
    ),
    (ACCEPTED, story.reassign("KN-3", SUMMER), r.UnknownRegimeError),
    (ACCEPTED, story.reassign("KN-1", SUMMER), r.NothingDiffersError),
    (ACCEPTED, story.terminate(), r.NotWithdrawnError),
    (WITHDRAWN, story.withdraw(), r.WithdrawnError),
    (WITHDRAWN, story.evidence(), r.WithdrawnError),
    (after(story.receive(level=Level.SECOND, first=story.first())), story.go_on(SUMMER), r.NoThirdLevelError),
    (OVER, story.evidence(), r.OverError),
    (OVER, story.go_on(SUMMER), r.OverError),
    (further(ACCEPTED, story.involve(MAI)), story.involve(MAI), r.AlreadyInvolvedError),
]


@pytest.mark.parametrize(("given", "command", "refusal"), CASES, ids=lambda part: getattr(part, "code", ""))
def test_the_rules_refuse(given: Given, command: Command, refusal: type[RefusalError]) -> None:
    with pytest.raises(refusal) as raised:
        _ = given.when(command).facts
    assert type(raised.value) is refusal


def test_a_decision_about_discipline_is_never_made_public() -> None:
    given = further(DISCIPLINED, story.read_as(Reading.DISCIPLINE), story.examine(), story.accept())
    given = further(given, story.verify(), story.report(), story.draft(), story.submit(), story.approve())
    given = further(given, story.issue())
    given.when(story.publish(SPRING, chosen=True)).refused(r.DisciplineNotPublicError)
    assert given.state.term("publish") is None


def test_no_refusal_is_without_a_case() -> None:
    shown = {refusal for _, _, refusal in CASES} | {r.DisciplineNotPublicError}
    all_of_them = {kind for _, kind in getmembers(r, isclass) if issubclass(kind, RefusalError)} - {RefusalError}
    assert all_of_them - shown == set()
