"""What is shipped: containers that are not root, locks that name no index, a build that needs nothing but Python."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    whole: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return whole


def test_compose_runs_app_worker_and_database_each_with_a_health_check(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"app", "worker", "database"}
    assert all(service["healthcheck"]["test"][0] == "CMD" for service in services.values())
    assert services["database"]["image"] == "postgres:18"
    for name in ("app", "worker"):
        assert services[name]["depends_on"]["database"]["condition"] == "service_healthy"
        assert services[name]["command"][0] == "hoso"


def test_compose_opens_nothing_beyond_loopback_and_knows_no_password(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]
    text = (ROOT / "docker-compose.yml").read_text()
    assert set(re.findall(r"\$\{(\w+):\?", text)) == {"HOSO_DB_PASSWORD", "HOSO_BASE_URL"}
    named = {volume.partition(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert named == set(compose["volumes"])


def test_the_image_runs_as_an_ordinary_user_and_copies_what_exists() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last = max(index for index, line in enumerate(lines) if line.startswith("FROM "))
    assert "USER hoso" in lines[last:]
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    missing = [name for names in copied for name in names if not (ROOT / name).exists()]
    assert missing == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_lock_names_an_index(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"https?://|--index|--extra-index|--find-links|file:", text)
    hashed = r"^[a-z0-9][a-z0-9._-]*==[^\\\n]+\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)"
    packages = re.findall(hashed, text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 0


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = {path.stem: set(re.findall(r"^([a-z0-9._-]+)==", path.read_text(), re.MULTILINE)) for path in LOCKS}
    wanted = {"run": project["dependencies"], "build": project["optional-dependencies"]["build"]}
    wanted["dev"] = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for name, requirements in wanted.items():
        names = {re.split(r"[\[<>=~!; ]", text)[0].lower() for text in requirements}
        assert names - locked[name] == set(), name


def test_the_front_end_lock_names_no_host() -> None:
    text = (ROOT / "adapters" / "http" / "web" / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 10
