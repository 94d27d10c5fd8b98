"""What comes by other ways than the QR code: papers and their days, the scan as evidence, receipts, several sheets."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest_asyncio

from application.assistance import assistance_id_of
from application.people import account_id_of
from domain.schools.codes import public_code
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.staff import STORY, Clerk, clerk, forms_of, text_of
from tests.support.uploads import SENTINEL, telling_photo
from tests.support.world import SCHOOL, Town, open_town

PAPER = {"unit": str(SCHOOL), "channel": "offline-sheet", "topic": "money", "danger": "no", "text": STORY}
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
CASE = re.compile(r'href="(/cases/[0-9a-f-]{36})"')


@pytest_asyncio.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """Thursday 27/08/2026, 08:30 in Hà Nội; the clock stands."""
    async with open_town(database, tmp_path, now=datetime(2026, 8, 27, 1, 30, tzinfo=UTC)) as opened:
        yield opened


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def moment(days: int) -> str:
    return ago(days).astimezone().isoformat(timespec="minutes")


def day(days: int) -> str:
    return (ago(days) + timedelta(hours=7)).strftime("%Y-%m-%d")


async def with_files(person: Clerk, path: str, fields: dict[str, object], *files: tuple[str, bytes]) -> httpx.Response:
    """A form as a browser sends it, with files: (field, content)."""
    parts: list[tuple[str, tuple[str | None, str | bytes, str]]] = []
    for name, value in fields.items():
        parts += [(name, (None, str(one), "text/plain")) for one in (value if isinstance(value, list) else [value])]
    parts += [(name, ("phieu-01.jpg", content, "image/jpeg")) for name, content in files]
    return await person.client.post(path, files=parts)


async def test_a_sheet_from_a_hamlet_keeps_its_scan_unchanged_and_shows_a_clean_copy(town: Town) -> None:
    mai, scan = await clerk(town, "mai"), telling_photo("JPEG")
    late = {"received_at": moment(2), "late_reason": "Đi thôn về muộn", "paper_day": day(2)}
    fields = await mai.form("/paper") | PAPER | late | {"received_at_place": "Nhà văn hóa thôn (demo)"}
    receipt = await with_files(mai, "/paper", fields, ("photos", scan))
    assert receipt.status_code == 200, text_of(receipt.text)[-800:]
    case = CASE.findall(receipt.text)[0]
    shown = await mai.read(case)
    assert "Ghi muộn 2 ngày: Đi thôn về muộn" in text_of(shown).replace("ghi muộn", "Ghi muộn")
    assert sha256(scan).hexdigest() in shown
    copy = await mai.client.get(re.findall(rf'<img src="({case}/files/[0-9a-f-]+)"', shown)[0])
    assert SENTINEL.encode() not in copy.content
    original = await mai.client.get(re.findall(rf'href="({case}/files/[0-9a-f-]+/original)"', shown)[0])
    assert original.content == scan
    assert original.headers["content-disposition"].startswith("attachment")
    assert original.headers["digest"] == "sha-256=" + base64.b64encode(sha256(scan).digest()).decode()
    vinh = await clerk(town, "vinh")
    assert (await vinh.client.get(str(original.url))).status_code == 404


async def test_the_days_of_the_papers_are_held_against_the_day_of_receipt(town: Town) -> None:
    mai = await clerk(town, "mai")
    late = {"received_at": moment(2), "late_reason": "Đi thôn về muộn"}
    for wrong, field in (
        ({"paper_day": day(1)}, "received_at"),
        ({"paper_day": day(3)}, "received_at"),
        ({"channel": "transfer"}, "sent_by"),
        ({"channel": "transfer", "sent_by": "UBND tỉnh (demo)", "document_day": day(1)}, "received_at"),
        ({"received_at": moment(-1)}, "received_at"),
    ):
        fields = await mai.form("/paper") | PAPER | late | wrong
        answer = await mai.send("/paper", fields, 409)
        assert f'href="#{field}"' in answer.text, wrong
        kept = forms_of(answer.text)["/paper"]
        assert kept["text"] == [STORY]
        assert kept["late_reason"] == ["Đi thôn về muộn"]


async def test_a_transfer_names_the_body_with_number_and_day_of_its_document(town: Town) -> None:
    client = await town.of("mai")
    body = {
        "unit": public_code(SCHOOL),
        "text": STORY,
        "channel": "transfer",
        "sent_by": "Ban tiếp công dân tỉnh (demo)",
        "document_number": "12/PC (demo)",
        "document_day": day(1),
        "received_at": ago(0).isoformat(),
        "late_reason": "Văn thư chuyển",
        "scans": [{"name": "cv.jpg", "data": base64.b64encode(telling_photo("JPEG")).decode()}],
    }
    answer = await client.post("/api/submissions/paper", json=body, headers=command())
    assert answer.status_code == 201, answer.text
    case = answer.json()["submission_id"]
    await town.settle()
    paper = (await client.get(f"/api/cases/{case}")).json()["paper"]
    assert (paper["sent_by"], paper["document_number"]) == (body["sent_by"], body["document_number"])
    assert len(paper["originals"]) == 1
    stored = await town.world.log.of_streams((UUID(case),))
    assert "Ban tiếp công dân" not in msgspec.json.encode([recorded.fact for recorded in stored]).decode()
    auditor = await town.of("vinh")
    assert "paper" not in (await auditor.get(f"/api/cases/{case}")).json()


async def test_a_receipt_is_printed_again_without_the_code_and_says_so(town: Town) -> None:
    mai = await clerk(town, "mai")
    receipt = await mai.send("/paper", await mai.form("/paper") | PAPER | {"channel": "zalo"}, 200)
    (code,) = set(CODE.findall(text_of(receipt.text)))
    case = CASE.findall(receipt.text)[0]
    await town.settle()
    again = text_of(await mai.read(f"{case}/receipt"))
    assert code not in again
    assert "không có mã tra cứu" in again
    assert "PA-" in again
    assert "Người nộp" in again


async def test_rows_of_a_visit_are_saved_one_by_one_and_a_failure_repeats_nothing(town: Town) -> None:
    mai = await clerk(town, "mai")
    shared = {"unit": str(SCHOOL), "received_at_place": "Thôn Nà Mẫu (demo)", "collected_by": "Trưởng thôn (demo)"}
    fields = await mai.form("/paper/batch") | shared
    for key, text in (("1", STORY), ("2", "ngắn")):
        fields |= {f"row-{key}-topic": "money", f"row-{key}-danger": "no", f"row-{key}-text": text}
    scan = ("row-1-photos", telling_photo("JPEG"))
    answer = await with_files(mai, "/paper/batch", fields, scan)
    assert answer.status_code == 400
    said = text_of(answer.text)
    assert "Đã ghi 1 phiếu" in said
    assert 'href="#row-2-text"' in answer.text
    (first,) = set(CODE.findall(said))
    left = forms_of(answer.text)["/paper/batch"]
    assert left["row"][:1] == ["2"]
    assert left["row-2-text"] == ["ngắn"]
    repeated = await with_files(mai, "/paper/batch", fields, scan)
    assert first in text_of(repeated.text)
    changed = await with_files(mai, "/paper/batch", fields | {"row-1-text": f"{STORY} Thêm."}, scan)
    assert changed.status_code == 400, "a row that was saved is not saved once more with other words"
    mended = await mai.send("/paper/batch", left | {"row-2-text": STORY}, 200)
    (second,) = set(CODE.findall(text_of(mended.text)))
    assert second != first
    await town.settle()
    listed = (await mai.client.get("/api/cases")).json()
    assert listed["total"] == 2


async def test_rows_without_a_script_grow_by_a_button_and_lose_nothing(town: Town) -> None:
    mai = await clerk(town, "mai")
    fields = await mai.form("/paper/batch") | {"row-1-text": STORY, "more": "1"}
    grown = forms_of((await mai.send("/paper/batch", fields, 200)).text)["/paper/batch"]
    assert grown["row"][:4] == ["1", "2", "3", "4"]
    assert grown["row-1-text"] == [STORY]
    assert grown["row-1-command_id"] == fields["row-1-command_id"]


async def test_a_caller_with_the_code_is_told_what_the_sender_sees_and_the_look_is_recorded(town: Town) -> None:
    mai = await clerk(town, "mai")
    sent = await entered(town, mai)
    version = await town.version_of(sent[0])
    fields = await mai.form("/assist") | {"channel": "hotline", "code": sent[1].lower().replace("-", " ")}
    page = await mai.send("/assist", fields, 200)
    assert STORY in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "Nguyễn Thị Mật" not in page.text
    await mai.send("/assist", fields, 200)  # the same wish twice is one look
    await town.settle()
    (look,) = await town.world.log.of_streams((assistance_id_of(sent[0]),))
    assert (look.actor_kind, look.actor_id) == ("official", account_id_of("mai"))
    assert await town.version_of(sent[0]) == version


async def test_a_wrong_code_and_one_of_another_authority_are_answered_alike(town: Town) -> None:
    mai, loan = await clerk(town, "mai"), await town.of("loan")
    _case, code = await entered(town, mai)
    theirs = await loan.post("/api/assistance/look-ups", json={"code": code}, headers=command())
    wrong = await loan.post("/api/assistance/look-ups", json={"code": "A" * 16}, headers=command())
    assert (theirs.status_code, theirs.content) == (wrong.status_code, wrong.content) == (404, wrong.content)
    son = await town.of("son")
    assert (await son.post("/api/assistance/look-ups", json={"code": code}, headers=command())).status_code == 403


async def test_what_a_caller_says_is_recorded_for_the_sender(town: Town) -> None:
    mai = await clerk(town, "mai")
    case, code = await entered(town, mai)
    client, path = await town.of("mai"), f"/api/submissions/{case}"
    await town.do("mai", f"{path}/acknowledgements")
    kind = {"kind": "feedback", "category": "over-collection", "title": "Thu tiền", "requests": ["Kiểm tra"]}
    await town.do("mai", f"{path}/classifications", kind)
    await town.do("mai", f"/api/feedback/{case}/questions", {"question": "Việc xảy ra khi nào?"})
    thu = await town.of("thu")  # an officer who does not hold it, but was told the code
    said = {"code": code, "question": 1, "text": "Hôm thứ Sáu tuần trước."}
    answer = await thu.post("/api/assistance/replies", json=said, headers=command())
    assert answer.status_code == 201, answer.text
    await town.settle()
    message = (await client.get(f"/api/cases/{case}")).json()["messages"][0]
    assert message["reply"] == "Hôm thứ Sáu tuần trước."
    gone = await thu.post("/api/assistance/withdrawals", json={"code": code, "channel": "in-person"}, headers=command())
    assert gone.status_code == 201, gone.text
    shown = (await town.anonymous.get(f"/api/track/{code}")).json()
    assert shown["state"] == "withdrawn"


async def test_a_sheet_received_on_tuesday_and_typed_on_thursday_is_answered_by_friday_of_next_week(
    still_town: Town,
) -> None:
    """Walk A1, step 14: received 25/08 14:00, typed 27/08 08:30; ten days behind 25/08 end on Friday 04/09/2026."""
    mai = await clerk(still_town, "mai")
    fields = await mai.form("/paper") | PAPER
    fields |= {"received_at": "2026-08-25T14:00", "paper_day": "2026-08-25", "late_reason": "Đi thôn về muộn"}
    receipt = await mai.send("/paper", fields, 200)
    assert "hết thứ Sáu 04/09/2026" in text_of(receipt.text)
    case = CASE.findall(receipt.text)[0]
    for page in (case, f"{case}/history", "/cases"):
        assert "ghi muộn 2 ngày" in text_of(await mai.read(page)).lower(), page
    moved = await mai.form("/paper") | PAPER | {"paper_day": "2026-08-25"}  # received "just now": two days later
    refused = await mai.send("/paper", moved, 409)
    assert "ngày nhận không được muộn hơn" in text_of(refused.text)


async def test_codes_are_not_tried_one_after_the_other(still_town: Town) -> None:
    mai = await still_town.of("mai")
    answers = [
        (await mai.post("/api/assistance/look-ups", json={"code": "A" * 16}, headers=command(key=uuid4()))).status_code
        for _ in range(61)
    ]
    assert answers[:60] == [404] * 60
    assert answers[60] == 429


async def entered(town: Town, person: Clerk) -> tuple[UUID, str]:
    """A sheet at the desk, with a name in the vault."""
    fields = await person.form("/paper") | PAPER | {"name": "Nguyễn Thị Mật (demo)"}
    receipt = await person.send("/paper", fields, 200)
    await town.settle()
    return UUID(CASE.findall(receipt.text)[0].rpartition("/")[2]), CODE.findall(text_of(receipt.text))[0]
