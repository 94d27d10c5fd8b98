"""Complaints that are told on fixed days: a refused transfer through two levels and its variants, and a reprimand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adapters.demo.dossier import Dossier, Sheet
from domain.complaints.vocabulary import (
    ComplaintOutcome,
    Complexity,
    Employment,
    Evidence,
    Form,
    Ground,
    Proof,
    Publication,
    Section,
    Target,
    Way,
)

SCHOOL, UPPER = "DEMO-TH-binh-nguyen", "DEMO-THCS-nui-xanh"
MAI, CHAIR, REGISTRY, OFFICER = "mai.doithong", "son.doithong", "nga.doithong", "thu.doithong"
PRINCIPAL, VERIFIER, DRAFTER = "hoa.binhnguyen", "thu.binhnguyen", "duc.binhnguyen"
RECEIVED, ACCEPTED, ISSUED, HANDED = date(2026, 3, 10), date(2026, 3, 18), date(2026, 4, 22), date(2026, 4, 28)
LODGED, LODGED_LATE = date(2026, 5, 28), date(2026, 5, 29)
AT_SCHOOL, AT_WARD = "QĐ-THBN (demo)", "QĐ-UBND (demo)"
REPLACED = "Khiếu nại lần hai đã được gửi lên Chủ tịch UBND phường; hồ sơ lần đầu kết thúc (demo)."

FOUND = (
    "Trường có 4 lớp 3, mỗi lớp 35 học sinh, đủ sĩ số tối đa; đơn xin chuyển đến nộp sau khi trường đã xếp lớp."
    " Trường trả lời miệng, không trả lời bằng văn bản (demo)."
)
TALKED = (
    "Người khiếu nại đề nghị nhận con vào lớp 3A vì gia đình mới chuyển đến phường. Hiệu trưởng trình bày về sĩ số."
    " Hai bên giữ nguyên ý kiến (demo)."
)
FIRST_DECISION = {
    Section.CONTENT: "Khiếu nại việc nhà trường không tiếp nhận học sinh chuyển đến (demo).",
    Section.VERIFICATION: FOUND,
    Section.DIALOGUE: TALKED,
    Section.LEGAL_BASIS: "Luật Khiếu nại 2011; Điều lệ trường tiểu học (demo).",
    Section.CONCLUSION: "Khiếu nại sai toàn bộ: các lớp đã đủ sĩ số (demo).",
    Section.ORDER: "Giữ nguyên việc không tiếp nhận; hướng dẫn gia đình nộp hồ sơ ở trường còn chỗ (demo).",
    Section.RIGHTS: "Có quyền khiếu nại lần hai đến Chủ tịch UBND phường hoặc khởi kiện tại Tòa án (demo).",
}
SECOND_FOUND = "Lớp 3C giảm còn 33 học sinh từ tháng 4; trường chưa xét lại đơn của gia đình (demo)."
SECOND_TALKED = "Người khiếu nại, hiệu trưởng và người xác minh trình bày; hiệu trưởng đồng ý lớp 3C còn chỗ (demo)."
SECOND_DECISION = {
    Section.CONTENT: "Khiếu nại lần hai việc nhà trường không tiếp nhận học sinh chuyển đến (demo).",
    Section.VERIFICATION: SECOND_FOUND,
    Section.DIALOGUE: SECOND_TALKED,
    Section.LEGAL_BASIS: "Luật Khiếu nại 2011; Điều lệ trường tiểu học (demo).",
    Section.CONCLUSION: "Khiếu nại đúng một phần: từ tháng 4 trường có chỗ (demo).",
    Section.ORDER: "Yêu cầu hiệu trưởng tiếp nhận học sinh vào lớp 3C trong 10 ngày (demo).",
    Section.RIGHTS: "Có quyền khởi kiện vụ án hành chính tại Tòa án (demo).",
}


def fixed() -> Iterator[Dossier]:
    """All of them, each to its end."""
    first = _first("khieu-nai-1", "Anh Hùng (demo)", "0")
    second = _second("khieu-nai-1-lan-2", first, "Anh Hùng (demo)", LODGED)
    first.on(date(2026, 6, 5), 15)
    first.act(DRAFTER, "closures", reason=REPLACED)
    _decided_again(second)
    yield from (first, second)
    yield _first("khieu-nai-2", "Chị Thơm (demo)", "2", proven=False)
    third = _first("khieu-nai-3", "Anh Tiến (demo)", "4")
    yield third
    yield _refused_as_late(_second("khieu-nai-3-lan-2", third, "Anh Tiến (demo)", LODGED_LATE))
    yield _reprimand()


def _first(slug: str, who: str, series: str, *, proven: bool = True) -> Dossier:
    """Against the school that refuses a transfer, up to the decision that was handed over. `series`: of its numbers."""
    d = Dossier(slug, SCHOOL)
    d.on(RECEIVED, 8, 30 + int(series))
    d.receive(
        MAI,
        "BIÊN BẢN GHI NỘI DUNG KHIẾU NẠI",
        complainant=who,
        contact="0000 000 000 (demo)",
        form=Form.ORAL_MINUTES,
        content="Nhà trường không tiếp nhận con tôi chuyển đến học lớp 3, dù đã nộp đủ hồ sơ (demo).",
        remedy="Yêu cầu nhà trường tiếp nhận con tôi vào lớp 3 (demo).",
        target=Target.ACT,
        known_on=date(2026, 3, 2),
    )
    slip = d.document(f"1{series}", "PC-UBND (demo)", "PHIẾU CHUYỂN KHIẾU NẠI", f"Chuyển đến {d.name} để giải quyết.")
    d.act(MAI, "forwardings", forwarded_on=RECEIVED, slip=slip)
    d.on(RECEIVED, 14)
    d.act(PRINCIPAL, "resolver-receipts", received_on=RECEIVED)
    d.assign(PRINCIPAL, DRAFTER)
    d.on(ACCEPTED, 8, 20)
    d.accept(PRINCIPAL, f"1{series}", "TB-THBN (demo)", "Đủ điều kiện thụ lý; còn thời hiệu (demo).")
    d.verify(PRINCIPAL, VERIFIER, f"2{series}", AT_SCHOOL)
    d.on(date(2026, 3, 24), 14)
    held = Sheet("DANH SÁCH LỚP 3", "Bốn lớp, mỗi lớp 35 học sinh, không ghi tên học sinh.")
    told = "Danh sách xếp lớp khối 3, không ghi tên học sinh (demo)"
    d.act(VERIFIER, "evidence", kind=Evidence.DOCUMENT, description=told, obtained_on=d.today, paper=held)
    d.on(date(2026, 3, 30), 10)
    why = "Phải xác minh ở trường chuyển đi và ở khu phố nơi gia đình mới đến (demo)."
    paper = d.document(f"3{series}", AT_SCHOOL, "QUYẾT ĐỊNH GIA HẠN", why)
    d.act(PRINCIPAL, "circumstances", remote=False, complexity=Complexity.COMPLEX, reason=why, paper=paper)
    d.on(date(2026, 4, 13), 15)
    d.report(VERIFIER, FOUND, differs=True)
    d.on(date(2026, 4, 16), 9)
    d.talk(PRINCIPAL, "Thầy Hòa (demo)", TALKED)
    d.on(date(2026, 4, 20), 9)
    d.draft(DRAFTER, ComplaintOutcome.REJECTED, FIRST_DECISION)
    d.on(ISSUED, 8)
    d.act(PRINCIPAL, "approvals")
    d.issue(DRAFTER, f"4{series}", AT_SCHOOL)
    d.on(HANDED, 9)
    d.act(DRAFTER, "sendings", sent_on=HANDED, way=Way.BY_HAND)
    if proven:
        note = Sheet("BIÊN BẢN GIAO NHẬN QUYẾT ĐỊNH", f"{who} đã nhận quyết định ngày 28/04/2026.")
        d.act(DRAFTER, "receipt-proofs", received_on=HANDED, proof=Proof.HANDOVER_NOTE, paper=note)
    return d


def _second(slug: str, first: Dossier, who: str, lodged: date) -> Dossier:
    d = Dossier(slug, SCHOOL)
    d.on(lodged, 9)
    d.receive(
        MAI,
        "ĐƠN KHIẾU NẠI LẦN HAI",
        first_id=first.case_id,
        complainant=who,
        contact="0000 000 000 (demo)",
        form=Form.SIGNED_PETITION,
        content="Không đồng ý với quyết định giải quyết lần đầu của hiệu trưởng (demo).",
        remedy="Yêu cầu nhà trường tiếp nhận con tôi vào lớp 3 (demo).",
        target=Target.ACT,
        known_on=HANDED,
    )
    return d


def _decided_again(d: Dossier) -> None:
    """By the chair: accepted, verified, talked about, drafted by one and signed by another, public, carried out."""
    d.on(date(2026, 6, 1), 8)
    d.assign(CHAIR, MAI)
    d.on(date(2026, 6, 5), 8)
    d.accept(CHAIR, "21", "TB-UBND (demo)", "Khiếu nại lần hai trong thời hạn; đủ điều kiện thụ lý (demo).")
    d.verify(CHAIR, OFFICER, "31", AT_WARD)
    d.on(date(2026, 6, 19), 10)
    d.report(OFFICER, SECOND_FOUND, differs=True)
    d.on(date(2026, 6, 25), 9)
    d.talk(CHAIR, "Ông Sơn (demo)", SECOND_TALKED)
    d.on(date(2026, 7, 10), 14)
    d.draft(MAI, ComplaintOutcome.PARTLY, SECOND_DECISION)
    d.on(date(2026, 7, 14), 9)
    d.act(CHAIR, "approvals")
    d.issue(REGISTRY, "45", AT_WARD)
    d.on(date(2026, 7, 16), 9)
    d.act(REGISTRY, "sendings", sent_on=d.today, way=Way.BY_POST)
    d.on(date(2026, 7, 20), 9)
    slip = Sheet("PHIẾU BÁO PHÁT", "Đã phát thư bảo đảm ngày 18/07/2026.")
    d.act(REGISTRY, "receipt-proofs", received_on=date(2026, 7, 18), proof=Proof.POSTAL_RECEIPT, paper=slip)
    d.on(date(2026, 7, 22), 9)
    covered = Sheet("QUYẾT ĐỊNH (BẢN ĐÃ CHE TÊN)", "Nội dung quyết định, tên người khiếu nại và học sinh đã che.")
    posted = {"form": Publication.POSTING, "from_day": d.today, "where": "Trụ sở UBND phường Đồi Thông (demo)"}
    d.act(CHAIR, "publications", redacted=covered, confirmed=True, **posted)
    d.on(date(2026, 8, 17), 9)
    d.act(CHAIR, "effects", effective_on=d.today)
    d.on(date(2026, 8, 25), 15)
    done = "Nhà trường đã tiếp nhận học sinh vào lớp 3C (demo)."
    d.act(MAI, "executions", executed_on=d.today, report=done, paper=Sheet("BÁO CÁO THI HÀNH QUYẾT ĐỊNH", done))


def _refused_as_late(d: Dossier) -> Dossier:
    d.on(date(2026, 6, 4), 9)
    why = (
        "Nhận quyết định lần đầu ngày 28/04/2026, hết hạn ngày 28/05/2026;"
        " nộp ngày 29/05/2026, không nêu trở ngại (demo)."
    )
    d.act(CHAIR, "examinations", found=[Ground.OUT_OF_TIME], findings=why)
    notice = d.document("22", "TB-UBND (demo)", "THÔNG BÁO KHÔNG THỤ LÝ", why)
    d.act(CHAIR, "refusals", ground=Ground.OUT_OF_TIME, reason=why, notice=notice)
    return d


def _reprimand() -> Dossier:
    """Of a teacher, by two readings in time or late: it waits for a person to choose one, and stays so."""
    d = Dossier("khieu-nai-ky-luat", UPPER)
    d.on(date(2026, 1, 21), 9)
    d.receive(
        "mo.thcsnuixanh",
        "ĐƠN KHIẾU NẠI QUYẾT ĐỊNH KỶ LUẬT",
        complainant="Thầy Thức (demo)",
        contact="0000 000 000 (demo)",
        form=Form.SIGNED_PETITION,
        content="Quyết định khiển trách nêu tôi bỏ hai tiết dạy; hôm đó tôi có đơn xin nghỉ (demo).",
        remedy="Yêu cầu hủy quyết định khiển trách (demo).",
        target=Target.DISCIPLINE,
        employment=Employment.PUBLIC_EMPLOYEE,
        target_number="02/QĐ-THCSNX (demo)",
        target_day=date(2026, 1, 5),
        known_on=date(2026, 1, 5),
    )
    d.assign("quyet.thcsnuixanh", "mo.thcsnuixanh")
    return d
