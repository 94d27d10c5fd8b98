"""An official at a browser, for every walk through the staff pages."""

from __future__ import annotations

from uuid import UUID

from tests.support.browser import Visitor
from tests.support.office import PASSWORD


class Official:
    """Somebody at a browser. `looked_at` gathers every state that axe has seen."""

    def __init__(self, person: Visitor, site: str, looked_at: list[str]) -> None:
        self.person, self.page, self.site, self.looked_at = person, person.page, site, looked_at

    async def sign_in(self, username: str) -> None:
        """From wherever one is."""
        await self.page.goto(f"{self.site}/sign-in")
        await self.page.get_by_label("Tên đăng nhập").fill(username)
        await self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        await self.page.get_by_role("button", name="Đăng nhập").click()
        await self.page.locator(".app-user").wait_for()

    async def open(self, path: str) -> None:
        """An address of the site."""
        await self.page.goto(self.site + path)
        await self.page.locator("body.js-enabled").wait_for()

    async def clean(self, name: str) -> None:
        """Nothing for axe, nothing wider than the window, and a picture to look at."""
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        assert await self.person.axe() == [], name
        assert await self.person.overflow() == 0, name
        await self.person.picture(f"staff-{name}-{width}")
        self.looked_at.append(name)

    async def press(self, name: str) -> None:
        """A button of the page's own form, and the page after it."""
        async with self.page.expect_navigation():
            await self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        await self.page.locator("body.js-enabled").wait_for()

    async def act(self, case: UUID, act: str) -> None:
        """The page of an act."""
        await self.open(f"/cases/{case}/{act}")

    async def classify(self, case: UUID, category: str, title: str, requests: list[str], *, reason: str = "") -> None:
        """The form of the classification; without `requests` those of the first time stay."""
        await self.act(case, "classifications")
        await self.page.get_by_label("Lĩnh vực").select_option(category)
        await self.page.get_by_label("Tóm tắt một dòng").fill(title)
        if requests:
            await self.page.get_by_label("Các yêu cầu của người gửi").fill("\n".join(requests))
        if reason:
            await self.page.get_by_label("Lý do").fill(reason)
        await self.press("Ghi phân loại")

    async def draft(self, case: UUID, parts: dict[int, str]) -> None:
        """The answers to these requests; others stay as they were."""
        await self.act(case, "drafts")
        await self.page.get_by_label("Đã giải thích").check(force=True)
        for number, text in parts.items():
            await self.page.get_by_label(f"Trả lời yêu cầu {number}").fill(text)
        await self.press("Lưu dự thảo")
