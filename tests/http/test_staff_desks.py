"""The smaller desks: paper from other channels, accounts, the purpose of an audit, erasure of personal data."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from application.people import account_id_of
from tests.support.office import PASSWORD
from tests.support.staff import MONEY, STORY, Clerk, classified, clerk, forms_of, submitted, text_of
from tests.support.uploads import telling_photo
from tests.support.world import SCHOOL, Town

PAPER = {"unit": str(SCHOOL), "channel": "post", "topic": "money", "danger": "no", "text": STORY}


async def test_paper_gets_a_code_and_says_how_late_it_was_entered(town: Town) -> None:
    mai = await clerk(town, "mai")
    received = (datetime.now(UTC) - timedelta(days=2)).astimezone().isoformat(timespec="minutes")
    fields = await mai.form("/paper") | PAPER | {"received_at": received, "name": "Trần Thị Mẫu (demo)"}
    without = await mai.send("/paper", fields, 409)
    assert 'href="#late_reason"' in without.text
    assert STORY in without.text
    fields = forms_of(without.text)["/paper"] | {"late_reason": "Thư đến cuối tuần"}
    receipt = await mai.send("/paper", fields, 200)
    code = re.findall(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", receipt.text)[0]
    again = await mai.send("/paper", fields, 200)
    assert code in again.text
    case = re.findall(r'href="(/cases/[0-9a-f-]{36})"', receipt.text)[0]
    shown = text_of(await mai.read(case))
    assert "ghi muộn 2 ngày" in shown.lower()
    assert code not in shown
    assert "Trần Thị Mẫu" not in shown
    assert (await town.anonymous.get(f"/api/track/{code}")).status_code == 200


async def test_photos_of_the_sheet_are_shown_in_the_case_and_other_files_are_refused(town: Town) -> None:
    mai = await clerk(town, "mai")
    fields = await mai.form("/paper") | PAPER
    parts = [
        (name, (None, value))
        for name, value in {k: v if isinstance(v, str) else v[-1] for k, v in fields.items()}.items()
    ]
    wrong = await mai.client.post(
        "/paper", files=[*parts, ("photos", ("x.html", b"<script>alert(1)</script>", "text/html"))]
    )
    assert wrong.status_code == 409
    assert 'href="#photos"' in wrong.text
    parts = [part if part[0] != "command_id" else ("command_id", (None, str(uuid4()))) for part in parts]
    good = await mai.client.post("/paper", files=[*parts, ("photos", ("a.jpg", telling_photo("JPEG"), "image/jpeg"))])
    assert good.status_code == 200, text_of(good.text)[-800:]
    case = re.findall(r'href="(/cases/[0-9a-f-]{36})"', good.text)[0]
    picture = re.findall(rf'<img src="({case}/files/[0-9a-f-]+)"', await mai.read(case))[0]
    answer = await mai.client.get(picture)
    assert answer.headers["content-type"].startswith("image/jpeg")
    hoa = await clerk(town, "hoa")
    assert (await hoa.client.get(picture)).status_code == 404


async def test_a_unit_of_another_authority_cannot_be_chosen(town: Town) -> None:
    loan = await clerk(town, "loan")
    answer = await loan.send("/paper", await loan.form("/paper") | PAPER, 400)
    assert 'href="#unit"' in answer.text


async def test_an_administrator_invites_gives_and_ends_posts_and_gives_a_new_start_code(town: Town) -> None:
    tung = await clerk(town, "tung")
    fields = await tung.form("/accounts/new")
    empty = await tung.send("/accounts/new", fields, 400)
    for field in ("name", "username", "title", "roles"):
        assert f'href="#{field}"' in empty.text
    person = {
        "name": "Người bách (demo)",
        "username": "bach",
        "title": "Cán bộ (demo)",
        "roles": ["officer"],
    }
    paper = await tung.send("/accounts/new", forms_of(empty.text)["/accounts/new"] | person, 200)
    account = f"/accounts/{account_id_of('bach')}"
    await _choose_password(town, "bach", _printed(paper.text))
    bach = await clerk(town, "bach")
    await _second_post(tung, account)
    await _choose_second_post(town)
    fields = await tung.form(account, f"{account}/post-endings")
    posts = re.findall(r'<option value="([0-9a-f-]{36})">Trực thứ Bảy', await tung.read(account))
    await tung.send(f"{account}/post-endings", fields | {"post_id": posts[0], "reason": "Hết đợt"})
    again = await tung.send(f"{account}/start-codes", await tung.form(account, f"{account}/start-codes"), 200)
    assert _printed(again.text) != _printed(paper.text)
    assert (await bach.client.get("/work")).status_code == 303
    stale = fields | {"reason": "Muộn", "post_id": posts[0], "command_id": str(uuid4())}
    assert (await tung.client.post(f"{account}/post-endings", data=stale)).status_code == 412


def _printed(page: str) -> str:
    """The code on the paper, as it is printed."""
    code: str = re.findall(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b", page)[0]
    return code


async def _choose_password(town: Town, username: str, code: str) -> None:
    """Whoever signs in with the paper gets to the choice of a password and nowhere else."""
    client = town.client(**{"sec-fetch-site": "same-origin"})
    entered = await client.post("/sign-in", data={"username": username, "password": code.lower()})
    assert entered.status_code == 303, entered.text
    html = {"accept": "text/html"}
    assert (await client.get("/work", headers=html)).headers["location"] == "/password"
    assert (await client.get("/api/cases")).json()["code"] == "password-change-needed"
    form = forms_of((await client.get("/password", headers=html)).text)["/password"]
    new = {"current": code, "password": PASSWORD, "repeat": PASSWORD}
    chosen = await client.post("/password", data=form | new)
    assert chosen.headers["location"].startswith("/sign-in"), chosen.text
    used = await town.client().post("/api/session", json={"username": username, "password": code})
    assert used.json()["code"] == "sign-in-failed"
    # Another person looks next: the page of an account is only as new as its read model.
    await town.settle()


async def _second_post(tung: Clerk, account: str) -> None:
    fields = await tung.form(account, f"{account}/post-givings")
    await tung.send(f"{account}/post-givings", fields | {"title": "Trực thứ Bảy (demo)", "roles": ["intake"]})


async def _choose_second_post(town: Town) -> None:
    client = (await clerk(town, "tung")).client
    answer = await client.post("/sign-in", data={"username": "bach", "password": PASSWORD})
    assert answer.headers["location"].startswith("/posts")
    bach = Clerk(client)
    page = await bach.read("/posts")
    wanted = re.findall(r'value="([0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Trực', page)[0]
    await bach.send("/posts", {"post": wanted, "next": "/work"})
    assert "Trực thứ Bảy (demo)" in text_of(await bach.read("/work"))
    assert (await bach.client.post("/posts", data={"post": str(uuid4())})).status_code == 404


async def test_accounts_of_another_authority_are_not_there(town: Town) -> None:
    tung, tinh = await clerk(town, "tung"), await clerk(town, "tinh")
    own = re.findall(r'href="(/accounts/[0-9a-f-]{36})"', await tinh.read("/accounts"))[0]
    assert (await tung.client.get(own)).status_code == 404
    assert "Người loan" not in await tung.read("/accounts")


async def test_an_auditor_states_a_purpose_first(town: Town) -> None:
    van = await clerk(town, "van")
    await submitted(town)
    assert (await van.client.get("/work")).headers["location"] == "/purpose"
    assert (await van.client.get("/cases")).headers["location"] == "/purpose?next=%2Fcases"
    fields = await van.form("/purpose?next=/cases", "/purpose")
    assert 'href="#purpose"' in (await van.send("/purpose", fields, 400)).text
    done = await van.send(
        "/purpose", fields | {"purpose": "Kiểm tra quý IV", "basis": "KH 12, 01/11/2026", "days": "7"}
    )
    assert done.headers["location"] == "/cases"
    shown = text_of(await van.read("/cases"))
    assert "1 hồ sơ" in shown


async def test_two_people_erase_a_sender_and_a_hold_stops_them(town: Town) -> None:
    mai, son = await clerk(town, "mai"), await clerk(town, "son")
    case = await classified(town, mai)
    page = f"/cases/{case}/erasure"
    number = re.findall(r"PA-[A-Z0-9-]+", await mai.read(f"/cases/{case}"))[0]
    kho = await clerk(town, "kho")
    assert (await kho.client.get(f"/erasures?number={number}")).headers["location"] == page
    assert 'href="#number"' in await kho.read("/erasures?number=PA-1")
    paper = {"document": "Đơn ngày 01/11/2026"}
    await _step(mai, page, "erasure-requests", ground="subject-asked", **paper)
    assert "erasure-approvals" not in await mai.read(page)
    await _step(kho, page, "legal-holds", reason="Chứng cứ", document="CV 5")
    assert "erasure-approvals" not in await son.read(page)
    hold = await son.form(page, f"{page}/legal-hold-liftings")
    await son.send(f"{page}/legal-hold-liftings", hold | {"reason": "Vụ việc đã xong", "document": "CV 9"})
    await _step(son, page, "erasure-approvals", **paper)
    await town.settle()
    assert "đã xóa" in text_of(await son.read(page))
    now = datetime.now(UTC).isoformat().replace("+", "%2B")
    for path in (f"/cases/{case}", f"/cases/{case}/history", f"/cases/{case}?as_of={now}"):
        shown = text_of(await mai.read(path))
        assert STORY not in shown
        assert "Đã xóa" in shown
    contact = await mai.form(f"/cases/{case}/contact")
    answer = await mai.send(f"/cases/{case}/contact", contact | {"reason": "Cần gọi"}, 200)
    assert MONEY.identity.phone not in answer.text


async def _step(who: Clerk, page: str, act: str, **fields: str) -> None:
    path = f"{page}/{act}"
    form = await who.form(page, path)
    assert (await who.send(path, form, 400)).status_code == 400
    await who.send(path, form | fields)


@pytest.mark.parametrize("act", ["erasure-approvals", "legal-holds", "nonsense"])
async def test_who_may_not_decide_about_an_erasure_is_refused(town: Town, act: str) -> None:
    mai = await clerk(town, "mai")
    case = await classified(town, mai)
    wish = {"command_id": str(uuid4()), "version": "0"}
    answer = await mai.client.post(f"/cases/{case}/erasure/{act}", data=wish)
    assert answer.status_code == (404 if act == "nonsense" else 403)
