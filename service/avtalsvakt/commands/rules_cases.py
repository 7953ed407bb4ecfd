"""`avtalsvakt rules cases`: run the cases beside the rules and show what differs, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import BAD_INPUT
from avtalsvakt.terminal.options import format_option, with_settings

if TYPE_CHECKING:
    from avtalsvakt.authoring.rule_cases import Checked
    from avtalsvakt_rules.case_files import CaseFile
    from avtalsvakt_rules.rulebook import Rulebook


@click.command("cases", short_help="Kör fallen som hör till reglerna.")
@click.argument("path", metavar="[SÖKVÄG]", type=click.Path(path_type=Path), required=False)
@format_option
@with_settings
def cases(settings: Settings, *, path: Path | None, form: str) -> int | None:
    """Döm varje fall – händelser, en dag och vad som då ska gälla – och visa det som blir annorlunda.

    Utan SÖKVÄG körs de inbyggda fallen och de som ligger i en mapp cases i --rules. Returkod 2 om något skiljer.
    """
    from avtalsvakt.authoring.rule_cases import run_cases, untried
    from avtalsvakt_engine.inference.deciding import Decider
    from avtalsvakt_rules.case_files import builtin_case_files, case_files_in, read_case_files

    own = [one for folder in settings.rule_places() for one in case_files_in(folder)]
    files = read_case_files(case_files_in(path) if path else [*builtin_case_files(), *own])
    rulebook = settings.rulebook()
    with Decider() as decider:
        checked = list(_told(run_cases(files, rulebook, decider)))
    if form == "table":
        # One file may hold a part of an instrument: what has no case is told only where all are run.
        _show(checked, files, rulebook, {} if path and path.is_file() else untried(files, rulebook))
    else:
        _write(checked, form)
    return BAD_INPUT if any(one.differences for one in checked) else None


def _told(checked: "Iterable[Checked]") -> "Iterator[Checked]":
    """The same, while the case at hand is shown where a person watches."""
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    from avtalsvakt.terminal.visible import visible

    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield from checked
        return
    with Status("Kör fallen …", console=screen) as status:
        for one in checked:
            status.update(Text(visible(f"{one.instrument}: {one.case}")))
            yield one


def _show(
    checked: "Sequence[Checked]", files: "Sequence[CaseFile]", rulebook: "Rulebook", left: dict[str, list[str]]
) -> None:
    from avtalsvakt.terminal import screen
    from avtalsvakt.words.summary import counted

    out = screen.console()
    for one in checked:
        if one.differences:
            out.print(f"{one.where}  {one.case}: {one.why}")
            out.print(f"  {one.day}  {one.duty}")
            for field, wanted, got in one.differences:
                out.print(f"    {FIELDS[field]:<9} väntat {_said(field, wanted):<24} blev {_said(field, got)}")
    for instrument, names in left.items():
        out.print(f"Utan fall i {rulebook.instruments[instrument].title}: {', '.join(names)}")
    wrong = len({(one.instrument, one.case) for one in checked if one.differences})
    number = sum(len(file.cases) for file in files)
    verdict = f"{wrong} skiljer" if wrong else "alla stämmer"
    out.print(f"{counted(number, 'fall', 'fall')}, {counted(len(checked), 'väntat läge', 'väntade lägen')}: {verdict}.")


def _said(field: str, value: str) -> str:
    """A value as a person reads it."""
    from avtalsvakt_engine.explaining import labels

    return NO_DUTY if value == "missing" else labels.status(value) if field == "status" else value


NO_DUTY = "finns inte"
FIELDS = {"status": "läge", "due": "sista dag", "counted": "räknade", "required": "krävs"}


def _write(checked: "Sequence[Checked]", form: str) -> None:
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen

    rows: list[dict[str, object]] = [
        {
            "instrument": one.instrument,
            "case": one.case,
            "day": one.day.isoformat(),
            "duty": one.duty,
            "expected": one.expected.status,
            "found": one.found.status if one.found else "missing",
            "differences": [f"{field}: {wanted} / {got}" for field, wanted, got in one.differences],
            "where": one.where,
            "why": one.why,
        }
        for one in checked
    ]
    screen.write(as_json.written({"cases": rows}) if form == "json" else as_csv.rows(rows))
