"""Every way in which the rules of feedback say no, with the field and the details that the sentence needs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest

from domain.feedback import refusals as r
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import AskedBy, Sensitivity
from domain.kernel import RefusalError, UnknownCaseError
from tests.support import feedback_story as story
from tests.support.feedback_noes import OTHER_WAYS, PAPERS, No
from tests.support.feedback_story import HUNG, MAI, SON, VAN, someone, told
from tests.support.given import Given

AN_HOUR_LATER = story.ha_noi("2026-08-22 10:41")
LATE = {"received_at": story.SATURDAY}


NEVER: dict[str, No] = (
    {
        "nothing is done to a case that is not there": No(None, story.acknowledge(), UnknownCaseError),
        "a case is opened once": No((), story.submit(), r.AlreadySubmittedError),
        "a text of 19 characters says too little": No(
            None, story.submit(content_length=19), r.TextTooShortError, "text", {"shortest": 20}
        ),
        "a text of 20,001 characters is too long": No(
            None, story.submit(content_length=20_001), r.TextTooLongError, "text", {"longest": 20_000}
        ),
        "nothing is received tomorrow": No(
            None, story.submit(received_at=AN_HOUR_LATER, late_reason="x"), r.ReceivedInFutureError, "received_at"
        ),
        "a late paper needs a reason": No(
            None, story.submit(at=AN_HOUR_LATER, **LATE), r.LateReasonMissingError, "late_reason"
        ),
        "blanks are no reason for a late paper": No(
            None, story.submit(at=AN_HOUR_LATER, **LATE, late_reason="  "), r.LateReasonMissingError, "late_reason"
        ),
        "a late reply needs a reason": No(
            (*story.IN_HANDLING, story.ask()),
            story.reply(received_at=story.ha_noi("2026-08-24 09:00")),
            r.LateReasonMissingError,
            "late_reason",
        ),
        "no paper answers a question that was not yet asked": No(
            (*story.IN_HANDLING, story.ask(story.MONDAY)),
            story.reply(received_at=story.ha_noi("2026-08-24 07:59"), late_reason="By post"),
            r.ReplyBeforeQuestionError,
            "received_at",
        ),
        "it is taken in once": No((story.acknowledge(),), story.acknowledge(VAN), r.AlreadyAcknowledgedError),
        "nobody takes in what is answered": No(
            (*story.ANSWERED, story.involve(HUNG)), story.acknowledge(), r.AlreadyAnsweredError
        ),
        "nobody takes in what is closed": No(
            (*story.CLOSED, story.involve(HUNG)), story.acknowledge(), r.FeedbackClosedError
        ),
        "who is involved does not take it in": No(
            (story.involve(MAI),), story.acknowledge(MAI), r.HandlerInvolvedError
        ),
        "nothing is classified that nobody holds": No((), story.classify(), r.NotAcknowledgedError),
        "nothing is classified that is answered": No(
            story.ANSWERED, story.classify(reason="x"), r.AlreadyAnsweredError
        ),
        "nothing is classified on the head's desk": No(
            story.ON_THE_DESK, story.classify(reason="x"), r.WaitingForReleaseError
        ),
        "a category comes from the list": No(
            (story.acknowledge(),), story.classify("weather"), r.UnknownCategoryError, "category"
        ),
        "a finer word belongs to its category": No(
            (story.acknowledge(),),
            story.classify("over-collection", sub_category="forced"),
            r.UnknownCategoryError,
            "category",
        ),
        "a classified case has a title": No(
            (story.acknowledge(),), story.classify(title=" "), r.TitleMissingError, "title"
        ),
        "a classified case asks for something": No(
            (story.acknowledge(),), story.classify(requests=()), r.RequestsMissingError, "requests"
        ),
        "a second classification says why": No(
            (story.acknowledge(), story.classify()), story.classify(), r.ReasonMissingError, "reason"
        ),
        "nothing is assigned that nobody took in": No((), story.assign(), r.NotAcknowledgedError),
        "nothing is assigned that is answered": No(story.ANSWERED, story.assign(reason="x"), r.AlreadyAnsweredError),
        "nothing is assigned that is closed": No(story.CLOSED, story.assign(reason="x"), r.FeedbackClosedError),
        "nothing is assigned to who is involved": No(
            (*story.IN_HANDLING, story.involve(VAN)), story.assign(VAN, "x"), r.HandlerInvolvedError, "handler_id"
        ),
        "another handler needs a reason": No(story.IN_HANDLING, story.assign(VAN), r.ReasonMissingError, "reason"),
        "nobody asks before it is taken in": No((), story.ask(), r.NotAcknowledgedError),
        "nobody asks when it is answered": No(story.ANSWERED, story.ask(), r.AlreadyAnsweredError),
        "nobody asks when it is closed": No(story.CLOSED, story.ask(), r.FeedbackClosedError),
        "nobody asks from the head's desk": No(story.ON_THE_DESK, story.ask(), r.WaitingForReleaseError),
        "a question is answered once": No(
            (*story.IN_HANDLING, story.ask(), story.reply()), story.reply(), r.QuestionNotOpenError, "question"
        ),
        "nobody drafts before it is classified": No((story.acknowledge(),), story.draft(1), r.NotClassifiedError),
        "nobody drafts over what lies on the head's desk": No(
            story.ON_THE_DESK, story.draft(1, 2), r.WaitingForReleaseError
        ),
        "nobody answers what was not asked for": No(
            story.IN_HANDLING, story.draft(1, 3, 4), r.UnknownRequestError, "parts", {"request": 3}
        ),
        "nothing goes to the head that was not drafted": No(
            story.IN_HANDLING, story.submit_for_release(), r.NothingDraftedError
        ),
        "nothing goes to the head twice": No(story.ON_THE_DESK, story.submit_for_release(), r.WaitingForReleaseError),
        "each request needs an answer, and the first without is named": No(
            (*story.IN_HANDLING, story.draft(1)),
            story.submit_for_release(),
            r.RequestUnansweredError,
            "parts",
            {"request": 2, "count": 1},
        ),
        "the answer of last time does not cover a reopened case": No(
            (*story.CLOSED, story.reopen()),
            story.submit_for_release(),
            r.RequestUnansweredError,
            "parts",
            {"request": 1, "count": 2},
        ),
        "nothing is returned that was not submitted": No(
            story.DRAFTED, story.return_answer(), r.NotWaitingForReleaseError
        ),
        "nothing is released that was not submitted": No(story.DRAFTED, story.release(), r.NotWaitingForReleaseError),
        "nobody releases what he drafted": No(story.ON_THE_DESK, story.release(HUNG), r.SecondPersonNeededError),
        "a head who drafts it himself needs a second person too": No(
            (*story.IN_HANDLING, story.draft(1, 2, by=SON), story.submit_for_release()),
            story.release(SON),
            r.SecondPersonNeededError,
        ),
        "only what is answered is closed": No(story.DRAFTED, story.close(), r.NotAnsweredError),
        "it is closed once": No(story.CLOSED, story.close(), r.FeedbackClosedError),
        "only what is answered is reopened": No(story.DRAFTED, story.reopen(), r.NotAnsweredError),
        "the sender asks for a review within the window": No(
            story.ANSWERED,
            story.reopen(story.ha_noi("2026-09-08 00:00")),
            r.ReviewWindowOverError,
            None,
            {"until": "2026-09-07"},
        ),
        "closing does not lengthen the window": No(
            story.CLOSED,
            story.reopen(story.ha_noi("2026-09-08 08:00"), AskedBy.SENDER),
            r.ReviewWindowOverError,
            None,
            {"until": "2026-09-07"},
        ),
        "involvement is declared once": No((story.involve(HUNG),), story.involve(HUNG), r.AlreadyInvolvedError),
        "a restriction narrows": No((), story.restrict(Sensitivity.URGENT), r.NotNarrowerError, "sensitivity"),
        "a restriction is not said twice": No(
            (story.restrict(),), story.restrict(Sensitivity.RESTRICTED), r.NotNarrowerError, "sensitivity"
        ),
        "a restriction has a reason": No((), story.restrict(reason=" "), r.ReasonMissingError, "reason"),
        "a reader is named once": No(
            (story.name_reader(VAN),), story.name_reader(VAN), r.ReaderKnownError, "official_id"
        ),
        "who is involved reads nothing": No(
            (story.involve(VAN),), story.name_reader(VAN), r.HandlerInvolvedError, "official_id"
        ),
        "a reader is named for a reason": No((), story.name_reader(reason=""), r.ReasonMissingError, "reason"),
        "only a reader is dismissed": No((), story.dismiss_reader(VAN), r.ReaderUnknownError, "official_id"),
        "a reader is dismissed for a reason": No(
            (story.name_reader(VAN),), story.dismiss_reader(VAN, reason=""), r.ReasonMissingError, "reason"
        ),
        "who left no name cannot be looked up": No((), story.disclose(), r.NoIdentityError),
        "nothing is handed over to where it is": No(
            (), story.hand_over(story.DOI_THONG), r.SameAuthorityError, "to_authority_id"
        ),
        "nothing is handed over to a body that is none": No(
            (), story.hand_over(works=False), r.NoReceiverError, "to_authority_id"
        ),
        "a hand-over has a reason": No((), story.hand_over(reason="\t"), r.ReasonMissingError, "reason"),
    }
    | PAPERS
    | OTHER_WAYS
)


def test_looking_up_who_sent_it_needs_a_reason() -> None:
    named = Given(FEEDBACK).when(story.submit(identity_ref=someone("identity"))).given
    named.when(story.disclose(" ")).refused(r.ReasonMissingError, field="reason")


@pytest.mark.parametrize("no", NEVER.values(), ids=NEVER.keys())
def test_the_rules_say(no: No) -> None:
    given = Given(FEEDBACK) if no.after is None else told(*no.after)
    given.when(no.asked).refused(no.because, field=no.field, **no.details)


def test_each_refusal_of_feedback_is_reached_by_a_sentence_above() -> None:
    reached = {no.because for no in NEVER.values()}
    assert reached == {*_refusals(), UnknownCaseError}


def test_each_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in _refusals()]
    assert len(codes) == len(set(codes))
    assert all(code == code.lower() and " " not in code and "_" not in code for code in codes)


def _refusals() -> Iterator[type[RefusalError]]:
    for _name, found in inspect.getmembers(r, inspect.isclass):
        if issubclass(found, RefusalError) and found is not RefusalError:
            yield found
