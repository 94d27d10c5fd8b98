import io
import re
from datetime import UTC, date, datetime
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from adapters import law_words
from adapters.http.web.i18n import Language
from domain.calendar import LEGAL_ZONE
from domain.law import explain as explaining
from domain.law.explain import badge, explain, grounds, heading, question_does_not_stop
from domain.law.law import law_at
from domain.law.policy_facts.adopted import AdoptedTerm, adopted_term
from domain.law.policy_facts.events import AuthorityTermAdopted
from domain.law.rules import RULES, DayCount, Unit
from domain.law.sentences import Sentence

FRAGMENT = Path(law_words.__file__).parent / "http" / "web" / "locale" / "fragments" / "law.vi.po"
SATURDAY = datetime(2026, 8, 22, 9, 41, tzinfo=LEGAL_ZONE)
LAW = law_at(SATURDAY)


def catalogue(path: Path = FRAGMENT) -> GNUTranslations:
    with path.open("rb") as file:
        messages = read_po(file, locale="vi")
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return GNUTranslations(compiled)


VIETNAMESE = catalogue()


def said(*sentences: Sentence, language: Language = "vi") -> list[str]:
    return [law_words.said(sentence, language, VIETNAMESE if language == "vi" else english()) for sentence in sentences]


def english() -> NullTranslations:
    return NullTranslations()


def test_the_answer_date_explains_itself_as_the_glossary_has_it() -> None:
    term = LAW.term("reply", trigger_at=SATURDAY, submitted=True)
    assert said(heading(term), badge(term)) == [
        "Hạn trả lời: hết thứ Năm 03/09/2026",
        "Luật chưa rõ – lấy cách tính sớm hơn",
    ]
    assert said(*explain(term), question_does_not_stop(date(2026, 8, 25))) == [
        "Tiếp nhận: thứ Bảy 22/08/2026, 09:41 – ngày làm việc (làm bù cho thứ Hai 31/08).",
        "Không tính ngày tiếp nhận; ngày thứ nhất là Chủ nhật 23/08 (Bộ luật Dân sự 2015, Đ.147).",
        "Đếm 10 ngày liên tục → thứ Ba 01/09/2026.",
        "01/09 và 02/09 nghỉ Quốc khánh → hết ngày làm việc kế tiếp: thứ Năm 03/09/2026 (Đ.148).",
        "Tạm dừng: không. Gia hạn: không.",
        "Hỏi người gửi ngày 25/08 không làm dừng hạn.",
    ]
    assert said(*grounds(term)) == [
        (
            'Căn cứ: Luật Tiếp công dân 2013, Đ.28 – "10 ngày"; luật không ghi ngày làm việc hay ngày liên tục, '
            "và chưa rõ kênh QR có phải là tiếp công dân không."
        ),
        "Cách tính muộn nhất có thể: thứ Tư 09/09/2026 (10 ngày làm việc).",
        "Quy tắc TCD-REPLY, tình trạng kiểm chứng: mới đối chiếu một phần với văn bản đã công bố",
        "Lịch nghỉ: bản 2026-01, ghi ngày thứ Tư 01/07/2026",
        "Các lần tính trước: không có",
    ]


def test_the_same_in_english() -> None:
    term = LAW.term("reply", trigger_at=SATURDAY, submitted=True)
    assert said(heading(term), badge(term), *explain(term), language="en") == [
        "Answer due by the end of Thursday 03/09/2026",
        "Law unclear – the earlier count is used",
        "Receipt of the feedback: Saturday 22/08/2026, 09:41 – a working day (made up for Monday 31/08).",
        "The day of receipt is not counted; day one is Sunday 23/08 (Civil Code 2015, Art. 147).",
        "Count 10 consecutive days → Tuesday 01/09/2026.",
        "01/09 and 02/09 off for National Day → end of the next working day: Thursday 03/09/2026 (Art. 148).",
        "Pauses: none. Extensions: none.",
    ]
    acknowledge = LAW.term("acknowledge", trigger_at=SATURDAY, submitted=True)
    assert "Count 1 working day → Monday 24/08/2026." in said(*explain(acknowledge), language="en")


def test_hour_and_minute_are_left_out_where_they_would_give_somebody_away() -> None:
    term = LAW.term("reply", trigger_at=SATURDAY, submitted=True)
    assert said(*explain(term, with_time=False))[0] == (
        "Tiếp nhận: thứ Bảy 22/08/2026 – ngày làm việc (làm bù cho thứ Hai 31/08)."
    )


def test_a_policy_without_a_paper_says_so_and_one_with_names_it() -> None:
    asked = datetime(2026, 8, 25, 8, tzinfo=LEGAL_ZONE)
    default = law_at(asked).term("explain", trigger_at=asked)
    assert said(badge(default), badge(default, public=True)) == [
        "Quy định của cơ quan – mức mặc định, chưa có văn bản",
        "Cơ quan tự đặt hạn này",
    ]
    own = law_at(asked, (paper("POL-EXPLAIN", 5),)).term("explain", trigger_at=asked)
    assert said(heading(own), badge(own)) == [
        "Hạn giải trình: hết thứ Sáu 04/09/2026",  # 26, 27, 28; 03, 04/09
        "Quy định của cơ quan – số 12/QĐ-UBND, từ thứ Năm 01/01/2026",
    ]
    assert said(*explain(own))[:3] == [
        "Yêu cầu giải trình: thứ Ba 25/08/2026, 08:00 – ngày làm việc.",
        "Không tính ngày bắt đầu; ngày thứ nhất là thứ Tư 26/08 (Bộ luật Dân sự 2015, Đ.147).",
        (
            "Đếm 5 ngày làm việc → thứ Sáu 04/09/2026 "
            "(không tính 31/08 nghỉ hoán đổi, làm bù 22/08/2026, 01/09 và 02/09 nghỉ Quốc khánh)."
        ),
    ]


def paper(rule_id: str, value: int, unit: Unit = "day", day_count: DayCount = "WORKING") -> AdoptedTerm:
    fact = AuthorityTermAdopted(
        rule_id=rule_id, value=value, unit=unit, day_count=day_count, document="12/QĐ-UBND", from_day=date(2026, 1, 1)
    )
    return adopted_term(fact, datetime(2026, 1, 1, tzinfo=UTC))


def test_weekends_after_hours_pauses_extensions_and_earlier_dates_are_said() -> None:
    late = datetime(2026, 8, 29, 18, tzinfo=LEGAL_ZONE)
    moved = law_at(late, (paper("AFTER-HOURS", 17, "hour", "NA"),)).term("acknowledge", trigger_at=late, submitted=True)
    assert said(*explain(moved))[:2] == [
        "Tiếp nhận: thứ Bảy 29/08/2026, 18:00 – ngày nghỉ hằng tuần.",
        (
            "Gửi ngoài giờ làm việc hoặc ngày nghỉ: tính tiếp nhận vào thứ Năm 03/09/2026 "
            "(quy định của cơ quan số 12/QĐ-UBND)."
        ),
    ]
    law = law_at(datetime(2026, 2, 10, tzinfo=LEGAL_ZONE))
    term = law.term("resolve", "TC-RESOLVE", trigger_on=date(2026, 2, 2))
    longer = law.extended(law.paused(term, date(2026, 2, 10), date(2026, 2, 12)), 30, when="complex")
    lines = said(*explain(longer), *grounds(longer))
    assert "Tạm dừng: từ thứ Ba 10/02/2026 đến trước thứ Năm 12/02/2026. Gia hạn: lần 1, thêm 30." in lines
    assert [line.split(";")[1] for line in lines if line.startswith("Lần tính trước")] == [
        " tính lại vì có tạm dừng.",
        " tính lại vì có gia hạn.",
    ]
    weekend = law.term("accept", "KN-ACCEPT-1", trigger_on=date(2026, 2, 26))  # 08/03=10, Sunday
    assert "08/03 nghỉ hằng tuần → hết ngày làm việc kế tiếp: thứ Hai 09/03/2026 (Đ.148)." in said(*explain(weekend))


def test_estimates_and_statutory_terms_are_marked() -> None:
    law = law_at(datetime(2026, 11, 22, tzinfo=LEGAL_ZONE))
    term = law.term("keep", trigger_on=date(2026, 11, 20))
    assert said(badge(term)) == ["Luật định – TT 05/2021/TT-TTCP"]
    assert "Lịch nghỉ năm 2027 là dự tính: khi tính hạn chưa có thông báo chính thức." in said(*grounds(term))


@pytest.mark.parametrize("rule", [r for r in RULES if r.value is not None and r.day_count != "NA"], ids=lambda r: r.id)
def test_every_rule_can_say_why_in_both_languages(rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    at = datetime(max(rule.valid_from.year, 2012) + 1, 1, 15, 9, tzinfo=LEGAL_ZONE)
    term = law_at(at).term("any", rule.id, trigger_at=at, submitted=True)
    everything = (heading(term), badge(term), badge(term, public=True), *explain(term), *grounds(term))
    for language in ("vi", "en"):
        assert all("%(" not in line for line in said(*everything, language=language))


def test_every_sentence_has_its_vietnamese() -> None:
    source = Path(explaining.__file__).read_text(encoding="utf-8")
    with FRAGMENT.open("rb") as file:
        known = {
            text
            for message in read_po(file, locale="vi")
            if message.string and not message.context
            for text in (message.id if isinstance(message.id, tuple) else (message.id,))
        }
    marked = set(re.findall(r'say\(\s*"((?:[^"\\]|\\.)+)"', source)) | {
        *explaining.HEADINGS.values(),
        *explaining.EVENTS.values(),
        *explaining.CAUSES.values(),
    }
    assert marked - known == set()


def test_hours_days_off_backward_counts_and_two_limits_are_said() -> None:
    urgent = LAW.term("urgent", trigger_at=SATURDAY, submitted=True)
    assert said(heading(urgent)) == ["Hạn: 10:41 thứ Bảy 22/08/2026"]
    holiday = datetime(2026, 9, 2, 8, tzinfo=LEGAL_ZONE)
    kept = law_at(holiday).term("acknowledge", trigger_at=holiday, submitted=True)
    assert said(*explain(kept))[:2] == [
        "Tiếp nhận: thứ Tư 02/09/2026, 08:00 – ngày nghỉ (Quốc khánh).",
        "Gửi vào ngày nghỉ, vẫn tính tiếp nhận từ chính ngày gửi.",
    ]
    before = LAW.term("apologise", "MC-APOLOGY", trigger_on=date(2026, 9, 3))
    assert "Đếm lùi 1 ngày làm việc → thứ Sáu 28/08/2026." in said(*explain(before))
    half_a_year = LAW.term("assess", "TR-STD-SELF", trigger_on=date(2026, 7, 31))
    assert "28/02 nghỉ hằng tuần → hết ngày làm việc liền trước: thứ Sáu 27/02/2026." in said(*explain(half_a_year))
    longer = law_at(SATURDAY, (paper("POL-FEEDBACK", 8),)).term("reply", trigger_at=SATURDAY, submitted=True)
    assert (
        "Theo quy định của cơ quan: thứ Hai 07/09/2026; theo luật (TCD-REPLY): thứ Năm 03/09/2026; lấy ngày sớm hơn."
    ) in said(*explain(longer))
    friday = law_at(SATURDAY).term("triage", trigger_on=date(2026, 8, 21))
    assert "Đếm 3 ngày làm việc → thứ Ba 25/08/2026 (tính ngày làm bù 22/08)." in said(*explain(friday))
