"""What holds for every page, whatever it shows."""

from __future__ import annotations

import re
from collections import Counter


def faults_of(html: str, language: str) -> list[str]:
    """What is wrong with a whole page."""
    shown = re.sub(r"<section [^>]*\shidden>.*?</section>", "", html, flags=re.DOTALL)  # steps of a form before theirs
    twice = [name for name, count in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if count > 1]
    checks = {
        f"{shown.count('<h1')} main headings": shown.count("<h1") == 1,
        "another language": f'<html lang="{language}"' in html,
        "inline style or script": not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html),
        "script in the page": not re.findall(r"<script(?![^>]*(?: src=|application/json))", html),
        "a value that is missing": "Undefined" not in html,
        f"an id twice: {twice}": not twice,
    }
    return [fault for fault, right in checks.items() if not right]
