"""The report for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, Report

_MET = {True: "[green]yes[/green]", False: "[red]no[/red]", None: ""}


def show(report: Report, console: Console) -> None:
    """One table, then what limited each figure, then the surroundings."""
    table = Table(title="hoso, measured beside its peers in the same run")
    table.add_column("figure")
    for name in ("hoso", "peer", "ratio", "aim", "met"):
        table.add_column(name, justify="right", no_wrap=True)
    for figure in report.figures:
        table.add_row(*_cells(figure))
    console.print(table)
    for figure in report.figures:
        if figure.limit:
            console.print(f"[bold]{_name(figure)}[/bold]: {figure.limit}{_rounds(figure)}", highlight=False)
    for skipped in report.skipped:
        console.print(f"[red]Not compared:[/red] {skipped.name}: {skipped.why}", highlight=False)
    around = report.surroundings
    busy = "" if around.others_cores is None else f" others used {around.others_cores:.2f} cores;"
    console.print(
        f"{around.cores} cores, {around.memory_gib} GiB, Python {around.python}, PostgreSQL {around.postgresql}"
        f", fsync on; load {around.load_before[0]:.1f} before, {around.load_after[0]:.1f} after,"
        f"{busy} {around.seconds:.0f} s",
        highlight=False,
    )


def _name(figure: Figure) -> str:
    return f"{figure.name}, beside {figure.peer_name}" if figure.peer_name else figure.name


def _rounds(figure: Figure) -> str:
    return f"; ratio of each round {', '.join(f'{ratio:.2f}' for ratio in figure.rounds)}" if figure.rounds else ""


def _cells(figure: Figure) -> tuple[str, ...]:
    sign, unit = ("≤", f" {figure.unit}") if figure.at_most else ("≥", "")
    return (
        _name(figure),
        f"{_number(figure.value)} {figure.unit}",
        "" if figure.peer is None else _number(figure.peer),
        "" if figure.ratio is None else f"{figure.ratio:.2f}",
        "" if figure.aim is None else f"{sign} {figure.aim:g}{unit}",
        _MET[figure.met],
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
