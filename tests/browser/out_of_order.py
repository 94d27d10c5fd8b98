"""A server or a line that is out of order, and what a page then keeps."""

from __future__ import annotations

from playwright.async_api import Page, Route, expect

from tests.support.world import Town

BROKEN = ["ERR_FAILED", "ERR_INTERNET", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "status of 4", "status of 5"]
"""What a console says of it."""


async def facts(town: Town, topic: str) -> int:
    """How many of this kind were recorded."""
    count: int = await town.world.pool.fetchval("select count(*) from event where topic = $1", f"feedback.{topic}.v1")
    return count


async def kept(page: Page) -> None:
    """Every form that keeps what is typed has done so."""
    await expect(page.locator("form[data-keeps][data-kept-at]").first).to_be_attached()
    await expect(page.locator("form[data-keeping]")).to_have_count(0)


async def out_of_order(route: Route) -> None:
    """As a proxy answers whose server is gone."""
    if route.request.method == "POST":
        await route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>")
    else:
        await route.continue_()


async def answer_lost(route: Route) -> None:
    """The server gets it; its answer never arrives."""
    if route.request.method == "POST":
        await route.fetch(max_redirects=0)
        await route.abort()
    else:
        await route.continue_()
