"""The table of rules names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "reference" / "complaint-rules.md"


def test_every_test_that_the_table_names_exists() -> None:
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", TABLE.read_text())
    assert len(named) > 8
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text()]
    assert missing == []
