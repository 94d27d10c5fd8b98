"""The same by Open311: a word in every field that the standard has, and in everything else that may be sent with it.

Kept of a scanned installation is what the desk seals; what the standard has and this has not is kept nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from tests.support.scanned_site import LIMIT_S

if TYPE_CHECKING:
    from tests.support.scanned_story import Story

V2 = "/open311/v2"
READ = ("description", "first_name", "last_name", "phone", "email")
IGNORED = ("api_key", "lat", "long", "address_string", "device_id", "account_id", "media_url", "attribute[WHISPAWN]")
SAID_WRONGLY = ("service_code", "jurisdiction_id", "attribute[unit]", "attribute[danger]", "attribute[submitter_role]")


def send_by_open311(story: Story) -> None:
    """Sent, looked at, and everything that is refused on the way. What was answered is kept in `story.open311`."""
    right = {"service_code": "money", "attribute[unit]": story.site.told.unit, "attribute[danger]": "no"}
    fields = {name: f"{story.word(f'open311/{name}')} trong tin này" for name in (*READ, *IGNORED)}
    told = {name.encode(): story.word(f"open311/{name}").encode() for name in ("User-Agent", "Referer")}
    with httpx.Client(base_url=story.site.address, timeout=LIMIT_S) as app:
        sent = app.post(f"{V2}/requests.json", data={**right, **fields}, headers=told)
        assert sent.status_code == 200, sent.text
        token = sent.json()[0]["service_request_id"]
        for path in (f"requests/{token}", f"tokens/{token}", "requests", "services", "services/money", "discovery"):
            for form in ("json", "xml"):
                answer = app.get(f"{V2}/{path}.{form}")
                assert answer.status_code == 200, path
                story.open311.append(answer)
        story.open311.append(sent)
        for name in SAID_WRONGLY:
            wrong = {**right, **fields, name: story.word(f"open311/wrong {name}")}
            story.open311.append(app.post(f"{V2}/requests.xml", data=wrong))
        for path in ("requests", "tokens", "services"):
            story.open311.append(app.get(f"{V2}/{path}/{story.word(f'open311/wrong {path}')}.xml"))
        asked = {
            name: story.word(f"open311/asked {name}") for name in ("service_request_id", "jurisdiction_id", "status")
        }
        story.open311 += [app.get(f"{V2}/{path}", params=asked) for path in ("requests.json", "services.json")]
        broken = {"content-type": "application/x-www-form-urlencoded"}
        said = b"%ff%zz&&=&" + story.word("open311/broken").encode()
        story.open311.append(app.post(f"{V2}/requests.json", content=said, headers=broken))
