"""The paper with a start code: shown this once, printed and handed over."""

from __future__ import annotations

from litestar import Response

from adapters.http.web.render import page
from adapters.http.web.staff.room import Desk, shell
from application.people import Invited
from projections.people import people


async def start_code_page(desk: Desk, invited: Invited, path: str) -> Response[str]:
    """A5 or A4. It is not kept by the browser either."""
    _, account_id = desk.words.gettext, invited.receipt.case_id
    row = (await people(desk.room.db, [account_id])).get(account_id)
    names = await desk.room.naming.names([account_id, desk.actor.authority_id])
    context = await shell(desk, path) | {
        "name": names.get(account_id, _("An account without a name")),
        "username": row.username if row else "",
        "unit": names.get(desk.actor.authority_id) if desk.actor.authority_id else None,
        "code": invited.code,
        "sign_in": f"{desk.room.settings.base_url}/sign-in",
        "until": invited.expires_at,
        "steps": [
            _("Open the address above and sign in with the user name and the start code."),
            _("Choose a password of at least 12 characters. Nobody else knows it, the administrator neither."),
            _("Sign in once more with the new password. Then destroy this paper."),
        ],
        "back": f"{path}/{account_id}",
    }
    return page(desk.request, "staff/start_code.html", context, headers={"cache-control": "no-store"})
