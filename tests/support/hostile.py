"""Texts that would do something if a paper took them for more than text."""

from __future__ import annotations

import re

MARKUP = (
    '#read("/etc/passwd") #import "@preview/x:1.0.0": * #{1+1}',
    "*đậm* _nghiêng_ `mã` $x^2$ @nguồn <nhãn> = Đề mục - mục + số / từ: nghĩa",
    "<script>alert('x')</script> & &amp; ]]> <!-- -->",
    "{{ paper.issuer }} {% for x in y %} {# ghi #} {_{ }_} {_% %_}",
    '=HYPERLINK("http://x") "trích" ‘trích’ “trích” \\n \\u{202e} // /* */',
    "https://example.vn/" + "a" * 200,
)
TURNED = "an toàn \u202eđảo ngược\u202c \u2067x\u2069 \u200fy"
"""Marks that turn the direction of reading."""
TURNED_SHOWN = "an toàn [U+202E]đảo ngược[U+202C] [U+2067]x[U+2069] [U+200F]y"


def run_together(text: str) -> str:
    """Without spaces and signs of no width: lines of a page end anywhere."""
    return re.sub(r"[\s\u00ad\u200b\u2060]", "", text)
