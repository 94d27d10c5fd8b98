"""A request for explanation that was on its way while its case was erased is forgotten as soon as it is in the log."""

from __future__ import annotations

from application.execute import Executor
from application.ports import Recorded, Vault
from application.reactions.erase_subject import ErasableFiles
from domain.explanations.events import ExplanationRequested
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Fact


class ForgetLateCopies:
    """At least once. Who erases destroys the key first and then looks for requests: what comes later finds no key."""

    name = "forget-late-copies"
    facts: tuple[type[Fact], ...] = (ExplanationRequested,)

    def __init__(self, execute: Executor, vault: Vault, files: ErasableFiles) -> None:
        self._execute, self._vault, self._files = execute, vault, files

    async def react(self, recorded: Recorded) -> None:
        """Destroys the copies and the words of the request, if the key of its case is gone."""
        fact = recorded.fact
        if not isinstance(fact, ExplanationRequested):
            return
        seen = await self._execute.load(FEEDBACK, fact.case_id)
        if seen is None or seen.state.subject_id is None or not self._vault.erased(seen.state.subject_id):
            return
        await self._vault.destroy(fact.subject_id)
        await self._files.erase(fact.subject_id)
