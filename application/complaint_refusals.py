"""What the complaint desk refuses before the rules are asked. Codes are stable; sentences stand in the catalogue."""

from __future__ import annotations

from domain.kernel import RefusalError


class TextMissingError(RefusalError):
    """Blanks are no text."""

    code = "complaint-text-missing"


class UnitUnknownError(RefusalError):
    """No unit of the own authority, or not one's own school."""

    code = "complaint-unit-unknown"


class ResolverMissingError(RefusalError):
    """The table of competence has no entry for that day: a person names who resolves, with a reason."""

    code = "complaint-resolver-missing"


class ResolverUnitMissingError(RefusalError):
    """Of a resolver above, the authority has to be named."""

    code = "complaint-resolver-unit-missing"


class NotAColleagueError(RefusalError):
    """Does not work where it is resolved."""

    code = "complaint-not-a-colleague"


class RedactionNotConfirmedError(RefusalError):
    """A person confirms that the covered paper names nobody."""

    code = "complaint-redaction-not-confirmed"
