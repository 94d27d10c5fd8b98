"""Tracking codes, fingerprints and exact search."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.vault.key_store import create_key_store, open_key_store
from adapters.vault.keyring import KeyRing
from adapters.vault.secrets import HmacSecrets, canonical
from application.ports import Secrets
from application.tracking_code import ALPHABET, ReadingTokens, format_code


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


@pytest.fixture
def keyed(ring: KeyRing) -> HmacSecrets:
    return HmacSecrets(ring)


@pytest.fixture(scope="module")
def tokens_once(tmp_path_factory: pytest.TempPathFactory) -> ReadingTokens:
    return HmacSecrets(create_key_store(tmp_path_factory.mktemp("once") / "keys", {}))


def test_the_same_command_has_the_same_code_after_a_restart_too(ring: KeyRing, keyed: Secrets) -> None:
    command = uuid4()
    code = keyed.tracking_code(command)
    assert len(code) == 16
    assert set(code) <= set(ALPHABET)
    assert HmacSecrets(open_key_store(ring.folder, {})).tracking_code(command) == code


def test_another_command_or_installation_has_another_code(tmp_path: Path, keyed: Secrets) -> None:
    foreign = HmacSecrets(create_key_store(tmp_path / "foreign", {}))
    commands = [UUID(int=n) for n in range(500)]
    codes = {keyed.tracking_code(command) for command in commands}
    assert len(codes) == 500
    assert codes.isdisjoint(foreign.tracking_code(command) for command in commands)


def test_the_hash_of_a_code_is_the_same_however_it_is_typed(keyed: Secrets) -> None:
    code = keyed.tracking_code(uuid4())
    typed = format_code(code).lower().replace("0", "o").replace("1", "I")
    assert keyed.code_hash(typed) == keyed.code_hash(code)
    assert keyed.code_hash(code) != keyed.code_hash(code[:-1])


def test_a_reading_token_leads_to_its_code_and_does_not_hold_it(ring: KeyRing, keyed: HmacSecrets) -> None:
    code = keyed.tracking_code(uuid4())
    token = keyed.reading_token(code)
    assert keyed.reading_token(format_code(code).lower()) == token
    assert code not in token
    assert HmacSecrets(open_key_store(ring.folder, {})).code_behind(token) == code
    assert keyed.code_behind(code) is None


def test_a_token_of_another_installation_or_with_one_sign_changed_is_none(tmp_path: Path, keyed: HmacSecrets) -> None:
    foreign = HmacSecrets(create_key_store(tmp_path / "foreign", {}))
    token = keyed.reading_token(keyed.tracking_code(uuid4()))
    assert foreign.code_behind(token) is None
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    assert {keyed.code_behind(one) for one in changed} == {None}


@given(st.text(max_size=60) | st.text("-_AQgw09az=", min_size=43, max_size=43))
def test_whatever_is_no_token_is_none(tokens_once: ReadingTokens, text: str) -> None:
    assert tokens_once.code_behind(text) is None


def test_fingerprints_tell_the_parts_apart(keyed: Secrets) -> None:
    lists = [(b"ab", b"c"), (b"a", b"bc"), (b"abc",), (b"abc", b""), ()]
    assert len({keyed.fingerprint(*parts) for parts in lists}) == len(lists)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("phone", "0912 345 678", "+84 912.345.678"),
        ("phone", "0912345678", "84912345678"),
        ("phone", "0084 912 345 678", "(+84) 0912-345-678"),
        ("name", "Trần  Đức Hòa", "tran duc hoà"),
    ],
)
def test_exact_search_finds_every_writing(keyed: Secrets, field: str, one: str, other: str) -> None:
    assert keyed.blind_index(field, one) == keyed.blind_index(field, other)


def test_a_name_and_a_number_never_meet_in_the_index(keyed: Secrets) -> None:
    assert keyed.blind_index("phone", "0912345678") != keyed.blind_index("name", "0912345678")
    assert keyed.blind_index("phone", "0912345678") != keyed.blind_index("phone", "0912345679")


@given(st.text())
def test_any_text_has_a_canonical_number_that_stays(typed: str) -> None:
    once = canonical("phone", typed)
    assert once == "" or once.isdigit()
