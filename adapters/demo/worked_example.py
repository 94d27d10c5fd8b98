"""The days of August 2026 that the handbook walks through, told minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec.structs import replace

from adapters.demo import acts, acts_aside
from adapters.demo.days import moment
from adapters.demo.source import story
from adapters.demo.telling import Telling
from application.feedback_intake import Submission
from domain.feedback.vocabulary import AssessedAs, Channel, Outcome, SubmitterRole, Topic


def _august(day: int, hour: int, minute: int = 0) -> datetime:
    return moment(date(2026, 8, day), hour, minute)


def _september(day: int, hour: int, minute: int = 0) -> datetime:
    return moment(date(2026, 9, day), hour, minute)


PROJECTOR = replace(
    story("SUB-006"),
    text="Ban đại diện cha mẹ học sinh lớp con tôi thông báo mỗi cháu đóng 350.000 đồng mua máy chiếu và trang trí lớp."
    " Tôi hiểu đây là khoản không được thu qua ban đại diện. Tôi gửi kèm ảnh thông báo."
    " Đề nghị giải thích căn cứ và trả lại nếu thu sai.",
)
SHEET = story("SUB-024")
ILLNESS = story("SUB-017")
INVOICES = story("SUB-029")


def projector(t: Telling) -> Iterator[None]:
    """Sent on a Saturday that offices work; wrongly classified, put right, asked, returned, released, reopened."""
    t.begin(_august(22, 9, 41))
    what = Submission(text=t.story.text, topic=Topic.MONEY, submitter_role=SubmitterRole.PARENT)
    t.submit(what, photos=("THONG BAO 1/2 (demo)", "THONG BAO 2/2 (demo)"))
    yield
    t.at(_august(24, 8, 5))
    t.acknowledge()
    t.at(_august(24, 8, 12))
    t.classify("sponsorship", "levelling")
    t.at(_august(24, 8, 30))
    t.classify("over-collection", "parent-board", reason="Thu qua ban đại diện, không phải vận động tài trợ")
    t.at(_august(24, 8, 34))
    t.assign("mai.doithong", "mai.doithong")
    yield
    t.at(_august(24, 9, 0))
    t.ask("Khoản thu được thông báo bằng cách nào, có phiếu thu không?")
    yield
    t.at(_august(25, 19, 20))
    t.reply("Thông báo trong nhóm phụ huynh của lớp, nộp tiền mặt, không có phiếu thu.", Channel.QR)
    yield
    t.at(_august(27, 15, 10))
    t.note("Nhà trường đã giải trình: khoản thu do ban đại diện tự đặt, trường chưa duyệt.")
    yield from _projector_answered(t)


def _projector_answered(t: Telling) -> Iterator[None]:
    answers = dict(enumerate(t.story.answers, start=1))
    t.at(_august(28, 8, 20))
    t.draft(Outcome.RESOLVED, {1: answers[1]})
    t.at(_august(28, 9, 5))
    t.draft(Outcome.RESOLVED, answers)
    t.at(_august(28, 9, 10))
    t.submit_for_release()
    t.at(_august(28, 11, 15))
    t.give_back("Cần ghi rõ ngày trả lại tiền cho phụ huynh.")
    t.at(_august(28, 14, 40))
    mended = answers[2] + " Việc trả lại xong trước ngày 05/09/2026."
    t.draft(Outcome.RESOLVED, {1: answers[1], 2: mended})
    t.at(_august(28, 14, 45))
    t.submit_for_release()
    t.at(_august(28, 16, 50))
    t.release()
    yield
    t.at(_august(30, 20, 15))
    t.reopen("Câu trả lời chưa nói đến các lớp khác trong khối cũng thu như vậy.", by_sender=True)
    yield
    t.at(_september(4, 10, 0))
    t.draft(Outcome.RESOLVED, {1: answers[1] + " Ba lớp khác trong khối đã được kiểm tra.", 2: mended})
    t.at(_september(4, 10, 5))
    t.submit_for_release()
    t.at(_september(7, 15, 30))
    t.release()
    t.at(_september(23, 9, 0))
    t.close("Hết thời gian đề nghị xem xét lại, người gửi không có ý kiến thêm")
    yield


def sheet(t: Telling) -> Iterator[None]:
    """A paper sheet from a hamlet without network, typed two days later."""
    t.begin(_august(27, 8, 30))
    what = Submission(
        text="Bản tôi nghe nói điểm trường sẽ đóng, các cháu phải đi bộ bảy cây số qua suối, mùa lũ không qua được."
        " Bà con mong giữ điểm trường cho lớp 1 và lớp 2.",
        topic=Topic.OTHER,
        submitter_role=SubmitterRole.PARENT,
        channel=Channel.OFFLINE_SHEET,
        received_at_place="nhà văn hóa bản Mới (demo)",
    )
    t.submit(what, received=_august(25, 14, 0), late_reason="Phiếu giấy nhận tại bản không có mạng")
    yield
    t.at(_august(27, 8, 45))
    t.acknowledge()
    t.at(_august(27, 9, 0))
    t.classify(t.story.category, t.story.sub)
    t.at(_august(27, 9, 10))
    t.assign("ha.nuixanh", "pao.nuixanh")
    yield
    t.at(_august(28, 10, 0))
    t.ask(t.story.question)
    t.at(_september(4, 8, 15))
    received = _august(29, 9, 30)
    t.reply(t.story.reply, Channel.OFFLINE_SHEET, received, "Người gửi trả lời bằng giấy tại bản, cán bộ mang về sau")
    yield
    t.at(_september(4, 10, 30))
    t.draft(Outcome.EXPLAINED, {1: t.story.answers[0]})
    t.at(_september(4, 10, 40))
    t.submit_for_release()
    t.at(_september(4, 15, 0))
    t.release()
    t.at(_september(21, 9, 0))
    t.close("Việc đã thực hiện xong, có xác nhận của nhà trường")
    yield


def illness(t: Telling) -> Iterator[None]:
    """Danger on a Saturday evening, taken in at once."""
    t.begin(_august(22, 21, 0))
    t.submit(
        Submission(
            text="Bốn cháu nôn sau bữa trưa ở trường, hai cháu đang ở trạm y tế. Đề nghị kiểm tra bữa ăn ngay.",
            topic=Topic.FOOD,
            danger=True,
            submitter_role=SubmitterRole.PARENT,
        )
    )
    yield
    t.at(_august(22, 21, 25))
    t.acknowledge()
    t.at(_august(22, 21, 32))
    t.classify(t.story.category, t.story.sub)
    t.at(_august(22, 21, 35))
    t.assign("ha.nuixanh", "ha.nuixanh")
    t.at(_august(22, 22, 10))
    t.note("Đã gọi hiệu trưởng và trạm y tế xã; mẫu thức ăn được lưu và niêm phong.")
    yield
    t.at(_august(26, 9, 0))
    t.draft(Outcome.RESOLVED, dict(enumerate(t.story.answers, start=1)))
    t.at(_august(26, 9, 10))
    t.submit_for_release()
    t.at(_august(26, 10, 0))
    t.release()
    t.at(_september(9, 14, 0))
    t.close("Việc đã thực hiện xong, có xác nhận của nhà trường")
    yield


def invoices(t: Telling) -> Iterator[None]:
    """Information that could give somebody away: handler, head and the custodian only."""
    t.begin(_august(21, 22, 5))
    text = t.story.text
    t.submit(Submission(text=text, topic=Topic.MONEY, submitter_role=SubmitterRole.STAFF))
    yield
    t.at(_august(22, 7, 50))
    t.acknowledge()
    t.at(_august(22, 8, 0))
    t.classify(t.story.category, t.story.sub)
    t.at(_august(22, 8, 5))
    t.assign("mai.doithong", "thu.doithong")
    t.at(_august(22, 8, 40))
    t.name_reader("khang.doithong", "Bảo vệ danh tính người cung cấp thông tin")
    yield
    t.at(_august(26, 14, 0))
    t.note("Lưu ý: tránh để lộ nguồn tin khi làm việc với trường.")
    yield
    # Behind the days of the handbook: what it came to.
    t.at(_september(3, 9, 30))
    guidance = "Muốn tố cáo, xin nộp đơn có chữ ký hoặc trình bày trực tiếp tại Phòng tiếp công dân của phường."
    opened = acts_aside.open_information(("khang.doithong",), guidance, "Nêu hành vi vi phạm, không ký tên")
    t.tell("son.doithong", "open information", opened, {"status": "under-assessment"})
    yield
    t.at(_september(15, 15, 0))
    found = "Có ảnh phiếu giao hàng; đề nghị đưa vào kế hoạch kiểm tra việc mua sắm của trường."
    assessed = acts_aside.assess_information(AssessedAs.CHECK_PROPOSED, found)
    t.tell("son.doithong", "assess information", assessed, {"status": "assessed"})
    yield
    t.at(_september(16, 8, 30))
    closed = acts.close("Đã xem xét xong thông tin")
    t.tell("son.doithong", "close", closed, {"status": "closed", "closed": True})
    yield


EXAMPLES = (
    ("vi-du-may-chieu", "DEMO-TH-binh-nguyen", PROJECTOR, projector),
    ("vi-du-phieu-giay", "DEMO-TH-suoi-nang", SHEET, sheet),
    ("vi-du-khan", "DEMO-MN-hoa-dao", ILLNESS, illness),
    ("vi-du-han-che", "DEMO-THCS-song-hong", INVOICES, invoices),
)
"""Slug, unit, story, script."""
