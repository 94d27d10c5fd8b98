"""Every paper of a complaint by its code: a pure function from what is known to a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from adapters.papers.complaint_deciding import (
    execution_suspension,
    execution_suspension_lifted,
    resolution_decision,
    resolving_suspension,
    termination_decision,
)
from adapters.papers.complaint_notices import (
    acceptance_notice,
    guidance_slip,
    refusal_notice,
    term_decision,
    term_notice,
    transfer_slip,
)
from adapters.papers.complaint_paper import Cited, ComplaintPaper, Item, Party
from adapters.papers.complaint_receipts import handover_minutes, receipt
from adapters.papers.complaint_verifying import (
    dialogue_minutes,
    oral_minutes,
    verification_decision,
    verification_report,
)
from adapters.papers.model import Document

__all__ = ["PAPERS", "Cited", "ComplaintPaper", "Item", "Party"]

PAPERS: Mapping[str, Callable[[ComplaintPaper], Document]] = MappingProxyType(
    {
        "receipt": receipt,
        "oral": oral_minutes,
        "transfer": transfer_slip,
        "guidance": guidance_slip,
        "acceptance": acceptance_notice,
        "refusal": refusal_notice,
        "term-notice": term_notice,
        "term-decision": term_decision,
        "verification": verification_decision,
        "dialogue": dialogue_minutes,
        "report": verification_report,
        "execution-suspension": execution_suspension,
        "execution-suspension-lifted": execution_suspension_lifted,
        "resolving-suspension": resolving_suspension,
        "termination": termination_decision,
        "resolution": resolution_decision,
        "handover": handover_minutes,
    }
)
"""By code, in the order in which they are needed."""
