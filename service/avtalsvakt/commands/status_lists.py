"""`avtalsvakt status`, `overdue` and `upcoming`: what the last run concluded, without judging anything anew."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED
from avtalsvakt.terminal.options import Command, format_option, with_settings

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from avtalsvakt.answers.stored_answers import Stored
    from avtalsvakt_engine.verdicts import Verdict

YEAR = 365


def cut_options(command: Command) -> Command:
    """`--agreement`, `--body` and `--bearer`: whose duties are listed."""
    for option in (
        click.option("--bearer", metavar="ID", help="Bara det som denna part eller funktion ansvarar för."),
        click.option("--body", metavar="ID", help="Bara det som gäller detta organ."),
        click.option("--agreement", metavar="ID", help="Bara detta avtal."),
    ):
        command = option(command)
    return command


@click.command(short_help="Läget i varje avtal.")
@cut_options
@format_option
@with_settings
def status(settings: Settings, *, form: str, **cut: str | None) -> int:
    """Visa varje avtals tillstånd och hur många skyldigheter som har varje status, enligt den senaste körningen."""
    from avtalsvakt.answers.stored_answers import Cut, read_stored
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.status_page import object_of, rows, show
    from avtalsvakt.words.page_names import names_at

    found = read_stored(settings, Cut(**cut))
    if form == "json":
        screen.write(as_json.written(object_of(found, names_at(settings.rule_places()))))
    elif form == "csv":
        screen.write(as_csv.rows(rows(found)))
    else:
        out = screen.console()
        show(out, found)
        _foot(out, settings, found)
    return _code(found)


@click.command(short_help="Det som är försenat, längst först.")
@cut_options
@format_option
@with_settings
def overdue(settings: Settings, *, form: str, **cut: str | None) -> int:
    """Lista det som är försenat enligt den senaste körningen, det som dröjt längst först."""
    from avtalsvakt.answers import stored_answers as answers

    found = answers.read_stored(settings, answers.Cut(**cut), ("overdue",))
    current = found.run.as_of == settings.today
    nothing = "Inget är försenat." if current else f"Inget var försenat den {found.run.as_of}."
    _list(settings, found, answers.overdue(found.verdicts), form, found.run.as_of, nothing)
    return _code(found)


@click.command(short_help="Det som ska göras härnäst.")
@cut_options
@click.option("--days", type=click.IntRange(0, 5000), default=YEAR, metavar="ANTAL",
              help="Hur många dagar framåt (förval: 365).")  # fmt: skip
@format_option
@with_settings
def upcoming(settings: Settings, *, days: int, form: str, **cut: str | None) -> int:
    """Lista det som återstår att göra, närmast först; sist, hopräknat, det som saknar sista dag.

    Dagarna räknas från i dag, också när den senaste körningen är äldre.
    """
    from avtalsvakt.answers import stored_answers as answers

    found = answers.read_stored(settings, answers.Cut(**cut), answers.COMING)
    coming = answers.upcoming(found.verdicts, settings.today, days)
    later = answers.beyond(found.verdicts, settings.today, days)
    _list(settings, found, coming, form, settings.today, _nothing(days, later), later if coming else ())
    return _code(found)


def _list(
    settings: Settings, found: "Stored", verdicts: "Sequence[Verdict]", form: str, today: "date", nothing: str,
    later: "Sequence[Verdict]" = (),
) -> None:  # fmt: skip
    """Write verdicts, the days left counted from `today`; `nothing` where there are none, `later` after them."""
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.words.page_names import names_at

    if form == "json":
        names = names_at(settings.rule_places())
        screen.write(as_json.written(as_json.duties(verdicts, found.run.as_of, found.run.started, today, names)))
    elif form == "csv":
        screen.write(as_csv.written(verdicts, today))
    else:
        from avtalsvakt.answers.attestations import together
        from avtalsvakt.terminal import undated_duties
        from avtalsvakt.words.clause_titles import clause_titles

        out, titles = screen.console(), clause_titles(settings.rule_places())
        dated = [one for one in verdicts if not _open(one)]
        for one in together(dated):
            for text in screen.listed(one, today, titles):
                out.print(text)
        for line in undated_duties.lines(filter(_open, verdicts), found.states, today, titles):
            out.print(line)
        for text in screen.explained(verdicts):
            out.print(text)
        out.print(_counted(verdicts, today) if verdicts else nothing)
        if later:
            out.print(f"Därefter närmast {_next(later)}.")
        _foot(out, settings, found)


def _nothing(days: int, later: "Sequence[Verdict]") -> str:
    """What to say where nothing is due in the days asked for: all clear only where nothing is left at all."""
    if not later:
        return "Inget återstår att göra inom det år som är bedömt."
    when = "Inget i dag" if days == 0 else f"Inget inom {days} {'dag' if days == 1 else 'dagar'}"
    return f"{when}; närmast därefter {_next(later)}."


def _next(later: "Sequence[Verdict]") -> str:
    """`2026-12-31: 11 skyldigheter`."""
    from avtalsvakt.words.summary import counted

    return f"{later[0].due}: {counted(len(later), 'skyldighet', 'skyldigheter')}"


def _open(verdict: "Verdict") -> bool:
    """Whether it waits without a last day."""
    from avtalsvakt.answers.stored_answers import COMING

    return verdict.due is None and verdict.status in COMING


def _passed(verdict: "Verdict", today: "date") -> bool:
    """Whether the last day of what was open when it was judged has gone by since."""
    from avtalsvakt.answers.stored_answers import COMING

    return verdict.status in COMING and verdict.due is not None and verdict.due < today


def _counted(verdicts: "Sequence[Verdict]", as_of: "date") -> str:
    agreements = Counter(one.agreement for one in verdicts)
    from avtalsvakt.answers.attestations import asked_now

    asked = sum(asked_now(one, as_of) for one in verdicts)
    return f"{len(verdicts)} st i {len(agreements)} avtal{f', varav {asked} att intyga' if asked else ''}."


def _foot(out: "Console", settings: Settings, found: "Stored") -> None:
    """When it was concluded; loudly where that was not today, or where something is missing from the answer."""
    from avtalsvakt.words.summary import counted

    run = found.run
    known: Any = f", med det som var känt {run.known_at}" if run.known_at else ""
    out.print(f"Enligt körningen {run.started[:16].replace('T', ' kl. ')}, per {run.as_of}{known}.")
    if run.as_of != settings.today:
        out.print("Obs: det är inte dagens läge; kör 'avtalsvakt run'.", style="bold yellow")
        passed = sum(1 for one in found.verdicts if _passed(one, settings.today))
        if passed:
            said = counted(passed, "sista dag", "sista dagar")
            out.print(f"Obs: {said} har passerat sedan dess utan att ha bedömts.", style="bold yellow")
    if found.unjudged:
        missing = counted(found.unjudged, "skyldighet", "skyldigheter")
        out.print(f"Obs: {missing} kunde inte bedömas och kan saknas här.", style="bold red")
    if lacking := found.without_rules:
        text = f"Obs: regler saknas för {', '.join(lacking)}; det som står om dem är från en tidigare körning."
        out.print(text, style="bold red")


def _code(found: "Stored") -> int:
    return NOT_EVALUATED if found.unjudged or found.without_rules else ALL_JUDGED
