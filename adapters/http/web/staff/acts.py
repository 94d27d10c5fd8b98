"""The acts of a case by name, and which of them is usually the next."""

from __future__ import annotations

from adapters.http.web.staff import acts_answer as answer
from adapters.http.web.staff import acts_intake as intake
from adapters.http.web.staff import acts_secrecy as secrecy
from adapters.http.web.staff import acts_ways as ways
from adapters.http.web.staff.act_kinds import Act, none, only_reason
from adapters.http.web.staff.acts_ways import because
from domain.feedback.vocabulary import Stage

ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(name="acknowledgements", fields=none, perform=intake.acknowledge),
        Act(name="classifications", fields=intake.classify_fields, perform=intake.classify),
        Act(name="assignments", fields=intake.assign_fields, perform=intake.assign),
        Act(name="questions", fields=answer.ask_fields, perform=answer.ask),
        Act(name="replies", fields=answer.reply_fields, perform=answer.reply),
        Act(name="drafts", fields=answer.draft_fields, perform=answer.draft),
        Act(name="release-requests", fields=none, perform=answer.submit_for_release, shows_draft=True),
        Act(name="releases", fields=ways.alone_fields, perform=answer.release, shows_draft=True),
        Act(name="returns", fields=only_reason, perform=answer.give_back, shows_draft=True),
        Act(name="closures", fields=only_reason, perform=answer.close),
        Act(name="reopenings", fields=only_reason, perform=answer.reopen),
        Act(name="notes", fields=secrecy.note_fields, perform=secrecy.add_note),
        Act(name="reader-namings", fields=secrecy.name_reader_fields, perform=secrecy.name_reader),
        Act(name="reader-dismissals", fields=secrecy.dismiss_reader_fields, perform=secrecy.dismiss_reader),
        Act(name="restrictions", fields=secrecy.restrict_fields, perform=secrecy.restrict, hides_case=True),
        Act(
            name="hand-overs", fields=secrecy.hand_over_fields, perform=secrecy.hand_over, warning=True, hides_case=True
        ),
        Act(name="correction-drafts", fields=ways.correct_fields, perform=ways.correct),
        Act(name="corrections", fields=ways.alone_fields, perform=ways.release_correction, shows_draft=True),
        Act(name="correction-returns", fields=only_reason, perform=because("return_correction"), shows_draft=True),
        Act(name="splits", fields=ways.split_fields, perform=ways.split, aliases={"parts": "piece-1"}),
        Act(name="duplicate-links", fields=ways.duplicate_fields, perform=ways.link_duplicate),
        Act(name="duplicate-unlinkings", fields=only_reason, perform=because("unlink_duplicate")),
        Act(name="transfers", fields=ways.transfer_fields, perform=ways.transfer),
        Act(name="transfer-recalls", fields=only_reason, perform=because("recall_transfer")),
        Act(name="guidances", fields=ways.guide_fields, perform=ways.guide),
        Act(name="guidance-withdrawals", fields=only_reason, perform=because("withdraw_guidance")),
        Act(name="ineligibility-findings", fields=ways.ineligible_fields, perform=ways.find_ineligible),
        Act(name="ineligibility-revocations", fields=only_reason, perform=because("revoke_ineligibility")),
        Act(name="purges", fields=ways.purge_fields, perform=ways.purge, warning=True),
        Act(name="spam-proposals", fields=only_reason, perform=because("propose_spam")),
        Act(name="spam-confirmations", fields=ways.alone_fields, perform=ways.agree_on_spam),
        Act(name="spam-refusals", fields=only_reason, perform=because("doubt_spam")),
        Act(name="spam-revocations", fields=only_reason, perform=because("revoke_spam")),
        Act(name="withdrawals", fields=ways.withdraw_fields, perform=ways.withdraw),
        Act(
            name="information-openings",
            fields=ways.open_information_fields,
            perform=ways.open_information,
            hides_case=True,
        ),
        Act(name="information-assessments", fields=ways.assess_fields, perform=ways.assess),
        Act(name="hidden-words", fields=ways.hide_fields, perform=ways.hide_words),
        Act(name="superior-referrals", fields=only_reason, perform=because("refer_to_superior")),
        Act(name="involvements", fields=none, perform=secrecy.declare_involvement, warning=True, hides_case=True),
    )
}
"""By the action's name in `available_actions`. Identity disclosures have a page of their own."""

MAIN: dict[str, tuple[str, ...]] = {
    Stage.SUBMITTED: ("acknowledgements",),
    Stage.ACKNOWLEDGED: ("classifications",),
    Stage.CLASSIFIED: ("drafts", "assignments", "acknowledgements"),
    Stage.IN_HANDLING: ("drafts", "release-requests", "assignments"),
    Stage.AWAITING_SENDER: ("replies", "drafts"),
    Stage.AWAITING_RELEASE: ("releases",),
    Stage.ANSWERED: ("closures",),
    Stage.CLOSED: ("reopenings",),
    Stage.AWAITING_UNIT: ("drafts", "release-requests"),
    Stage.UNDER_ASSESSMENT: ("information-assessments",),
    Stage.ASSESSED: ("closures",),
    Stage.SPLIT: (),
    Stage.DUPLICATE: (),
    Stage.TRANSFERRED: (),
    Stage.RECALLED: (),
    Stage.GUIDED: (),
    Stage.INELIGIBLE: ("purges",),
    Stage.SPAM: (),
    Stage.WITHDRAWN: (),
}
"""What is usually done next, the first that this person may do."""
