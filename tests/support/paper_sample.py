"""One paper with everything that a model knows, apart from any kind of case."""

from __future__ import annotations

from datetime import date

from adapters.papers.model import Article, Blank, Document, Field, Heading, Order, Paragraph, Signer, Table

WHOLE = Document(
    kind="sample",
    made_on=date(2026, 1, 5),
    superior="Ủy ban nhân dân tỉnh Lào Cai (demo)",
    issuer="Ủy ban nhân dân phường Đồi Thông (demo)",
    number="08",
    symbol="QĐ-UBND",
    place="Đồi Thông",
    day=date(2026, 1, 5),
    type="Quyết định",
    abstract="Về việc mẫu có đủ thành phần",
    addressees=("Các trường tiểu học;", "Các trường trung học cơ sở."),
    power="Chủ tịch Ủy ban nhân dân phường Đồi Thông (demo)",
    bases=("Căn cứ Luật Khiếu nại số 02/2011/QH13;", "Xét đề nghị của Trưởng phòng Văn hóa - Xã hội."),
    blocks=(
        Heading("I. Phần thứ nhất"),
        Paragraph("Đoạn thứ nhất.\nĐoạn thứ hai."),
        Paragraph("Đoạn không thụt đầu dòng.", indent=False),
        Field("Họ và tên", "Nguyễn Văn Hùng (demo)"),
        Field("Địa chỉ"),
        Blank(2),
        Order("Quyết định:"),
        Article("Nội dung điều một.", ("a) Điểm a;", "b) Điểm b.")),
        Article("Nội dung điều hai./."),
        Table(("TT", "Tên"), (("1", "Dòng một"), ("2", "Dòng hai\nvà thêm")), (1, 6)),
    ),
    signers=(Signer(authority=("KT. Chủ tịch",), post="Phó Chủ tịch", name="Đỗ Thị Ngọc Ánh (demo)"),),
    recipients=("Như Điều 2;", "Lưu: VT."),
)
