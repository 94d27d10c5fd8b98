"""What officials and senders may make of a feedback, and what follows. Terms and refusals have files of their own."""

from __future__ import annotations

from domain.feedback import events as f
from domain.feedback.feedback import FEEDBACK
from domain.feedback.possible import possible_actions
from domain.feedback.vocabulary import AskedBy, Channel, Contact, Kind, Language, Outcome, Sensitivity, Stage, Topic
from tests.support import feedback_story as story
from tests.support.feedback_story import HUNG, MAI, SON, VAN, sealed, someone, told
from tests.support.given import Given


def test_a_submission_opens_with_the_three_terms_that_run_from_its_day() -> None:
    (submitted,) = told().history
    assert isinstance(submitted, f.FeedbackSubmitted)
    assert [term.purpose for term in submitted.terms] == ["acknowledge", "triage", "reply"]
    assert told().state.stage is Stage.SUBMITTED


def test_a_submission_carries_what_was_said_and_nothing_of_who_said_it() -> None:
    submitted = told().history[0]
    assert isinstance(submitted, f.FeedbackSubmitted)
    assert submitted.content == sealed("The class asks money for a projector.")
    assert (submitted.identity_ref, submitted.contact) == (None, Contact.NONE)
    assert not submitted.late_reason


def test_a_language_that_is_not_on_the_list_is_only_known_to_be_another() -> None:
    assert [Language(word) for word in ("vi", "en", "hmn")] == [Language.VI, Language.EN, Language.OTHER]


def test_who_takes_it_in_holds_it_and_the_term_to_acknowledge_is_met() -> None:
    after = (
        told()
        .when(story.acknowledge())
        .then(f.FeedbackAcknowledged(holder_id=MAI, holder_post_id=someone("post of intake")))
    )
    assert after.state.holder_id == MAI
    assert [term.purpose for term in after.state.terms] == ["triage", "reply"]
    assert after.state.stage is Stage.ACKNOWLEDGED


def test_it_is_classified_by_content_and_the_category_says_how_widely_it_is_known() -> None:
    after = (
        told(story.acknowledge())
        .when(story.classify("tutoring", sub_category="forced"))
        .then(
            f.FeedbackClassified(
                kind=Kind.FEEDBACK,
                category="tutoring",
                sub_category="forced",
                sensitivity=Sensitivity.RESTRICTED,
                title="Thu tiền máy chiếu",
                requests=story.requests("Trả lại tiền", "Nhắc nhở lớp"),
            )
        )
    )
    assert [term.purpose for term in after.state.terms] == ["reply"]
    assert after.state.stage is Stage.CLASSIFIED


def test_a_wrong_classification_put_right_keeps_both_in_the_history() -> None:
    wrong, right = story.classify("sponsorship"), story.classify("over-collection", reason="No donor took part")
    after = told(story.acknowledge(), wrong).when(right).given
    first, second = after.history[-2:]
    assert isinstance(first, f.FeedbackClassified)
    assert isinstance(second, f.FeedbackReclassified)
    assert (first.category, second.category, second.reason) == (
        "sponsorship",
        "over-collection",
        "No donor took part",
    )


def test_danger_makes_a_normal_category_urgent() -> None:
    dangerous = FEEDBACK.decide(None, story.submit(danger=True))
    state = FEEDBACK.fold([*dangerous, f.FeedbackAcknowledged(holder_id=MAI, holder_post_id=None)])
    (classified,) = FEEDBACK.decide(state, story.classify("over-collection"))
    assert isinstance(classified, f.FeedbackClassified)
    assert classified.sensitivity is Sensitivity.URGENT


def test_what_the_sender_calls_violence_is_child_protected_until_somebody_has_read_it() -> None:
    (submitted,) = FEEDBACK.decide(None, story.submit(topic=Topic.VIOLENCE))
    assert isinstance(submitted, f.FeedbackSubmitted)
    assert submitted.sensitivity is Sensitivity.CHILD_PROTECTED
    state = FEEDBACK.fold([submitted, f.FeedbackAcknowledged(holder_id=MAI, holder_post_id=None)])
    (classified,) = FEEDBACK.decide(state, story.classify("facilities"))
    assert isinstance(classified, f.FeedbackClassified)
    assert classified.sensitivity is Sensitivity.NORMAL


def test_assigning_makes_somebody_else_the_holder() -> None:
    after = (
        told(story.acknowledge(), story.classify())
        .when(story.assign(HUNG))
        .then(f.FeedbackAssigned(handler_id=HUNG, handler_post_id=someone("post of a handler"), reason=""))
    )
    assert (after.state.holder_id, after.state.stage) == (HUNG, Stage.IN_HANDLING)


def test_another_handler_needs_a_reason() -> None:
    told(*story.IN_HANDLING).when(story.assign(VAN, reason="On leave")).then(
        f.FeedbackAssigned(handler_id=VAN, handler_post_id=someone("post of a handler"), reason="On leave")
    )


def test_a_question_waits_for_the_sender_and_stops_no_term() -> None:
    before = told(*story.IN_HANDLING)
    after = before.when(story.ask()).then(
        f.SenderAsked(question_number=1, question=sealed("When was it?"), asked_at=story.MONDAY)
    )
    assert after.state.stage is Stage.AWAITING_SENDER
    assert after.state.terms == before.state.terms


def test_the_sender_answers_the_question_that_was_asked() -> None:
    after = (
        told(*story.IN_HANDLING, story.ask(), story.ask())
        .when(story.reply(2))
        .then(f.SenderReplied(question_number=2, reply=sealed("On Friday."), attachments=(), channel=Channel.QR))
    )
    assert set(after.state.open_questions) == {1}
    assert after.when(story.reply(1)).given.state.stage is Stage.IN_HANDLING


def test_a_reply_on_paper_happened_when_it_was_received() -> None:
    late = story.reply(
        received_at=story.ha_noi("2026-08-25 14:00"), at=story.FRIDAY, channel=Channel.POST, late_reason="By post"
    )
    (replied,) = told(*story.IN_HANDLING, story.ask()).when(late).facts
    assert isinstance(replied, f.SenderReplied)
    assert replied.late_reason == "By post"
    assert late.happened_at() == story.ha_noi("2026-08-25 14:00")


def test_a_draft_may_still_be_incomplete() -> None:
    after = (
        told(*story.IN_HANDLING)
        .when(story.draft(1))
        .then(f.AnswerDrafted(draft_number=1, drafter_id=HUNG, outcome=Outcome.RESOLVED, parts=story.parts(1)))
    )
    assert after.state.draft_covers == {1}


def test_a_complete_draft_goes_to_the_head_comes_back_and_goes_again() -> None:
    on_the_desk = (
        told(*story.DRAFTED).when(story.submit_for_release()).then(f.AnswerSubmittedForRelease(draft_number=1))
    )
    assert on_the_desk.state.stage is Stage.AWAITING_RELEASE
    returned = on_the_desk.when(story.return_answer()).then(
        f.AnswerReturned(draft_number=1, reason=sealed("Say by which day."))
    )
    assert returned.state.stage is Stage.IN_HANDLING
    again = returned.when(story.draft(1, 2)).given.when(story.submit_for_release())
    again.then(f.AnswerSubmittedForRelease(draft_number=2))


def test_somebody_else_than_the_drafter_releases_and_no_term_runs_any_more() -> None:
    after = told(*story.ON_THE_DESK).when(story.release(SON)).given
    assert after.state.stage is Stage.ANSWERED
    assert after.state.terms == ()


def test_a_question_left_open_lapses_with_the_answer() -> None:
    after = told(*story.IN_HANDLING, story.ask(), story.draft(1, 2), story.submit_for_release(), story.release())
    assert not after.state.open_questions
    assert after.when(story.reopen()).given.state.stage is Stage.IN_HANDLING


def test_an_answered_case_is_closed() -> None:
    after = told(*story.ANSWERED).when(story.close()).then(f.FeedbackClosed(reason="Nothing more is to be done."))
    assert after.state.stage is Stage.CLOSED


def test_a_reopened_case_needs_a_new_answer_to_every_request() -> None:
    after = told(*story.CLOSED).when(story.reopen()).given
    assert after.state.stage is Stage.IN_HANDLING
    assert after.state.draft_covers == frozenset()
    assert [term.purpose for term in after.state.terms] == ["reply"]
    assert after.when(story.draft(1, 2)).given.state.drafts == 2


def test_the_sender_may_ask_for_a_review_until_the_last_day_of_the_window() -> None:
    last_minute = story.ha_noi("2026-09-07 23:59")
    (reopened,) = told(*story.ANSWERED).when(story.reopen(last_minute)).facts
    assert isinstance(reopened, f.FeedbackReopened)
    assert reopened.asked_by is AskedBy.SENDER


def test_an_official_may_reopen_at_any_time() -> None:
    a_year_later = story.ha_noi("2027-08-30 09:00")
    (reopened,) = told(*story.CLOSED).when(story.reopen(a_year_later, AskedBy.OFFICIAL)).facts
    assert isinstance(reopened, f.FeedbackReopened)


def test_a_note_is_possible_on_a_closed_case() -> None:
    told(*story.CLOSED).when(story.note()).then(f.InternalNoteAdded(note=sealed("Called the school.")))


def test_a_handler_who_is_involved_lets_go_of_the_case() -> None:
    after = told(*story.IN_HANDLING).when(story.involve(HUNG)).then(f.InvolvementDeclared(official_id=HUNG))
    assert (after.state.holder_id, after.state.assigned) == (None, False)
    assert after.when(story.acknowledge(MAI)).given.state.holder_id == MAI


def test_a_colleague_who_is_involved_changes_nothing_for_the_handler() -> None:
    after = told(*story.IN_HANDLING, story.name_reader(VAN)).when(story.involve(VAN)).given
    assert (after.state.holder_id, after.state.readers) == (HUNG, frozenset())


def test_what_a_person_restricted_stays_narrow_after_it_is_classified() -> None:
    after = told(story.acknowledge(), story.restrict(Sensitivity.RESTRICTED)).when(story.classify("facilities")).given
    assert after.state.sensitivity is Sensitivity.RESTRICTED
    put_right = after.when(story.classify("enrolment", reason="Read again")).given
    assert put_right.state.sensitivity is Sensitivity.RESTRICTED


def test_the_category_moves_the_sensitivity_of_a_case_that_nobody_restricted() -> None:
    restricted = told(story.acknowledge(), story.classify("tutoring"))
    assert restricted.state.sensitivity is Sensitivity.RESTRICTED
    assert restricted.when(story.classify(reason="Not so")).given.state.sensitivity is Sensitivity.NORMAL


def test_a_reader_is_named_and_dismissed_with_a_reason() -> None:
    named = told().when(story.name_reader(VAN)).then(f.ReaderNamed(official_id=VAN, reason="Knows the school"))
    assert named.state.readers == {VAN}
    gone = named.when(story.dismiss_reader(VAN)).then(f.ReaderDismissed(official_id=VAN, reason="No longer needed"))
    assert gone.state.readers == frozenset()


def test_reading_who_sent_it_is_a_fact_of_its_own() -> None:
    named = Given(FEEDBACK).when(story.submit(identity_ref=someone("identity"))).given
    named.when(story.disclose()).then(f.IdentityDisclosed(reason="To return a call"))


def test_a_case_handed_over_keeps_its_terms_and_waits_for_a_new_holder() -> None:
    before = told(*story.IN_HANDLING, story.name_reader(VAN))
    after = before.when(story.hand_over(story.NUI_XANH)).then(
        f.FeedbackHandedOver(
            from_authority_id=story.DOI_THONG,
            to_authority_id=story.NUI_XANH,
            reason="Dissolved",
            document="12/QĐ (demo)",
        )
    )
    assert (after.state.authority_id, after.state.holder_id) == (story.NUI_XANH, None)
    assert after.state.readers == frozenset()
    assert after.state.terms == before.state.terms


def test_who_was_involved_stays_so_after_a_hand_over() -> None:
    after = told(*story.IN_HANDLING, story.involve(VAN), story.hand_over())
    assert after.state.involved == {VAN}


def test_the_draft_of_a_handler_who_turned_out_to_be_involved_can_still_be_returned() -> None:
    after = told(*story.ON_THE_DESK, story.involve(HUNG))
    assert {"returns", "acknowledgements", "assignments"} <= possible_actions(after.state)
    after.when(story.return_answer()).then(f.AnswerReturned(draft_number=1, reason=sealed("Say by which day.")))
