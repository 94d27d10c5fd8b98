"""Generated requests against a served town, as nobody and as five people who are signed in.

make fuzz                                    the whole of it
python -m tests.support.fuzz school auditor  these alone

Everything listens on this machine alone and is gone afterwards. What the program throws away of the product's own
manners is said here: an empty bucket refuses nobody, for all requests come from one address and many are sign-ins.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import msgspec
from msgspec.structs import replace

from adapters.http.throttle import Bucket, Throttle, TooManyAttemptsError
from adapters.postgres.supervisor import Supervisor
from application.feedback_intake import Submission
from domain.calendar import legal_date
from domain.feedback.vocabulary import Topic
from domain.schools.codes import public_code
from tests.support.complaining import INTAKE, Complaining, petition
from tests.support.dialogue import closed, recorded
from tests.support.explaining import answered, asked_of_school, taken_in
from tests.support.fuzz_rules import HOOKS, settings
from tests.support.postgres import FAST, fresh_database
from tests.support.protecting import reported
from tests.support.receiving import held
from tests.support.site import served
from tests.support.uploads import telling_photo
from tests.support.world import SCHOOL, Town, open_town

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".venv-fuzz" / "bin" / "schemathesis"
PEOPLE = {"anonymous": "", "officer": "mai", "head": "son", "school": "hoa", "auditor": "vinh", "principal": "binh"}
"""Who asks, by user name. `vinh` has stated a purpose of the audit."""
EXAMPLES = 50
LONGEST_S = 3600
"""Seconds for one of them. Who is not through by then has failed."""


class Patient(Throttle):
    """Counts like the product's, and lets the next one in all the same."""

    async def take(self, bucket: Bucket, *who: str) -> None:
        """Never raises TooManyAttemptsError."""
        try:
            await super().take(bucket, *who)
        except TooManyAttemptsError:
            await self.forgive(bucket, *who)


class Outcome(msgspec.Struct, frozen=True):
    """What came of the requests of one person."""

    who: str
    operations: int
    examples: int
    failures: tuple[str, ...]
    seconds: float
    finished: bool

    @property
    def good(self) -> bool:
        """Everything was tried, and nothing was wrong."""
        return self.finished and self.operations > 0 and not self.failures


async def told(town: Town) -> dict[str, list[str]]:
    """Cases in several states, a school that was asked, danger, an answer: and the ids of all that, by their kind."""
    case = await taken_in(town, photos=(telling_photo("JPEG"),))
    first = await asked_of_school(town, case)
    await answered(town, first)
    await town.settle()
    second = await asked_of_school(town, case)
    danger = await town.submit(Submission(text="Bốn cháu nôn sau bữa trưa (demo).", danger=True, topic=Topic.FOOD))
    fresh = await town.submit(Submission(text="Sân trường ngập mỗi khi mưa lớn (demo).", topic=Topic.OTHER))
    other = await taken_in(town, "Xe đưa đón chạy quá nhanh trên đoạn dốc (demo).")
    parts = [{"request": number, "text": "Đã nhắc nhà xe (demo)."} for number in (1, 2)]
    await town.do("mai", f"/api/feedback/{other}/drafts", {"outcome": "explained", "parts": parts})
    await town.do("mai", f"/api/feedback/{other}/release-requests")
    complaints = Complaining(town)
    lodged = await complaints.receive(INTAKE, petition(legal_date(town.world.clock.now())))
    decided = await complaints.in_one_day()
    await town.settle()
    return {
        "case": [str(found) for found in (case, danger.case_id, fresh.case_id, other, lodged, decided)],
        "explanation": [str(first), str(second)],
        "day": [str(await held(town))],
        "task": [str(await reported(town, danger.code)), str(await reported(town, fresh.code))],
        "code": [danger.code, fresh.code],
        "dialogue": [str(await recorded(town)), str(await closed(town))],
        **await _ids(town),
    }


async def _ids(town: Town) -> dict[str, list[str]]:
    """What lists show to those who may see them."""
    admin = await town.of("tung")
    accounts = (await admin.get("/api/accounts")).json()["items"]
    authorities = (await admin.get("/api/authorities")).json()["items"]
    places = (await admin.get("/api/places")).json()["items"]
    return {
        "account": [found["id"] for found in accounts],
        "post": [post["id"] for found in accounts for post in found["posts"]],
        "authority": [found["id"] for found in authorities],
        "place": [found["id"] for found in places],
        "unit": [public_code(SCHOOL)],
    }


@asynccontextmanager
async def serving(server: Supervisor, folder: Path) -> AsyncIterator[tuple[Town, str, dict[str, list[str]]]]:
    """A town of its own for each person: what one has done there is not in the way of the next."""
    async with fresh_database(server) as database, open_town(database, folder) as town:
        known = await told(town)
        world = town.world
        town.world = replace(world, throttle=Patient(world.pool, world.secrets, world.clock))
        async with served(town) as address:
            yield town, address, known


async def tried(who: str, server: Supervisor, folder: Path, options: argparse.Namespace) -> Outcome:
    """All operations, as one person."""
    async with serving(server, folder / "data") as (_town, address, known):
        rules = folder / "rules.toml"
        hooks = folder / "hooks.py"
        hooks.write_text(HOOKS)
        rules.write_text(settings(PEOPLE[who], known, hooks))
        began = monotonic()
        finished = await _run(options, rules, address, folder)
        return read(who, folder, monotonic() - began, finished=finished)


async def _run(options: argparse.Namespace, rules: Path, address: str, folder: Path) -> bool:
    """One worker: two threads that generate at a time trip over Python's own parser (AST recursion depth)."""
    said = (folder / "said.txt").open("wb")
    only = [part for name in options.only for part in ("--include-operation-id", name)]
    process = await asyncio.create_subprocess_exec(
        str(options.program),
        *("--config-file", str(rules), "run", f"{address}/schema/openapi.json", "--checks", "all"),
        *("--max-examples", str(options.examples), "--workers", "1", "--continue-on-failure", "--no-color"),
        *(
            "--generation-database",
            "none",
            "--warnings",
            "off",
            "--output-sanitize",
            "false",
            "--seed",
            str(options.seed),
            *only,
        ),
        *(
            "--report",
            "json,ndjson",
            "--report-ndjson-path",
            str(folder / "events.ndjson"),
            "--report-json-path",
            str(folder / "report.json"),
        ),
        cwd=folder,
        stdout=said,
        stderr=said,
    )
    try:
        await asyncio.wait_for(process.wait(), LONGEST_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return False
    finally:
        said.close()
    return process.returncode in (0, 1)


def read(who: str, folder: Path, seconds: float, *, finished: bool) -> Outcome:
    """From the report that the requests left; without one nothing was finished."""
    path = folder / "report.json"
    if not path.exists() or not (text := path.read_text()):
        return Outcome(who, 0, 0, (), seconds, finished=False)
    report = json.loads(text)
    failures = [
        f"{group['title']}: {operation}" for group in report["failures"] for operation in group["operations"] or ["?"]
    ]
    failures += [f"error: {group['title']}" for group in report["errors"]]
    operations = (report["operations"] or {}).get("tested") or 0
    whole = finished and report["complete"]
    return Outcome(who, operations, report["test_cases"]["generated"], tuple(failures), seconds, finished=whole)


def table(outcomes: Iterable[Outcome]) -> str:
    """A line for each person."""
    lines = [f"{'who':<10} {'operations':>10} {'examples':>9} {'failures':>8} {'seconds':>8}"]
    for found in outcomes:
        end = "" if found.finished else "  not finished"
        figures = f"{found.operations:>10} {found.examples:>9} {len(found.failures):>8} {found.seconds:>8.0f}"
        lines.append(f"{found.who:<10} {figures}{end}")
    return "\n".join(lines)


async def run(options: argparse.Namespace) -> list[Outcome]:
    """All who were named. One after the other; what each was answered stays below `options.folder`."""
    outcomes = []
    with Supervisor(options.folder / "postgres", overrides=FAST) as server:
        for who in options.who or PEOPLE:
            (options.folder / who).mkdir()
            found = await tried(who, server, options.folder / who, options)
            outcomes.append(found)
            print(table([found]), *found.failures, sep="\n", flush=True)
            if not found.good:
                print((options.folder / who / "said.txt").read_text(), flush=True)
    return outcomes


def main() -> int:
    """0 only if everything was tried and nothing was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("who", nargs="*", choices=[*PEOPLE, []], help="all of them unless named")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="of an operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="an operation by its id; may be repeated")
    parser.add_argument("--program", type=Path, default=PROGRAM)
    parser.add_argument("--folder", type=Path, help="where reports stay; else nothing does")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoso-fuzz-") as name:
        options.folder = options.folder or Path(name)
        outcomes = asyncio.run(run(options))
    print(table(outcomes))
    return 0 if all(found.good for found in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
