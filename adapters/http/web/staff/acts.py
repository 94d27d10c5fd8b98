"""The acts of a case by name, and which of them is usually the next."""

from __future__ import annotations

from adapters.http.web.staff import acts_answer as answer
from adapters.http.web.staff import acts_intake as intake
from adapters.http.web.staff import acts_secrecy as secrecy
from adapters.http.web.staff.act_kinds import Act, none, only_reason
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
        Act(name="releases", fields=none, perform=answer.release, shows_draft=True),
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
        Act(name="involvements", fields=none, perform=secrecy.declare_involvement, warning=True, hides_case=True),
    )
}
"""By the action's name in `available_actions`. Identity disclosures have a page of their own."""

MAIN: dict[str, tuple[str, ...]] = {
    Stage.SUBMITTED: ("acknowledgements",),
    Stage.ACKNOWLEDGED: ("classifications",),
    Stage.CLASSIFIED: ("assignments", "drafts", "acknowledgements"),
    Stage.IN_HANDLING: ("drafts", "release-requests", "assignments"),
    Stage.AWAITING_SENDER: ("replies", "drafts"),
    Stage.AWAITING_RELEASE: ("releases",),
    Stage.ANSWERED: ("closures",),
    Stage.CLOSED: ("reopenings",),
}
"""What is usually done next, the first that this person may do."""
