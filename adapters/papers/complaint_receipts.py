"""Papers that prove that something was handed in or over."""

from __future__ import annotations

from adapters.papers.complaint_paper import (
    BY_HAND,
    ComplaintPaper,
    about,
    cited,
    document,
    formal,
    known,
    last,
    time_of,
    told,
    who,
)
from adapters.papers.model import Blank, Block, Document, Field, Heading, Paragraph, Signer, Table


def receipt(paper: ComplaintPaper) -> Document:
    """Giấy biên nhận: what was handed in, to whom and when."""
    blocks: list[Block] = [
        Paragraph(
            f"{_now(paper)}, {paper.issuer} đã nhận của {told(paper.complainant)} các đơn, thông tin, tài liệu, chứng"
            f" cứ liên quan đến việc khiếu nại về việc {about(paper)}, gồm:"
        ),
        *_items(paper),
        Field("Người nhận", _with_post(paper.clerk.name, paper.clerk.post)),
        *who("Người nộp", paper.complainant),
        Paragraph(last("Giấy biên nhận được lập thành 02 bản, mỗi bên giữ 01 bản")),
    ]
    return document(
        paper,
        "receipt",
        "Giấy biên nhận",
        "Đơn, thông tin, tài liệu, chứng cứ",
        blocks,
        dated=False,
        signers=(
            Signer(post="Người nộp", name=paper.complainant.name, note=BY_HAND),
            Signer(post="Người nhận", name=paper.clerk.name, note=BY_HAND),
        ),
    )


def handover_minutes(paper: ComplaintPaper) -> Document:
    """Biên bản giao nhận quyết định: the proof of the day on which it was received."""
    blocks: list[Block] = [
        Paragraph(f"{_now(paper)}, chúng tôi gồm:"),
        Heading("I. Bên giao"),
        Field("Họ và tên", paper.clerk.name),
        Field("Chức vụ, đơn vị", paper.clerk.post or paper.issuer),
        Heading("II. Bên nhận"),
        *who("Họ và tên", paper.complainant),
        Heading("III. Nội dung giao nhận"),
        Paragraph(
            f"Bên giao đã giao, bên nhận đã nhận 01 bản {cited('Quyết định', paper.decision)} của {paper.resolver} về"
            f" việc giải quyết khiếu nại ({time_of(paper)}) của {told(paper.complainant)} về việc {about(paper)}."
        ),
        *([*_items(paper)] if paper.items else []),
        Field("Ý kiến của bên nhận (nếu có)", paper.said),
        *([] if paper.said.strip() else [Blank(1)]),
        Paragraph("Trường hợp bên nhận không nhận hoặc không ký: ghi rõ lý do, có người làm chứng ký tên."),
        Blank(1),
        Paragraph(last("Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản")),
    ]
    return document(
        paper,
        "handover",
        "Biên bản giao nhận",
        f"Quyết định giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        dated=False,
        signers=(
            Signer(post="Bên nhận", name=paper.complainant.name, note="(Ký hoặc điểm chỉ, ghi rõ họ tên)"),
            Signer(post="Bên giao", name=paper.clerk.name, note=BY_HAND),
            Signer(post="Người làm chứng (nếu có)", note=BY_HAND),
        ),
    )


def _now(paper: ComplaintPaper) -> str:
    at = paper.began_at.strip() or "..... giờ ....."
    return f"Hôm nay, vào hồi {at}, {formal(paper.held_on)}, tại {known(paper.held_at)}"


def _with_post(name: str, post: str) -> str:
    return ", ".join(part for part in (name, post) if part)


def _items(paper: ComplaintPaper) -> list[Block]:
    if not paper.items:
        return [Blank(4)]
    rows = tuple((str(number), item.name, item.amount, item.note) for number, item in enumerate(paper.items, 1))
    return [Table(("TT", "Tên tài liệu", "Số lượng", "Ghi chú"), rows, (1, 8, 3, 4))]
