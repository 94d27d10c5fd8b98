"""The words of mails, in Vietnamese with English below: counts, register numbers and links, never a name or a title.

They are written when the mail goes out: by then the address may be withdrawn, the account locked, or the case hidden
from this person, and then nothing goes out. A case that only named people may know of is not even numbered.
"""

from __future__ import annotations

from uuid import UUID

from adapters.http.cases import Cases
from adapters.http.web.staff.words import Words
from adapters.http.web.staff.worklist import parts
from application.access import Actor
from application.complaint_access import lists_complaints
from application.complaint_access import scope_of as complaint_scope
from application.feedback_access import scope_of
from application.law import LawBook
from application.people import actor_of
from application.ports import Clock, ErasedError, EventStore, Letter, Mail, Vault
from domain.calendar import legal_date
from domain.notices.vocabulary import OF_PROTECTION, MailKind
from domain.people.account import ACCOUNT
from projections.case_index import CaseRow
from projections.case_list import visible_rows
from projections.complaint_list import ComplaintFilters, all_complaints
from projections.complaints import ComplaintRow
from projections.mail_wishes import mail_wishes
from projections.protection import TaskFilters, list_tasks

DIGEST_PARTS = ("late", "today", "soon", "mine", "sender", "release")


class Letters:
    """Composes what the outbox sends."""

    def __init__(self, store: EventStore, cases: Cases, law: LawBook, vault: Vault, clock: Clock, origin: str) -> None:
        self._store, self._cases, self._law, self._vault = store, cases, law, vault
        self._clock, self._origin = clock, origin

    async def compose(self, mail: Mail) -> Letter | None:
        """None: it is no longer to be sent."""
        wish = await mail_wishes(self._cases.db, mail.account_id)
        actors = await self.actors(mail.account_id)
        if wish is None or wish.address is None or not actors:
            return None
        try:
            to = self._vault.open(wish.address)
        except ErasedError:
            return None
        said = await self._words(actors, mail)
        if said is None:
            return None
        subject, text = said
        return Letter(id=mail.id, to=to, subject=subject, text=text, written_at=self._clock.now())

    async def actors(self, account_id: UUID) -> list[Actor]:
        """The account in each of its posts of today."""
        seen, now = await self._store.load(ACCOUNT, account_id), self._clock.now()
        held = seen.state.posts_on(legal_date(now)) if seen and not seen.state.locked else ()
        found = [actor_of(account_id, seen.state, now, post.id) for post in held] if seen else []
        return [actor for actor in found if actor is not None]

    async def counts(self, actors: list[Actor]) -> dict[str, int]:
        """How many cases wait, by part of the worklist, over all posts."""
        found = dict.fromkeys(DIGEST_PARTS, 0)
        for actor in actors:
            calendar = (await self._law.at(actor.authority_id, self._clock.now())).calendar
            tabs = [part for part in parts(actor, legal_date(self._clock.now()), calendar) if part.key in found]
            counts = await self._cases.counts(actor, [part.filters for part in tabs])
            for part, count in zip(tabs, counts, strict=True):
                found[part.key] = max(found[part.key], count)
        return found

    async def _words(self, actors: list[Actor], mail: Mail) -> tuple[str, str] | None:
        if mail.kind in OF_PROTECTION:
            return await self._protection(actors, mail)
        return await self._digest(actors) if mail.case_id is None else await self._single(actors, mail)

    async def _digest(self, actors: list[Actor]) -> tuple[str, str] | None:
        counts = {key: count for key, count in (await self.counts(actors)).items() if count}
        if not counts:
            return None
        link = f"{self._origin}/work"
        parts_of_text, subjects = [], []
        for words in both():
            _ = words.gettext
            subjects.append(_("Cases that wait this morning"))
            lines = [f"- {words.label('tab', key)}: {count}" for key, count in counts.items()]
            seen_at = _("To be seen at: %(link)s") % {"link": link}
            parts_of_text.append("\n".join([f"{subjects[-1]}:", *lines, seen_at]))
        return " / ".join(subjects), letter_of(parts_of_text)

    async def _single(self, actors: list[Actor], mail: Mail) -> tuple[str, str] | None:
        row = await self._row(actors, mail.case_id)
        if row is None:
            return None
        subjects, texts = [], []
        complaint = isinstance(row, ComplaintRow)
        hidden = not row.number or (not isinstance(row, ComplaintRow) and row.narrow)
        path = "/notices" if hidden else f"/complaints/{row.case_id}" if complaint else f"/cases/{row.case_id}"
        link = f"{self._origin}{path}"
        for words in both():
            _ = words.gettext
            urgent = mail.kind in ("urgent", "escalated")
            said = words.label("mail", mail.kind)
            if hidden:
                said = _("There is 1 urgent matter") if urgent else _("There is 1 new matter")
            subject = said if hidden else _("%(what)s: case no. %(number)s") % {"what": said, "number": row.number}
            subjects.append(subject)
            texts.append("\n".join([f"{subject}.", _("To be seen at: %(link)s") % {"link": link}]))
        return " / ".join(subjects), letter_of(texts)

    async def _protection(self, actors: list[Actor], mail: Mail) -> tuple[str, str] | None:
        """Not even that it is about a sender: whoever looks over a shoulder reads that something is urgent."""
        filters = TaskFilters(statuses=("new",), case_id=mail.case_id)
        waits = [await list_tasks(self._cases.db, scope_of(actor), filters, limit=1) for actor in actors]
        if mail.case_id is None or not any(page.total for page in waits):
            return None
        link = f"{self._origin}/notices"
        subjects, texts = [], []
        for words in both():
            _ = words.gettext
            subjects.append(_("There is 1 urgent matter"))
            texts.append("\n".join([f"{subjects[-1]}.", _("To be seen at: %(link)s") % {"link": link}]))
        return " / ".join(subjects), letter_of(texts)

    async def _row(self, actors: list[Actor], case_id: UUID | None) -> CaseRow | ComplaintRow | None:
        for actor in actors:
            if case_id and lists_complaints(actor):
                wanted = ComplaintFilters(case_ids=(case_id,))
                if complaints := await all_complaints(self._cases.db, complaint_scope(actor), wanted):
                    return complaints[0]
            found = await visible_rows(self._cases.db, scope_of(actor), [case_id] if case_id else [])
            if case_id in found:
                return found[case_id]
        return None


def both() -> tuple[Words, Words]:
    """Vietnamese first."""
    return Words("vi"), Words("en")


def letter_of(texts: list[str]) -> str:
    """One text with a foot in each language."""
    feet = []
    for words in both():
        _ = words.gettext
        feet.append(_("Sent by the case file system. Which mails come is chosen on the page My notices."))
    return "\n\n".join(f"{text}\n{foot}" for text, foot in zip(texts, feet, strict=True)) + "\n"


def wants_digest(kinds: frozenset[str]) -> bool:
    """Whether the morning mail was chosen."""
    return MailKind.DIGEST.value in kinds
