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
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "landing": ("p/landing.html", {"unit": UNIT, "reader": AUTHORITY, "start": "/p/form", "lookup": "/p/track",
                                   "not_this": "/p/choose", "signed": "/p/signed"}),
    "form": ("p/form.html", FORM),
    "form-2": ("p/form.html", FORM | {"step": 2}),
    "form-3": ("p/form.html", FORM | {"step": 3, "values": {"category": "fees", "danger": "no", "story": "Thu tiền máy chiếu"}}),
    "form-error": ("p/form.html", FORM | {
        "step": 2,
        "values": {"category": "fees", "danger": "yes", "story": "Thu tiền", "contact": "given", "phone": "09"},
        "errors": {"story": "Bạn chưa kể việc gì (ít nhất 20 ký tự). Phần đã viết và ảnh vẫn còn."}, "photos_lost": 2}),
    "receipt": ("p/receipt.html", {"code": "7KQ2M9TD4XWAH3RC", "sent_at": AT, "qr": QR, "track": "/p/track",
                                   "terms": {"acknowledge": POLICY, "reply": term()}, "changed": "", "again": "/p/form",
                                   "denounce": DENOUNCE}),
    "receipt-changed": ("p/receipt.html", {"code": "7KQ2M9TD4XWAH3RC", "sent_at": AT, "qr": QR, "track": "/p/track",
                                           "terms": {}, "changed": "Thêm: thu hai lần.", "again": "/p/form"}),
    "lookup": ("p/lookup.html", {"action": "/p/track", "value": "", "errors": {}, "signed": "/p/signed"}),
    "lookup-error": ("p/lookup.html", {"action": "/p/track", "value": "7KQ2", "signed": "/p/signed",
                                       "errors": {"code": "Mã tra cứu có 16 chữ và số."}}),
    "track": ("p/track.html", TRACK), "track-asked": ("p/track.html", ASKED), "track-answered": ("p/track.html", ANSWERED),
    "signed": ("p/signed.html", {"authority": AUTHORITY, "contact": None, "start": "/p/form"}),
    "signed-known": ("p/signed.html", {"authority": AUTHORITY, "start": "/p/form", "contact": {
        "address": "số 1 đường Thông Xanh (demo)", "reception_days": "thứ Năm hằng tuần, 07:30–11:30", "hotline": "0209 000 0000",
        "denunciation_place": "Ban tiếp công dân (demo)"}}),
    "privacy": ("p/privacy.html", {"reader": AUTHORITY, "keep": ["Giữ theo quy định của cơ quan."], "contact": "Hỏi tại cơ quan."}),
    "confirm": ("p/confirm.html", {"title": "Rút phản ánh", "text": ["Cơ quan sẽ dừng xem xét."], "action": "/p/withdraw",
                                   "command_id": ID, "do": "Rút phản ánh", "back": "/p/track"}),
    "choose": ("p/choose.html", {"action": "/p/choose", "q": "binh nguyen", "searched": True,
                                 "units": [{"href": "/p/u/BN-01", "name": UNIT["name"], "ward": UNIT["ward"]}]}),
    **{f"error-{status}": ("error.html", {"status": status, "back": "/cases/1",
                                          "reason": "Hồ sơ đã kết thúc." if status == 409 else None})
       for status in (400, 403, 404, 409, 413, 428, 429, 500)},
    "error-412": ("error.html", {"status": 412, "back": "/cases/1", "typed": [{"label": "Câu hỏi", "text": "Ai thu?"}]}),
    "error-503": ("error.html", {"status": 503, "retry": {"action": "/p/send", "fields": [["command_id", ID]]}}),
    "sign-in": ("staff/sign_in.html", {"action": "/sign-in", "next": "/work", "username": "", "errors": {},
                                       "demo_accounts": [{"username": "tiepnhan", "role": "Cán bộ tiếp nhận"}]}),
    "screening": ("staff/screening.html", STAFF | {"action": "/screening", "command_id": ID, "total": 51, "more": 50, "rows": [
        {"id": "a", "href": "/cases/1", "number": "PA-2026-0001", "unit": UNIT["name"], "topic": "Thu tiền, đóng góp",
         "received": date(2026, 8, 22), "urgent": True, "text": "Mua ngay hôm nay!", "files": 2,
         "signs": ["Gửi quá nhanh", "Ô ẩn bị điền"]}]}),
    "screening-empty": ("staff/screening.html", STAFF | {"action": "/s", "command_id": ID, "total": 0, "more": 0, "rows": []}),
    "public-contact": ("staff/public_contact.html", STAFF | {
        "authority": AUTHORITY, "now": [{"label": "Điện thoại", "text": "0209 000 0000"}], "since": date(2026, 1, 1),
        "coming": [{"from": date(2026, 9, 1), "lines": [{"label": "Điện thoại", "text": "0209 000 0001"}]}], "action": "/c",
        "command_id": ID, "version": 3, "errors": {}, "fields": [{"kind": "text", "id": "hotline", "label": "Điện thoại"}]}),
    "worklist": ("staff/worklist.html", STAFF | LIST | {
        "tabs": [{"href": "?tab=late", "text": "Quá hạn", "count": 1, "active": True},
                 {"href": "?tab=today", "text": "Hôm nay", "count": 1, "active": False},
                 {"href": "?tab=soon", "text": "3 ngày làm việc tới", "count": 4, "active": False},
                 {"href": "?tab=mine", "text": "Chờ tôi", "count": 2, "active": False}],
        "bulk": {"action": "/work/several", "acts": [{"value": "assign", "text": "Giao lại"}]}}),
    "worklist-empty": ("staff/worklist.html", STAFF | LIST | {"tabs": [], "rows": [], "total": 0, "bulk": None}),
    "register": ("staff/register.html", STAFF | LIST | {
        "action": "/register", "export": [{"href": "/register.csv", "text": "CSV"}], "filter": {
            "q": "", "area": "", "due_before": "", "areas": [{"value": "dt", "text": UNIT["ward"]}], "kinds": [],
            "states": [{"value": "routed", "text": "Đã giao xử lý", "checked": True},
                       {"value": "answered", "text": "Đã trả lời", "checked": False}]}}),
    "case": ("staff/case.html", CASE_PAGE),
    "case-past": ("staff/case.html", CASE_PAGE | {"past": PAST, "acts": []}),
    "act": ("staff/act.html", STAFF | {"title": "Phân loại", "explain": ["Theo nội dung, không theo tên gọi."], "back": "/cases/1",
                                       "version": 7, "action": "/cases/1/classify", "command_id": ID, "do": "Phân loại",
                                       "warning": False, "previews": [{"title": "Người gửi sẽ thấy", "text": "Đang xử lý"}],
                                       "inputs": ACTS[1]["fields"], "errors": {"title": "Cần ghi tóm tắt."}}),
    "history": ("staff/history.html", STAFF | {"case": CASE, "facts": FACTS, "topics": True, "look_back": LOOK_BACK, "verified": None}),
    "head-desk": ("staff/head_desk.html", STAFF | {
        "waiting": [WAITING], "errors": {"reason-w1": "Cần ghi lý do."}, "delegate": None,
        "delegation": {"to": "Phó chủ tịch C (demo)", "until": date(2026, 9, 5), "end": ASK}}),
    "sessions": ("staff/sessions.html", STAFF | {"revoke": ASK, "revoke_all": ASK, "sessions": [
        {"id": "1", "started": AT, "last_used": LATER, "device": "Chrome, Windows", "current": True},
        {"id": "2", "started": AT, "last_used": AT, "device": "Safari, iPhone", "current": False}]}),
    "accounts": ("staff/accounts.html", STAFF | {"action": "/accounts", "q": "", "create": {"href": "/accounts/new"}, "accounts": [
        {"id": "1", "href": "/accounts/1", "username": "tiepnhan", "name": "Cán bộ A (demo)", "posts": ["Cán bộ tiếp nhận"],
         "state": "active", "state_text": "Đang dùng", "last_sign_in": LATER}]}),
    "erasure": ("staff/erasure.html", ERASURE | {"state": "chưa có yêu cầu xóa", "acts": [ERASING]}),
    "erasure-asked": ("staff/erasure.html", ERASURE | {"state": "đã có yêu cầu", "history": HISTORY, "acts": [
        ERASING | {"id": "erasure-approvals", "title": "Duyệt xóa dữ liệu", "do": "Duyệt và xóa vĩnh viễn", "warning": True},
        ERASING | {"id": "erasure-refusals", "title": "Từ chối xóa", "do": "Từ chối", "open": False}]}),
    "erasure-done": ("staff/erasure.html", ERASURE | {"state": "đã xóa", "history": HISTORY}),
    "erasures": ("staff/erasures.html", STAFF | {"action": "/erasures", "number": "PA-1", "errors": {"number": "Không có hồ sơ."}}),
    "account": ("staff/account.html", STAFF | {
        "account": {"name": "Cán bộ A (demo)", "username": "tiepnhan", "state": "Đang dùng", "version": 3}, "back": "/accounts",
        "posts": [{"title": "Cán bộ tiếp nhận", "authority": AUTHORITY, "roles": ["Cán bộ tiếp nhận"], "areas": [UNIT["ward"]],
                   "from": date(2026, 1, 1), "until": None}],
        "acts": [ERASING | {"id": "locks", "title": "Khóa tài khoản", "do": "Khóa", "warning": True}]}),
    "paper-receipt": ("staff/paper_receipt.html", STAFF | {
        "slips": [SLIP], "ways": WAYS, "case": CASE, "again": "/paper"}),
    "paper-receipt-again": ("staff/paper_receipt.html", STAFF | {
        "slips": [SLIP | {"code": "", "number": "", "place": None}], "ways": [], "case": CASE, "again": None}),
    "enter": ("staff/enter.html", STAFF | {
        "title": "Nhập từ kênh khác", "explain": ["Dành cho người gọi điện hoặc đến tận nơi."], "ways": WAYS, "files": True, "lost": 1, "action": "/paper",
        "command_id": ID, "sections": [{"heading": "Nội dung", "inputs": [ROW_TEXT]}], "do": "Ghi vào hệ thống"}),
    "paper-batch": ("staff/paper_batch.html", STAFF | {
        "ways": WAYS, "action": "/paper/batch", "shared": [], "rows": [ROW], "blank": ROW | {"key": "0", "main": [ROW_TEXT | {"id": "row-0-text"}]}, "lost": 0, "most": 30,
        "slips": [SLIP | {"key": "1"}]}),
    "qr-codes": ("staff/qr_codes.html", STAFF | {"action": "/qr", "q": "", "left_off": 2, "units": [
        {"name": UNIT["name"], "area": UNIT["ward"], "authority": AUTHORITY, "code": UNIT["code"],
         "address": "https://hoso.example/p/BN-01", "picture": QR}]}),
    "purpose": ("staff/purpose.html", STAFF | {"action": "/purpose", "next": "/register", "values": {"days": "7"}, "errors": {},
                                               "command_id": ID, "days": [{"value": "7", "text": "7 ngày"}],
                                               "running": {"until": LATER}}),
    "contact-ask": ("staff/contact.html", STAFF | {"case": CASE, "ask": ASK}),
    "contact-shown": ("staff/contact.html", STAFF | {"case": CASE, "identity": {
        "name": "Nguyễn Văn Mẫu (demo)", "phone": "0900000000", "email": "", "address": ""}}),
    "compare": ("staff/compare.html", STAFF | {"case": CASE, "action": "/cases/1/compare", "added": HISTORY, "gone": [], "changed": 1,
        "first": {"at": LATER, "clock": "known", "value": "2026-08-25T10:00", "href": "/cases/1?as_of=2026-08-25T10:00"},
        "second": {"at": None, "clock": "known", "value": "", "href": "/cases/1"}, "rows": [
        {"label": "Trạng thái", "then": "Đã tiếp nhận", "now": "Đang xử lý", "changed": True}]}),
    "dashboard": ("staff/dashboard.html", STAFF | {
        "action": "/dashboard", "filter": {"from": "2025-09-01", "to": "2026-08-25", "area": "", "areas": []}, "answered": 12,
        "period": {"first": date(2025, 9, 1), "last": date(2026, 8, 25)}, "export": [{"href": "/dashboard/export", "text": "CSV"}],
        "numbers": [{"key": "open", "text": "Đang mở", "number": "40", "href": "/cases?open=1"},
                    {"key": "overdue", "text": "Quá hạn", "number": "5", "href": "/cases?open=1&due_before=2026-08-24"}],
        "tables": [{"key": "ages", "title": "Hồ sơ đang mở", "columns": ["Số ngày", "Đang mở"], "chart": "bar", "series": {0},
                    "note": "", "lines": [{"label": "0 đến 5 ngày", "short": "", "numbers": [
                        {"value": 12, "href": "/cases?open=1", "text": ""}]}]},
                   {"key": "channels", "title": "Kênh tiếp nhận", "columns": [], "chart": "", "series": set(), "note": "", "lines": []}]}),
}  # fmt: skip
"""Name of the picture -> template and context."""
