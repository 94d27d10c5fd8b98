"""Cases that leave the usual way, each ending so many working days before the story does; none stays on the desk.

Split, linked, transferred, guided, ineligible and purged, spam, withdrawn, information, corrected, answered alone; one
sender is treated worse since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from adapters.demo import acts, days, source
from adapters.demo import acts_aside as a
from adapters.demo.arranged import WARDS_BEGAN
from adapters.demo.ledger import Value
from adapters.demo.script import submission
from adapters.demo.telling import Telling, begun
from adapters.demo.told import Told
from adapters.demo.turn import SENDER, Act, case_id_of, request_id
from application.authorities import authority_id_of
from domain.feedback.vocabulary import AssessedAs, Channel, GuidedTo, IneligibleGround, Outcome
from domain.protection.vocabulary import Whom
from domain.screening.vocabulary import Sign

SCHOOL, UPPER, ISLAND = "DEMO-TH-binh-nguyen", "DEMO-THCS-song-hong", "DEMO-TH-bai-xa"
MAI, THU, HEAD, CUSTODIAN, CHILD = "mai.doithong", "thu.doithong", "son.doithong", "khang.doithong", "ngan.doithong"
KEPT = timedelta(days=400)
"""More than the year for which a text that could not be handled is kept."""


def aside(leads_to: datetime) -> Iterator[Told]:
    """All of them, cut where the story ends; what would begin before the wards did is left out."""
    for told in _all(leads_to):
        steps = tuple(step for step in told.steps if step.at <= leads_to)
        if steps and days.day_of(told.steps[0].at) >= WARDS_BEGAN:
            yield Told(told.slug, told.unit, told.story, steps, told.case_of)


def _all(leads_to: datetime) -> Iterator[Told]:
    today = days.day_of(leads_to)

    def ago(count: int) -> date:
        return days.working_days_before(today, count)

    yield from _split(_begun("tach-viec", SCHOOL, "S-SPLIT", ago(24)))
    yield from _same(ago(13))
    yield from _elsewhere(_begun("chuyen-xa", SCHOOL, "S-ELSEWHERE", ago(9)))
    for slug, unit, story, back, script in SINGLE:
        yield _told(_begun(slug, unit, story, ago(back)), script)
    yield _told(_begun("dinh-chinh", SCHOOL, "S-FIGURES", ago(14)), _treated_worse(leads_to))
    yield from _child_protection(ago)
    yield _told(_begun("giu-mot-nam", SCHOOL, "S-KEPT", days.working_days_before(today - KEPT, 0)), _kept(ago(6)))
    yield from _held(leads_to)


def _begun(slug: str, unit: str, story: str, day: date) -> Telling:
    t = begun(slug, source.world().unit(unit), source.story(story), slug)
    t.begin(days.any_moment(t.rng, day))
    return t


def _told(t: Telling, script: Callable[[Telling], None]) -> Told:
    script(t)
    return Told(t.slug, t.unit.slug, t.story.id, tuple(t.steps), t.case_of)


def _taken_in(t: Telling, to: str = MAI) -> None:
    t.submit(submission(t, Channel.QR))
    t.after_days(0, 1)
    t.acknowledge()
    t.after_minutes(15, 60)
    t.classify(t.story.category, t.story.sub)
    t.after_minutes(10, 60)
    t.assign(MAI, to)


def _answered(t: Telling) -> None:
    t.after_days(1, 2)
    t.draft(Outcome.RESOLVED, dict(enumerate(t.story.answers, start=1)))
    t.after_minutes(10, 60)
    t.submit_for_release()
    t.after_days(0, 1)
    t.release()


def _ends(t: Telling, ending: str, act: Act, who: str = "") -> None:
    t.status = ending
    t.tell(who or t.holder, ending, act, {"status": ending})


def _opened_by_other(slug: str, story: str, unit: str, at: datetime, case_of: UUID, **then: Value) -> Telling:
    """A case that an act of another one opened; its first line in the ledger comes without an act."""
    t = begun(slug, source.world().unit(unit), source.story(story), slug)
    t.begin(at)
    t.case_of = case_of
    first: dict[str, Value] = {
        "status": "submitted",
        "authority_id": authority_id_of(t.authority),
        "holder_id": None,
        "category": "",
        "requests": 0,
        "open_questions": 0,
        "answered": False,
        "closed": False,
        "reply_due_on": days.reply_due_on(at, t.authority),
        **then,
    }
    t.status = str(first["status"])
    t.tell(SENDER, "opened by another case", a.nothing, first)
    return t


def _split(t: Telling) -> Iterator[Told]:
    """Two matters in one text: each gets a case and an answer of its own."""
    _taken_in(t)
    t.after_minutes(30, 90)
    request = request_id(t.slug, len(t.steps) + 1)
    _ends(t, "split", a.split(((1,), (2,)), "Hai việc khác nhau, khác người phụ trách"))
    whole = Told(t.slug, t.unit.slug, t.story.id, tuple(t.steps))
    yield whole
    for number in (1, 2):
        held = {key: whole.standing[key] for key in ("holder_id", "reply_due_on")}
        case = uuid5(request, f"part {number}")
        part = _opened_by_other(
            f"{t.slug}-{number}", f"S-SPLIT-{number}", SCHOOL, t.now, case, status="acknowledged", **held
        )
        part.holder = t.holder
        part.after_minutes(10, 60)
        part.classify(part.story.category, part.story.sub)
        part.after_minutes(10, 60)
        part.assign(MAI, MAI if number == 1 else THU)
        _answered(part)
        yield Told(part.slug, part.unit.slug, part.story.id, tuple(part.steps), part.case_of)


def _same(day: date) -> Iterator[Told]:
    """Two senders about one railing: the second is linked to the first, which is answered."""
    first = _begun("lan-can", UPPER, "W-05", day)
    _taken_in(first)
    _answered(first)
    yield Told(first.slug, first.unit.slug, first.story.id, tuple(first.steps))
    second = _begun("lan-can-2", UPPER, "S-SAME", day)
    _taken_in(second)
    second.after_minutes(20, 90)
    reason = "Cùng một lan can, cùng vị trí; hồ sơ trước đang xử lý"
    _ends(second, "duplicate", a.link_duplicate(case_id_of(first.slug), reason))
    yield Told(second.slug, second.unit.slug, second.story.id, tuple(second.steps))


def _elsewhere(t: Telling) -> Iterator[Told]:
    """About a school of another commune of this store, which gets a case of its own."""
    _taken_in(t)
    t.after_minutes(30, 90)
    there = uuid5(request_id(t.slug, len(t.steps) + 1), "transferred")
    act = a.transfer(
        "",
        "Bộ phận tiếp nhận, UBND xã Núi Xanh (demo), điện thoại 0000 000 100 (demo)",
        "18/PC-UBND (demo)",
        "Trường thuộc địa bàn xã Núi Xanh (demo)",
        authority_id_of("nuixanh"),
    )
    _ends(t, "transferred", act)
    yield Told(t.slug, t.unit.slug, t.story.id, tuple(t.steps))
    received = _opened_by_other(f"{t.slug}-den", "S-ELSEWHERE", "DEMO-TH-suoi-nang", t.now, there)
    received.after_days(0, 1)
    received.acknowledge()
    received.after_minutes(15, 60)
    received.classify(t.story.category, t.story.sub)
    received.after_minutes(10, 60)
    received.assign("ha.nuixanh", "ha.nuixanh")
    yield Told(received.slug, received.unit.slug, received.story.id, tuple(received.steps), received.case_of)


def _to_the_police(t: Telling) -> None:
    _taken_in(t)
    t.after_days(0, 1)
    act = a.transfer(
        "Công an phường Đồi Thông (demo)",
        "Trực ban Công an phường Đồi Thông (demo), điện thoại 0000 000 113 (demo)",
        "Phiếu chuyển số 21/PC-UBND (demo)",
        "Việc dừng, đỗ xe trên đường thuộc thẩm quyền của công an",
    )
    _ends(t, "transferred", act)


def _guided(t: Telling) -> None:
    _taken_in(t)
    t.after_days(1, 1)
    guidance = (
        "Ông/bà không đồng ý với quyết định kỷ luật liên quan trực tiếp đến mình thì thực hiện quyền khiếu nại:"
        " nộp đơn khiếu nại có chữ ký, kèm bản sao quyết định, tới người đã ra quyết định trong thời hiệu ghi trong"
        " luật. Có thể nộp tại Phòng tiếp công dân, Trụ sở UBND phường Đồi Thông (demo), thứ Năm hằng tuần."
    )
    _ends(t, "guided", a.guide(GuidedTo.COMPLAINT, guidance, "05/HD-UBND (demo)"))


def _unclear(t: Telling) -> None:
    _taken_in(t)
    t.after_minutes(20, 60)
    t.ask(t.story.question)
    t.after_days(6, 6)
    reason = "Tin không nêu việc gì, ở đâu; đã hỏi lại qua mã tra cứu và không có trả lời."
    _ends(t, "ineligible", a.find_ineligible(IneligibleGround.CONTENT_UNCLEAR, reason))


def _kept(day: date) -> Callable[[Telling], None]:
    def script(t: Telling) -> None:
        _taken_in(t)
        t.after_days(0, 1)
        reason = "Giá nước sinh hoạt không thuộc lĩnh vực giáo dục; xin gửi tới đơn vị cấp nước của khu phố."
        _ends(t, "ineligible", a.find_ineligible(IneligibleGround.NOT_EDUCATION, reason))
        t.at(days.office_moment(t.rng, day))
        t.tell(HEAD, "purge", a.purge("Danh mục hủy số 02/DM-UBND (demo)"), {})

    return script


def _spam(t: Telling) -> None:
    t.submit(submission(t, Channel.QR))
    t.after_days(0, 1)
    t.acknowledge()
    t.after_minutes(10, 40)
    t.tell(t.holder, "propose spam", a.propose_spam("Tin quảng cáo, không phản ánh việc gì"), {})
    t.after_days(0, 1)
    _ends(t, "spam", a.agree_on_spam, HEAD)


def _withdrawn(t: Telling) -> None:
    _taken_in(t)
    t.after_days_at_home(1, 2)
    _ends(t, "withdrawn", a.withdraw("Nhà trường đã trả lời trực tiếp, tôi xin rút."), SENDER)
    t.after_days(1, 1)
    act = a.ask_for_erasure("Đơn đề nghị xóa dữ liệu, nhận qua điện thoại và đối chiếu mã (demo)")
    t.tell(MAI, "ask for erasure", act, {})


def _information(t: Telling) -> None:
    _taken_in(t, THU)
    t.after_days(0, 1)
    guidance = (
        "Tin của bạn có nội dung tố cáo. Muốn tố cáo, xin nộp đơn có chữ ký hoặc trình bày trực tiếp tại Phòng tiếp"
        " công dân, Trụ sở UBND phường Đồi Thông (demo). Người tố cáo được giữ bí mật thông tin và được bảo vệ."
    )
    act = a.open_information((THU, CUSTODIAN), guidance, "Nêu hành vi vi phạm, không ký tên")
    t.tell(HEAD, "open information", act, {"status": "under-assessment"})


def _assessed(t: Telling) -> None:
    _information(t)
    t.after_days(2, 3)
    text = "Thông tin có địa chỉ cụ thể, đề nghị đưa vào kế hoạch kiểm tra việc quản lý, sử dụng tài sản của trường."
    act = a.assess_information(AssessedAs.CHECK_PROPOSED, text)
    t.tell(HEAD, "assess information", act, {"status": "assessed"})


def _stored(t: Telling) -> None:
    _information(t)
    t.after_days(2, 3)
    act = a.assess_information(AssessedAs.STORED, "Thông tin chung chung, không có căn cứ để kiểm tra; lưu theo dõi.")
    t.tell(HEAD, "assess information", act, {"status": "assessed"})
    t.after_days(1, 2)
    t.tell(HEAD, "close", acts.close("Đã xem xét xong thông tin"), {"status": "closed", "closed": True})


def _corrected(t: Telling) -> None:
    _taken_in(t)
    _answered(t)
    t.after_days(1, 2)
    parts = {1: "Đơn vị liên kết trừ ba buổi, mỗi buổi 25.000 đồng, vào phiếu thu tháng sau."}
    act = a.draft_correction(Outcome.RESOLVED, parts, "Câu trả lời ghi hai buổi; sổ điểm danh ghi ba buổi")
    t.tell(t.holder, "draft correction", act, {})
    t.after_days(0, 1)
    t.tell(HEAD, "release correction", a.release_correction, {})


def _treated_worse(leads_to: datetime) -> Callable[[Telling], None]:
    """After the answer was corrected; nobody has that report in hand yet."""

    def script(t: Telling) -> None:
        _corrected(t)
        t.at(leads_to - timedelta(hours=2))
        text = (
            "Từ hôm có trả lời, cháu bị chuyển xuống ngồi cuối lớp và bị nhắc tên trước cả lớp vì gia đình hay"
            " thắc mắc. Cháu về nhà khóc, không muốn đi học."
        )
        act = a.report_worse_treatment(Whom.CHILD, days.day_of(leads_to) - timedelta(days=3), text)
        t.tell(SENDER, "report worse treatment", act, {})

    return script


def _answered_directly(t: Telling) -> None:
    _taken_in(t, THU)
    t.after_days(1, 1)
    t.draft(Outcome.RESOLVED, dict(enumerate(t.story.answers, start=1)))
    t.after_minutes(5, 15)
    t.submit_for_release()
    t.after_minutes(2, 6)
    t.release(THU)


def _answered_alone(t: Telling) -> None:
    t.submit(submission(t, Channel.QR))
    t.after_days(0, 1)
    t.acknowledge()
    t.after_minutes(15, 60)
    t.classify(t.story.category, t.story.sub)
    t.after_minutes(10, 60)
    t.assign(t.holder, t.holder)
    _answered(t)


SINGLE: tuple[tuple[str, str, str, int, Callable[[Telling], None]], ...] = (
    ("cong-an", SCHOOL, "S-ROAD", 11, _to_the_police),
    ("huong-dan", UPPER, "S-DISCIPLINE", 10, _guided),
    ("chua-ro", SCHOOL, "S-UNCLEAR", 15, _unclear),
    ("quang-cao", UPPER, "S-ADVERT-2", 16, _spam),
    ("rut-lai", UPPER, "L-07", 12, _withdrawn),
    ("tin-bep-an", SCHOOL, "S-INFO-1", 4, _information),
    ("tin-thue-san", UPPER, "S-INFO-2", 12, _assessed),
    ("tin-sach", SCHOOL, "S-INFO-3", 20, _stored),
    ("den-lop", UPPER, "S-LIGHTS", 8, _answered_directly),
    ("dao-may-tinh", ISLAND, "S-ISLAND-1", 18, _answered_alone),
    ("dao-thuyen", ISLAND, "S-ISLAND-2", 9, _answered_alone),
)
"""Slug, unit, story, how many working days ago, script."""


def _child_protection(ago: Callable[[int], date]) -> Iterator[Told]:
    """Open, in the hands of the child-protection contact: nobody else at the desk sees them."""
    for slug, unit, story, back in (
        ("tre-em-1", SCHOOL, "SUB-014", 7),
        ("tre-em-2", UPPER, "W-02", 5),
        ("tre-em-3", SCHOOL, "W-01", 3),
    ):
        t = _begun(slug, unit, story, ago(back))
        _taken_in(t, CHILD)
        t.after_minutes(20, 90)
        t.note("Đã gặp gia đình, thống nhất cách giữ kín cho cháu.")
        yield Told(t.slug, t.unit.slug, t.story.id, tuple(t.steps))


def _held(leads_to: datetime) -> Iterator[Told]:
    """Two submissions that wait to be looked at before they join the work; one of them is from a person."""
    for slug, unit, story, minutes, signs in (
        ("giu-lai-1", UPPER, "S-HELD-1", 95, {Sign.HIDDEN_FIELD_FILLED, Sign.TOO_QUICK}),
        ("giu-lai-2", SCHOOL, "S-HELD-2", 160, {Sign.TOO_QUICK}),
    ):
        t = begun(slug, source.world().unit(unit), source.story(story), slug)
        t.begin(leads_to - timedelta(minutes=minutes))
        t.submit(replace(submission(t, Channel.QR), signs=frozenset(signs)))
        yield Told(t.slug, t.unit.slug, t.story.id, tuple(t.steps))
