"""A complaint through two levels as its papers know it (walk A2), and the same with nothing known."""

from __future__ import annotations

from datetime import date

from adapters.papers.complaints import Cited, ComplaintPaper, Item, Party
from adapters.papers.model import Signer

_ACCEPTED = date(2026, 3, 18)

SCHOOL_PAPER = ComplaintPaper(
    made_on=_ACCEPTED,
    issuer="Trường Tiểu học Bình Nguyên (demo)",
    superior="Ủy ban nhân dân phường Đồi Thông (demo)",
    resolver="Hiệu trưởng Trường Tiểu học Bình Nguyên (demo)",
    place="Đồi Thông",
    number="05",
    symbol="TB-THBN",
    day=_ACCEPTED,
    signer=Signer(post="Hiệu trưởng", name="Trần Hòa (demo)"),
    complainant=Party(name="Nguyễn Văn Hùng (demo)", title="ông", address="khu Suối Reo, phường Đồi Thông (demo)"),
    respondent=Party(name="Trường Tiểu học Bình Nguyên (demo)", title=""),
    petition_day=date(2026, 3, 10),
    received_on=date(2026, 3, 10),
    subject="từ chối tiếp nhận học sinh chuyển trường",
    target="Công văn số 12/THBN ngày 02/03/2026 của Trường Tiểu học Bình Nguyên (demo)",
    content="Ông Hùng cho rằng nhà trường từ chối tiếp nhận con ông khi lớp 3A còn chỗ.\nKhông nêu lý do.",
    remedy="Tiếp nhận học sinh chuyển trường từ học kỳ II.",
    article="Điều 28",
    accepted_on=_ACCEPTED,
    acceptance=Cited(number="05", symbol="TB-THBN", day=_ACCEPTED),
    due_on=date(2026, 4, 17),
    due_days="30 ngày",
    due_lines=(
        "Thụ lý thứ Tư 18/03/2026; không tính ngày thụ lý",
        "Đếm 30 ngày liên tục đến thứ Sáu 17/04/2026",
    ),
    old_due_on=date(2026, 4, 17),
    circumstances="vụ việc phức tạp",
    ground="thời hiệu khiếu nại đã hết mà không có lý do chính đáng",
    reason="Cần xác minh tại hai cơ sở giáo dục và lấy ý kiến chuyên môn.",
    to="Chủ tịch Ủy ban nhân dân phường Đồi Thông (demo)",
    guidance="Gửi đơn có chữ ký, kèm bản sao công văn bị khiếu nại.",
    verifiers=(Party(name="Lê Thị Thu (demo)", title="bà", post="giáo viên"),),
    verification_order=Cited(number="07", symbol="QĐ-THBN", day=date(2026, 3, 19)),
    verify_what="việc xét hồ sơ chuyển trường và sĩ số lớp 3A",
    verify_until=date(2026, 4, 3),
    explanation="Nhà trường trình bày rằng sĩ số lớp 3A đã đủ.",
    verification="Sĩ số lớp 3A tại ngày 02/03/2026 là 33 học sinh.",
    dialogue="Hai bên thống nhất về sĩ số; chưa thống nhất về lý do từ chối.",
    legal_basis="Luật Khiếu nại số 02/2011/QH13; quy định về chuyển trường.",
    conclusion="Việc từ chối không nêu lý do là không đúng; phần về thời điểm tiếp nhận không có cơ sở.",
    proposal="Công nhận một phần nội dung khiếu nại.",
    outcome="đúng một phần",
    order=("Hủy bỏ Công văn số 12/THBN ngày 02/03/2026", "Xét lại hồ sơ chuyển trường trước ngày 05/05/2026"),
    decision=Cited(number="09", symbol="QĐ-THBN", day=date(2026, 4, 22)),
    withdrawn_on=date(2026, 4, 1),
    until=date(2026, 4, 17),
    held_at="Phòng họp Trường Tiểu học Bình Nguyên (demo)",
    held_on=date(2026, 4, 10),
    began_at="08 giờ 30",
    ended_at="10 giờ 15",
    chair=Party(name="Trần Hòa (demo)", title="ông", post="Hiệu trưởng"),
    clerk=Party(name="Vũ Thị Nga (demo)", title="bà", post="Văn thư"),
    said="Ông Hùng trình bày nội dung khiếu nại.\nÔng Hòa giải thích việc xét hồ sơ.",
    result="Hai bên thống nhất về sĩ số của lớp.",
    items=(Item("Đơn khiếu nại", "01 bản, 02 trang"), Item("Bản sao Công văn số 12/THBN", "01 bản", "bản chụp")),
)

UNKNOWN = ComplaintPaper(
    made_on=date(2026, 7, 14),
    issuer="Ủy ban nhân dân phường Đồi Thông (demo)",
    resolver="Chủ tịch Ủy ban nhân dân phường Đồi Thông (demo)",
    level="second",
    regime="KN-2",
    draft=True,
)
"""A second complaint of which nothing is known yet but who issues."""
