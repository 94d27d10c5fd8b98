"""The arrows between the top-level folders, module sizes, and what may not happen inside the rules."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("domain", "application", "projections", "adapters")
CASE_KINDS = {"feedback", "complaints", "inspections", "tutoring", "mergers"}
MAX_LINES = 400
VALUES = {
    *("calendar", "codes", "competence", "events", "kernel", "legacy"),
    *("levels", "parts", "roles", "searching", "stages", "term", "vocabulary"),
}
"""Modules of the domain that a read model may know: facts and the values that facts carry, never what decides."""
WORLD = {"asyncio", "os", "pathlib", "random", "secrets", "socket", "subprocess", "tempfile", "threading", "time"}
"""Modules of the standard library that bring in a clock, I/O or chance."""


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in path.parts)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module, with its line; `from a.b import c` gives `a.b`, or `a.b.c` where c is a module of ours."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            base = node.module or ""
            for alias in node.names:
                inner = ROOT.joinpath(*base.split("."), alias.name)
                ours = inner.is_dir() or inner.with_suffix(".py").exists()
                yield node.lineno, f"{base}.{alias.name}" if ours else base


def within(module: str, *allowed: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def may(importer: str, module: str) -> bool:
    """The dependency rule."""
    layer, parts = importer.partition(".")[0], importer.split(".")
    if layer == "domain":
        if within(module, "domain"):
            other = module.split(".")[1] if "." in module else ""
            mine = parts[1] if len(parts) > 1 else ""
            return not (mine in CASE_KINDS and other in CASE_KINDS - {mine})
        return standard(module) or within(module, "msgspec", "eventsourcing.utils")
    if layer == "application":
        return standard(module) or within(module, "msgspec", "domain", "application")
    if layer == "projections":
        facts = within(module, "domain") and module.rpartition(".")[2] in VALUES
        return standard(module) or facts or within(module, "msgspec", "application.ports", "projections")
    return True


def test_imports_follow_the_arrows() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules("domain", "application", "projections")
        for line, module in imported(path)
        if not may(name_of(path), module)
    ]
    assert wrong == []


def test_the_rule_refuses_what_it_should() -> None:
    assert not may("domain.feedback.feedback", "asyncpg")
    assert not may("domain.feedback.feedback", "domain.complaints.events")
    assert not may("application.feedback", "adapters.postgres.pool")
    assert not may("projections.register", "domain.feedback.feedback")
    assert not may("projections.register", "domain.feedback.commands")
    assert may("projections.register", "domain.feedback.events")


@pytest.mark.parametrize("layer", LAYERS)
def test_no_module_is_a_drawer_for_anything_or_too_long(layer: str) -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}
    wrong = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in modules(layer)
        if (lines := len(path.read_text().splitlines())) > MAX_LINES or path.stem in drawers
    ]
    assert wrong == []


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def test_a_legal_day_is_taken_only_from_the_calendar() -> None:
    """`.date()` on a datetime gives the day of whatever zone it happens to carry."""
    wrong = []
    for path in modules("domain", "application", "projections"):
        tree = ast.parse(path.read_text())
        own = {
            id(call)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef) and (path.name, function.name) == ("calendar.py", "legal_date")
            for call, _ in calls(function)
        }
        wrong += [
            f"{path.relative_to(ROOT)}:{call.lineno}"
            for call, name in calls(tree)
            if name == "date" and not call.args and id(call) not in own
        ]
    assert wrong == []


def test_the_rules_have_no_clock_no_chance_and_no_world() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules("domain")
        for line, module in imported(path)
        if module.partition(".")[0] in WORLD
    ]
    for path in modules("domain"):
        wrong += [
            f"{path.relative_to(ROOT)}:{call.lineno} calls {name}"
            for call, name in calls(ast.parse(path.read_text()))
            if name in {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7"}
        ]
    assert wrong == []


def test_what_a_read_model_may_know_decides_nothing() -> None:
    deciding = {"decide", "evolve"}
    wrong = [
        f"{path.relative_to(ROOT)} defines {node.name}"
        for path in modules("domain")
        if path.stem in VALUES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name in deciding
    ]
    assert wrong == []
