"""What changed between two wordings, word by word, so that it can be read without colours too."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from adapters.http.web.staff.room import Context

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 4_000
"""Words and signs that are compared; longer texts are shown one after the other."""


def changed_words(old: str, new: str) -> list[Context]:
    """Stretches that stayed, went or came: `{"what": "same" | "gone" | "new", "text": …}`, in reading order."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) > MOST or len(after) > MOST:
        return _told([("gone", old), ("new", new)])
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for word, start, end, new_start, new_end in matcher.get_opcodes():
        if word == "equal":
            found.append(("same", "".join(before[start:end])))
            continue
        found.append(("gone", "".join(before[start:end])))
        found.append(("new", "".join(after[new_start:new_end])))
    return _told(_joined(found))


def _joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A lone blank between two changes belongs to them: "three words" is one change, not two."""
    whole: list[tuple[str, str]] = []
    gone = new = ""
    for what, text in found:
        if what == "gone":
            gone += text
        elif what == "new":
            new += text
        elif text.strip() or not (gone or new):
            whole += [("gone", gone), ("new", new), ("same", text)]
            gone = new = ""
        else:
            gone, new = gone + text, new + text
    return [*whole, ("gone", gone), ("new", new)]


def _told(found: list[tuple[str, str]]) -> list[Context]:
    return [{"what": what, "text": text} for what, text in found if text]
