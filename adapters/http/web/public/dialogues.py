"""What everybody may read of a dialogue meeting: the text that a person confirmed, and counts, none of them small."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.conditional import path_id
from adapters.http.dialogues import DialogueReader
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.web.i18n import Language, label
from adapters.http.web.render import language_of, page
from domain.dialogues.parts import SummaryCount


class PublicDialogueController(Controller):
    """`/p/dialogues/{id}`."""

    path = "/p/dialogues"
    include_in_schema = False
    opt = {"public": True}  # noqa: RUF012 - litestar reads it from the class

    @get("/{dialogue_id:str}")
    async def one(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        dialogue_reader: Injected[DialogueReader],
        naming: Injected[Naming],
    ) -> Response[str]:
        """Only what is published now; everything else is not there."""
        found = await dialogue_reader.published(path_id(dialogue_id))
        fact, language = found.published.fact, language_of(request)
        names = await naming.names([found.authority_id])
        context = {
            "title": fact.title,
            "authority": names.get(found.authority_id, ""),
            "held_on": fact.held_on,
            "published_at": found.published.at,
            "text": found.text,
            "total": fact.total,
            "by_state": _counts(fact.by_state, "dialogue-opinion-state", language),
            "by_level": _counts(fact.by_level, "dialogue-level", language),
        }
        return page(request, "p/dialogue.html", context)


def _counts(counts: tuple[SummaryCount, ...], kind: str, language: Language) -> list[dict[str, Any]]:
    return [{"text": label(language, kind, one.code or "none"), "count": one.count} for one in counts]
