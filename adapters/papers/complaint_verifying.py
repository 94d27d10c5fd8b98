"""Papers of the verification: who verifies, what was said face to face, what was found."""

from __future__ import annotations

from adapters.papers.complaint_paper import (
    BY_HAND,
    ComplaintPaper,
    Party,
    about,
    acted_for,
    bases,
    began,
    carried_out,
    cited,
    document,
    formal,
    known,
    last,
    law,
    on,
    recipients,
    text_or_blank,
    time_of,
    told,
    who,
    whole,
)
from adapters.papers.model import Article, Block, Document, Field, Heading, Order, Paragraph, Signer, Table


def verification_decision(paper: ComplaintPaper) -> Document:
    """Quyết định giao nhiệm vụ xác minh nội dung khiếu nại."""
    until = f" Báo cáo kết quả xác minh trước khi hết {on(paper.verify_until)}." if paper.verify_until else ""
    what = (f"Nội dung xác minh: {whole(paper.verify_what)}",) if paper.verify_what.strip() else ()
    blocks: list[Block] = [
        Order("Quyết định:"),
        Article(
            f"Giao nhiệm vụ xác minh nội dung khiếu nại ({time_of(paper)}) của {told(paper.complainant)} về việc"
            f" {about(paper)} cho:",
            (*_numbered(paper.verifiers), *what),
        ),
        Article(
            "Người được giao xác minh thực hiện quyền, nghĩa vụ theo quy định của pháp luật về khiếu nại; báo cáo kết"
            f" quả xác minh và kiến nghị việc giải quyết với {paper.resolver}.{until}"
        ),
        Article(carried_out(paper, "người được giao xác minh")),
    ]
    return document(
        paper,
        "verification",
        "Quyết định",
        f"Về việc giao nhiệm vụ xác minh nội dung khiếu nại ({time_of(paper)})",
        blocks,
        power=paper.resolver,
        bases=bases(paper, f"Căn cứ {cited('Thông báo thụ lý', paper.acceptance)}"),
        recipients=recipients(paper, "Như Điều 3"),
    )


def dialogue_minutes(paper: ComplaintPaper) -> Document:
    """Biên bản đối thoại (Art. 30, 39)."""
    blocks: list[Block] = [
        Paragraph(
            f"Căn cứ {law(paper)}; hôm nay, {_hour(paper.began_at)}{formal(paper.held_on)}, tại"
            f" {known(paper.held_at)}, tổ chức đối thoại giải quyết khiếu nại ({time_of(paper)}) của"
            f" {told(paper.complainant)} về việc {about(paper)}."
        ),
        Heading("I. Thành phần tham gia đối thoại"),
        *_present(paper),
        Heading("II. Nội dung đối thoại"),
        *text_or_blank(paper.said, 8),
        Heading("III. Kết quả đối thoại"),
        *text_or_blank(paper.result, 3),
        Paragraph(_ended(paper, "Việc đối thoại")),
        Paragraph(_read_out("những người tham gia đối thoại")),
    ]
    signers = (
        Signer(post="Người khiếu nại", name=paper.complainant.name, note=BY_HAND),
        Signer(post="Người bị khiếu nại", name=paper.respondent.name, note=BY_HAND),
        Signer(post="Người ghi biên bản", name=paper.clerk.name, note=BY_HAND),
        Signer(post="Người chủ trì", name=paper.chair.name, note=BY_HAND),
    )
    return document(
        paper,
        "dialogue",
        "Biên bản đối thoại",
        f"Giải quyết khiếu nại ({time_of(paper)})",
        blocks,
        dated=False,
        signers=signers,
    )


def oral_minutes(paper: ComplaintPaper) -> Document:
    """Biên bản ghi nội dung khiếu nại trực tiếp: what somebody said at the desk, confirmed with a signature."""
    blocks: list[Block] = [
        Paragraph(
            f"Hôm nay, {_hour(paper.began_at)}{formal(paper.held_on)}, tại {known(paper.held_at)}, chúng tôi gồm:"
        ),
        Heading("I. Người tiếp nhận"),
        Field("Họ và tên", paper.clerk.name),
        Field("Chức vụ", paper.clerk.post),
        Heading("II. Người khiếu nại"),
        *who("Họ và tên", paper.complainant),
        *acted_for(paper),
        Heading("III. Nội dung khiếu nại"),
        Field("Người, cơ quan, tổ chức bị khiếu nại", paper.respondent.name),
        Field("Quyết định, hành vi bị khiếu nại", paper.target),
        *text_or_blank(paper.content, 8),
        Heading("IV. Yêu cầu của người khiếu nại"),
        *text_or_blank(paper.remedy, 3),
        Heading("V. Tài liệu, chứng cứ kèm theo"),
        *_papers(paper),
        Paragraph(_ended(paper, "Việc ghi nội dung khiếu nại")),
        Paragraph(_read_out("người khiếu nại")),
    ]
    signers = (
        Signer(post="Người khiếu nại", name=paper.complainant.name, note="(Ký hoặc điểm chỉ, ghi rõ họ tên)"),
        Signer(post="Người tiếp nhận", name=paper.clerk.name, note=BY_HAND),
    )
    return document(paper, "oral", "Biên bản", "Ghi nội dung khiếu nại trực tiếp", blocks, dated=False, signers=signers)


def verification_report(paper: ComplaintPaper) -> Document:
    """Báo cáo kết quả xác minh nội dung khiếu nại."""
    blocks: list[Block] = [
        Paragraph(
            f"Thực hiện {cited('Quyết định', paper.verification_order)} về việc giao nhiệm vụ xác minh nội dung khiếu"
            f" nại, người được giao xác minh báo cáo kết quả xác minh khiếu nại ({time_of(paper)}) của"
            f" {told(paper.complainant)} về việc {about(paper)} như sau:"
        ),
        *_reported(paper),
        Paragraph(last(f"Trên đây là báo cáo kết quả xác minh nội dung khiếu nại, trình {paper.resolver} xem xét")),
    ]
    signers = tuple(Signer(post="Người được giao xác minh", name=person.name) for person in paper.verifiers)
    return document(
        paper,
        "report",
        "Báo cáo",
        f"Kết quả xác minh nội dung khiếu nại ({time_of(paper)})",
        blocks,
        addressees=(paper.resolver,),
        signers=signers or (Signer(post="Người được giao xác minh"),),
        recipients=recipients(paper, "Như trên"),
    )


def _numbered(people: tuple[Party, ...]) -> tuple[str, ...]:
    named = [f"{began(told(person))}{f', {person.post}' if person.post else ''}" for person in people] or [
        began(told(Party()))
    ]
    return tuple(f"{number}. {name}." for number, name in enumerate(named, 1))


def _present(paper: ComplaintPaper) -> list[Block]:
    people = [
        ("Người giải quyết khiếu nại (chủ trì)", paper.chair),
        *(("Người được giao xác minh", person) for person in paper.verifiers or (Party(),)),
        ("Người ghi biên bản", paper.clerk),
        ("Người khiếu nại", paper.complainant),
        *([("Người đại diện", paper.representative)] if paper.representative else []),
        ("Người bị khiếu nại", paper.respondent),
        *(("Người tham gia", person) for person in paper.present),
    ]
    return [
        Field(f"{number}. {label}", ", ".join(part for part in (person.name, person.post) if part))
        for number, (label, person) in enumerate(people, 1)
    ]


def _papers(paper: ComplaintPaper) -> list[Block]:
    if not paper.items:
        return text_or_blank("", 2)
    rows = tuple((str(number), item.name, item.amount, item.note) for number, item in enumerate(paper.items, 1))
    return [Table(("TT", "Tên tài liệu", "Số lượng", "Ghi chú"), rows, (1, 8, 3, 4))]


def _reported(paper: ComplaintPaper) -> list[Block]:
    first = [("Kết quả giải quyết khiếu nại lần đầu", paper.first_result)] if paper.level == "second" else []
    sections = [
        ("Nội dung khiếu nại", paper.content),
        ("Yêu cầu của người khiếu nại", paper.remedy),
        ("Giải trình của người bị khiếu nại", paper.explanation),
        *first,
        ("Kết quả xác minh", paper.verification),
        ("Nhận xét, kết luận", paper.conclusion),
        ("Kiến nghị", paper.proposal),
    ]
    return [
        block
        for number, (title, text) in enumerate(sections, 1)
        for block in (Heading(f"{number}. {title}"), *text_or_blank(text, 4))
    ]


def _hour(at: str) -> str:
    return f"vào hồi {at.strip() or '..... giờ .....'}, "


def _ended(paper: ComplaintPaper, what: str) -> str:
    return f"{what} kết thúc vào hồi {paper.ended_at.strip() or '..... giờ .....'} cùng ngày."


def _read_out(to: str) -> str:
    return last(
        f"Biên bản này đã được đọc cho {to} nghe, công nhận nội dung là đúng và cùng ký tên; biên bản được lập thành"
        " ..... bản, mỗi bên giữ 01 bản"
    )
