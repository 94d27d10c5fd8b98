"""A real Chromium for tests: console errors and script errors fail the test, axe looks at every page.

Under our strict content security policy `page.wait_for_function` cannot run: wait for locators instead.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright

from adapters.http.web.assets import STATIC

AXE = STATIC.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = Path(__file__).resolve().parents[2] / "var" / "screens"
PHONE, DESK = (360, 640), (1366, 768)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class BrowserMissingError(Exception):
    """There is no Chromium on PATH. `.ci/run` installs it; by hand: the Debian package `chromium`."""


def chromium() -> str:
    """The browser's path. Raises BrowserMissingError."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise BrowserMissingError("browser tests need Chromium: install the system package `chromium`")
    return found


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """One browser process."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


class Visitor:
    """One person's browser window. `faults` gathers what the console and the scripts complained about."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.context, self.page = context, page
        self.faults: list[str] = []
        self.expected: list[str] = []
        """Regular expressions of complaints that a test provokes, such as an answer 400."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def complaints(self) -> list[str]:
        """Faults that nobody expected."""
        return [fault for fault in self.faults if not any(re.search(known, fault) for known in self.expected)]

    async def axe(self) -> list[str]:
        """Violations of WCAG 2.2 AA and good practice on the page as it is, each as rule and place."""
        await self.page.evaluate(AXE.read_text())
        result: dict[str, Any] = await self.page.evaluate(f"axe.run(document, {{runOnly: {_RULES!r}}})")
        return [
            f"{violation['id']} ({violation['impact']}): {node['target']} {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]

    async def overflow(self) -> int:
        """How many pixels the page is wider than the window; a reader on a phone should never have to push sideways."""
        width: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    async def picture(self, name: str, *, whole: bool = True) -> Path:
        """A screenshot under var/screens for people to look at."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        path = SCREENS / f"{name}.png"
        await self.page.screenshot(path=path, full_page=whole)
        return path


@asynccontextmanager
async def visitor(
    browser: Browser, size: tuple[int, int] = DESK, *, scripts: bool = True, **options: Any
) -> AsyncIterator[Visitor]:
    """A fresh window without cookies. On leaving, any complaint that was not expected fails the test."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=scripts,
        service_workers="block",
        **options,
    )
    try:
        person = Visitor(context, await context.new_page())
        yield person
        assert not person.complaints(), person.complaints()
    finally:
        await context.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser for one test. Without Chromium the test fails and says what to install."""
    async with browsing() as running:
        yield running
