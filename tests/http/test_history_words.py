"""What a history calls the fields of a fact."""

from __future__ import annotations

import inspect

import pytest

from adapters.http.web.i18n import Language
from adapters.http.web.staff.history import _HIDDEN
from adapters.http.web.staff.words import Words
from domain.feedback import events
from domain.kernel import Fact


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_field_of_a_fact_has_a_name_for_people(language: Language) -> None:
    facts = [item for item in vars(events).values() if inspect.isclass(item) and issubclass(item, Fact)]
    names = {name for fact in facts for name in fact.__struct_fields__} - _HIDDEN
    words = Words(language)
    assert [name for name in sorted(names) if words.label("fact-field", name) == name] == []
