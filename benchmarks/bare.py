"""The peer of a whole command: a bare litestar endpoint that sends the same SQL statements and does nothing else."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import msgspec
import uvicorn
import uvloop
from litestar import Litestar, Request, Response, post
from litestar.params import FromPath

from adapters.postgres.connect import Database, app_pool
from adapters.postgres.stored import APPEND


class Statement(msgspec.Struct, frozen=True):
    """A statement as the product sent it. `case_at`, `command_at`: places of values that differ from call to call."""

    query: str
    arguments: tuple[Any, ...]
    case_at: tuple[int, ...] = ()
    command_at: tuple[int, ...] = ()

    def filled(self, case_id: UUID, command_id: UUID, version: int) -> tuple[Any, ...]:
        """The arguments for another command."""
        values = list(self.arguments)
        if self.query == APPEND:
            values[1], values[7], values[9] = [version], version + 1, [version + 1]
            values[0] = values[8] = [case_id]
        for place in self.case_at:
            values[place] = case_id
        for place in self.command_at:
            values[place] = command_id
        return tuple(values)


def statement(query: str, arguments: tuple[Any, ...], case_id: UUID, command_id: UUID) -> Statement:
    """Finds the places of the ids."""
    return Statement(
        query,
        arguments,
        tuple(place for place, value in enumerate(arguments) if isinstance(value, UUID) and value == case_id),
        tuple(place for place, value in enumerate(arguments) if isinstance(value, UUID) and value == command_id),
    )


def serve(database: Database, statements: list[Statement], port: int) -> None:
    """Until the process is ended; to be started in a process of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(database, statements, port))


async def _serve(database: Database, statements: list[Statement], port: int) -> None:
    async with await app_pool(database) as pool:

        @post("/bare/{case_id:str}")
        async def bare(request: Request[Any, Any, Any], case_id: FromPath[str]) -> Response[dict[str, Any]]:
            await request.body()
            case, version, command_id = UUID(case_id), int(request.headers["if-match"].strip('"')), uuid4()
            async with pool.acquire() as connection:
                for one in statements:
                    await connection.fetch(one.query, *one.filled(case, command_id, version))
            return Response({"id": case_id, "version": version + 1})

        app = Litestar([bare], logging_config=None, openapi_config=None)
        config = uvicorn.Config(app, port=port, log_config=None, access_log=False, server_header=False, lifespan="off")
        await uvicorn.Server(config).serve()
