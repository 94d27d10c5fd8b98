"""What the rules of complaints say in codes and terms, in the words that stand on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from adapters.law_words import said
from adapters.papers.complaint_paper import ComplaintPaper
from domain.complaints.vocabulary import ComplaintOutcome, Complexity, Ground
from domain.law.explain import explain
from domain.law.steps import Counted
from domain.law.term import Term

GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.INTERNAL_ACT: (
            "quyết định hành chính, hành vi hành chính trong nội bộ cơ quan nhà nước để chỉ đạo, tổ chức thực hiện"
            " nhiệm vụ, công vụ"
        ),
        Ground.NO_OWN_RIGHT: (
            "quyết định hành chính, hành vi hành chính bị khiếu nại không liên quan trực tiếp đến quyền, lợi ích hợp"
            " pháp của người khiếu nại"
        ),
        Ground.NO_CAPACITY: (
            "người khiếu nại không có năng lực hành vi dân sự đầy đủ mà không có người đại diện hợp pháp"
        ),
        Ground.NO_VALID_REPRESENTATIVE: "người đại diện không hợp pháp thực hiện khiếu nại",
        Ground.NO_SIGNATURE: "đơn khiếu nại không có chữ ký hoặc điểm chỉ của người khiếu nại",
        Ground.OUT_OF_TIME: "thời hiệu, thời hạn khiếu nại đã hết mà không có lý do chính đáng",
        Ground.SECOND_DECISION_EXISTS: "khiếu nại đã có quyết định giải quyết khiếu nại lần hai",
        Ground.TERMINATED: (
            "có văn bản thông báo đình chỉ việc giải quyết khiếu nại mà sau 30 ngày người khiếu nại không tiếp tục"
            " khiếu nại"
        ),
        Ground.IN_COURT: (
            "việc khiếu nại đã được Tòa án thụ lý hoặc đã được giải quyết bằng bản án, quyết định của Tòa án"
        ),
    }
)
"""Article 11 of Luật Khiếu nại 2011. Memory, high: not compared with the text."""

OUTCOMES: Mapping[ComplaintOutcome, str] = MappingProxyType(
    {
        ComplaintOutcome.UPHELD: "đúng toàn bộ",
        ComplaintOutcome.PARTLY: "đúng một phần",
        ComplaintOutcome.REJECTED: "sai toàn bộ",
    }
)


def circumstances(complexity: Complexity, *, remote: bool) -> str:
    """What decides the term."""
    how = "vụ việc phức tạp" if complexity is Complexity.COMPLEX else "vụ việc thông thường"
    return f"{how}, ở vùng sâu, vùng xa đi lại khó khăn" if remote else how


def with_term(paper: ComplaintPaper, term: Term) -> ComplaintPaper:
    """The paper with the day on which it is due, the limit and how it was counted.

    The article is named only where the source of the rule was seen.
    """
    counted = next((step for step in term.steps if isinstance(step, Counted)), None)
    article = re.search(r"Luật Khiếu nại .*Đ\.(\d+)", term.basis) if term.status.startswith("verified") else None
    return msgspec.structs.replace(
        paper,
        due_on=term.due_on,
        due_days=_limit(counted) if counted else "",
        article=f"Điều {article[1]}" if article else "",
        due_lines=tuple(said(line, "vi") for line in explain(term, with_time=False)),
    )


def _limit(counted: Counted) -> str:
    if counted.unit != "day":
        return ""
    return f"{counted.value} ngày làm việc" if counted.day_count == "WORKING" else f"{counted.value} ngày"
