"""The generated references say what the code says."""

from __future__ import annotations

from adapters import reference_actions, reference_facts
from application.access import Role
from application.feedback_access import MAY
from tests.support.deciders import FACTS


def test_the_catalogue_of_facts_is_fresh() -> None:
    written = reference_facts.FILE.read_text(encoding="utf-8")
    assert written == reference_facts.rendered(), "run: python -m adapters.reference_facts"


def test_the_table_of_roles_and_actions_is_fresh() -> None:
    written = reference_actions.FILE.read_text(encoding="utf-8")
    assert written == reference_actions.rendered(), "run: python -m adapters.reference_actions"


def test_the_catalogue_names_every_topic_and_every_field() -> None:
    page = reference_facts.rendered()
    for fact in FACTS:
        section = page.partition(f"### {fact.TOPIC}\n")[2].partition("\n### ")[0]
        assert section
        assert all(f"| {name} |" in section for name in fact.__struct_fields__)


def test_the_table_has_a_row_for_each_action_and_a_column_for_each_role() -> None:
    page = reference_actions.rendered()
    assert all(f"| {action} |" in page for action in MAY)
    assert f"| {' | '.join(Role)} |" in page
