"""Every template renders in both languages from plain data, and says what the glossary says."""

from __future__ import annotations

import re

import pytest

from adapters.http.web.assets import Assets
from adapters.http.web.i18n import LANGUAGES, Language
from adapters.http.web.render import TEMPLATES, Pages
from tests.http.samples import PAGES
from tests.support.page_rules import faults_of


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(Assets(), demo=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_with_one_heading_and_no_inline_style_or_script(
    pages: Pages, name: str, language: Language
) -> None:
    template, context = PAGES[name]
    html = pages.html(template, context, language)
    assert faults_of(html, language) == []


def test_every_template_says_what_it_wants() -> None:
    for path in TEMPLATES.rglob("*.html"):
        assert path.read_text().startswith("{#"), path.name


def test_a_page_that_may_not_be_seen_and_one_that_is_not_there_are_the_same_bytes(pages: Pages) -> None:
    missing = pages.html("error.html", {"status": 404, "switch": None})
    assert missing == pages.html("error.html", {"status": 404, "switch": None, "path": "/cases/1"})


def test_what_was_typed_cannot_become_markup(pages: Pages) -> None:
    template, context = PAGES["form-error"]
    values = {"story": "</textarea><script>alert(1)</script>", "phone": '"><img src=x>'}
    html = pages.html(template, context | {"values": values})
    assert "<script>alert" not in html
    assert "<img src=x>" not in html


def test_the_words_on_the_landing_page_are_those_of_the_glossary(pages: Pages) -> None:
    template, context = PAGES["landing"]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", pages.html(template, context)))
    for sentence in (
        "Phản ánh, kiến nghị về nhà trường",
        "Bạn đang gửi về: Trường Tiểu học Bình Nguyên (demo), phường Đồi Thông (demo). Không phải trường này",
        "Ai đọc? Cán bộ tiếp nhận của UBND phường Đồi Thông (demo). Nhà trường không đọc được tin bạn gửi.",
        "Không cần tài khoản. Không bắt buộc ghi tên. Muốn kín đáo: gửi từ nhà, không dùng Wi-Fi hay máy của trường.",
        "Trẻ em đang gặp nguy hiểm? Gọi ngay 111 (miễn phí, 24/24).",
        "Cấp cứu 115 · Công an 113 · Cháy 114. Trang này không có người trực đêm.",
    ):
        assert sentence in text


def test_a_date_says_how_it_was_found(pages: Pages) -> None:
    template, context = PAGES["case"]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", pages.html(template, context)))
    assert "Hạn trả lời: hết thứ Năm 03/09/2026 · còn 10 ngày (5 ngày làm việc)" in text
    assert "Luật chưa rõ – lấy cách tính sớm hơn" in text
    assert "Cách tính muộn nhất có thể: thứ Tư 09/09/2026 (10 ngày làm việc)." in text
    assert "Quy tắc TCD-REPLY" in text


def test_a_fresh_paper_receipt_says_what_to_use_until_its_number_comes(pages: Pages) -> None:
    template, context = PAGES["paper-receipt"]
    (slip,) = context["slips"]
    meanwhile = "Số: sổ cấp sau vài phút; cho đến lúc đó chỉ cần mã tra cứu"
    for changes, said in (({}, f"Số: {slip['number']}"), ({"number": ""}, meanwhile), ({"number": "", "code": ""}, "")):
        head = pages.html(template, context | {"slips": [slip | changes]}).split("app-slip__head")[1].split("</p>")[0]
        assert ("Số:" in head) is bool(said)
        assert said in head
