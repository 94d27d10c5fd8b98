"""Rules in three words: given these facts, when this is asked, then these facts follow, or it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from domain.kernel import Command, Decider, Fact, RefusalError


class Given:
    """`Given(FEEDBACK, submitted, acknowledged).when(command).then(fact)`."""

    def __init__(self, decider: Decider[Any, Any, Any], *history: Fact) -> None:
        self._decider, self.history = decider, history

    @property
    def state(self) -> Any:
        """What the history comes to."""
        return self._decider.fold(self.history)

    def when(self, command: Command) -> Asked:
        """Ask for something."""
        return Asked(self._decider, self.history, command)


class Asked:
    """A command on its way to a history."""

    def __init__(self, decider: Decider[Any, Any, Any], history: Sequence[Fact], command: Command) -> None:
        self._decider, self._history, self._command = decider, history, command

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What follows, for tests that look at a part of it. Raises the refusal."""
        return tuple(self._decider.decide(self._decider.fold(self._history), self._command))

    @property
    def given(self) -> Given:
        """The history with what follows, to go on from."""
        return Given(self._decider, *self._history, *self.facts)

    def then(self, *facts: Fact) -> Given:
        """Exactly these facts."""
        assert self.facts == facts
        return self.given

    def refused(self, refusal: type[RefusalError], *, field: str | None = None, **details: str | int) -> None:
        """The rules forbid it, and name the field and the details that a sentence needs."""
        with pytest.raises(refusal) as raised:
            _ = self.facts
        assert type(raised.value) is refusal
        assert (raised.value.field, raised.value.details) == (field, details)
