"""What every template is shown with at least once, by its name."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.http.sample_values import (
    ACTS,
    ANSWERED,
    ASK,
    ASKED,
    AT,
    AUTHORITY,
    CASE,
    CASE_PAGE,
    COMPARED,
    COMPLAINT,
    COMPLAINTS,
    DENOUNCE,
    ERASING,
    ERASURE,
    FACTS,
    FORM,
    HISTORY,
    ID,
    LATER,
    LIST,
    LOOK_BACK,
    PAST,
    POLICY,
    PROTECTED,
    QR,
    RECEPTION,
    REGISTERED,
    ROW,
    ROW_TEXT,
    SLIP,
    STAFF,
    TASK,
    TOLD,
    TRACK,
    UNIT,
    WAITING,
    WAYS,
    WORSE,
    term,
)
from tests.http.samples_of_dialogues import DIALOGUE_PAGES

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
    "developers": ("p/developers.html", {"discovery": ["https://hoso.example/open311/v2/discovery.json",
                                                       "https://hoso.example/open311/v2/discovery.xml"]}),
    "lookup": ("p/lookup.html", {"action": "/p/track", "value": "", "errors": {}, "signed": "/p/signed"}),
    "lookup-error": ("p/lookup.html", {"action": "/p/track", "value": "7KQ2", "signed": "/p/signed",
                                       "errors": {"code": "Mã tra cứu có 16 chữ và số."}}),
    "track": ("p/track.html", TRACK), "track-asked": ("p/track.html", ASKED), "track-answered": ("p/track.html", ANSWERED),
    "track-protected": ("p/track.html", ANSWERED | {"protection": {"action": "/p/track/worse", "tasks": [
        {"reported_on": date(2026, 9, 5), "state": "đã nhận", "on": date(2026, 9, 5), "words": None},
        {"reported_on": date(2026, 8, 28), "state": "đã xem xong", "on": date(2026, 9, 4), "words": "Cháu đã về lớp cũ."}]}}),
    "worse": ("p/worse.html", WORSE),
    "worse-error": ("p/worse.html", WORSE | {
        "values": {"text": "", "since": "2026-08-30", "whom": "child"}, "errors": {"text": "Hãy kể chuyện gì đã xảy ra."}}),
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
    "case-sign": ("staff/case.html", CASE_PAGE | {
        "protection": {"sign": "Có báo cáo bị đối xử xấu hơn – người phụ trách đang xem", "links": []}}),
    "case-protected": ("staff/case.html", CASE_PAGE | {
        "protection": {"sign": "", "links": [{"href": "/protection/1", "state": "Chưa ai nhận", "at": LATER}]}}),
    "complaints": ("staff/complaints.html", COMPLAINTS),
    "complaints-past": ("staff/complaints.html", COMPLAINTS | {
        "past": PAST, "new": None, "next_page": None, "tags": [{"text": "Lần đầu", "href": "?"}],
        "look_back": LOOK_BACK | {"action": "/complaints", "value": "2026-08-25T10:00"}}),
    "complaints-empty": ("staff/complaints.html", COMPLAINTS | {"rows": [], "total": 0, "tabs": [], "next_page": None, "new": None}),
    "complaint": ("staff/complaint.html", COMPLAINT),
    "complaint-past": ("staff/complaint.html", COMPLAINT | {"past": PAST, "acts": [], "next": None}),
    "complaint-new": ("staff/complaint.html", COMPLAINT | {
        "notes": [], "old_terms": [], "sections": [], "drafts": [], "decision": None, "papers": [], "documents": [], "terms": [],
        "content": None, "remedy": None, "second": None, "acts": []}),
    "complaint-approved": ("staff/complaint.html", COMPLAINT | {
        "decision": COMPLAINT["decision"] | {"rows": [], "signed_only": True, "relied": None, "amendments": []}}),
    "protection": ("staff/protection.html", STAFF | {
        "tabs": [{"href": "?part=open", "text": "Chưa xong", "count": 2, "active": True},
                 {"href": "?part=all", "text": "Tất cả", "count": 2, "active": False}],
        "sort": {"text": "Xếp cũ nhất lên đầu", "href": "?sort=oldest"}, "next_page": "?cursor=x",
        "exports": [{"href": "/protection/export?format=csv", "text": "CSV"}, {"href": "/protection/export?format=xlsx", "text": "XLSX"}],
        "rows": [PROTECTED, PROTECTED | {"href": "/protection/2", "state": "Đang xem", "holder": "Lãnh đạo B (demo)", "take_by": None},
                 PROTECTED | {"href": "/protection/3", "late": True}]}),
    "protection-empty": ("staff/protection.html", STAFF | {
        "tabs": [], "rows": [], "sort": {"text": "Xếp cũ nhất lên đầu", "href": "?sort=oldest"}, "next_page": None, "exports": []}),
    "protection-task": ("staff/protection_task.html", TASK),
    "protection-task-closed": ("staff/protection_task.html", TASK | {
        "state": "Đã xem xong", "take_by": None, "holder": "Lãnh đạo B (demo)", "case": None, "acts": [],
        "measures": [{"by": "Lãnh đạo B (demo)", "text": "Đã gặp phụ huynh.", "at": LATER, "files": []}],
        "closed": {"at": LATER, "by": "Lãnh đạo B (demo)", "outcome": "Đã chuyển cơ quan khác", "referred_to": "Công an phường (demo)",
                   "reason": "Vượt thẩm quyền.", "words": "Đã chuyển công an phường."}}),
    "receptions": ("staff/receptions.html", STAFF | {
        "rows": [{"href": "/receptions/1", "day": date(2026, 8, 27), "place": "Phòng tiếp công dân (demo)", "kind": "Định kỳ",
                  "receiver": "Lãnh đạo B (demo), Chủ tịch UBND phường", "visits": 3, "state": "Đang tiếp", "late_days": 0},
                 {"href": "/receptions/2", "day": date(2026, 8, 20), "place": "Hội trường (demo)", "kind": "Đột xuất",
                  "receiver": "Phó chủ tịch C (demo)", "visits": 0, "state": "Đã kết thúc", "late_days": 2}],
        "total": 2, "action": "/receptions", "filter": {"from": "2026-08-01", "to": "", "sort": "newest"},
        "sort": {"text": "Xếp cũ nhất lên đầu", "href": "?sort=oldest"}, "next_page": "?cursor=x",
        "exports": [{"href": "/receptions/export?format=csv", "text": "CSV"}], "register": "/receptions/register",
        "new": "/receptions/new", "look_back": LOOK_BACK}),
    "receptions-empty": ("staff/receptions.html", STAFF | {
        "rows": [], "total": 0, "action": "/receptions", "filter": {"from": "", "to": "", "sort": "newest"}, "sort": {}, "next_page": None,
        "exports": [], "register": "/receptions/register", "new": None, "look_back": LOOK_BACK, "past": PAST}),
    "reception": ("staff/reception.html", RECEPTION),
    "reception-empty": ("staff/reception.html", RECEPTION | {
        "visits": [], "acts": [], "late_days": 3, "late_reason": "Mất điện", "reopened_because": "Quên một lượt", "past": PAST}),
    "reception-register": ("staff/reception_register.html", STAFF | {
        "authority": AUTHORITY, "period": ["Từ ngày 01/01/2026"], "total": 2, "action": "/receptions/register", "back": "/receptions",
        "heads": ["STT", "Ngày", "Họ tên", "Địa chỉ", "Nội dung", "Loại", "Kết quả", "Người tiếp", "Ghi chú"],
        "rows": [REGISTERED, REGISTERED | {"ordinal": 2, "number": 2, "people": "Giữ kín", "contact": "", "unit": "", "result_text": "Đến phòng 2"}],
        "filter": {"from": "2026-01-01", "to": "", "kind": "complaint", "result": "", "sort": "oldest",
                   "kinds": [{"value": "complaint", "text": "Khiếu nại"}], "results": [{"value": "guided", "text": "Đã hướng dẫn"}]},
        "next_page": "?cursor=x", "exports": [{"href": "/receptions/register/export?format=csv", "text": "CSV"}], "look_back": LOOK_BACK}),
    "reception-register-empty": ("staff/reception_register.html", STAFF | {
        "authority": AUTHORITY, "period": [], "total": 0, "action": "/receptions/register", "back": "/receptions", "heads": [], "rows": [],
        "filter": {"from": "", "to": "", "kind": "", "result": "", "sort": "oldest", "kinds": [], "results": []},
        "next_page": None, "exports": [], "look_back": LOOK_BACK}),
    "reception-minutes": ("staff/reception_minutes.html", STAFF | TOLD | {
        "where": "/receptions/1", "authority": AUTHORITY, "oral": True, "number": 1, "day": date(2026, 8, 27),
        "place": "Phòng tiếp công dân (demo)", "receiver": "Lãnh đạo B (demo), Chủ tịch UBND phường"}),
    "reception-minutes-plain": ("staff/reception_minutes.html", STAFF | TOLD | {
        "where": "/receptions/1", "authority": AUTHORITY, "oral": False, "number": 1, "day": date(2026, 8, 27), "contact": "", "wanted": "",
        "place": "Phòng tiếp công dân (demo)", "receiver": "Lãnh đạo B (demo)", "people_count": 1, "unit": "", "result_text": "Đến phòng 2"}),
    **DIALOGUE_PAGES,
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
    "places": ("staff/running.html", STAFF | {
        "title": "Đơn vị", "explain": ["Thêm phường, xã trước."], "back": "/administration", "back_text": "Quản trị",
        "filter": {"action": "/places", "do": "Lọc", "fields": [{"kind": "text", "id": "q", "label": "Tên", "value": ""}]},
        "sections": [{"id": "list-places", "title": "Địa bàn và trường học", "columns": ["Tên", "Mã"], "empty": "", "note": "",
                      "rows": [[{"text": UNIT["name"]}, {"text": UNIT["code"], "href": "/qr?q=BN"}]]}],
        "acts": [{"id": "wards", "title": "Thêm phường, xã", "open": True, "action": "/places/wards", "command_id": ID,
                  "version": None, "do": "Thêm", "warning": False, "explain": None, "keeps": True,
                  "fields": [{"kind": "text", "id": "name", "label": "Tên", "value": "Phường A"}]}],
        "errors": {"name": "Nhập tên."}}),
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
    "register-compared": ("staff/register_compared.html", STAFF | {
        "first": {"at": LATER, "clock": "happened", "href": "/cases?as_of=x&clock=happened"}, "now": "/cases", "same": 38, "most": "500",
        "tags": [{"text": "Đang mở", "href": "/cases/comparison?as_of=x"}],
        "gone": [COMPARED], "came": [COMPARED | {"href": "/cases/2", "number": "PA-2026-0002"}],
        "differing": [COMPARED | {"changes": [{"label": "Trạng thái", "then": "Đã tiếp nhận", "now": "Đã trả lời"},
                                              {"label": "Hạn", "then": "thứ Năm 24/09/2026", "now": "–"}]}]}),
    "register-compared-empty": ("staff/register_compared.html", STAFF | {
        "first": {"at": LATER, "clock": "known", "href": "/cases?as_of=x"}, "now": "/cases", "same": 0, "most": None,
        "tags": [], "gone": [], "came": [], "differing": []}),
    "dashboard": ("staff/dashboard.html", STAFF | {
        "action": "/dashboard", "filter": {"from": "2025-09-01", "to": "2026-08-25", "area": "", "areas": []}, "answered": 12,
        "period": {"first": date(2025, 9, 1), "last": date(2026, 8, 25)}, "export": [{"href": "/dashboard/export", "text": "CSV"}],
        "numbers": [{"key": "open", "text": "Đang mở", "number": "40", "href": "/cases?open=1"},
                    {"key": "overdue", "text": "Quá hạn", "number": "5", "href": "/cases?open=1&due_before=2026-08-24"}],
        "tables": [{"key": "ages", "title": "Hồ sơ đang mở", "columns": ["Số ngày", "Đang mở"], "chart": "bar", "series": {0},
                    "note": "", "lines": [{"label": "0 đến 5 ngày", "short": "", "numbers": [
                        {"value": 12, "href": "/cases?open=1", "text": ""}]}]},
                   {"key": "channels", "title": "Kênh tiếp nhận", "columns": [], "chart": "", "series": set(), "note": "", "lines": []}]}),
    "complaint-figures": ("staff/complaint_figures.html", STAFF | {
        "action": "/complaints/figures", "list": "/complaints", "standing": date(2026, 8, 25),
        "filter": {"period": "quarter", "periods": [{"value": "quarter", "text": "Quý"}], "first": "2026-07-01", "last": "2026-09-30"},
        "span": {"first": date(2026, 7, 1), "last": date(2026, 9, 30)},
        "export": [{"href": "/complaints/figures/export", "text": "CSV"}],
        "numbers": [{"key": "received", "text": "đã tiếp nhận", "number": "4", "href": "/complaints?part=all"},
                    {"key": "overdue", "text": "quá hạn", "number": "1", "href": None}],
        "tables": [{"key": "on-time", "title": "Đúng hạn", "columns": ["Việc phải làm", "đã làm"], "chart": "bars", "series": {0},
                    "note": "", "lines": [{"label": "Thụ lý", "short": "", "numbers": [{"value": 3, "href": None, "text": ""}]}]}]}),
}  # fmt: skip
"""Name of the picture -> template and context."""
