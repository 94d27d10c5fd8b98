"""What `q` means: number, neutral title, and the places and categories that are called so. Never what people wrote."""

from __future__ import annotations

from msgspec.structs import replace

from application.ports import Reader
from domain.feedback.categories import CATEGORIES
from domain.searching import search_key
from projections.case_filters import Filters
from projections.places import find_places

MOST_PLACES = 500


class Searches:
    """Turns typed words into filters; marks and case do not matter."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self._categories = {code: search_key(f"{category.vi} {category.en}") for code, category in CATEGORIES.items()}

    async def filters(self, q: str, filters: Filters) -> Filters:
        """The filters with the search in them; as they were where nothing was typed."""
        key = search_key(q)
        if not key:
            return filters
        places = await find_places(self._db, q=q, limit=MOST_PLACES)
        categories = tuple(code for code, words in self._categories.items() if key in words)
        return replace(filters, q_key=key, q_places=tuple(place.id for place in places), q_categories=categories)
