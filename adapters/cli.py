"""The command `hoso`: run, serve, work, set up, look after a store. Long work shows its progress."""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import version as installed_version
from pathlib import Path

import click
import structlog

from adapters.cli_upkeep import COMMANDS
from adapters.commands.terminal import run_async
from adapters.settings import SettingError, Settings, settings_from

VERSION = installed_version("hoso")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
@click.pass_context
def main(context: click.Context) -> None:
    """Case management for education authorities."""
    quiet = context.invoked_subcommand == "run"  # a person reads the terminal there
    wanted = os.environ.get("HOSO_LOG_LEVEL", "warning" if quiet else "info").upper()
    level = logging.getLevelNamesMapping().get(wanted, logging.INFO)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    try:
        context.obj = settings_from(os.environ, Path.cwd())
    except SettingError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Everything in one process, with its own PostgreSQL; demo data at the first start. Ctrl-C stops all of it."""
    from adapters.commands.run import run_all

    run_async(run_all(settings, VERSION))


@main.command()
@click.option("--web-only", is_flag=True, help="Without sequencer, read models and reactions: `hoso worker` has them.")
@click.pass_obj
def serve(settings: Settings, *, web_only: bool) -> None:
    """Pages and API of a store that was made by `hoso init`."""
    from adapters.commands.run import serve_store

    run_async(serve_store(settings, VERSION, works=not web_only))


@main.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Sequencer, read models and reactions; several may run at once."""
    from adapters.commands.run import work_on_store

    run_async(work_on_store(settings))


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
