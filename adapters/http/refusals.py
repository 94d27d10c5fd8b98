"""What the codes of refusals mean, in a sentence. English is the msgid; the Vietnamese stands in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.http.web.i18n import Language, translations


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Marks a text for the catalogue."""
    return text


REFUSALS: Mapping[str, str] = {
    "account-already-locked": N_("The account is locked already."),
    "account-already-opened": N_("This user name has been given before. User names are never given twice."),
    "account-not-locked": N_("The account is not locked."),
    "audit-purpose-period": N_("A purpose may last at most %(days)s days."),
    "audit-purpose-too-short": N_("State the purpose in at least %(shortest)s characters, without names of persons."),
    "audit-purpose-without-auditor-post": N_("Only who holds an auditor's post today may state a purpose."),
    "authority-already-established": N_("This code belongs to another authority."),
    "authority-code-not-allowed": N_("Use small letters, digits and hyphens."),
    "authority-day-outside-validity": N_("The authority did not exist on this day."),
    "authority-dissolved": N_("The authority has been dissolved."),
    "authority-guides-itself": N_("An authority does not guide itself."),
    "authority-nothing-new": N_("This is so already."),
    "authority-succeeds-itself": N_("An authority does not succeed itself."),
    "authority-superior-circle": N_("An authority cannot stand above itself, not even by way of others."),
    "calendar-not-known": N_("The calendar does not reach that far."),
    "delegation-already-given": N_("This delegation has been given before."),
    "delegation-not-by-head": N_("Only the head of the authority may delegate signing."),
    "delegation-outside-authority": N_("On the first day this person holds no working post in the authority."),
    "delegation-period": N_("The last day must lie on or after the first, and at most %(days)s days later."),
    "delegation-to-oneself": N_("Nobody delegates to himself."),
    "delegation-unknown": N_("There is no such delegation."),
    "name-missing": N_("Enter a name."),
    "own-account-not-lockable": N_("You cannot lock your own account. Ask another administrator."),
    "password-too-weak": N_("Choose a password of at least %(shortest)s characters that is not easy to guess."),
    "place-already-entrusted": N_("This authority is competent for the place already."),
    "place-already-registered": N_("This place is in the register already."),
    "place-closed": N_("The place has been closed."),
    "place-day-before-beginning": N_("The place did not exist on this day."),
    "place-demo-mark": N_("Invented places are called (demo), and only invented ones."),
    "place-level-only-for-schools": N_("Only schools have a level."),
    "place-poster-without-authority": N_("A place that people report about needs a competent authority and an area."),
    "post-already-ended": N_("This post has been ended before."),
    "post-already-given": N_("This post has been given before."),
    "post-ends-before-it-begins": N_("The last day lies before the first day of the post."),
    "post-for-oneself": N_("Nobody gives posts to himself. Ask another administrator."),
    "post-unit-only-for-schools": N_("A school account needs its school, and only a school account has one."),
    "post-unknown": N_("This account has no such post."),
    "post-without-role": N_("Choose at least one role."),
    "reason-missing": N_("Give a reason."),
    "roles-not-combinable": N_("Auditor, administrator and school account cannot be combined with other roles."),
    "source-missing": N_("Say where the entry comes from."),
    "title-missing": N_("Enter a title."),
    "username-not-allowed": N_(
        "A user name has %(shortest)s to %(longest)s small letters without marks, digits, dots or hyphens."
    ),
}
"""The refusals of accounts, authorities and places. Each case kind brings its own (`create_app(refusals=…)`)."""

PROBLEMS: Mapping[str, str] = {
    "bad-input": N_("Something in the request is missing or wrong."),
    "command-reused": N_("The same key was used before for another request."),
    "erased": N_("This content has been erased."),
    "forbidden": N_("Your post does not include this act."),
    "foreign-origin": N_("The request came from another site."),
    "not-signed-in": N_("Sign in first."),
    "outcome-unknown": N_("It is not known yet whether this was saved. Send it again with the same key."),
    "refused": N_("This is not possible now."),
    "sign-in-failed": N_("User name or password is wrong, or the account cannot be used now."),
    "stale-version": N_("Somebody changed this in the meantime. Look at the present state first."),
    "temporarily-unavailable": N_("The service cannot be reached for a moment. Try again soon."),
    "too-large": N_("What was sent is too large."),
    "too-many-attempts": N_("Too many attempts. Wait a moment, then try again."),
    "unsupported-media-type": N_("Send JSON."),
    "version-conflict": N_("Others are changing this at the same moment. Try again."),
    "version-missing": N_("Say in If-Match which version you have seen."),
    "wrong-method": N_("This address does not take this kind of request."),
    "internal": N_("Something went wrong on our side. The fault has been recorded."),
}
"""The other answers that are no success."""


def refusal_text(
    code: str, details: Mapping[str, str | int], language: Language, more: Mapping[str, str] | None = None
) -> str:
    """The sentence for a code, in a language; the general one where a code has none."""
    known = {**PROBLEMS, **REFUSALS, **(more or {})}
    text = translations(language).gettext(known.get(code) or PROBLEMS["refused"])
    try:
        return text % details
    except KeyError:
        # A refusal that forgot a value still has to be told.
        return text
