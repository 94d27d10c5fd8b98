"""Each page template with data as a controller would give it: invented, every unit marked (demo)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

ID = "018f3a70-0000-7000-8000-000000000001"
UNIT = {"name": "Trường Tiểu học Bình Nguyên (demo)", "ward": "phường Đồi Thông (demo)", "code": "BN-01"}
AUTHORITY = "UBND phường Đồi Thông (demo)"
AT = datetime(2026, 8, 22, 2, 41, tzinfo=UTC)
LATER = datetime(2026, 8, 25, 3, 0, tzinfo=UTC)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
QR = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 29 29'%3E"
    "%3Cpath d='M4 4h7v7h-7zM18 4h7v7h-7zM4 18h7v7h-7z'/%3E%3C/svg%3E"
)


def term(**changes: Any) -> dict[str, Any]:
    """The reply term of glossary 3.4."""
    return {
        "label": "Hạn trả lời",
        "due": date(2026, 9, 3),
        "days": 10,
        "working_days": 5,
        "done": None,
        "late": False,
        "badge": "unclear",
        "badge_text": "Luật chưa rõ – lấy cách tính sớm hơn",
        "window": False,
        "why": [
            "Tiếp nhận: thứ Bảy 22/08/2026, 09:41 – ngày làm việc (làm bù cho thứ Hai 31/08).",
            "Không tính ngày tiếp nhận; ngày thứ nhất là Chủ nhật 23/08 (Bộ luật Dân sự 2015, Đ.147).",
            "Đếm 10 ngày liên tục → thứ Ba 01/09/2026.",
            "01/09 và 02/09 nghỉ Quốc khánh → hết ngày làm việc kế tiếp: thứ Năm 03/09/2026 (Đ.148).",
        ],
        "grounds": [
            "Căn cứ: Luật Tiếp công dân 2013, Đ.28 – “10 ngày”; luật không ghi ngày làm việc hay ngày liên tục.",
            "Cách tính muộn nhất có thể: thứ Tư 09/09/2026 (10 ngày làm việc).",
            "Quy tắc TCD-REPLY, tình trạng kiểm chứng: đọc bản sao",
            "Lịch nghỉ: bản 2026-1, ngày 01/12/2025",
        ],
        **changes,
    }


POLICY = term(
    label="Hạn xác nhận", due=date(2026, 8, 24), days=0, working_days=0, badge="policy", badge_text="Quy định của cơ quan – số 12/QĐ (demo)",
)  # fmt: skip
LATE = term(
    label="Hạn phân loại",
    due=date(2026, 8, 21),
    days=-3,
    working_days=2,
    badge="statutory",
    badge_text="Luật định – Đ. 28",
)
DONE = term(label="Hạn xác nhận", done=date(2026, 8, 24), badge="policy", badge_text="Quy định của cơ quan", why=[])

CATEGORIES = [
    {"value": value, "text": text}
    for value, text in [
        ("fees", "Thu tiền, đóng góp"),
        ("tutoring", "Dạy thêm, học thêm"),
        ("meals", "Bữa ăn, nước uống, vệ sinh"),
        ("violence", "Bạo lực, xúc phạm, xâm hại"),
        ("safety", "An toàn (điện, công trình, xe đưa đón)"),
        ("conduct", "Cách cư xử của thầy cô, nhân viên"),
        ("enrolment", "Tuyển sinh, chuyển trường, điểm số"),
        ("other", "Việc khác"),
    ]
]
FORM: dict[str, Any] = {
    "unit": UNIT, "action": "/p/send", "command_id": ID, "categories": CATEGORIES, "values": {}, "errors": {},
    "roles": [{"value": "parent", "text": "Cha mẹ học sinh"}, {"value": "pupil", "text": "Học sinh"}],
    "photos_lost": 0, "landing": "/p/u/BN-01", "privacy": "/p/privacy", "step": 1, "steps": 3, "shortest": 20,
    "stamp": {"name": "opened", "value": "1"}, "trap": "subject_line", "missing": {"story": "Bạn chưa kể việc gì."},
}  # fmt: skip
REQUESTS = [
    {"text": "Trả lại khoản 450.000 đồng đã thu", "answered": True, "answer": "Trường hoàn trả trước ngày 15/09/2026."},
    {"text": "Công khai các khoản thu năm học này", "answered": False, "answer": None},
]
DENOUNCE = {"authority": AUTHORITY, "looked_at": True, "contact": {
    "address": "số 1 đường Thông Xanh (demo)", "reception_days": "thứ Năm hằng tuần, 07:30–11:30",
    "denunciation_place": "Ban tiếp công dân (demo)"}}  # fmt: skip
TRACK: dict[str, Any] = {
    "status": "Đang xử lý", "with_it": f"{AUTHORITY} đang xem xét tin của bạn.",
    "next": {"text": f"{AUTHORITY} trả lời", "term": term()}, "question": None,
    "requests": [], "answer": None, "messages": [], "review": None, "withdraw": {"action": "/p/track/withdraw", "command_id": ID, "value": ""},
    "days": [{"on": date(2026, 8, 22), "text": "Đã gửi"}, {"on": date(2026, 8, 24), "text": "Đã tiếp nhận"}],
    "notice": None, "errors": {}, "denounce": DENOUNCE,
}  # fmt: skip
ASKED = TRACK | {
    "status": "Cần bạn trả lời",
    "question": {
        "text": "Khoản tiền được thu ngày nào, ai thu?", "asked_on": date(2026, 8, 25), "action": "/p/track/reply",
        "command_id": ID, "value": "", "max": 4000,
    },
    "messages": [{"mine": True, "text": "Cháu bị thu 450.000 đồng.", "on": date(2026, 8, 22),
                  "sent_files": 2}],
}  # fmt: skip
ANSWERED = TRACK | {
    "status": "Đã trả lời", "next": None,
    "answer": {"text": "Khoản thu không đúng quy định.", "on": date(2026, 9, 1), "number": "12"},
    "requests": [{"text": r["text"], "answer": r["answer"], "answered_on": date(2026, 9, 1)} for r in REQUESTS],
    "review": {"action": "/p/track/review", "until": date(2026, 10, 1), "command_id": ID, "value": ""},
    "withdraw": None,
}  # fmt: skip

WORSE: dict[str, Any] = {
    "action": "/p/track/worse", "send": "send", "code": "7KQ2M9TD4XWAH3RC", "part": 0, "command_id": ID, "authority": AUTHORITY,
    "whom": [{"value": "me", "text": "Tôi"}, {"value": "child", "text": "Con tôi"}, {"value": "other", "text": "Người khác"}],
    "values": {"text": "", "since": "", "whom": ""}, "track": "/p/track", "errors": {},
}  # fmt: skip

STAFF: dict[str, Any] = {
    "menu": [
        {"href": "/work", "text": "Việc cần làm", "active": True, "count": 4},
        {"href": "/register", "text": "Sổ hồ sơ", "active": False},
        {"href": "/desk", "text": "Chờ tôi duyệt", "active": False, "count": 3},
    ],
    "user": {"id": "official-a", "name": "Cán bộ A (demo)", "post": "Cán bộ tiếp nhận", "unit": AUTHORITY, "sign_out": "/sign-out"},
    "past": None, "notice": None, "errors": {},
}  # fmt: skip
MARKS = [{"href": "#a", "text": "lúc tiếp nhận"}, {"href": "#b", "text": "lúc giao"}, {"href": "#c", "text": "lúc ký"}]
LOOK_BACK: dict[str, Any] = {
    "action": "/cases/1", "value": None, "clock": "known", "marks": MARKS, "happened": True, "error": None,
}  # fmt: skip
PAST = {
    "at": LATER, "clock": "known", "since": 9, "now": "/cases/1", "compare": "/cases/1/compare", "link": "/cases/1?as_of=x",
    "law": "Luật Tiếp công dân 2013, lịch nghỉ bản 2026-1", "readers": "Cán bộ A (demo), Người đứng đầu B (demo)",
}  # fmt: skip
COMPARED = {
    "href": "/cases/1/compare",
    "number": "PA-2026-0001",
    "summary": "Thu tiền máy chiếu (demo)",
    "state": "Đã tiếp nhận",
}
COLUMNS: list[dict[str, Any]] = [
    {"key": "due", "text": "Hạn", "sort": "?sort=due", "order": "ascending"},
    {"key": "number", "text": "Số hồ sơ", "sort": "?sort=number", "order": None},
    {"key": "summary", "text": "Tóm tắt", "sort": None, "order": None},
    {"key": "unit", "text": "Đơn vị, địa bàn", "sort": None, "order": None},
    {"key": "state", "text": "Trạng thái", "sort": None, "order": None},
    {"key": "next", "text": "Việc tiếp theo", "sort": None, "order": None},
    {"key": "waiting", "text": "Đang chờ", "sort": None, "order": None},
]


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A case in a list."""
    return {
        "id": f"case-{number}", "href": f"/cases/{number}", "number": f"PA-DT-2026-{number:04d}", "signs": [],
        "summary": "Thu tiền ngoài danh mục đầu năm học", "unit": UNIT["name"], "place": UNIT["ward"],
        "state": "Đã giao xử lý", "next": "Soạn trả lời", "received": AT, "term": term(),
        "waiting": {"who": "Cán bộ A (demo)", "since": date(2026, 8, 24)}, **changes,
    }  # fmt: skip


LIST: dict[str, Any] = {
    "columns": COLUMNS, "total": 3, "select": None, "empty": "Không có hồ sơ quá hạn.", "previous": None,
    "next_page": "?cursor=x", "tags": [{"text": "Đã giao xử lý", "href": "?"}], "look_back": LOOK_BACK,
    "rows": [row(1, term=LATE, signs=["Khẩn", "Trẻ em"]), row(2, term=POLICY), row(3, term=None, waiting=None)],
}  # fmt: skip
HISTORY = [
    {"title": "Đã gửi phản ánh", "by": "Người gửi", "at": AT, "late_days": 0, "text": None, "href": "/cases/1?as_of=1"},
    {"title": "Đã phân loại", "by": "Cán bộ A (demo)", "at": LATER, "late_days": 2, "text": "Thu tiền, đóng góp",
     "href": "/cases/1?as_of=2"},
]  # fmt: skip
ACTS: list[dict[str, Any]] = [
    {"id": "ask", "title": "Đề nghị bổ sung thông tin", "open": True, "action": "/cases/1/ask", "command_id": ID,
     "do": "Gửi câu hỏi", "warning": False, "preview": None, "explain": "Hạn trả lời của cơ quan vẫn tính.",
     "fields": [{"kind": "area", "id": "question", "label": "Câu hỏi", "rows": 3}]},
    {"id": "submit", "title": "Trình duyệt", "open": False, "action": "/cases/1/submit", "command_id": ID,
     "do": "Trình duyệt", "warning": False, "preview": {"title": "Người gửi sẽ thấy", "text": "Khoản thu không đúng."},
     "explain": None, "fields": [
        {"kind": "checks", "id": "answered", "label": "Các yêu cầu đã được trả lời",
         "items": [{"value": "1", "text": "Trả lại khoản 450.000 đồng đã thu", "checked": True}]},
        {"kind": "select", "id": "to", "label": "Người duyệt", "items": [{"value": "b", "text": "Người đứng đầu B (demo)"}]},
        {"kind": "day", "id": "on", "label": "Ngày trình"}, {"kind": "moment", "id": "at", "label": "Xảy ra lúc"},
        {"kind": "radios", "id": "way", "label": "Cách gửi", "items": [{"value": "code", "text": "Qua mã tra cứu"}]},
        {"kind": "file", "id": "files", "label": "Tệp kèm theo", "multiple": True},
        {"kind": "text", "id": "title", "label": "Tóm tắt"}, {"kind": "hidden", "id": "draft", "value": "1"}]},
]  # fmt: skip
CASE: dict[str, Any] = {
    "id": ID, "version": 7, "number": "PA-DT-2026-0001", "kind": "Phản ánh, kiến nghị", "title": "Thu tiền ngoài danh mục",
    "unit": UNIT["name"], "place": UNIT["ward"], "state": "Đang xử lý", "signs": ["Khẩn"], "received": AT, "channel": "QR",
    "summary": "Phụ huynh phản ánh lớp thu 450.000 đồng không có biên lai.", "handler": "Cán bộ A (demo)",
    "content": "Đầu năm lớp thu 450.000 đồng.\nKhông có biên lai.", "category": "Thu tiền, đóng góp", "href": "/cases/1",
    "files": [{"href": "/files/1", "name": "Ảnh 1", "thumb": PIXEL}],
}  # fmt: skip
MESSAGES = [{"by": "Cơ quan", "text": "Khoản tiền được thu ngày nào?", "at": LATER, "files": []}]
CASE_PAGE: dict[str, Any] = STAFF | {
    "case": CASE, "terms": [term(), LATE, DONE], "requests": REQUESTS, "acts": ACTS, "look_back": LOOK_BACK,
    "next": {"text": "Soạn trả lời", "who": "Cán bộ A (demo)", "term": term(),
             "action": {"href": "#acts", "text": "Soạn trả lời"}, "more": [{"href": "#ask", "text": "Hỏi người gửi"}]},
    "contact": {"href": "/cases/1/contact", "text": "Xem cách liên lạc"}, "messages": MESSAGES,
    "draft": {"text": "Khoản thu không đúng quy định.", "by": "Cán bộ A (demo)", "at": LATER,
              "returned": {"by": "Người đứng đầu B (demo)", "at": LATER, "reason": "chưa trả lời yêu cầu 2"}},
    "explanations": [{"by": UNIT["name"], "text": "Nhà trường giải trình.", "at": LATER,
                      "files": [{"href": "/files/2", "name": "bien-ban.pdf"}]}],
    "documents": [{"href": "/files/3", "name": "Văn bản trả lời", "on": date(2026, 9, 1)}],
    "notes": [{"by": "Cán bộ A (demo)", "text": None, "at": LATER, "files": []}],
    "history": HISTORY, "history_href": "/cases/1/history", "behind": False,
    "readers": [{"name": "Cán bộ A (demo)", "post": "Cán bộ tiếp nhận", "why": "được giao xử lý"}],
}  # fmt: skip
WAITING: dict[str, Any] = {
    "id": "w1", "version": 9, "href": "/cases/1", "number": CASE["number"], "title": CASE["title"], "unit": UNIT["name"],
    "requests": REQUESTS, "answer": "Khoản thu không đúng quy định.", "by": "Cán bộ A (demo)", "submitted_at": LATER,
    "term": term(), "changed": "Từ khi trả lại: đã thêm trả lời cho yêu cầu 2.",
    "release": {"action": "/cases/1/release", "command_id": ID},
    "give_back": {"action": "/cases/1/return", "command_id": ID},
}  # fmt: skip
FACTS = [
    {"version": 1, "title": "Đã gửi phản ánh", "topic": "submission.received.v1", "by": "Người gửi", "post": None, "unit": None,
     "occurred_at": AT, "recorded_at": AT, "late_days": 0, "reason": None, "details": [], "href": "?as_of=1"},
    {"version": 2, "title": "Đã phân loại", "topic": "submission.classified.v1", "by": "Cán bộ A (demo)",
     "post": "Cán bộ tiếp nhận", "unit": AUTHORITY, "occurred_at": AT, "recorded_at": LATER, "late_days": 3,
     "reason": "Ghi bù từ sổ giấy", "details": [["Loại", "Thu tiền, đóng góp"]], "href": "?as_of=2"},
]  # fmt: skip
ASK = {"action": "/ask", "command_id": ID}
REASON = [{"kind": "area", "id": "reason", "label": "Lý do", "rows": 3}]
ERASING = {
    "id": "erasure-requests",
    "title": "Nhập yêu cầu xóa dữ liệu",
    "open": True,
    "do": "Nhập yêu cầu",
    "warning": False,
    "explain": None,
    "fields": REASON,
    **ASK,
}
ERASURE = STAFF | {"case": CASE, "subject": "Người gửi của hồ sơ này", "acts": [], "history": [], "errors": {}}

PROTECTED = {
    "href": "/protection/1", "reported_at": LATER, "state": "Chưa ai nhận", "whom": "con của người gửi", "unit": UNIT["name"],
    "number": "PA-DT-2026-0001", "holder": "", "take_by": LATER, "late": False,
}  # fmt: skip
TASK: dict[str, Any] = STAFF | {
    "back": "/protection", "unit": UNIT["name"], "number": "PA-DT-2026-0001", "case": "/cases/1", "state": "Chưa ai nhận",
    "reported_at": LATER, "whom": "con của người gửi", "since": date(2026, 8, 20), "text": "Cháu bị chuyển lớp.", "holder": None,
    "take_by": LATER, "late": False, "term": POLICY | {"label": "Hạn nhận việc bảo vệ"}, "measures": [], "closed": None,
    "history": [{"title": "Người gửi báo bị đối xử xấu hơn", "by": "Người gửi", "at": LATER, "late_days": 0, "text": None, "href": None}],
    "acts": [
        {"id": "takings", "title": "Nhận việc", "do": "Nhận việc", "action": "/protection/1/takings", "command_id": ID, "version": 1,
         "open": False, "fields": []},
        {"id": "closures", "title": "Kết thúc việc này", "do": "Kết thúc", "action": "/protection/1/closures", "command_id": ID,
         "version": 2, "open": True, "fields": REASON}],
}  # fmt: skip

TOLD: dict[str, Any] = {
    "people": "Bùi Văn Hùng (demo)\nLò Thị Mẫu (demo)", "people_count": 3, "contact": "Xóm Trại (demo), 0900000007",
    "content": "Trường không nhận đơn xin chuyển trường của cháu.\nĐã hỏi hai lần.", "wanted": "Được chuyển cháu về trường gần nhà.",
    "kind": "Khiếu nại", "unit": UNIT["name"], "result": "Đã ghi nội dung khiếu nại", "result_text": "",
}  # fmt: skip
VISIT: dict[str, Any] = TOLD | {
    "number": 1, "withheld": False, "by": "Cán bộ A (demo)", "late_days": 0, "late_reason": "", "owes": True, "signing": "",
    "files": [], "case": None, "link_reason": "", "print": "/receptions/1/sheets/1", "complaint": None, "corrections": [],
    "acts": [{"href": "/receptions/1/minutes?visit=1", "text": "Đính biên bản có chữ ký"},
             {"href": "/receptions/1/corrections?visit=1", "text": "Đính chính lượt tiếp"}],
}  # fmt: skip
RECEPTION: dict[str, Any] = STAFF | {
    "back": "/receptions", "day": date(2026, 8, 27), "place": "Phòng tiếp công dân (demo)", "kind": "Định kỳ", "state": "Đang tiếp",
    "receiver": "Lãnh đạo B (demo), Chủ tịch UBND phường", "late_days": 0, "late_reason": "", "reopened_because": "",
    "acts": [{"href": "/receptions/1/visits", "text": "Ghi lượt tiếp"}, {"href": "/receptions/1/closings", "text": "Kết thúc buổi tiếp"}],
    "visits": [
        VISIT,
        VISIT | {
            "number": 2, "owes": False, "signing": "Đã ký", "late_days": 1, "late_reason": "Mất điện",
            "files": [{"href": "/receptions/1/files/1", "name": "bien-ban.pdf"}], "complaint": "/complaints/new?reception=1&entry=2",
            "case": {"href": "/cases/1", "number": "PA-DOI-THONG-2026-0001"}, "link_reason": "Gắn nhầm",
            "corrections": [TOLD | {"at": LATER, "by": "Cán bộ A (demo)", "reason": "Nghe nhầm tên", "people_count": 1}]},
        VISIT | {"number": 3, "withheld": True, "kind": "Tố cáo", "owes": False, "print": None, "acts": []},
    ],
    "history": HISTORY, "look_back": LOOK_BACK,
}  # fmt: skip
REGISTERED: dict[str, Any] = TOLD | {
    "ordinal": 1, "number": 1, "href": "/receptions/1#visit-1", "day": date(2026, 8, 27), "receiver": "Lãnh đạo B (demo)",
    "remarks": ["Biên bản có chữ ký", "Hồ sơ PA-DOI-THONG-2026-0001"],
}  # fmt: skip
COMPLAINT_ROW = {
    "href": "/complaints/1", "number": "KN-DT-2026-0001", "level": "Lần đầu", "unit": UNIT["name"], "target": "Hành vi hành chính",
    "state": "Đang xác minh", "next": "Báo cáo kết quả xác minh", "waiting": "người xác minh", "received": date(2026, 8, 10), "outcome": "",
    "term": term(), "due_label": "Hạn giải quyết",
}  # fmt: skip
COMPLAINTS: dict[str, Any] = STAFF | {
    "tabs": [{"href": "?part=mine", "text": "Chờ tôi", "count": 1, "active": True},
             {"href": "?part=all", "text": "Tất cả", "count": None, "active": False}],
    "rows": [COMPLAINT_ROW, COMPLAINT_ROW | {"href": "/complaints/2", "term": LATE, "outcome": "Đúng một phần"},
             COMPLAINT_ROW | {"href": "/complaints/3", "term": None, "next": "", "waiting": ""}],
    "total": 3, "next_page": "?cursor=x", "new": "/complaints/new", "tags": [], "past": None,
    "exports": [{"href": "/complaints/export?format=csv", "text": "CSV"}, {"href": "/complaints/export?format=xlsx", "text": "XLSX"}],
    "filter": {"number": "", "level": "first", "levels": [{"value": "first", "text": "Lần đầu"}], "stage": "", "stages": [], "outcome": "",
               "outcomes": [], "place": "", "places": [{"value": "a", "text": UNIT["name"]}], "sort": "due", "part": "mine",
               "days": [{"id": "received_from", "label": "Nhận từ ngày", "value": "2026-08-01"}],
               "sorts": [{"value": "due", "text": "Hạn"}]},
    "look_back": LOOK_BACK | {"action": "/complaints", "keep": {"part": "mine"}},
}  # fmt: skip
COMPLAINT_PAPER = {
    "href": "/complaints/1/files/1", "what": "Đã tiếp nhận: Đơn", "name": "don.pdf", "official": "12/QĐ-TH, 22/08/2026", "on": LATER,
    "sha256": "0" * 64, "paper": {"address": "0" * 64},
}  # fmt: skip
COMPLAINT: dict[str, Any] = STAFF | {
    "case": {"number": "KN-DT-2026-0001", "title": "Lần đầu", "kind": "Lần đầu", "unit": UNIT["name"], "state": "Đã ban hành quyết định",
             "holder": "Cán bộ A (demo)", "signs": ["Vùng xa"], "first": None, "version": 9,
             "second": {"href": "/complaints/2", "text": "Lần hai: KN-DT-2026-0002"}, "href": "/complaints/1"},
    "next": {"text": "Gửi quyết định", "who": "văn thư", "term": term(), "more": [],
             "action": {"href": "/complaints/1/sendings", "text": "Gửi quyết định"}},
    "terms": [term(), LATE, DONE], "old_terms": [term()], "notes": ["Hai ngày khác nhau."],
    "petition": [["Người khiếu nại", "Hùng (demo)"]], "content": "Trường không nhận con tôi.", "remedy": "Cho cháu học.",
    "sections": [{"title": "Xem xét điều kiện", "rows": [["Kết quả", "Đủ điều kiện"]]}],
    "drafts": [{"number": 2, "outcome": "Đúng một phần", "by": "Cán bộ A (demo)", "at": LATER, "returned": None, "signed": "Hiệu trưởng (demo)",
                "alone": "Không còn ai khác", "parts": [{"title": "Kết luận", "text": "Khác.", "before": "Trước.", "new": False},
                                                        {"title": "Quyền", "text": "Khiếu nại tiếp.", "before": None, "new": True}]},
               {"number": 1, "outcome": "Sai toàn bộ", "by": "Cán bộ A (demo)", "at": AT, "returned": "Viết rõ căn cứ", "signed": None,
                "alone": "", "parts": []}],
    "decision": {"rows": [["Kết quả", "Đúng một phần"]], "signed_only": False,
                 "relied": {"version": 9, "draft": 2, "papers": [COMPLAINT_PAPER], "count": 1, "rules": "KN-RESOLVE-1", "later": 2},
                 "amendments": [{"paper": "13/QĐ-TH, 25/08/2026", "reason": "Sai ngày", "text": "Sửa ngày."}]},
    "papers": [COMPLAINT_PAPER, COMPLAINT_PAPER | {"official": ""}],
    "people": [{"name": UNIT["name"], "why": "Hiệu trưởng"}, {"name": "Cán bộ A (demo)", "why": ""}],
    "acts": [{"href": "/complaints/1/sendings", "title": "Gửi quyết định"}], "second": "/complaints/second?first=KN-DT-2026-0001",
    "documents": [{"title": "Quyết định giải quyết", "pdf": "/complaints/1/papers/1.pdf", "docx": "/complaints/1/papers/1.docx"}],
    "history": HISTORY, "history_href": "/complaints/1/history", "look_back": LOOK_BACK | {"action": "/complaints/1"}, "past": None,
}  # fmt: skip

SLIP = {
    "id": "1", "case": CASE, "number": "PA-DOI-THONG-2026-0007", "authority": AUTHORITY, "unit": UNIT["name"], "received_at": AT,
    "place": "Nhà văn hóa thôn (demo)", "papers": ["Phiếu giấy thu ở thôn", "1 tệp quét"], "taken_by": "Trần Thị Mai (demo)",
    "printed_on": date(2026, 8, 25), "code": "7KQ2M9TD4XWAH3RC", "track": "https://hoso.example/p/track", "qr": QR,
    "terms": [POLICY | {"purpose": "acknowledge"}, term() | {"purpose": "reply"}],
}  # fmt: skip
WAYS = [
    {"href": "/paper", "text": "Một phiếu", "active": True},
    {"href": "/paper/batch", "text": "Nhiều phiếu", "active": False},
]
ROW_TEXT = {"id": "row-1-text", "kind": "area", "label": "Nội dung", "value": "", "hint": None, "rows": 4}
ROW = {"key": "1", "title": "Phiếu 1", "command_id": ID, "main": [ROW_TEXT], "pair": [], "sender": []}
