"""Signing in as people do to a new installation, over the API: a password of one's own, then the second step."""

from __future__ import annotations

from typing import Any

import httpx
import pyotp

from tests.support.command import PASSWORD
from tests.support.office import command

SIGN_IN, OWN_PASSWORD = "/api/session", "/api/session/password-changes"
SET_UP, STEP = "/api/session/second-factors", "/api/session/second-steps"
CHOSEN = "Mây qua đỉnh núi 48"
"""The password that somebody chooses in place of the one that the administrator gave."""


class TwoSteps:
    """The people of one store: who is asked for an own password or a second step settles that once, and remembers.

    A code of the telephone is good once in half a minute, and nobody here waits: later sign-ins take printed ones.
    """

    def __init__(self) -> None:
        self._passwords: dict[str, str] = {}
        self._printed: dict[str, list[str]] = {}

    def signed_in(self, client: httpx.Client, username: str) -> dict[str, str]:
        """Headers of somebody with a new session, to whom everything is open that the post allows."""
        entered = self._enter(client, username)
        if entered["next_step"] == "password":
            self._choose_password(client, username, _bearer(entered["token"]))
            entered = self._enter(client, username)
        if entered["next_step"] == "second-factor":
            return _bearer(self._set_up(client, username, _bearer(entered["token"])))
        if entered["next_step"] == "second-step":
            code = self._printed[username].pop()
            entered = _made(client.post(STEP, json={"code": code}, headers=_bearer(entered["token"])))
        assert entered["next_step"] == ""
        return _bearer(entered["token"])

    def _enter(self, client: httpx.Client, username: str) -> Any:
        password = self._passwords.get(username, PASSWORD)
        return _made(client.post(SIGN_IN, json={"username": username, "password": password}))

    def _choose_password(self, client: httpx.Client, username: str, halfway: dict[str, str]) -> None:
        body = {"current": PASSWORD, "password": CHOSEN}
        answer = client.post(OWN_PASSWORD, json=body, headers=halfway | command())
        assert answer.status_code == 204, answer.text
        self._passwords[username] = CHOSEN

    def _set_up(self, client: httpx.Client, username: str, halfway: dict[str, str]) -> str:
        secret = _made(client.post(SET_UP, json={}, headers=halfway | command()))["secret"]
        code = pyotp.TOTP(secret).now()
        done = _made(client.post(SET_UP, json={"code": code}, headers=halfway | command()))
        self._printed[username] = done["recovery_codes"]
        token: str = done["token"]
        return token


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _made(answer: httpx.Response) -> Any:
    assert answer.status_code == 201, answer.text
    return answer.json()
