"""Pictures as a sender might take them, drawn here: nobody and nothing real is on them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 480


def photo(caption: str) -> bytes:
    """A JPEG of a sheet of paper with `caption` (ASCII) and some ruled lines on it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (205, 198, 184))
    draw = ImageDraw.Draw(image)
    draw.rectangle((70, 30, 570, 450), fill=(252, 251, 246), outline=(120, 120, 120))
    draw.text((100, 60), caption, fill=(20, 20, 20))
    for line in range(110, 430, 26):
        draw.line((100, line, 100 + (line * 37) % 260 + 180, line), fill=(140, 140, 150), width=3)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
