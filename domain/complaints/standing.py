"""What several rules ask before they say yes: where a complaint stands, which days can be, and why."""

from __future__ import annotations

from datetime import date

from domain.calendar import legal_date
from domain.complaints import refusals as r
from domain.complaints.state import Complaint
from domain.complaints.terms import readings_of
from domain.complaints.vocabulary import Reading
from domain.kernel import Command


def not_over(state: Complaint) -> Complaint:
    """It has not ended without a decision, nor was it closed. Raises OverError."""
    if state.ending is not None or state.closed:
        raise r.OverError(ending=state.stage.value)
    return state


def undecided(state: Complaint) -> Complaint:
    """Raises OverError, DecidedAlreadyError."""
    if not_over(state).decided_on is not None:
        raise r.DecidedAlreadyError
    return state


def at_resolver(state: Complaint) -> Complaint:
    """The competent resolver has it and has not said whether it is accepted."""
    if undecided(state).at_resolver_on is None:
        raise r.NotAtResolverError
    if state.accepted_on is not None:
        raise r.AlreadyAcceptedError
    if state.withdrawn:
        raise r.WithdrawnError
    return state


def in_work(state: Complaint) -> Complaint:
    """Accepted, neither suspended, withdrawn, signed nor decided."""
    if undecided(state).accepted_on is None:
        raise r.NotAcceptedError
    if state.withdrawn:
        raise r.WithdrawnError
    if state.suspended_from is not None:
        raise r.SuspendedError
    if state.approved:
        raise r.DecidedAlreadyError
    return state


def in_hand(state: Complaint) -> Complaint:
    """In work and not before the one who signs."""
    if in_work(state).before_signer:
        raise r.BeforeSignerError
    return state


def decided(state: Complaint) -> Complaint:
    """Raises OverError, NotDecidedError."""
    if not_over(state).decided_on is None:
        raise r.NotDecidedError
    return state


def because(reason: str, field: str = "reason") -> str:
    """The reason without blanks around. Raises ReasonMissingError."""
    if not reason.strip():
        raise r.ReasonMissingError(field=field)
    return reason.strip()


def day_of(cmd: Command, day: date, since: date | None, field: str) -> date:
    """Neither ahead of us nor before what it follows. Raises DayInFutureError, DayTooEarlyError."""
    if day > legal_date(cmd.at):
        raise r.DayInFutureError(field=field)
    if since is not None and day < since:
        raise r.DayTooEarlyError(field=field, since=since.isoformat())
    return day


def standing_readings(state: Complaint) -> tuple[Reading, ...]:
    """The one that a person chose, or all that the law leaves."""
    return (state.reading,) if state.reading else readings_of(state.target, state.employment)


def one_reading(state: Complaint) -> Reading:
    """Raises ReadingNotDecidedError where a person has to choose first."""
    readings = standing_readings(state)
    if len(readings) > 1:
        raise r.ReadingNotDecidedError(field="reading")
    return readings[0]
