"""Complaints of both levels: lists, one case, and one address for each action, made from the table of intentions."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, fact_json, term_json
from adapters.http.api.cases import MOST_ROWS, AsOf, ClockName, moment_of, plain
from adapters.http.api.complaint_figures import ComplaintFiguresController
from adapters.http.api.complaint_json import (
    complaint_json,
    fact_told,
    moment_told,
    names_of_case,
    names_wanted,
    paper_answer,
    row_json,
)
from adapters.http.api.views import Done, done
from adapters.http.complaints import ComplaintReader, must_list
from adapters.http.conditional import Intents, etag, path_id
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, FILES, KINDS, NEW
from adapters.http.problems import FieldFault, InvalidInputError
from application import complaint_wishes as w
from application.access import Actor, ForbiddenError
from application.complaint_access import receives_complaints
from application.complaint_commands import INTENTIONS
from application.complaints import ComplaintDesk
from domain.complaints.competence import Against, competent
from domain.complaints.vocabulary import Level
from projections.complaint_list import ComplaintFilters, Order

PAPERS_LIMIT = 64 * 2**20
"""Bytes of a request with scans: two files of the largest size, as base64."""


PRESENT = -2
"""Instead of a place in the log: the list as it is when it is asked for."""


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the log index of the list, the order and the last line."""

    up_to: Annotated[int, msgspec.Meta(ge=-2, lt=2**62)]
    order: Order
    place: Annotated[str, msgspec.Meta(max_length=100)]
    key: UUID


def write_cursor(up_to: int | None, order: Order, after: tuple[str, UUID]) -> str:
    """Opaque to clients. All pages of a list show the state of the first."""
    place = _Place(PRESENT if up_to is None else up_to, order, *after)
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(text: str) -> tuple[int | None, Order, tuple[str, UUID]]:
    """Raises InvalidInputError."""
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=_Place)
        if found.order != "number":
            date.fromisoformat(found.place)
        if "\0" in found.place:
            raise InvalidInputError(FieldFault("cursor", "wrong"))
    except (msgspec.DecodeError, msgspec.ValidationError, binascii.Error, ValueError, UnicodeError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None
    return None if found.up_to == PRESENT else found.up_to, found.order, (found.place, found.key)


class ComplaintsController(Controller):
    path = "/api/complaints"
    tags = ("Complaints",)

    @get("", operation_id="ListComplaints", summary="Complaints that you may see")
    async def list_all(
        self,
        *,
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        naming: Injected[Naming],
        stage: FromQuery[str] = "",
        level: FromQuery[str] = "",
        number: FromQuery[str] = "",
        place: FromQuery[UUID | None] = None,
        open_only: FromQuery[bool | None] = None,
        due_before: FromQuery[date | None] = None,
        received_from: FromQuery[date | None] = None,
        received_to: FromQuery[date | None] = None,
        as_of: AsOf = None,
        order: FromQuery[Order] = "due",
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """Filtered, ordered and paged; with `as_of` as known at that moment, within what you may see today."""
        must_list(actor)
        at, after, up_to = moment_of(as_of), None, None
        filters = ComplaintFilters(
            stages=(plain("stage", stage),) if stage else (),
            level=plain("level", level),
            number=plain("number", number),
            place_id=place,
            open_only=open_only,
            due_before=due_before,
            received_from=received_from,
            received_to=received_to,
        )
        moment = await complaints.moment(at)
        # A school pages through the present: a frozen place in the log would tell how much came in elsewhere.
        frozen = actor.unit_id is None or at is not None
        up_to = moment.up_to if frozen else None
        if cursor:
            up_to, order, after = read_cursor(cursor)
        found = await complaints.page(actor, filters, up_to=up_to, order=order, after=after, limit=limit)
        names = await naming.names(names_wanted(found.rows))
        return {
            **moment_told(actor, moment),
            "total": found.total,
            "complaints": [row_json(row, moment.day, names) for row in found.rows],
            "next_cursor": write_cursor(up_to, order, found.next_after) if found.next_after else None,
        }

    @get("/competence", operation_id="GetCompetence", summary="Who resolves")
    async def competence(
        self,
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        level: FromQuery[Level] = Level.FIRST,
        against: FromQuery[Against] = "school",
        on: FromQuery[date | None] = None,
    ) -> Json:
        """By the table of that day, with article and status; none where nothing was found."""
        must_list(actor)
        entry = competent(against, level, on or complaints.today())
        return {"competence": msgspec.to_builtins(entry)}

    @post(
        "",
        operation_id="ReceiveComplaint",
        summary="Take a first complaint in",
        opt={BODY: w.Petition, NEW: True},
        request_max_body_size=PAPERS_LIMIT,
    )
    async def receive(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        complaint_desk: Injected[ComplaintDesk],
    ) -> Response[Done]:
        """A signed petition or the minutes of what was said (Luật Khiếu nại 2011, Art. 8)."""
        wish = await intents.read(request, actor.id, w.Petition, _receives(actor), new=True)
        return done(await complaint_desk.receive(actor, wish.request, wish.body))

    @post(
        "/second",
        operation_id="ReceiveSecondComplaint",
        summary="Take a second complaint in",
        opt={BODY: w.SecondPetition, NEW: True},
        request_max_body_size=PAPERS_LIMIT,
    )
    async def receive_second(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        complaint_desk: Injected[ComplaintDesk],
    ) -> Response[Done]:
        """In the matter of a first one: both cases say so (Art. 33)."""
        wish = await intents.read(request, actor.id, w.SecondPetition, _receives(actor), new=True)
        return done(await complaint_desk.receive(actor, wish.request, wish.body))

    @get("/{case_id:str}", operation_id="GetComplaint", summary="One complaint")
    async def one(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        naming: Injected[Naming],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Response[Json]:
        """Everything that you may read of it, and what you may do."""
        answer = await complaints.one(actor, path_id(case_id), moment_of(as_of), clock_name)
        numbers = await complaints.numbers([answer.view.state.first_id, answer.view.state.second_id])
        body = complaint_json(actor, answer, await naming.names(names_of_case(answer)), numbers)
        return Response(body, headers={"ETag": etag(answer.view.version)})

    @get("/{case_id:str}/history", operation_id="GetComplaintHistory", summary="Every fact of a complaint")
    async def history(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        naming: Injected[Naming],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Json:
        """Who did what when, by both clocks, in which post and why."""
        answer = await complaints.one(actor, path_id(case_id), moment_of(as_of), clock_name)
        names, posts = await naming.of_history(answer.history)
        return {
            **moment_told(actor, answer.moment),
            "case_id": case_id,
            "facts": [
                fact_told(actor, fact_json(recorded, answer.disclose, names, posts)) for recorded in answer.history
            ],
        }

    @get("/{case_id:str}/deadlines", operation_id="GetComplaintDeadlines", summary="The dates of a complaint, and why")
    async def deadlines(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Json:
        """Each with rule, article, badge and the steps that lead to the day."""
        answer = await complaints.one(actor, path_id(case_id), moment_of(as_of), clock_name)
        return {
            **moment_told(actor, answer.moment),
            "case_id": case_id,
            "deadlines": [term_json(line, answer.moment.day) for line in answer.view.terms],
        }

    @get(
        "/{case_id:str}/files/{file_id:str}",
        operation_id="GetComplaintFile",
        summary="A paper of a complaint",
        opt={KINDS: FILES},
    )
    async def file(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        actor: Injected[Actor],
        complaints: Injected[ComplaintReader],
    ) -> Response[bytes]:
        """Byte for byte as it came."""
        paper, _name, content = await complaints.file(actor, path_id(case_id), path_id(file_id))
        return paper_answer(paper, content)


def _receives(actor: Actor) -> Any:
    async def seen() -> None:
        if not receives_complaints(actor, None):
            raise ForbiddenError

    return seen


ABOUT: dict[str, tuple[str, str]] = {
    "forwardings": ("ForwardComplaint", "To the resolver, by slip."),
    "resolver-receipts": ("TakeComplaintAtResolver", "The competent resolver has it: the time to accept begins."),
    "assignments": ("AssignComplaint", "An official prepares it."),
    "readings": ("DecideReading", "A person chooses how an unclear law is read, with a reason."),
    "examinations": ("ExamineComplaint", "The grounds of Article 11, one by one, and an obstacle (Art. 9)."),
    "refusals": ("RefuseComplaint", "Not accepted, on a ground that was found (Art. 11)."),
    "transfers": ("TransferComplaint", "To a body that is not served here."),
    "guidances": ("GuideComplainant", "What else can be done."),
    "acceptances": ("AcceptComplaint", "Exactly one rule sets the time to resolve (Art. 27, 28, 36, 37)."),
    "circumstances": ("EstablishCircumstances", "Remote or complex, counted from the original acceptance."),
    "verifications": ("AssignVerification", "Who verifies (Art. 29)."),
    "evidence": ("RecordEvidence", "What shows how it was."),
    "reports": ("ReportVerification", "What the verification found."),
    "dialogues": ("HoldComplaintDialogue", "The dialogue meeting, with its minutes (Art. 30, 39)."),
    "execution-suspensions": ("SuspendExecution", "What is complained of is not carried out for now (Art. 35)."),
    "execution-suspension-liftings": ("LiftExecutionSuspension", "It may be carried out again."),
    "suspensions": ("SuspendComplaint", "Only by the law of 01/07/2026, whose details are unknown."),
    "resumptions": ("ResumeComplaint", "The days between do not count."),
    "withdrawals": ("WithdrawComplaint", "By the complainant, in writing and signed (Art. 10)."),
    "terminations": ("TerminateComplaint", "What was withdrawn ends; the file stays."),
    "involvements": ("DeclareComplaintInvolvement", "Who is concerned himself reads nothing more of it."),
    "regimes": ("ReassignComplaintRegime", "From here on another law governs it, by somebody's decision."),
    "drafts": ("DraftComplaintDecision", "How the decision would read."),
    "signature-requests": (
        "SubmitComplaintDraft",
        "To the one who signs: every part that the statute wants is there.",
    ),
    "returns": ("ReturnComplaintDraft", "Back to the drafter, with what is to be mended."),
    "approvals": ("ApproveComplaintDraft", "Signed by another than the drafter; what it relied on is frozen."),
    "issues": ("IssueComplaintDecision", "Number, symbol and day as the registry gave them, and the signed paper."),
    "amendments": ("AmendComplaintDecision", "A paper that puts the decision right; the first one stays."),
    "sendings": ("SendComplaintDecision", "Sent, which is not yet received (Art. 32, 41)."),
    "receipt-proofs": ("ProveDecisionReceipt", "Received, with its proof: the window of the second level begins."),
    "effects": ("FindDecisionInForce", "A person finds it in force; never by itself (Art. 44)."),
    "publications": ("PublishDecision", "In one of three forms, covered and confirmed by a person."),
    "publication-endings": ("EndPublication", "Taken down; the reason stays."),
    "executions": ("ExecuteDecision", "What was ordered is done."),
    "closures": ("CloseComplaint", "Nothing is left to do."),
    "court-notes": ("NoteCourt", "An administrative court has it."),
}
"""Operation and what it means, by the name of the action."""


def _intention(action: str) -> HTTPRouteHandler:
    """The address of one intention."""
    shape = INTENTIONS[action].shape
    operation_id, about = ABOUT[action]

    @post(
        f"/{action}",
        operation_id=operation_id,
        opt={BODY: shape},
        description=about,
        request_max_body_size=PAPERS_LIMIT,
    )
    async def handle(
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        complaint_desk: Injected[ComplaintDesk],
    ) -> Response[Done]:
        identifier = path_id(case_id)

        async def seen() -> None:
            await complaint_desk.must_see(actor, identifier, action)

        wish = await intents.read(request, actor.id, shape, seen)
        return done(await complaint_desk.act(actor, wish.request, identifier, action, wish.body))

    return handle


COMPLAINT_ACTIONS = Router(
    path="/api/complaints/{case_id:str}",
    tags=["Complaints"],
    route_handlers=[_intention(action) for action in INTENTIONS],
)
COMPLAINT_ROUTES = (ComplaintsController, ComplaintFiguresController, COMPLAINT_ACTIONS)
