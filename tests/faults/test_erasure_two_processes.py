"""One key store, two processes: what one destroys, the other refuses at once."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from adapters.vault.key_store import create_key_store, open_key_store
from adapters.vault.keyring import KeyRing, UnknownSubjectError, subject_path
from application.ports import ErasedError
from domain.kernel import Sealed

TEXT = "Lời kể của người gửi (demo)"


async def serve(folder: str) -> None:
    """The other process: answers each line of orders with one line."""
    ring = open_key_store(Path(folder), {})
    for line in sys.stdin:
        order, argument = line.split()
        print(await _answer(ring, order, argument), flush=True)


async def _answer(ring: KeyRing, order: str, argument: str) -> str:
    try:
        if order == "open":
            return "ok" if ring.open(msgspec.json.decode(bytes.fromhex(argument), type=Sealed)) == TEXT else "wrong"
        subject = UUID(argument)
        if order == "seal":
            return msgspec.json.encode(ring.seal(subject, "a:b", TEXT)).hex()
        if order == "create":
            await ring.create_subject(subject)
        if order == "destroy":
            await ring.destroy(subject)
    except ErasedError:
        return "erased"
    except UnknownSubjectError:
        return "unknown"
    return "done"


class Other:
    """The other process, from here."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def ask(self, order: str, argument: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{order} {argument}\n".encode())
        return (await asyncio.wait_for(self._process.stdout.readline(), 30)).decode().strip()


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


@pytest.fixture
async def other(ring: KeyRing) -> AsyncIterator[Other]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.test_erasure_two_processes", str(ring.folder)),
        stdin=PIPE,
        stdout=PIPE,
        cwd=Path(__file__).parents[2],
    )
    yield Other(process)
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 30) == 0


def on_the_wire(sealed: Sealed) -> str:
    return msgspec.json.encode(sealed).hex()


async def test_both_processes_seal_and_open_for_each_other(ring: KeyRing, other: Other) -> None:
    subject = uuid4()
    assert await other.ask("create", subject) == "done"
    assert await other.ask("open", on_the_wire(ring.seal(subject, "a:b", TEXT))) == "ok"
    sealed = msgspec.json.decode(bytes.fromhex(await other.ask("seal", subject)), type=Sealed)
    assert ring.open(sealed) == TEXT


async def test_erased_in_one_process_means_refused_in_the_other_at_once(ring: KeyRing, other: Other) -> None:
    for _ in range(25):
        subject = uuid4()
        await ring.create_subject(subject)
        sealed = on_the_wire(ring.seal(subject, "a:b", TEXT))
        assert await other.ask("open", sealed) == "ok"  # the key is in the other's memory now
        await ring.destroy(subject)
        assert await other.ask("open", sealed) == "erased"
        assert await other.ask("seal", subject) == "erased"
        assert await other.ask("create", subject) == "erased"


async def test_erased_in_the_other_means_refused_here_at_once(ring: KeyRing, other: Other) -> None:
    subject = uuid4()
    await ring.create_subject(subject)
    sealed = ring.seal(subject, "a:b", TEXT)
    assert await other.ask("destroy", subject) == "done"
    with pytest.raises(ErasedError):
        ring.open(sealed)
    with pytest.raises(ErasedError):
        ring.seal(subject, "a:b", TEXT)
    assert ring.erased(subject)


async def test_the_control_a_ring_that_trusts_its_memory_would_still_open(ring: KeyRing, other: Other) -> None:
    subject = uuid4()
    await ring.create_subject(subject)
    sealed = ring.seal(subject, "a:b", TEXT)
    remembered = ring._cache[subject][1]
    assert await other.ask("destroy", subject) == "done"
    bound = b"hoso-value-1" + subject.bytes + sealed.value_id.bytes + b"a:b"
    assert remembered.decrypt(sealed.nonce, sealed.ciphertext, bound).decode() == TEXT


async def test_a_key_store_without_the_key_is_no_erasure(ring: KeyRing, other: Other) -> None:
    subject = uuid4()
    await ring.create_subject(subject)
    sealed = on_the_wire(ring.seal(subject, "a:b", TEXT))
    assert await other.ask("open", sealed) == "ok"
    subject_path(ring.folder, subject).unlink()
    assert await other.ask("open", sealed) == "unknown"


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
