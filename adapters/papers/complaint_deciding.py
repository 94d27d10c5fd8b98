"""Decisions on a complaint: its resolution at both levels, suspensions, and its end without a resolution."""

from __future__ import annotations

import msgspec

from adapters.papers.complaint_paper import (
    DOTS,
    ComplaintPaper,
    about,
    bases,
    carried_out,
    cited,
    document,
    known,
    on,
    recipients,
    text_or_blank,
    time_of,
    told,
    whole,
)
from adapters.papers.model import Article, Block, Document, Heading, Order, Paragraph


def resolution_decision(paper: ComplaintPaper) -> Document:
    """Quyết định giải quyết khiếu nại lần đầu (Art. 31) or lần hai (Art. 40), by the level of the paper."""
    blocks: list[Block] = [*_reasons(paper), Order("Quyết định:"), *_orders(paper)]
    return document(
        paper,
        f"resolution-{paper.level}",
        "Quyết định",
        f"Về việc giải quyết khiếu nại của {told(paper.complainant)} ({time_of(paper)})",
        blocks,
        power=paper.resolver,
        bases=bases(paper, f"Xét {_petition(paper)} của {told(paper.complainant)} về việc {about(paper)}"),
        recipients=recipients(paper, f"Như Điều {len(blocks) - len(_reasons(paper)) - 1}"),
    )


def execution_suspension(paper: ComplaintPaper) -> Document:
    """Quyết định tạm đình chỉ thi hành quyết định bị khiếu nại (Art. 35)."""
    until = (
        f"đến hết {on(paper.until)}"
        if paper.until
        else "đến khi có quyết định giải quyết khiếu nại hoặc quyết định hủy bỏ"
    )
    return _decision(
        paper,
        "execution-suspension",
        "Về việc tạm đình chỉ thi hành quyết định bị khiếu nại",
        f"Tạm đình chỉ thi hành {known(paper.target)} bị {told(paper.complainant)} khiếu nại ({time_of(paper)}),"
        f" {until}.",
    )


def execution_suspension_lifted(paper: ComplaintPaper) -> Document:
    """Quyết định hủy bỏ việc tạm đình chỉ thi hành (Art. 35). `decision`: the one that is lifted."""
    return _decision(
        paper,
        "execution-suspension-lifted",
        "Về việc hủy bỏ quyết định tạm đình chỉ thi hành quyết định bị khiếu nại",
        f"Hủy bỏ {cited('Quyết định', paper.decision)} về việc tạm đình chỉ thi hành {known(paper.target)}.",
    )


def resolving_suspension(paper: ComplaintPaper) -> Document:
    """Quyết định tạm đình chỉ giải quyết khiếu nại: a related result is awaited (Luật 136/2025/QH15)."""
    return _decision(
        paper,
        "resolving-suspension",
        f"Về việc tạm đình chỉ giải quyết khiếu nại ({time_of(paper)})",
        f"Tạm đình chỉ giải quyết khiếu nại của {told(paper.complainant)} về việc {about(paper)}.",
    )


def termination_decision(paper: ComplaintPaper) -> Document:
    """Quyết định đình chỉ giải quyết khiếu nại: it was withdrawn."""
    why = paper.reason.strip() or f"{told(paper.complainant)} có đơn rút khiếu nại {on(paper.withdrawn_on)}"
    return _decision(
        msgspec.structs.replace(paper, reason=why),
        "termination",
        f"Về việc đình chỉ giải quyết khiếu nại ({time_of(paper)})",
        f"Đình chỉ giải quyết khiếu nại của {told(paper.complainant)} về việc {about(paper)}.",
    )


def _decision(paper: ComplaintPaper, kind: str, abstract: str, order: str) -> Document:
    accepted = (f"Căn cứ {cited('Thông báo thụ lý', paper.acceptance)}",) if paper.acceptance.number else ()
    blocks: list[Block] = [
        Order("Quyết định:"),
        Article(order, (f"Lý do: {whole(known(paper.reason))}",)),
        Article(
            f"Quyết định này có hiệu lực kể từ ngày ký. {paper.issuer} gửi Quyết định này cho người khiếu nại, người bị"
            " khiếu nại và cơ quan, tổ chức, cá nhân có liên quan."
        ),
        Article(carried_out(paper)),
    ]
    return document(
        paper,
        kind,
        "Quyết định",
        abstract,
        blocks,
        power=paper.resolver,
        bases=bases(paper, *accepted),
        recipients=recipients(paper, "Như Điều 3"),
    )


def _petition(paper: ComplaintPaper) -> str:
    what = "biên bản ghi nội dung khiếu nại" if paper.oral else "đơn khiếu nại"
    return f"{what} {on(paper.petition_day or paper.received_on)}"


def _reasons(paper: ComplaintPaper) -> list[Block]:
    first = [("Kết quả giải quyết khiếu nại lần đầu", paper.first_result)] if paper.level == "second" else []
    met = [("Kết quả đối thoại", paper.dialogue)] if paper.dialogue.strip() or paper.level == "second" else []
    sections = [
        ("Nội dung khiếu nại", paper.content),
        *first,
        ("Kết quả xác minh nội dung khiếu nại", paper.verification),
        *met,
        ("Căn cứ pháp luật để giải quyết khiếu nại", paper.legal_basis),
        ("Kết luận", paper.conclusion),
    ]
    roman = ("I", "II", "III", "IV", "V", "VI")
    blocks: list[Block] = []
    for number, (title, text) in zip(roman, sections, strict=False):
        blocks += [Heading(f"{number}. {title}"), *text_or_blank(text, 4)]
    return [*blocks, Paragraph("Từ những nhận định và căn cứ trên,")]


def _orders(paper: ComplaintPaper) -> list[Article]:
    found = f"Kết luận nội dung khiếu nại của {told(paper.complainant)} là {known(paper.outcome)}."
    return [
        Article(found),
        *(Article(whole(line)) for line in paper.order or (DOTS * 3,)),
        *(
            [Article("Về bồi thường thiệt hại:", tuple(f"- {whole(line)}" for line in paper.compensation))]
            if paper.compensation
            else []
        ),
        Article(whole(paper.rights) or _rights(paper)),
        Article(carried_out(paper)),
    ]


def _rights(paper: ComplaintPaper) -> str:
    if paper.level == "second":
        return (
            f"Nếu không đồng ý với Quyết định này, {told(paper.complainant)} có quyền khởi kiện vụ án hành chính tại"
            " Tòa án theo quy định của Luật Tố tụng hành chính."
        )
    return (
        "Trong thời hạn quy định tại Điều 33 Luật Khiếu nại, nếu không đồng ý với Quyết định này,"
        f" {told(paper.complainant)} có quyền khiếu nại lần hai đến {known(paper.to)} hoặc khởi kiện vụ án hành"
        " chính tại Tòa án theo quy định của Luật Tố tụng hành chính."
    )
