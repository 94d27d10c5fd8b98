"""Search and sort keys are text that a database can keep, whatever was typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.searching import search_key, sort_key


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_key_holds_the_sign_that_no_column_can_hold(text: str) -> None:
    assert "\0" not in search_key(f"{text}\0{text}")
    assert "\0" not in sort_key(f"{text}\0{text}")


def test_a_sign_that_nobody_means_hides_nothing_from_a_search() -> None:
    assert search_key("Máy\0 chiếu") == search_key("máy chiếu") == "may chieu"
