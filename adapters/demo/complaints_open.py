"""Complaints around the day to which the story leads, each at another stage, so that no part of a list is empty.

What would begin before the wards did is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from adapters.demo import days
from adapters.demo.arranged import WARDS_BEGAN
from adapters.demo.complaints_told import (
    AT_SCHOOL,
    AT_WARD,
    CHAIR,
    DRAFTER,
    MAI,
    OFFICER,
    PRINCIPAL,
    SCHOOL,
    VERIFIER,
    fixed,
)
from adapters.demo.dossier import Dossier, Sheet
from adapters.demo.turn import Step
from domain.complaints.vocabulary import ComplaintOutcome, Form, Section, Target

OF_THE_WARD = "DEMO-THCS-song-hong"
TO_ACCEPT, TO_RESOLVE = 10, 30
"""Days of the two terms, counted here apart from the rules of the product."""
FINE = "Đủ điều kiện thụ lý; còn thời hiệu (demo)."


class Matter(msgspec.Struct, frozen=True):
    """What somebody complains of."""

    slug: str
    who: str
    content: str
    remedy: str


def complaints(leads_to: datetime) -> Iterator[Step]:
    """Every step of every complaint, cut where the story ends."""
    for dossier in (*fixed(), *_around(leads_to)):
        if dossier.steps and days.day_of(dossier.steps[0].at) >= WARDS_BEGAN:
            yield from dossier.told(leads_to)


def _around(leads_to: datetime) -> Iterator[Dossier]:
    today = days.day_of(leads_to)
    late = today - timedelta(days=16), today - days.DAY
    soon = days.working_days_later(today, 1), days.working_days_later(today, 3)
    yield _overdue_at_the_ward(_leading_to(TO_RESOLVE, *late))
    yield _before_the_chair(_leading_to(TO_RESOLVE, *soon), today)
    yield _without_number(_leading_to(TO_RESOLVE, soon[1] + days.DAY, soon[1] + timedelta(days=7)), today)
    yield _overdue_at_the_school(_leading_to(TO_RESOLVE, *late))
    yield _given_back(_leading_to(TO_RESOLVE, *soon), today)
    yield _not_accepted_yet(_leading_to(TO_ACCEPT, *soon, before=today))
    yield _withdrawn(today)
    yield _guided(today)
    yield _just_come(today)


def _leading_to(count: int, first: date, last: date, before: date = date.max) -> date:
    """The latest working day from which so many days end between these two, or as near as can be."""
    day = min(last - count * days.DAY, before - days.DAY)
    for _ in range(TO_RESOLVE):
        if days.open_on(day) and first <= days.at_work(day + count * days.DAY) <= last:
            return day
        day -= days.DAY
    return days.working_days_before(last - count * days.DAY, 0)


def _at_the_ward(matter: Matter, accepted: date, numbers: int) -> Dossier:
    """Against a decision of the ward: its chair resolves. Up to verification."""
    d = Dossier(matter.slug, OF_THE_WARD)
    d.on(days.working_days_before(accepted, 5), 8, 30)
    d.receive(
        MAI,
        "ĐƠN KHIẾU NẠI",
        complainant=matter.who,
        contact="0000 000 000 (demo)",
        form=Form.SIGNED_PETITION,
        content=matter.content,
        remedy=matter.remedy,
        against="commune-chair",
        target=Target.DECISION,
        target_number=f"{numbers}/QĐ-UBND (demo)",
        known_on=d.today - timedelta(days=12),
    )
    d.assign(CHAIR, MAI)
    d.on(accepted, 8)
    d.accept(CHAIR, str(numbers), "TB-UBND (demo)", FINE)
    d.verify(CHAIR, OFFICER, str(numbers + 1), AT_WARD)
    return d


def _forwarded(matter: Matter, received: date, numbers: int) -> Dossier:
    """Against the school, taken in at the ward and received at the school on one day."""
    d = Dossier(matter.slug, SCHOOL)
    d.on(received, 8, 15)
    _petition(d, matter)
    slip = d.document(str(numbers), "PC-UBND (demo)", "PHIẾU CHUYỂN KHIẾU NẠI", f"Chuyển đến {d.name} để giải quyết.")
    d.act(MAI, "forwardings", forwarded_on=received, slip=slip)
    d.on(received, 14)
    d.act(PRINCIPAL, "resolver-receipts", received_on=received)
    return d


def _petition(d: Dossier, matter: Matter) -> None:
    d.receive(
        MAI,
        "ĐƠN KHIẾU NẠI",
        complainant=matter.who,
        contact="0000 000 000 (demo)",
        form=Form.SIGNED_PETITION,
        content=matter.content,
        remedy=matter.remedy,
        target=Target.ACT,
        known_on=d.today - timedelta(days=9),
    )


def _at_the_school(matter: Matter, accepted: date, numbers: int) -> Dossier:
    """The same, accepted some days later and given to somebody to verify."""
    d = _forwarded(matter, days.working_days_before(accepted, 5), numbers)
    d.assign(PRINCIPAL, DRAFTER)
    d.on(accepted, 8)
    d.accept(PRINCIPAL, str(numbers), "TB-THBN (demo)", FINE)
    d.verify(PRINCIPAL, VERIFIER, str(numbers + 1), AT_SCHOOL)
    return d


def _decision(about: str, found: str) -> dict[Section, str]:
    return {
        Section.CONTENT: about,
        Section.VERIFICATION: found,
        Section.LEGAL_BASIS: "Luật Khiếu nại 2011 và các văn bản sửa đổi (demo).",
        Section.CONCLUSION: "Khiếu nại đúng một phần (demo).",
        Section.ORDER: "Xem xét lại theo kết quả xác minh trong 10 ngày (demo).",
        Section.RIGHTS: "Có quyền khiếu nại lần hai hoặc khởi kiện vụ án hành chính tại Tòa án (demo).",
    }


def _reported(d: Dossier, verifier: str, found: str, accepted: date) -> None:
    d.on(days.working_days_later(accepted, 4), 15)
    d.report(verifier, found, differs=False)


def _overdue_at_the_ward(accepted: date) -> Dossier:
    content = "Quyết định phân tuyến xếp nhà tôi vào trường cách 4 km, trong khi trường gần chỉ cách 800 m (demo)."
    remedy = "Yêu cầu phân tuyến lại cho khu phố 6 (demo)."
    d = _at_the_ward(Matter("khieu-nai-phan-tuyen", "Chị Liên (demo)", content, remedy), accepted, 61)
    d.on(days.working_days_later(accepted, 4), 9)
    told = "Bản đồ phân tuyến tuyển sinh của phường (demo)"
    sheet = Sheet("BẢN ĐỒ PHÂN TUYẾN", "Khu phố 1 đến khu phố 8, khoảng cách đến từng trường.")
    d.act(OFFICER, "evidence", kind="document", description=told, obtained_on=d.today, paper=sheet)
    return d


def _before_the_chair(accepted: date, today: date) -> Dossier:
    content = "Quyết định không hỗ trợ chi phí học tập cho con tôi dù gia đình đã nộp đủ giấy tờ (demo)."
    remedy = "Yêu cầu xét lại hồ sơ hỗ trợ chi phí học tập (demo)."
    d = _at_the_ward(Matter("khieu-nai-ho-tro", "Ông Bảo (demo)", content, remedy), accepted, 64)
    found = "Hồ sơ đủ giấy tờ từ đầu; tổ xét duyệt ghi nhầm ngày nộp (demo)."
    _reported(d, OFFICER, found, accepted)
    d.on(days.working_days_before(today, 2), 10)
    d.draft(MAI, ComplaintOutcome.PARTLY, _decision(content, found))
    return d


def _without_number(accepted: date, today: date) -> Dossier:
    content = "Quyết định thu hồi phòng học bộ môn của trường để làm kho; lớp của con tôi mất phòng thực hành (demo)."
    remedy = "Yêu cầu trả lại phòng học bộ môn (demo)."
    d = _at_the_ward(Matter("khieu-nai-phong-hoc", "Anh Kiên (demo)", content, remedy), accepted, 67)
    found = "Phòng học được dùng làm kho từ tháng trước, chưa có phòng thay thế (demo)."
    _reported(d, OFFICER, found, accepted)
    d.on(days.working_days_before(today, 2), 14)
    d.draft(MAI, ComplaintOutcome.PARTLY, _decision(content, found))
    d.on(days.working_days_before(today, 1), 9)
    d.act(CHAIR, "approvals")
    return d


def _overdue_at_the_school(accepted: date) -> Dossier:
    content = "Hiệu trưởng không cho con tôi học bán trú vì gia đình nộp đơn chậm một ngày (demo)."
    remedy = "Yêu cầu cho con tôi học bán trú (demo)."
    return _at_the_school(Matter("khieu-nai-ban-tru", "Chị Duyên (demo)", content, remedy), accepted, 71)


def _given_back(accepted: date, today: date) -> Dossier:
    content = "Nhà trường không xác nhận kết quả học tập để con tôi chuyển trường (demo)."
    remedy = "Yêu cầu cấp giấy xác nhận kết quả học tập (demo)."
    d = _at_the_school(Matter("khieu-nai-hoc-ba", "Anh Phúc (demo)", content, remedy), accepted, 74)
    found = "Văn phòng chưa cấp giấy vì gia đình còn nợ tiền đồng phục (demo)."
    _reported(d, VERIFIER, found, accepted)
    d.on(days.working_days_before(today, 3), 9)
    d.draft(DRAFTER, ComplaintOutcome.UPHELD, _decision(content, found))
    d.on(days.working_days_before(today, 1), 10)
    d.act(PRINCIPAL, "returns", reason="Ghi rõ ngày cấp giấy xác nhận trong phần quyết định (demo).")
    return d


def _not_accepted_yet(received: date) -> Dossier:
    content = "Cô giáo chủ nhiệm cho con tôi nghỉ câu lạc bộ mà không nêu lý do (demo)."
    remedy = "Yêu cầu cho con tôi tiếp tục tham gia câu lạc bộ (demo)."
    d = _forwarded(Matter("khieu-nai-cau-lac-bo", "Chị Sen (demo)", content, remedy), received, 77)
    d.assign(PRINCIPAL, DRAFTER)
    return d


def _withdrawn(today: date) -> Dossier:
    content = "Nhà trường xếp con tôi sang lớp khác khi đã khai giảng (demo)."
    remedy = "Yêu cầu cho con tôi học lớp cũ (demo)."
    matter = Matter("khieu-nai-da-rut", "Anh Dậu (demo)", content, remedy)
    d = _at_the_school(matter, days.working_days_before(today, 15), 81)
    d.on(days.working_days_before(today, 7), 9)
    why = "Gia đình và nhà trường đã thống nhất; tôi xin rút khiếu nại."
    d.act(DRAFTER, "withdrawals", withdrawn_on=d.today, paper=Sheet("ĐƠN RÚT KHIẾU NẠI", why))
    d.on(days.working_days_before(today, 5), 9)
    text = "Đình chỉ giải quyết vì người khiếu nại đã rút đơn."
    d.act(PRINCIPAL, "terminations", notice=d.document("83", AT_SCHOOL, "QUYẾT ĐỊNH ĐÌNH CHỈ GIẢI QUYẾT", text))
    return d


def _guided(today: date) -> Dossier:
    content = "Tôi không đồng ý với giá suất ăn mà công ty cung cấp bữa ăn thu của gia đình (demo)."
    d = Dossier("khieu-nai-huong-dan", SCHOOL)
    d.on(days.working_days_before(today, 9), 9)
    _petition(d, Matter(d.slug, "Bà Tâm (demo)", content, "Yêu cầu công ty giảm giá suất ăn (demo)."))
    d.on(days.working_days_before(today, 8), 10)
    text = "Giá suất ăn là thỏa thuận với công ty, không phải quyết định của nhà trường; có thể gửi phản ánh (demo)."
    paper = d.document("84", "HD-UBND (demo)", "VĂN BẢN HƯỚNG DẪN", text)
    d.act(MAI, "guidances", guidance=text, paper=paper)
    return d


def _just_come(today: date) -> Dossier:
    content = "Nhà trường chưa trả lời đơn xin miễn giảm khoản thu của gia đình tôi (demo)."
    d = Dossier("khieu-nai-moi-den", SCHOOL)
    d.on(days.working_days_before(today, 1), 16)
    _petition(d, Matter(d.slug, "Chị Hạt (demo)", content, "Yêu cầu trả lời bằng văn bản (demo)."))
    return d
