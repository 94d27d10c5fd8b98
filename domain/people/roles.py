"""What a post lets its holder do (complaints.md §3, plus head, auditor, administrator, school account)."""

from enum import StrEnum


class Role(StrEnum):
    """A post has one role or several; the roles of `ALONE` stand for themselves."""

    INTAKE = "intake"  # cán bộ tiếp nhận
    OFFICER = "officer"  # người được giao xử lý
    HEAD = "head"  # người duyệt, người ký
    CUSTODIAN = "custodian"  # người quản lý danh tính
    CHILD_CONTACT = "child-contact"  # đầu mối bảo vệ trẻ em
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SCHOOL = "school"  # tài khoản nhà trường
    REGISTRY = "registry"  # văn thư
    PRINCIPAL = "principal"  # hiệu trưởng, người giải quyết khiếu nại lần đầu
    SCHOOL_OFFICER = "school-officer"  # viên chức nhà trường được giao xác minh, tham mưu


UNIT = frozenset({Role.SCHOOL, Role.PRINCIPAL, Role.SCHOOL_OFFICER})
"""Posts in a school, which a post names; they go with one another and with no other."""
ALONE = UNIT | {Role.AUDITOR, Role.ADMINISTRATOR}
"""Who checks, who hands out posts and who works at a school does not also work on an authority's cases in one post."""
