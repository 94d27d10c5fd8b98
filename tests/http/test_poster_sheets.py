"""The printed sheets: what stands on them can be read, by a camera too; and where people reach the authority."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zxingcpp
from PIL import Image

from adapters.poster.sheets import Unit, pdf_of
from projections.authorities import PublicContact
from tests.support.office import command
from tests.support.staff import clerk, text_of
from tests.support.world import DOI_THONG, HAMLET_SCHOOL, OTHER_SCHOOL, SCHOOL, SONG_MAY, Town

DAY = date(2026, 11, 24)
MM = 72 / 25.4
"""Points of a millimetre."""
UNIT = Unit(
    name="Trường Tiểu học Bình Nguyên (demo)",
    area="phường Đồi Thông (demo)",
    code="7KQ2M9TD",
    address="https://phananh.example.vn/p/7KQ2M9TD",
    authority="UBND phường Đồi Thông (demo)",
    contact=PublicContact(
        date(2026, 1, 1),
        hotline="0209 000 0000",
        paper_place="nhà văn hóa khu Suối Reo (demo)",
        reception_days="thứ Năm hằng tuần",
        reception_place="Phòng tiếp công dân (demo)",
        denunciation_place="Ban tiếp công dân (demo)",
    ),
)
CONTACT = {"from_day": "2026-01-01", "hotline": "0209 000 0000", "reception_days": "thứ Năm hằng tuần, 7:30–11:30"}


def text_on(pdf: Path, page: int) -> str:
    args = ["pdftotext", "-f", str(page), "-l", str(page), "-layout", str(pdf), "-"]
    told = subprocess.run(args, check=True, capture_output=True, text=True).stdout
    return " ".join(told.replace("\u200b", "").split())


def boxes_on(pdf: Path) -> str:
    args = ["pdftotext", "-f", "1", "-l", "1", "-bbox", str(pdf), "-"]
    return subprocess.run(args, check=True, capture_output=True, text=True).stdout


def pages_of(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def photographed(pdf: Path, page: int, dots_per_inch: int = 36) -> Any:
    """Half the size of a screen's picture of the sheet."""
    stem = pdf.with_suffix("")
    only = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", *only, "-r", str(dots_per_inch), "-png", str(pdf), str(stem)], check=True)
    return zxingcpp.read_barcodes(Image.open(f"{stem}.png").convert("L"))


async def drawn(folder: Path, *units: Unit) -> Path:
    path = folder / "sheets.pdf"
    path.write_bytes(await pdf_of(units, DAY))
    return path


async def test_a_camera_reads_the_code_of_a_poster_at_half_its_size(tmp_path: Path) -> None:
    pdf = await drawn(tmp_path, UNIT)
    (code,) = photographed(pdf, 1)
    assert code.text == UNIT.address
    (large,) = photographed(pdf, 1, 144)
    corners = large.position
    assert (corners.top_right.x - corners.top_left.x) / 144 * 25.4 >= 70, "seven centimetres at least"
    assert not photographed(pdf, 2), "the paper sheet carries no code: nobody needs a network for it"


async def test_the_lines_of_a_poster_stand_on_one_page_and_the_paper_sheet_on_the_next(tmp_path: Path) -> None:
    pdf = await drawn(tmp_path, UNIT)
    assert pages_of(pdf) == 2
    poster, sheet = text_on(pdf, 1), text_on(pdf, 2)
    for line in (
        UNIT.authority,
        "PHẢN ÁNH, KIẾN NGHỊ VỀ NHÀ TRƯỜNG",
        "phananh.example.vn /p/7KQ2M9TD",
        "Mã trường: 7KQ2M9TD",
        UNIT.name,
        "Không cần tài khoản, không bắt buộc ghi tên.",
        "Tin đến thẳng UBND phường Đồi Thông (demo), không qua nhà trường.",
        "Chụp lại tấm này và gửi từ nhà cũng được.",
        "Giữ mã tra cứu để xem câu trả lời.",
        "Trẻ em gặp nguy hiểm: 111 · Cấp cứu 115 · Công an 113",
        "Không có mạng: gọi 0209 000 0000; nộp phiếu giấy tại nhà văn hóa khu Suối Reo (demo); tiếp công dân thứ Năm",
        "thứ Năm hằng tuần tại Phòng tiếp công dân (demo).",
        "Tố cáo: nộp đơn có chữ ký hoặc trình bày trực tiếp tại Ban tiếp công dân (demo).",
        "in ngày 24/11/2026",
        "Nếu mã bị dán đè, hãy gõ địa chỉ trên.",
    ):
        assert line in poster
    for line in ("PHIẾU PHẢN ÁNH, KIẾN NGHỊ", "Bạo lực, xúc phạm, xâm hại", "GIẤY BIÊN NHẬN", "Mã tra cứu", UNIT.code):
        assert line in sheet


async def test_the_letters_of_the_address_are_eight_millimetres_high(tmp_path: Path) -> None:
    pdf = await drawn(tmp_path, UNIT)
    line = next(line for line in boxes_on(pdf).splitlines() if "/p/7KQ2M9TD" in line)
    low, high = (float(line.split(f'{name}="')[1].split('"')[0]) for name in ("yMin", "yMax"))
    # The box of a line of this face is 1.265 of its size, its capitals and digits 0.7.
    assert (high - low) / 1.265 * 0.7 >= 8 * MM


async def test_what_the_authority_has_not_said_is_not_said(tmp_path: Path) -> None:
    pdf = await drawn(tmp_path, msgspec.structs.replace(UNIT, contact=None))
    poster = text_on(pdf, 1)
    assert "Không có mạng" not in poster
    assert "hỏi nơi nộp tại UBND phường Đồi Thông (demo)" in poster


async def test_the_longest_lines_still_fit_one_page_each(tmp_path: Path) -> None:
    long = "Phòng tiếp công dân, tầng một nhà làm việc số hai, đường Đồi Thông kéo dài (demo) " * 3
    contact = PublicContact(date(2026, 1, 1), *(long[:120] for _ in range(6)))
    unit = msgspec.structs.replace(
        UNIT,
        name="Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Suối Reo (demo)",
        authority="Ủy ban nhân dân xã Sông Mây và vùng lân cận (demo)",
        address="https://phan-anh-giao-duc.xa-song-may.tinh-demo.example.vn/p/7KQ2M9TD",
        contact=contact,
    )
    pdf = await drawn(tmp_path, unit)
    assert pages_of(pdf) == 2
    assert "Nếu mã bị dán đè" in text_on(pdf, 1)


async def test_the_same_units_on_the_same_day_give_the_same_bytes() -> None:
    first, again = [await pdf_of([UNIT], DAY) for _ in range(2)]
    assert first == again
    assert first != await pdf_of([UNIT], date(2026, 11, 25))


async def test_staff_print_the_sheets_of_chosen_units_or_of_all(town: Town, tmp_path: Path) -> None:
    mai = await clerk(town, "mai")
    own, hamlet, other = [(await town.place(school)).code for school in (SCHOOL, HAMLET_SCHOOL, OTHER_SCHOOL)]
    page = await mai.read("/qr")
    assert f'href="/qr/sheets.pdf?unit={own}"' in page
    path = tmp_path / "printed.pdf"
    for query, codes in (
        (f"unit={own}", [own]),
        (f"unit={own}&unit={hamlet}&unit={other}", [own, hamlet]),
        ("q=suoi reo", [hamlet]),
        ("", [own, hamlet]),
    ):
        answer = await mai.client.get(f"/qr/sheets.pdf?{query}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        path.write_bytes(answer.content)
        read = {photographed(path, 2 * number - 1)[0].text for number in range(1, len(codes) + 1)}
        assert read == {f"{town.world.settings.origin}/p/{code}" for code in codes}
        assert pages_of(path) == 2 * len(codes)
    assert (await mai.client.get(f"/qr/sheets.pdf?unit={other}")).status_code == 404


async def test_what_an_authority_publishes_stands_on_its_pages_and_sheets(town: Town, tmp_path: Path) -> None:
    unit = (await town.place(SCHOOL)).code
    signed = f"/p/signed?unit={unit}"
    html = {"accept": "text/html"}
    before = text_of((await town.anonymous.get(signed, headers=html)).text)
    assert "Chủ tịch tiếp công dân: hỏi UBND" in before
    son = await clerk(town, "son")
    form = await son.form("/public-contact")
    await son.send("/public-contact", form | {name: "" for name in form if name not in ("command_id", "version")}, 400)
    await son.send("/public-contact", form | CONTACT)
    assert "0209 000 0000" in text_of(await son.read("/public-contact?done=public-contact"))
    after = text_of((await town.anonymous.get(signed, headers=html)).text)
    assert "Chủ tịch tiếp công dân: thứ Năm hằng tuần, 7:30–11:30." in after
    assert "0209 000 0000" in after
    path = tmp_path / "printed.pdf"
    path.write_bytes((await son.client.get(f"/qr/sheets.pdf?unit={unit}")).content)
    assert "Không có mạng: gọi 0209 000 0000" in text_on(path, 1)


@pytest.mark.parametrize(("who", "where", "status"), [("son", SONG_MAY, 403), ("tung", DOI_THONG, 201)])
async def test_a_head_speaks_for_the_own_authority_only(town: Town, who: str, where: Any, status: int) -> None:
    version = await town.version_of(where)
    answer = await (await town.of(who)).post(
        f"/api/authorities/{where}/public-contacts", json=CONTACT, headers=command(version)
    )
    assert answer.status_code == status
