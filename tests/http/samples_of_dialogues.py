"""What the templates of dialogue meetings are shown with at least once, by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.http.sample_values import ID, LATER, LOOK_BACK, PAST, STAFF

HELD, DUE = date(2026, 8, 20), date(2026, 9, 15)
TITLE = "Đối thoại trực tiếp với nhân dân (demo)"
AREA = [{"id": "text", "kind": "area", "label": "Bản tổng hợp", "value": "", "hint": "Dùng trong nội bộ.", "rows": 4}]
PROGRESS: dict[str, Any] = {
    "title": TITLE, "stage": "Đã ghi ý kiến", "total": 68, "settled": 66, "waiting": 3, "next_due": DUE, "late": False,
    "counts": [{"text": "Đã ghi", "count": 1, "code": "recorded"}, {"text": "Đã phân cấp", "count": 1, "code": "routed"},
               {"text": "Đã trả lời", "count": 60, "code": "answered"}, {"text": "Đã chuyển", "count": 6, "code": "transferred"}],
    "by_level": [{"text": "Nhà trường", "cells": [1, 1, 60, 0], "total": 62}, {"text": "Chưa rõ cấp", "cells": [0, 0, 0, 6], "total": 6}],
}  # fmt: skip
EVENT = {"title": "Đã ghi ý kiến đối thoại", "by": "Trần Thị Mai (demo)", "at": LATER, "late_days": 0,
         "text": "Ý kiến số: 1–11, 13–68", "href": None}  # fmt: skip
ACT = {"id": "summaries", "title": "Viết bản tổng hợp", "do": "Lưu", "action": "/dialogues/1/acts/summaries", "command_id": ID,
       "version": 7, "open": True, "file": False, "fields": AREA}  # fmt: skip
CLOSE = ACT | {"id": "closures", "title": "Kết thúc", "do": "Kết thúc", "open": False, "fields": []}
MEETING: dict[str, Any] = STAFF | PROGRESS | {
    "matter": "Năm học mới (demo)", "planned_on": HELD, "place": "Hội trường (demo)", "chair": "Chủ tịch phường (demo)",
    "invited": "Cha mẹ học sinh (demo)", "announcements": [{"on": HELD, "how": "Niêm yết (demo)"}],
    "held": {"on": HELD, "participants": 120}, "minutes": None, "minutes_missing": True, "opinions_href": "/dialogues/1/opinions",
    "rows_href": "/dialogues/1/rows", "summary": None, "closed_at": None, "published": None, "history": [EVENT],
    "acts": [ACT, CLOSE], "look_back": LOOK_BACK,
    "errors": {"main-content": "Chưa kết thúc được: còn 2 ý kiến, đầu tiên là ý kiến số 13."},
}  # fmt: skip
OPINION = {"href": "/dialogues/1/opinions/13", "number": 13, "speaker": "Cha mẹ học sinh", "text": "Đề nghị sửa mái lớp 2.",
           "level": "Nhà trường", "due_on": DUE, "overdue": False, "state": "Đã phân cấp", "open": True, "chosen": True}  # fmt: skip
FILTERS = {"action": "/dialogues/1/opinions", "state": "open", "level": "", "states": [{"value": "open", "text": "Chưa giải quyết"}],
           "levels": [{"value": "", "text": "Mọi cấp"}], "keep": {}}  # fmt: skip
ROW = {"id": ID, "number": "57", "erased": False, "levels": [{"value": "school", "text": "Nhà trường"}], "same_words": True,
       "again": False, "dismiss_command_id": ID,
       "cells": {"number": "57", "speaker": "Phụ huynh", "text": "Đề nghị…", "level": "school", "body": "", "due_on": "31/02/2026",
                 "due_reason": ""}}  # fmt: skip
ROWS: dict[str, Any] = STAFF | {
    "title": TITLE, "meeting_href": "/dialogues/1", "taken": 65, "waiting": 60, "rows": [ROW], "action": "/dialogues/1/acts/opinions",
    "dismiss": "/dialogues/1/acts/row-dismissals", "command_id": ID, "sheet_command_id": ID, "version": 5, "first_number": "69",
    "sheet": "1\tPhụ huynh\tĐề nghị…", "most": {"rows": 500, "text": 5000, "megabytes": 2}, "columns": ["STT", "Nội dung"],
    "errors": {f"due_on-{ID}": "Dòng 57: Hạn không phải là ngày."},
}  # fmt: skip
LISTED = {"href": "/dialogues/1", "title": TITLE, "day": HELD, "held": True, "stage": "Đã ghi ý kiến", "total": 68, "settled": 66,
          "waiting": 3, "next_due": DUE, "late": True, "published": False}  # fmt: skip
LIST: dict[str, Any] = STAFF | {
    "tabs": [{"href": "?part=open", "text": "Chưa kết thúc", "count": 2, "active": True}],
    "rows": [LISTED, LISTED | {"href": "/dialogues/2", "held": False, "waiting": 0, "next_due": None, "published": True}],
    "search": {"action": "/dialogues", "q": "", "keep": {"part": "open"}}, "plan": "/dialogues/plan", "next_page": "?cursor=x",
    "sorts": [{"text": "Mới nhất", "href": "?sort=newest", "active": True}, {"text": "Cũ nhất", "href": "?sort=oldest", "active": False}],
    "exports": [{"href": "/dialogues/export?format=csv", "text": "CSV"}], "look_back": LOOK_BACK,
}  # fmt: skip

DIALOGUE_PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "dialogues": ("staff/dialogues.html", LIST),
    "dialogues-empty": ("staff/dialogues.html", LIST | {"rows": [], "plan": None, "past": PAST}),
    "dialogue-plan": ("staff/dialogue_plan.html", STAFF | {
        "back": "/dialogues", "action": "/dialogues/plan", "command_id": ID, "fields": AREA, "errors": {"text": "Hãy điền."}}),
    "dialogue": ("staff/dialogue.html", MEETING),
    "dialogue-closed": ("staff/dialogue.html", MEETING | {
        "acts": [], "errors": {}, "minutes": "/dialogues/1/minutes", "summary": "Đã trả lời đủ.", "closed_at": LATER, "waiting": 0,
        "published": {"at": LATER, "href": "/p/dialogues/1"}, "next_due": None, "rows_href": None}),
    "dialogue-planned": ("staff/dialogue.html", MEETING | {
        "held": None, "total": 0, "settled": 0, "by_level": [], "minutes_missing": False, "announcements": [], "past": PAST}),
    "dialogue-opinions": ("staff/dialogue_opinions.html", STAFF | PROGRESS | {
        "meeting_href": "/dialogues/1", "rows": [OPINION, OPINION | {"number": 14, "open": False, "overdue": True, "level": ""}],
        "found": 2, "filters": FILTERS, "range": "", "bulk": [ACT | {"id": "routings"}], "command_id": ID, "version": 7,
        "previous_page": None, "next_page": "?page=2", "exports": [{"href": "/dialogues/1/export?format=csv", "text": "CSV"}],
        "rows_href": "/dialogues/1/rows", "errors": {"numbers": "Chưa chọn ý kiến nào."}}),
    "dialogue-opinions-none": ("staff/dialogue_opinions.html", STAFF | PROGRESS | {
        "meeting_href": "/dialogues/1", "rows": [], "found": 0, "filters": FILTERS, "range": "", "bulk": [], "command_id": ID,
        "version": 7, "previous_page": None, "next_page": None, "exports": [], "rows_href": None, "past": PAST}),
    "dialogue-opinion": ("staff/dialogue_opinion.html", STAFF | PROGRESS | OPINION | {
        "back": "/dialogues/1/opinions", "due_reason": "Hẹn tại hội nghị", "answer": None, "transfer": None,
        "acts": [ACT | {"id": "answers"}], "history": [EVENT]}),
    "dialogue-opinion-settled": ("staff/dialogue_opinion.html", STAFF | PROGRESS | OPINION | {
        "back": "/dialogues/1/opinions", "due_reason": "Hẹn", "overdue": True, "answer": {"text": "Đã sửa xong.", "on": DUE},
        "transfer": {"to": "Sở (demo)", "on": DUE, "document": "12/CV (demo)"}, "acts": [], "history": [EVENT]}),
    "dialogue-rows": ("staff/dialogue_rows.html", ROWS),
    "dialogue-rows-none": ("staff/dialogue_rows.html", ROWS | {"rows": [], "waiting": 0, "action": None, "dismiss": None, "errors": {}}),
    "dialogue-public": ("p/dialogue.html", {
        "title": TITLE, "authority": "UBND phường (demo)", "held_on": HELD, "published_at": LATER, "text": "Đã trả lời 60 ý kiến.",
        "total": 68, "by_state": [{"text": "Đã trả lời", "count": 60}, {"text": "Đã chuyển", "count": None}],
        "by_level": [{"text": "Nhà trường", "count": None}]}),
    "dialogue-public-few": ("p/dialogue.html", {
        "title": TITLE, "authority": "UBND phường (demo)", "held_on": HELD, "published_at": LATER, "text": None, "total": None,
        "by_state": [], "by_level": []}),
}  # fmt: skip
