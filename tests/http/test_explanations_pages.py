"""The pages of an explanation without a browser: what is kept when something is refused, and who is led where."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime

from tests.support.explaining import ASKING, TOLD, answered, asked_of_school, known, opened, taken_in
from tests.support.office import command
from tests.support.staff import Clerk, clerk, forms_of, menu_of, text_of
from tests.support.uploads import telling_photo
from tests.support.world import Town

ASKED = {"question": ["Năm nay trường thu khoản nào?", "Thông báo thế nào?"], "could_know": "40"}


def form_of(html: str, path: str) -> dict[str, object]:
    return forms_of(html)[path]


async def previewed(mai: Clerk, path: str, **fields: object) -> str:
    form = await mai.form(path) | ASKED | fields | {"step": "preview"}
    return (await mai.send(path, form, 200)).text


async def test_a_school_account_lands_at_its_own_work_and_has_no_other_menu(town: Town) -> None:
    hoa = await clerk(town, "hoa")
    for start in ("/", "/work"):
        answer = await hoa.client.get(start)
        assert (answer.status_code, answer.headers["location"]) == (303, "/school")
    home = await hoa.read("/school")
    assert menu_of(home) == ["/school"]
    shown = text_of(home)
    assert "Trường Tiểu học Bình Nguyên (demo)" in shown
    assert "Không có việc nào đang chờ nhà trường." in shown
    for hidden in ("/cases", "/explanations", "/explanations/export", "/cases/export"):
        await hoa.read(hidden, 403)
    assert (await (await clerk(town, "mai")).client.get("/school")).status_code == 403


async def test_the_form_holds_nothing_of_the_sender_and_sends_nothing_unconfirmed(town: Town) -> None:
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    mai, path = await clerk(town, "mai"), f"/cases/{case}/explanation-requests"
    empty = await mai.read(path)
    assert TOLD[:20] not in empty
    assert form_of(empty, path)["question"] == ["", ""]
    assert "photo" not in form_of(empty, path)
    preview = await previewed(mai, path)
    for told in ("Nhà trường sẽ thấy", *ASKED["question"], "Không tìm cách xác định"):
        assert str(told) in text_of(preview)
    assert "looked" not in form_of(preview, path)
    refused = await mai.send(path, form_of(preview, path) | {"step": "send"}, 409)
    assert "Chưa xác nhận phần" in text_of(refused.text)
    assert form_of(refused.text, path)["question"] == ASKED["question"]
    back = await mai.send(path, form_of(preview, path) | {"step": "edit"}, 200)
    assert form_of(back.text, path)["question"] == ASKED["question"]
    more = await mai.send(path, form_of(back.text, path) | {"step": "more"}, 200)
    assert form_of(more.text, path)["question"] == [*ASKED["question"], ""]
    await town.settle()
    assert (await (await town.of("mai")).get("/api/explanations")).json()["total"] == 0


async def test_what_is_missing_stands_at_its_field_and_what_was_typed_stays(town: Town) -> None:
    case = await taken_in(town)
    mai, path = await clerk(town, "mai"), f"/cases/{case}/explanation-requests"
    form = await mai.form(path)
    wrong = {"question": ["", ""], "could_know": "vài", "due_on": "mai", "step": "preview"}
    answer = await mai.send(path, form | wrong, 400)
    for field in ("question-1", "could_know", "due_on"):
        assert f'href="#{field}"' in answer.text
    few = await mai.send(path, form | ASKED | {"could_know": "3", "step": "preview"}, 409)
    assert 'href="#few_reason"' in few.text
    assert form_of(few.text, path)["could_know"] == ["3"]
    late = await mai.send(path, form | ASKED | {"due_on": "2040-01-04", "step": "preview"}, 409)
    assert 'href="#date_reason"' in late.text
    asked = {"due_on": "2040-01-04", "date_reason": "Trường nghỉ hè", "step": "preview"}
    good = await mai.send(path, form | ASKED | asked, 200)
    assert "cơ quan đặt ngày khác" in text_of(good.text)


async def test_sending_twice_makes_one_request_and_a_moved_case_keeps_what_was_typed(town: Town) -> None:
    case = await taken_in(town)
    mai, path = await clerk(town, "mai"), f"/cases/{case}/explanation-requests"
    form = form_of(await previewed(mai, path), path) | {"confirmed": "yes", "step": "send"}
    first, second = await mai.send(path, form), await mai.send(path, form)
    assert re.fullmatch(r"/explanations/[0-9a-f-]{36}\?done=explanation-requests", first.headers["location"])
    assert second.headers["location"] == f"/cases/{case}?done=explanation-requests"
    other = form_of(await previewed(mai, path), path) | {"confirmed": "yes", "step": "send"}
    await town.do("mai", f"/api/feedback/{case}/notes", {"note": "Ghi chú"})
    stale = await mai.send(path, other, 412)
    assert form_of(stale.text, path)["question"] == ASKED["question"]
    again = form_of(stale.text, path) | {"confirmed": "yes", "step": "send"}
    await mai.send(path, again)
    assert (await (await town.of("mai")).get("/api/explanations")).json()["total"] == 2


async def test_a_school_keeps_its_answers_when_one_is_missing_or_a_paper_is_refused(town: Town) -> None:
    explanation = await asked_of_school(town, await taken_in(town))
    hoa, path = await clerk(town, "hoa"), f"/school/requests/{explanation}"
    form = await hoa.form(path, f"{path}/answers")
    half = await hoa.send(f"{path}/answers", form | {"answer-1": "Chỉ thu học phí"}, 400)
    assert 'href="#answer-2"' in half.text
    assert form_of(half.text, f"{path}/answers")["answer-1"] == ["Chỉ thu học phí"]
    whole = {name: str(value[-1] if isinstance(value, list) else value) for name, value in form.items()}
    whole |= {"answer-1": "Chỉ thu học phí", "answer-2": "Họp phụ huynh"}
    parts = [(name, (None, value)) for name, value in whole.items()]
    paper = ("papers", ("thu.html", b"<script>alert(1)</script>", "text/html"))
    refused = await hoa.client.post(f"{path}/answers", files=[*parts, paper])
    assert refused.status_code == 400
    assert 'href="#papers"' in refused.text
    assert "Họp phụ huynh" in refused.text
    good = ("papers", ("so-thu.jpg", telling_photo("JPEG"), "image/jpeg"))
    fresh = form_of(refused.text, f"{path}/answers") | {"answer-1": "Một", "answer-2": "Hai"}
    parts = [(name, (None, str(value[-1] if isinstance(value, list) else value))) for name, value in fresh.items()]
    done = await hoa.client.post(f"{path}/answers", files=[*parts, good])
    assert (done.status_code, done.headers["location"]) == (303, f"{path}?done=answers")
    shown = await hoa.read(path)
    assert "so-thu.jpg" in shown
    file = re.findall(rf'href="({path}/files/[0-9a-f-]+)"', shown)[0]
    assert (await hoa.client.get(file)).headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_handler_declines_more_time_and_recalls_what_was_not_opened(town: Town) -> None:
    case = await taken_in(town)
    explanation = await asked_of_school(town, case)
    mai, path = await clerk(town, "mai"), f"/explanations/{explanation}"
    forms = forms_of(await mai.read(path))
    assert [action for action in forms if action.startswith(path)] == [f"{path}/recalls"]
    await mai.send(f"{path}/recalls", forms[f"{path}/recalls"], 400)
    hoa = await clerk(town, "hoa")
    wish = await hoa.form(f"/school/requests/{explanation}", f"/school/requests/{explanation}/more-time-requests")
    none = wish | {"until": "", "reason": ""}
    early = await hoa.send(f"/school/requests/{explanation}/more-time-requests", none, 400)
    assert 'href="#until"' in early.text
    soon = wish | {"until": "2026-01-01", "reason": "Kế toán nghỉ"}
    assert 'href="#until"' in (await hoa.send(f"/school/requests/{explanation}/more-time-requests", soon, 409)).text
    await hoa.send(f"/school/requests/{explanation}/more-time-requests", soon | {"until": "2040-01-04"})
    stale = await mai.send(f"{path}/recalls", forms[f"{path}/recalls"] | {"reason": "Nhầm"}, 412)
    assert f"{path}/more-time-refusals" in stale.text
    declined = forms_of(await mai.read(path))[f"{path}/more-time-refusals"] | {"reason": "Đã đủ thời gian"}
    await mai.send(f"{path}/more-time-refusals", declined)
    assert "Đã đủ thời gian" in text_of(await hoa.read(f"/school/requests/{explanation}"))
    other = await asked_of_school(town, case)
    back = await mai.form(f"/explanations/{other}", f"/explanations/{other}/recalls") | {"reason": "Hỏi nhầm"}
    await mai.send(f"/explanations/{other}/recalls", back)
    assert "Đã thu hồi" in text_of(await mai.read(f"/explanations/{other}"))
    assert "Nhà trường không thấy gì" in text_of(await mai.read(f"/explanations/{other}"))
    await hoa.read(f"/school/requests/{other}", 404)


async def test_the_list_has_parts_an_export_and_a_past_and_the_case_shows_its_requests(town: Town) -> None:
    case = await taken_in(town)
    before = datetime.now(UTC)
    await town.settle()
    explanation = await asked_of_school(town, case)
    number = (await opened(town, explanation))["number"]
    await known(town, explanation)
    mai = await clerk(town, "mai")
    listed = text_of(await mai.read("/explanations"))
    assert number in listed
    assert "Chờ giải trình (1)" in listed
    assert number not in text_of(await mai.read("/explanations?part=given"))
    assert number not in text_of(await mai.read(f"/explanations?as_of={before.isoformat().replace('+', '%2B')}"))
    lines = list(csv.reader((await mai.read("/explanations/export?part=all")).lstrip("\ufeff").splitlines()))
    assert [line[0] for line in lines[1:]] == [number]
    await town.settle()
    assert number in text_of(await mai.read(f"/cases/{case}"))
    assert (await answered(town, explanation)).status_code == 201
    await town.settle()
    assert "Đã giải trình" in text_of(await mai.read(f"/cases/{case}"))
    assert number in text_of(await mai.read("/explanations?part=given"))


async def test_erasing_the_sender_takes_the_request_and_its_copies_along(town: Town) -> None:
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    photo = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()["attachments"][0]["id"]
    explanation = await asked_of_school(town, case, attachments=[{"file_id": photo, "looked_at": True}])
    assert len(list(town.world.files.all_paths())) == 2
    paper = {"document": "12/ĐN (demo)"}
    for version, (who, act, more) in enumerate(
        (("mai", "erasure-requests", {"ground": "subject-asked"}), ("kho", "erasure-approvals", {}))
    ):
        body, client = {**paper, **more}, await town.of(who)
        done = await client.post(f"/api/cases/{case}/{act}", json=body, headers=command(version))
        assert done.status_code == 201, done.text
    await town.settle()
    left = [path for path in town.world.files.all_paths() if path.name != "erased"]
    assert left == []
    read = (await (await town.of("hoa")).get(f"/api/school/requests/{explanation}")).json()
    assert [item["text"] for item in read["questions"]] == [{"erased": True}] * len(ASKING["questions"])
    assert "Đã xóa" in text_of(await (await clerk(town, "hoa")).read(f"/school/requests/{explanation}"))
