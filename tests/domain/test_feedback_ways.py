"""The ways that leave the straight one, and what each fact says. Refusals have a file of their own."""

from __future__ import annotations

import pytest

from domain.feedback import commands as c
from domain.feedback import events as f
from domain.feedback import refusals as r
from domain.feedback.commands import FeedbackCommand
from domain.feedback.ending import received_elsewhere
from domain.feedback.feedback import FEEDBACK
from domain.feedback.pieces import pieces_of
from domain.feedback.vocabulary import Channel, Ending, IneligibleGround, Sensitivity, Stage
from domain.law.law import law_at
from tests.support import feedback_story as story
from tests.support.feedback_story import HUNG, IN_HANDLING, MAI, NUI_XANH, SON, VAN, sealed, someone, told
from tests.support.given import Given


def test_a_split_names_what_went_where_and_ends_the_case() -> None:
    parts = (f.SplitPart(someone("part 1"), (1, 2)), f.SplitPart(someone("part 2"), (3,)))
    after = told(*IN_HANDLING).when(story.split()).then(f.FeedbackSplit(pieces=3, parts=parts, reason="Two matters"))
    assert (after.state.stage, after.state.terms) == (Stage.SPLIT, ())
    assert after.state.relatives == {someone("part 1"), someone("part 2")}


def test_a_piece_may_go_into_several_parts() -> None:
    assert told(*IN_HANDLING).when(story.split((1, 2, 3), (3,))).given.state.ending is Ending.SPLIT


def test_a_part_begins_in_the_hands_and_with_the_days_of_the_whole() -> None:
    whole = told(*IN_HANDLING).state
    part = Given(FEEDBACK).when(story.open_part(terms=whole.terms)).given
    assert (part.state.holder_id, part.state.stage) == (HUNG, Stage.ACKNOWLEDGED)
    assert [term.due_on for term in part.state.terms] == [term.due_on for term in whole.terms]
    opened = part.history[0]
    assert isinstance(opened, f.FeedbackSubmitted)
    assert (opened.code_hash, opened.split_from) == (b"", someone("whole"))


def test_what_is_transferred_within_the_store_begins_anew_there() -> None:
    opening = told().state.opened
    assert opening is not None
    there = received_elsewhere(opening, NUI_XANH, law_at(story.MONDAY), story.MONDAY, transferred_from=someone("it"))
    assert (there.channel, there.authority_id) == (Channel.TRANSFER, NUI_XANH)
    # Received Monday 24/08/2026: answer by 10 calendar days, 25/08 … 03/09, a Thursday.
    assert [str(term.due_on) for term in there.terms if term.purpose == "reply"] == ["2026-09-03"]


@pytest.mark.parametrize(
    ("ends", "takes_back", "fact"),
    [
        (story.link_duplicate(), story.unlink_duplicate(), f.DuplicateUnlinked(reason="Another class")),
        (story.transfer(), story.recall_transfer(), f.TransferRecalled(reason="Wrong body")),
        (story.guide(), story.withdraw_guidance(), f.GuidanceWithdrawn(reason="It was feedback after all")),
        (story.find_ineligible(), story.revoke_ineligibility(), f.IneligibilityRevoked(reason="He wrote again")),
    ],
    ids=["duplicate", "transfer", "guidance", "ineligible"],
)
def test_an_ending_that_was_a_mistake_is_taken_back_and_the_old_days_run_on(
    ends: FeedbackCommand, takes_back: FeedbackCommand, fact: f.FeedbackFact
) -> None:
    before = told(*IN_HANDLING)
    after = before.when(ends).given.when(takes_back).then(fact)
    assert (after.state.stage, after.state.terms) == (before.state.stage, before.state.terms)


def test_a_day_that_moves_while_a_case_has_ended_stays_as_it_stood() -> None:
    ended = told(*IN_HANDLING, story.transfer()).state
    assert ended.terms == ()
    assert [term.purpose for term in ended.terms_before_ending] == ["reply"]


def test_an_ineligible_petition_is_kept_for_a_year_and_purged_by_a_signed_list() -> None:
    ineligible = told(*IN_HANDLING, story.find_ineligible())
    found = ineligible.history[-1]
    assert isinstance(found, f.FeedbackFoundIneligible)
    assert found.ground is IneligibleGround.CONTENT_UNCLEAR
    # Found on 24/08/2026, one year (TT 05/2021): to the end of Tuesday 24/08/2027.
    assert str(found.keep_term.due_on) == "2027-08-24"
    purged = ineligible.when(story.purge(story.ha_noi("2027-08-25 08:00"))).then(
        f.PetitionPurged(document="5/DM (demo)")
    )
    assert purged.state.purged


def test_spam_takes_two_people_and_the_case_goes_on_meanwhile() -> None:
    proposed = told(*IN_HANDLING).when(story.propose_spam(MAI)).given
    assert proposed.state.stage is Stage.IN_HANDLING
    after = proposed.when(story.agree_on_spam(SON)).then(f.SpamConfirmed())
    assert after.state.stage is Stage.SPAM
    assert after.when(story.revoke_spam()).given.state.stage is Stage.IN_HANDLING


def test_spam_that_the_second_person_doubts_goes_on() -> None:
    after = told(*IN_HANDLING, story.propose_spam(MAI)).when(story.doubt_spam()).given
    assert (after.state.spam_proposed_by, after.state.stage) == (None, Stage.IN_HANDLING)


def test_where_there_is_nobody_else_one_person_does_both_and_says_why() -> None:
    alone = told(*IN_HANDLING, story.propose_spam(MAI)).when(story.agree_on_spam(MAI, "Only I work here", others=0))
    alone.then(f.SpamConfirmed(alone_reason="Only I work here"))


def test_a_head_without_colleague_releases_the_own_draft_with_a_reason_that_stays() -> None:
    command = c.ReleaseAnswer(by=HUNG, at=story.FRIDAY, law=law_at(story.FRIDAY), alone_reason="Nobody else", others=0)
    released = told(*story.ON_THE_DESK).when(command).facts[0]
    assert isinstance(released, f.AnswerReleased)
    assert released.alone_reason == "Nobody else"


def test_a_drafter_whom_a_head_trusts_with_the_category_releases_alone() -> None:
    given = someone("delegation")
    command = c.ReleaseAnswer(by=HUNG, at=story.FRIDAY, law=law_at(story.FRIDAY), delegation_id=given)
    released = told(*story.ON_THE_DESK).when(command).facts[0]
    assert isinstance(released, f.AnswerReleased)
    assert (released.delegation_id, released.alone_reason) == (given, "")


def test_a_sender_may_withdraw_and_the_file_stays() -> None:
    withdrawn = f.FeedbackWithdrawn(channel=Channel.QR, reason=sealed("It is settled."))
    after = told(*IN_HANDLING).when(story.withdraw()).then(withdrawn)
    assert after.state.stage is Stage.WITHDRAWN
    assert after.when(story.reopen()).given.state.stage is Stage.IN_HANDLING


def test_what_lay_before_the_head_when_it_was_withdrawn_is_looked_at_anew_after_reopening() -> None:
    again = told(*story.ON_THE_DESK).when(story.withdraw()).given.when(story.reopen()).given
    assert again.state.stage is Stage.IN_HANDLING
    again.when(story.release()).refused(r.NotWaitingForReleaseError)
    again.when(story.submit_for_release()).refused(r.RequestUnansweredError, field="parts", request=1, count=2)


def test_a_sent_answer_is_corrected_by_two_people_and_a_new_window_begins() -> None:
    drafted = told(*story.ANSWERED).when(story.draft_correction(1, 2)).given
    assert (drafted.state.stage, drafted.state.correction) == (Stage.ANSWERED, 2)
    corrected = drafted.when(story.release_correction()).facts[0]
    assert isinstance(corrected, f.AnswerCorrected)
    assert (corrected.draft_number, corrected.corrects, corrected.alone_reason) == (2, 1, "")
    # Released Friday 28/08/2026; 10 days, to the end of Monday 07/09/2026.
    assert str(corrected.review_term.due_on) == "2026-09-07"


def test_a_correction_that_is_returned_leaves_the_answer_as_it_was() -> None:
    drafted = told(*story.ANSWERED, story.draft_correction(1, 2))
    after = drafted.when(story.return_correction()).given
    assert (after.state.correction, after.state.released_draft) == (0, 1)


def test_covered_words_replace_the_text_for_whatever_comes_after() -> None:
    assert told(story.hide_words()).state.content == sealed("The class of […] asks money.")


def test_a_unit_is_asked_to_explain_and_no_day_moves() -> None:
    asked = told(*IN_HANDLING).when(story.ask_explanation()).given
    assert (asked.state.stage, asked.state.terms) == (Stage.AWAITING_UNIT, told(*IN_HANDLING).state.terms)
    assert asked.when(story.receive_explanation()).given.state.stage is Stage.IN_HANDLING
    assert asked.when(story.recall_explanation()).given.state.stage is Stage.IN_HANDLING


def test_an_explanation_that_came_after_the_answer_is_a_fact_all_the_same() -> None:
    answered = told(*IN_HANDLING, story.ask_explanation(), story.draft(1, 2), story.submit_for_release())
    late = answered.when(story.release()).given.when(story.receive_explanation()).given
    assert late.state.stage is Stage.ANSWERED


def test_information_is_never_a_denunciation_but_a_case_for_named_people() -> None:
    opened = told(*IN_HANDLING).when(story.open_information(VAN)).given
    state = opened.state
    assert (state.sensitivity, state.readers, state.terms) == (Sensitivity.IDENTITY_VAULT, {VAN}, ())
    assessed = opened.when(story.assess_information()).given
    assert assessed.state.stage is Stage.ASSESSED
    assert assessed.when(story.close()).given.state.stage is Stage.CLOSED


def test_the_only_head_who_is_involved_calls_the_superior_with_the_same_act() -> None:
    command = c.DeclareInvolvement(by=SON, at=story.MONDAY, superior_id=NUI_XANH)
    declared, referred = told(*IN_HANDLING).when(command).facts
    assert declared == f.InvolvementDeclared(official_id=SON)
    assert isinstance(referred, f.ReferredToSuperior)
    assert referred.superior_id == NUI_XANH


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Một.\n\n Hai. Ba.\n", ("Một.", "Hai. Ba.")),
        ("Một việc. Hai việc! Ba việc?", ("Một việc.", "Hai việc!", "Ba việc?")),
        ("Chỉ một câu", ("Chỉ một câu",)),
        ("   ", ()),
    ],
)
def test_a_text_is_cut_at_its_paragraphs_or_else_its_sentences(text: str, pieces: tuple[str, ...]) -> None:
    assert pieces_of(text) == pieces


def test_the_pieces_hold_every_word() -> None:
    text = "Lớp thu tiền. Ai cho phép?\nBếp ăn bẩn; có giun… Xin kiểm tra!"
    assert " ".join(pieces_of(text)).split() == text.split()
