"""What becomes of a dialogue meeting and its opinions. STORED FOR EVER: add fields with defaults or add a .v2 topic.

One stream per meeting (hội nghị đối thoại). Texts rest sealed under `subject_id`, a random id made for the meeting.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.dialogues.parts import DialoguePaper, Opinion, RowAside, SummaryCount
from domain.dialogues.vocabulary import Addressed
from domain.kernel import Fact, Internal, Personal, Public, Sealed


class DialoguePlanned(Fact, frozen=True):
    """A meeting was planned (Đã lập kế hoạch đối thoại). `chair_post` presides; `invited`: which groups, no names."""

    TOPIC: ClassVar[str] = "dialogue.planned.v1"
    authority_id: Public[UUID]
    subject_id: Internal[UUID]
    title: Internal[str]
    matter: Internal[str]
    planned_on: Internal[date]
    place: Internal[str]
    chair_post: Internal[str]
    chair_name: Personal[Sealed | None]
    invited: Internal[str]


class DialogueAnnounced(Fact, frozen=True):
    """Those who are invited were told (Đã thông báo hội nghị đối thoại)."""

    TOPIC: ClassVar[str] = "dialogue.announced.v1"
    announced_on: Internal[date]
    how: Internal[str]


class DialogueMeetingHeld(Fact, frozen=True):
    """The meeting took place (Đã tổ chức hội nghị đối thoại)."""

    TOPIC: ClassVar[str] = "dialogue.held.v1"
    held_on: Internal[date]
    participants: Internal[int]


class DialogueMinutesFiled(Fact, frozen=True):
    """The minutes were scanned in (Đã nộp biên bản đối thoại); the last ones count."""

    TOPIC: ClassVar[str] = "dialogue.minutes_filed.v1"
    minutes: Internal[DialoguePaper]


class OpinionsRecorded(Fact, frozen=True):
    """Opinions were taken in (Đã ghi ý kiến). `mended`: the rows set aside before that they were."""

    TOPIC: ClassVar[str] = "dialogue.opinions_recorded.v1"
    opinions: Internal[tuple[Opinion, ...]]
    mended: Internal[tuple[UUID, ...]]


class RowsKeptBack(Fact, frozen=True):
    """Rows of a sheet could not be taken yet and are kept (Đã giữ lại dòng chờ sửa). The same id again replaces."""

    TOPIC: ClassVar[str] = "dialogue.rows_kept_back.v1"
    rows: Internal[tuple[RowAside, ...]]


class RowDismissed(Fact, frozen=True):
    """A row that was kept is no opinion (Đã bỏ dòng không phải ý kiến)."""

    TOPIC: ClassVar[str] = "dialogue.row_dismissed.v1"
    row_id: Internal[UUID]
    reason: Internal[str]


class OpinionsRouted(Fact, frozen=True):
    """Opinions were given to a level (Đã phân ý kiến về cấp giải quyết), with a day that a person set."""

    TOPIC: ClassVar[str] = "dialogue.opinions_routed.v1"
    numbers: Internal[tuple[int, ...]]
    level: Internal[Addressed]
    body: Internal[str]
    due_on: Internal[date]
    due_reason: Internal[str]


class OpinionAnswered(Fact, frozen=True):
    """An opinion was answered (Đã trả lời ý kiến)."""

    TOPIC: ClassVar[str] = "dialogue.opinion_answered.v1"
    number: Internal[int]
    answer: Personal[Sealed]
    answered_on: Internal[date]


class OpinionsTransferred(Fact, frozen=True):
    """Opinions were passed to the body that is competent (Đã chuyển ý kiến). `document`: by which paper, if any."""

    TOPIC: ClassVar[str] = "dialogue.opinions_transferred.v1"
    numbers: Internal[tuple[int, ...]]
    body: Internal[str]
    transferred_on: Internal[date]
    document: Internal[str]


class OpinionReopened(Fact, frozen=True):
    """An answer or a transfer did not settle it after all (Đã mở lại ý kiến)."""

    TOPIC: ClassVar[str] = "dialogue.opinion_reopened.v1"
    number: Internal[int]
    reason: Internal[str]


class DialogueSummarised(Fact, frozen=True):
    """A summary was written (Đã tổng hợp kết quả đối thoại); the last one counts."""

    TOPIC: ClassVar[str] = "dialogue.summarised.v1"
    text: Personal[Sealed]


class DialogueBatchClosed(Fact, frozen=True):
    """Every opinion is answered or passed on (Đã kết thúc đợt đối thoại)."""

    TOPIC: ClassVar[str] = "dialogue.closed.v1"
    total: Internal[int]


class DialogueSummaryPublished(Fact, frozen=True):
    """The summary stands on a public page (Đã công khai kết quả đối thoại): what a person confirmed, and counts.

    The text stays sealed at rest, so that it can still be erased; the public page opens it. Counts too small to be told
    are not in here at all. `total` None: the whole meeting had too few.
    """

    TOPIC: ClassVar[str] = "dialogue.summary_published.v1"
    text: Personal[Sealed]
    title: Public[str]
    held_on: Public[date]
    total: Public[int | None]
    by_state: Public[tuple[SummaryCount, ...]]
    by_level: Public[tuple[SummaryCount, ...]]


class DialogueSummaryWithdrawn(Fact, frozen=True):
    """The public page was taken down (Đã gỡ bản công khai kết quả đối thoại)."""

    TOPIC: ClassVar[str] = "dialogue.summary_withdrawn.v1"
    reason: Internal[str]


DialogueFact = (
    DialoguePlanned
    | DialogueAnnounced
    | DialogueMeetingHeld
    | DialogueMinutesFiled
    | OpinionsRecorded
    | RowsKeptBack
    | RowDismissed
    | OpinionsRouted
    | OpinionAnswered
    | OpinionsTransferred
    | OpinionReopened
    | DialogueSummarised
    | DialogueBatchClosed
    | DialogueSummaryPublished
    | DialogueSummaryWithdrawn
)
