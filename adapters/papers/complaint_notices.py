"""Papers about whether a complaint is taken up, and by when it is resolved."""

from __future__ import annotations

from adapters.papers.complaint_paper import (
    ComplaintPaper,
    about,
    acted_for,
    bases,
    began,
    carried_out,
    cited,
    document,
    formal,
    got_petition,
    known,
    last,
    law,
    lines,
    on,
    recipients,
    time_of,
    told,
    who,
    whole,
)
from adapters.papers.model import Article, Block, Document, Field, Order, Paragraph


def acceptance_notice(paper: ComplaintPaper) -> Document:
    """Thông báo thụ lý giải quyết khiếu nại (Art. 27, 36): to the complainant and the one complained of."""
    term = f", thời hạn giải quyết là {paper.due_days.strip()} kể từ ngày thụ lý" if paper.due_days.strip() else ""
    article = f" ({paper.article.strip()} Luật Khiếu nại)" if paper.article.strip() else ""
    blocks: list[Block] = [
        Paragraph(got_petition(paper)),
        *_complainant(paper),
        *_matter(paper),
        Paragraph(
            f"Sau khi xem xét nội dung khiếu nại, căn cứ {law(paper)}, khiếu nại đủ điều kiện thụ lý và thuộc thẩm"
            f" quyền giải quyết của {paper.resolver}. {paper.issuer} thông báo:"
        ),
        Paragraph(
            f"Khiếu nại được thụ lý giải quyết {time_of(paper)} kể từ {formal(paper.accepted_on)}{term}{article}."
        ),
        Paragraph(f"Hạn giải quyết: hết {on(paper.due_on)}."),
        *lines(paper.due_lines),
        Paragraph(last(f"Vậy thông báo để {told(paper.complainant)} và {told(paper.respondent)} biết")),
    ]
    return document(
        paper,
        "acceptance",
        "Thông báo",
        f"Về việc thụ lý giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        addressees=(began(told(paper.complainant)), began(told(paper.respondent))),
        recipients=recipients(paper, "Như trên"),
    )


def refusal_notice(paper: ComplaintPaper) -> Document:
    """Thông báo không thụ lý giải quyết khiếu nại (Art. 11, 27, 36): with its ground and its reason."""
    blocks: list[Block] = [
        Paragraph(got_petition(paper)),
        *_complainant(paper),
        *_matter(paper),
        Paragraph(
            f"Sau khi xem xét nội dung khiếu nại, căn cứ Điều 11 {law(paper)}, khiếu nại của {told(paper.complainant)}"
            f" không đủ điều kiện thụ lý giải quyết {time_of(paper)} vì: {known(paper.ground)}."
        ),
        Field("Lý do cụ thể", paper.reason),
        *([Paragraph(whole(paper.guidance))] if paper.guidance.strip() else []),
        Paragraph(last(f"Vậy thông báo để {told(paper.complainant)} biết")),
    ]
    return document(
        paper,
        "refusal",
        "Thông báo",
        f"Về việc không thụ lý giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        addressees=(began(told(paper.complainant)),),
        recipients=recipients(paper, "Như trên"),
    )


def transfer_slip(paper: ComplaintPaper) -> Document:
    """Phiếu chuyển đơn (TT 05/2021/TT-TTCP): to whom it belongs."""
    blocks: list[Block] = [
        Paragraph(got_petition(paper)),
        *_complainant(paper),
        *_matter(paper),
        Paragraph(
            f"Sau khi xem xét nội dung đơn, căn cứ {law(paper)} và Thông tư số 05/2021/TT-TTCP, {paper.issuer} chuyển"
            f" đơn của {told(paper.complainant)} đến {known(paper.to)} để xem xét, giải quyết theo thẩm quyền."
        ),
        *([Field("Lý do chuyển đơn", paper.reason)] if paper.reason.strip() else []),
        *_enclosed(paper),
        Paragraph(last(f"Đề nghị {known(paper.to)} xem xét, giải quyết theo quy định của pháp luật")),
    ]
    return document(
        paper,
        "transfer",
        "Phiếu chuyển đơn",
        "",
        blocks,
        addressees=(known(paper.to),),
        recipients=recipients(paper, "Như trên", f"{began(told(paper.complainant))} (để biết)"),
    )


def guidance_slip(paper: ComplaintPaper) -> Document:
    """Phiếu hướng dẫn (TT 05/2021/TT-TTCP): what can be done instead, and where."""
    blocks: list[Block] = [
        Paragraph(got_petition(paper)),
        *_matter(paper),
        Paragraph(
            f"Sau khi xem xét nội dung đơn, căn cứ {law(paper)} và Thông tư số 05/2021/TT-TTCP, {paper.issuer} trả lời:"
        ),
        *([Paragraph(whole(paper.reason))] if paper.reason.strip() else []),
        Field("Đề nghị ông/bà thực hiện như sau", paper.guidance),
        *([Field("Nơi tiếp nhận, giải quyết", paper.to)] if paper.to.strip() else []),
        Paragraph(last(f"Vậy hướng dẫn để {told(paper.complainant)} biết và thực hiện")),
    ]
    return document(
        paper,
        "guidance",
        "Phiếu hướng dẫn",
        "",
        blocks,
        addressees=(began(told(paper.complainant)),),
        recipients=recipients(paper, "Như trên"),
    )


def term_notice(paper: ComplaintPaper) -> Document:
    """Thông báo xác định lại tính chất vụ việc và thời hạn giải quyết (Art. 28, 37), counted from the acceptance."""
    blocks: list[Block] = [
        Paragraph(f"{_taken_up(paper)}, hạn giải quyết hết {on(paper.old_due_on)}."),
        Paragraph(_found_again(paper)),
        Field("Lý do", paper.reason),
        Paragraph(_new_term(paper)),
        *lines(paper.due_lines),
        Paragraph(last(f"Vậy thông báo để {told(paper.complainant)} và {told(paper.respondent)} biết")),
    ]
    return document(
        paper,
        "term-notice",
        "Thông báo",
        f"Về việc xác định lại tính chất vụ việc và thời hạn giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        addressees=(began(told(paper.complainant)), began(told(paper.respondent))),
        recipients=recipients(paper, "Như trên"),
    )


def term_decision(paper: ComplaintPaper) -> Document:
    """Quyết định xác định lại tính chất vụ việc và thời hạn giải quyết: the same as a decision."""
    ground = f"Xét tính chất của vụ việc: {known(paper.reason)}"
    blocks: list[Block] = [
        Order("Quyết định:"),
        Article(f"{_found_again(paper)} {_taken_up(paper)}, hạn giải quyết trước đây hết {on(paper.old_due_on)}."),
        Article(_new_term(paper), tuple(f"- {whole(line)}" for line in paper.due_lines)),
        Article(carried_out(paper)),
    ]
    return document(
        paper,
        "term-decision",
        "Quyết định",
        f"Về việc xác định lại tính chất vụ việc và thời hạn giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        power=paper.resolver,
        bases=bases(paper, ground),
        recipients=recipients(paper, "Như Điều 3"),
    )


def _complainant(paper: ComplaintPaper) -> list[Block]:
    return [*who("Người khiếu nại", paper.complainant), *acted_for(paper)]


def _matter(paper: ComplaintPaper) -> list[Block]:
    return [
        Paragraph(f"Khiếu nại về việc {about(paper)}."),
        *([Field("Quyết định, hành vi bị khiếu nại", paper.target)] if paper.target.strip() else []),
    ]


def _enclosed(paper: ComplaintPaper) -> list[Block]:
    if not paper.items:
        return []
    named = [f"{item.name}{f' ({item.amount})' if item.amount else ''}" for item in paper.items]
    return [Paragraph("Gửi kèm theo:"), *lines(named)]


def _taken_up(paper: ComplaintPaper) -> str:
    return (
        f"Khiếu nại của {told(paper.complainant)} về việc {about(paper)} được thụ lý giải quyết {time_of(paper)}"
        f" {on(paper.accepted_on)} ({cited('Thông báo', paper.acceptance)})"
    )


def _found_again(paper: ComplaintPaper) -> str:
    return f"{paper.resolver} xác định vụ việc thuộc trường hợp: {known(paper.circumstances)}."


def _new_term(paper: ComplaintPaper) -> str:
    days = f" là {paper.due_days.strip()}" if paper.due_days.strip() else ""
    article = f" theo {paper.article.strip()} Luật Khiếu nại" if paper.article.strip() else ""
    return (
        f"Thời hạn giải quyết{article}{days}, tính từ ngày thụ lý {on(paper.accepted_on).removeprefix('ngày ')};"
        f" hạn giải quyết mới: hết {on(paper.due_on)}."
    )
