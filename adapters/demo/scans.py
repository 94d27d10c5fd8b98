"""Papers as an office would scan them, drawn here as small PDFs: invented, each saying "(demo)"."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from textwrap import wrap
from time import gmtime

from PIL import Image, ImageDraw, ImageFont

from adapters.papers.letters import FONTS

WIDTH, HEIGHT = 620, 877
"""A4 at 75 dots per inch: enough to read on a screen."""
MARGIN, LINE, SIGNS = 62, 24, 72
INK, PAPER = 25, 252
BOLD, REGULAR = "Tinos_700Bold.ttf", "Tinos_400Regular.ttf"
HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
FOOT = "Giấy tờ hư cấu để minh họa (demo)"
NO_CLOCK = gmtime(0)
"""The day that stands in the file itself, so that the same paper is always the same bytes."""


@cache
def scan(title: str, text: str) -> bytes:
    """A one-page PDF: a heading, `title`, then `text`, broken into lines."""
    page = _sheet().copy()
    draw = ImageDraw.Draw(page)
    draw.text((WIDTH / 2, 180), title, fill=INK, font=_letters(BOLD, 18), anchor="mm")
    for number, line in enumerate(wrap(text, SIGNS)):
        draw.text((MARGIN, 230 + number * LINE), line, fill=INK, font=_letters(REGULAR, 15))
    out = BytesIO()
    page.save(out, "PDF", resolution=75, title=title, creationDate=NO_CLOCK, modDate=NO_CLOCK)
    return out.getvalue()


@cache
def _sheet() -> Image.Image:
    page = Image.new("L", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(HEAD):
        draw.text((WIDTH / 2, MARGIN + number * LINE), line, fill=INK, font=_letters(BOLD, 15), anchor="mm")
    draw.text((WIDTH / 2, HEIGHT - MARGIN), FOOT, fill=INK, font=_letters(REGULAR, 13), anchor="mm")
    return page


@cache
def _letters(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / face), size)
