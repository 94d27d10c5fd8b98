"""Nothing personal lies anywhere in plain writing; what is erased is nowhere, not even through the application.

A whole installation (server, workers, PostgreSQL with all its settings but compression) is told a planted word in every
personal field and in everything that a request carries. Then all its files are searched, byte by byte. The control: the
same search over an installation that seals nothing finds each word. That an erasure in one process is refused at once
in another is shown by tests/faults/test_erasure_two_processes.py.
"""

from __future__ import annotations

import asyncio
import io
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from adapters.bootstrap import READ_MODELS
from adapters.http.problems import NOT_FOUND_BODY
from adapters.postgres.binaries import binary
from adapters.postgres.connect import app_pool, owner_pool
from adapters.postgres.dump import dump, load
from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import Rebuilder, Rebuilt
from adapters.reference_facts import lines_of, shipped_facts
from adapters.vault.key_store import open_key_store
from adapters.vault.keyring import KeyRing
from application.ports import Identity
from domain.kernel import Sealed
from tests.support.office import command
from tests.support.postgres import server_folder
from tests.support.scanned_complaints import ENDED, complain, shown_of
from tests.support.scanned_complaints import READERS as COMPLAINT_READERS
from tests.support.scanned_complaints import WHO as COMPLAINANT
from tests.support.scanned_complaints import Told as Complained
from tests.support.scanned_dialogues import FILE_NAME, PUBLIC, WHO, hold_meeting
from tests.support.scanned_dialogues import SEALED as OF_MEETINGS
from tests.support.scanned_open311 import READ, send_by_open311
from tests.support.scanned_site import LIMIT_S, OLDER, Site
from tests.support.scanned_story import PAPER, READERS, Case, Story
from tests.support.scanning import Scanner

REFUSED = (
    "insert into stream (id, kind, version) values (gen_random_uuid(), $1, -1)",
    "select $1::text::jsonb",
    "select 1 / (length($1) - 24)",
)
"""Statements that fail over the value they were given, which PostgreSQL likes to repeat in its log.

It still does so in the message itself where a text is cast to a number or a uuid: none of ours casts what people wrote.
"""


A_NUMBER = {"explanation.requested.v1:could_know"}
"""How many people could know: sealed like the texts, but no word of its own can be told there."""
OF_OFFICIALS = {
    "people.account_opened.v1:display_name",
    "notice.mail_address_given.v1:address",
    "reception.day_opened.v1:receiver.name",
    "reception.day_corrected.v1:receiver.name",
}
TO_THE_SCHOOL = {
    "explanation.requested.v1:questions[].text",
    "explanation.more_time_refused.v1:reason",
}
BY_THE_SCHOOL = {
    "explanation.more_time_asked.v1:reason",
    "explanation.given.v1:parts[].text",
    "explanation.given.v1:attachments[].meta",
}
TO_THE_FEW = {
    "protection.reported.v1:text",
    "protection.measure_noted.v1:note",
    "protection.closed.v1:reason",
    "protection.closed.v1:words",
}
"""Whoever handles the case reads none of it; the last words are read by the sender."""
COVERED = {"feedback.sender_replied.v1:reply"}
"""What other words stand for since."""
OF_COPIES = {"explanation.requested.v1:attachments[].meta"}
"""The hash of a copy: kept beside it, shown to nobody."""
IN_MAILS = {"mail": {"official/notice.mail_address_given.v1:address"}}
"""To whom a letter goes stands on it; nothing else that was told does."""


class Scene(msgspec.Struct):
    """What the tests look at."""

    site: Site
    story: Story
    lan: Case
    minh: Case
    complaint: Complained
    shown_at_first: dict[str, bytes]
    history_at_first: int = 0

    @property
    def scanner(self) -> Scanner:
        return Scanner(self.story.words)


def told(site: Site) -> Scene:
    """The whole story."""
    story = Story(site)
    story.subscribe()
    meeting = hold_meeting(story)
    lan, minh = story.tell("lan"), story.tell("minh")
    lan.dialogue = minh.dialogue = meeting
    complaint = complain(story)
    story.employ()
    story.send_anonymously()
    send_by_open311(story)
    story.ask_wrongly()
    story.wait_for_mail()
    return Scene(site, story, lan, minh, complaint, {})


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with server_folder() as postgres, Site(postgres.parent, "sealed") as site:
        yield told(site)


@pytest.fixture(scope="module")
def erased(scene: Scene) -> Scene:
    """Of the two people one was erased. What was shown before, and a dump of the database of before, are kept."""
    site, lan = scene.site, scene.lan
    scene.shown_at_first = scene.story.told_by(site, lan)
    scene.history_at_first = len(history(site, lan))
    asyncio.run(dump(site.server.database(), site.folder / "older.dump"))
    site.do("kho", f"/api/cases/{lan.id}/erasure-approvals", {"document": PAPER}, 1)
    deadline = time.monotonic() + LIMIT_S
    while site.of("kho").get(f"/api/cases/{lan.id}/erasure").json()["state"] != "erased":
        assert time.monotonic() < deadline
    return scene


def history(site: Site, case: Case) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = site.of("mai").get(f"/api/cases/{case.id}/history").json()["facts"]
    return facts


def disclosed(site: Site, case: Case) -> Any:
    """Who sent it, by the act of its own that opens it."""
    version = site.of("mai").get(f"/api/cases/{case.id}").json()["version"]
    path = f"/api/submissions/{case.id}/identity-disclosures"
    return site.of("mai").post(path, json={"reason": "Gọi lại cho người gửi"}, headers=command(version))


def shown(scene: Scene, pages: dict[str, bytes], reader: str | None = None) -> set[str]:
    """The words in these pages, or in those of one reader."""
    chosen = (page for key, page in pages.items() if reader is None or key.partition(" ")[0] == reader)
    return scene.scanner.found(b"\n".join(chosen))


def of_facts(words: dict[str, str]) -> set[str]:
    """Those that a fact holds: their names end with topic and field."""
    return {name for name in words if ".v1:" in name}


def readable(story: Story, who: str) -> set[str]:
    """What facts say of a person that officials with the right to it can read."""
    return of_facts(story.about(who)) - {f"{who}/{field}" for field in COVERED | OF_COPIES}


def of_identities(words: dict[str, str]) -> set[str]:
    return {name for name in words if "/identity." in name}


async def copies(site: Site, database: str, scanner: Scanner) -> set[str]:
    """COPY of every table, as text and binary, after everything was written out."""
    connection = await site.superuser(database)
    for statement in ("vacuum", "checkpoint"):
        await connection.execute(statement)
    tables = await connection.fetch(
        "select schemaname as schema, tablename as name from pg_tables"
        " where schemaname not in ('pg_catalog', 'information_schema')"
    )
    assert len(tables) > 12
    found = set()
    for table in tables:
        for form in ("text", "binary"):
            out = io.BytesIO()
            await connection.copy_from_table(table["name"], schema_name=table["schema"], output=out, format=form)
            found |= scanner.found(out.getvalue())
    await connection.close()
    return found


def found_at_rest(scene: Scene, database: str = "hoso") -> dict[str, set[str]]:
    """By medium: copies of every table, then every file of the installation."""
    scanner = scene.scanner
    at_rest = {"copies": asyncio.run(copies(scene.site, database, scanner))}
    return at_rest | scanner.found_below(scene.site.folder)


def some(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {medium: names for medium, names in found.items() if names}


async def written_fields(scene: Scene) -> dict[str, set[str]]:
    """Topic and field → the words that its sealed values in the store say."""
    keys = open_key_store(scene.site.folder / "keys", {})
    pool = await app_pool(scene.site.server.database(), max_size=1)
    fields: dict[str, set[str]] = {}
    scanner = scene.scanner
    for recorded in await PostgresLog(pool).after(-1, 10_000):
        topic = type(recorded.fact).TOPIC
        for path, value in sealed_in(recorded.fact):
            said = {name.partition("/")[2] for name in scanner.found(keys.open(value).encode())}
            fields.setdefault(f"{topic}:{path}", set()).update(said)
    await pool.close()
    return fields


def sealed_in(value: Any, path: str = "") -> Iterator[tuple[str, Sealed]]:
    """Every sealed value with its path, as the classification writes it."""
    if isinstance(value, Sealed):
        yield path, value
    elif isinstance(value, tuple):
        for item in value:
            yield from sealed_in(item, f"{path}[]")
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from sealed_in(getattr(value, name), f"{path}.{name}" if path else name)


def classified_fields() -> set[str]:
    """Every field of every fact that is personal, and every sealed one that could lead to an informant."""
    found = {
        f"{fact.TOPIC}:{line.path}"
        for fact in shipped_facts()
        for line in lines_of(fact)
        if line.effective == "personal" or "Sealed" in str(line.type)
    }
    assert found > A_NUMBER
    return found - A_NUMBER


def test_every_personal_field_of_every_fact_is_told_a_word_of_its_own(scene: Scene) -> None:
    written = asyncio.run(written_fields(scene))
    assert {field for field, said in written.items() if field in said} == classified_fields()
    assert written.keys() - classified_fields() == A_NUMBER
    complaints = {field for field in classified_fields() if field.startswith("complaint.")}
    others = classified_fields() - OF_OFFICIALS - OF_MEETINGS - complaints
    assert of_facts(scene.story.about("lan")) == {f"lan/{field}" for field in others}
    assert of_facts(scene.story.about(WHO)) == {f"{WHO}/{field}" for field in OF_MEETINGS}
    assert of_facts(scene.story.about(COMPLAINANT)) == {f"{COMPLAINANT}/{field}" for field in complaints}
    assert of_identities(scene.story.about("lan")) == {f"lan/identity.{name}" for name in Identity.__struct_fields__}
    print(f"{len(written)} sealed fields, {len(scene.story.words)} words")


def test_no_word_lies_anywhere_in_any_writing(scene: Scene) -> None:
    found = found_at_rest(scene)
    assert some(found) == IN_MAILS
    assert {"copies", "files", "keys", "sealed.log", "postgres/server.log"} <= found.keys()
    assert {"postgres/data/base", "postgres/data/global", "postgres/data/pg_wal"} <= found.keys()
    assert (scene.site.folder / "sealed.log").stat().st_size > 0


def test_where_nothing_is_sealed_the_same_search_finds_every_word() -> None:
    with server_folder() as postgres, Site(postgres.parent, "open") as site:
        scene = told(site)
        words, found = scene.story.words, found_at_rest(scene)
    kept = of_facts(words) | of_identities(words)
    assert len(kept) > 30
    for medium in ("copies", "postgres/data/base", "postgres/data/pg_wal"):
        assert kept - found[medium] == set(), medium
    files = {name for name in words if "photo" in name or "EXIF" in name or "author" in name}
    assert files - found["files"] == set()
    assert of_identities(words) - found["postgres/server.log"] == set()
    assert {name for name in words if name.startswith(("anonymous/", "wrong/"))} - found["open.log"] == set()
    assert set(words) - set().union(*found.values()) == set()
    print({medium: len(names) for medium, names in some(found).items()})


async def _fail(scene: Scene, value: str) -> int:
    pool, failed = await app_pool(scene.site.server.database(), max_size=1), 0
    for statement in REFUSED:
        try:
            await pool.execute(statement, value)
        except asyncpg.PostgresError:
            failed += 1
    await pool.close()
    return failed


def test_a_statement_that_fails_leaves_none_of_its_values_in_the_log_of_the_database(scene: Scene) -> None:
    log = scene.site.server.log
    before = log.stat().st_size
    assert asyncio.run(_fail(scene, scene.story.word("parameter"))) == len(REFUSED)
    told_now = log.read_bytes()[before:]
    assert told_now.count(b"ERROR") == len(REFUSED)
    assert scene.scanner.found(told_now) == set()


def test_open311_answers_without_a_word_that_was_sent_and_keeps_what_the_desk_seals(scene: Scene) -> None:
    words = {name for name in scene.story.words if name.startswith("open311/")}
    assert len(words) > 20
    answers = [answer.content for answer in scene.story.open311]
    assert len(answers) > 20
    assert [scene.scanner.found(content) for content in answers] == [set()] * len(answers)
    listed = scene.site.of("mai").get("/api/cases").json()["cases"]
    read = {
        name
        for row in listed
        for name in scene.scanner.found(scene.site.of("mai").get(f"/api/cases/{row['case_id']}").content)
    }
    assert words & read == {"open311/description"}
    assert {f"open311/{name}" for name in READ} > words & read


def test_what_is_refused_is_refused_without_repeating_any_value(scene: Scene) -> None:
    answers = [answer for answer in scene.story.refused if "application/problem+json" in answer.headers["content-type"]]
    assert len(answers) > 20
    repeated = {name for answer in answers for name in scene.scanner.found(answer.content)}
    assert repeated == {"wrong/body 1 /api/submissions"}  # the name of a field that nobody knows, to who sent it


def test_before_an_erasure_the_case_is_shown_to_who_may_see_it_and_to_nobody_else(erased: Scene) -> None:
    words = readable(erased.story, "lan")
    by_code = {key: page for key, page in erased.shown_at_first.items() if erased.lan.code in key or key == "code"}
    without = {key: page for key, page in erased.shown_at_first.items() if key not in by_code}
    by_reader = {reader: shown(erased, without, reader) for reader in READERS}
    few = {f"lan/{field}" for field in TO_THE_FEW}
    assert words - by_reader["mai"] == few
    assert words - by_reader["son"] == set()
    assert shown(erased, by_code) & few == {"lan/protection.closed.v1:words"}
    assert "lan/feedback.submitted.v1:content" in shown(erased, by_code)
    hers = erased.story.about("lan").keys()
    assert by_reader["anh"] & hers == few
    for stranger in ("tung", "dung", ""):
        assert by_reader[stranger] & hers == set(), stranger
    of_school = {f"lan/{field}" for field in TO_THE_SCHOOL | BY_THE_SCHOOL} | {"lan/photo of the school"}
    assert by_reader["hoa"] & hers == of_school
    covered = {f"lan/{field}" for field in COVERED | OF_COPIES}
    assert covered & shown(erased, erased.shown_at_first) == set()
    assert of_identities(erased.story.words) & set().union(*by_reader.values()) == set()


def test_what_was_said_at_a_meeting_is_shown_to_the_posts_that_work_on_it_and_to_nobody_else(erased: Scene) -> None:
    of_meeting = {f"{WHO}/{field}" for field in OF_MEETINGS} - {f"{WHO}/{FILE_NAME}"}
    settled = {f"{WHO}/dialogue.rows_kept_back.v1:rows[].cells"}  # left out since, and so only in the past
    by_reader = {reader: shown(erased, erased.shown_at_first, reader) for reader in READERS}
    for reader in ("mai", "son", "vinh"):
        assert of_meeting - by_reader[reader] == settled, reader
    for stranger in ("kho", "anh", "tung", "hoa", "dung", ""):
        assert by_reader[stranger] & {f"{WHO}/{field}" for field in OF_MEETINGS} == {f"{WHO}/{PUBLIC}"}, stranger


def test_a_complaint_is_shown_to_who_may_see_it_and_to_nobody_else(scene: Scene) -> None:
    pages = shown_of(scene.story, scene.complaint)
    hers = scene.story.about(COMPLAINANT).keys()
    told_in_it = {name for name in hers if not any(topic in name for topic in ENDED)}
    by_reader = {reader: shown(scene, pages, reader) & hers for reader in COMPLAINT_READERS}
    for reader in ("mai", "son", "binh", "thuy", "vinh"):
        assert told_in_it - by_reader[reader] == set(), reader
    for stranger in ("nhi", "thu", "kho", "anh", "tung", "hoa", "dung", ""):
        assert by_reader[stranger] == set(), stranger
    print(f"{len(pages)} answers, {len(told_in_it)} words")


def test_after_it_nobody_is_shown_a_word_of_hers_and_the_other_person_stays_readable(erased: Scene) -> None:
    site, story = erased.site, erased.story
    hers = story.told_by(site, erased.lan)
    assert shown(erased, hers) & story.about("lan").keys() == set()
    assert hers.keys() == erased.shown_at_first.keys()
    assert readable(story, "minh") - shown(erased, story.told_by(site, erased.minh, ("mai", "son"))) == set()
    assert disclosed(site, erased.lan).status_code == 410
    his = disclosed(site, erased.minh)
    assert erased.scanner.found(his.content) == of_identities(story.about("minh"))
    assert len(history(site, erased.lan)) == erased.history_at_first + 1  # that somebody asked who she was
    print(f"{len(hers)} answers")


def test_after_it_still_no_word_lies_anywhere(erased: Scene) -> None:
    subprocess.run(
        [binary("pg_restore"), f"--file={erased.site.folder / 'older.sql'}", str(erased.site.folder / "older.dump")],
        check=True,
    )
    found = found_at_rest(erased)
    assert some(found) == IN_MAILS
    assert "older.sql" in found


async def restore(site: Site) -> None:
    """The older dump into a database of its own, on the same server, beside the keys of today."""
    connection = await site.superuser("postgres")
    await connection.execute(f"create database {OLDER} owner hoso_owner")
    await connection.close()
    await load(site.server.database(OLDER), site.folder / "older.dump")


async def rebuilt(site: Site) -> list[Rebuilt]:
    database = site.server.database(OLDER)
    owner, app = await owner_pool(database), await app_pool(database)
    made = [await Rebuilder(owner, PostgresLog(app)).rebuild(model) for model in READ_MODELS]
    await owner.close()
    await app.close()
    return made


def test_the_database_of_before_beside_the_keys_of_today_shows_nothing_of_her(erased: Scene) -> None:
    asyncio.run(restore(erased.site))
    story = erased.story
    with Site(erased.site.folder, "restored") as older:
        pages = story.told_by(older, erased.lan)
        assert shown(erased, pages) & story.about("lan").keys() == set()
        assert readable(story, "minh") - shown(erased, story.told_by(older, erased.minh, ("mai", "son"))) == set()
        facts = history(older, erased.lan)
        assert len(facts) == erased.history_at_first
        assert facts[0]["data"]["content"] == {"erased": True}
        assert older.of("mai").get("/api/cases").json()["total"] == 4
        assert disclosed(older, erased.lan).status_code == 410
        assert older.of("dung").get(f"/api/cases/{erased.lan.id}").content == NOT_FOUND_BODY
        models = asyncio.run(rebuilt(older))
    assert [model.name for model in models if not model.equal or model.parked] == []
    assert some(found_at_rest(erased, OLDER)) == IN_MAILS


def test_her_keys_are_tombstones_and_only_hers(erased: Scene) -> None:
    keys = Path(erased.site.folder / "keys" / "subjects")
    tombs = [path for path in keys.rglob("*") if path.is_file() and path.read_bytes().startswith(b"hoso-tombstone")]
    assert len(tombs) == 3  # the others are of the request to the school about her case, and of her visit
    assert isinstance(open_key_store(erased.site.folder / "keys", {}), KeyRing)
