"""Options that several commands share, and the types of their values."""

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from avtalsvakt.settings import CLUSTER, WORKERS, Settings
from avtalsvakt_rules.problems import Problem, Rejected

FORMATS = ("table", "json", "csv", "md")
Command = Callable[..., Any]


class IsoDay(click.ParamType[date]):
    """A day, year-month-day or as Swedes write it (17/11 2026, 17 nov): a guessed date is worse than a refused one."""

    name = "datum"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. Raises Rejected."""
        if isinstance(value, date):
            return value
        from avtalsvakt_engine.intake.fact_dates import read_day
        from avtalsvakt_engine.intake.said_days import iso_day

        where = param.opts[-1] if param else "datumet"
        settings = ctx.find_object(Settings) if ctx else None
        if settings is None:
            raise RuntimeError("the group makes the settings")
        read = read_day(iso_day(value, settings.today), now=settings.now, where=where)
        if isinstance(read, Problem):
            raise Rejected([read])
        if read[1] != "day":
            why = "ett verdikt gäller en bestämd dag"
            raise Rejected([Problem(f"{value} är ingen hel dag", where, why, "skriv år-månad-dag, t.ex. 2026-03-04")])
        return read[0]


DAY = IsoDay()
EXISTING = click.Path(path_type=Path)


def with_settings(command: Command) -> Command:
    """Give the command the settings as its first argument, with `--db` and `--rules` accepted after its name too."""

    @click.option("--db", type=EXISTING, metavar="FIL", help="Registrets fil (annars AVTALSVAKT_DB).")
    @click.option("--rules", type=EXISTING, metavar="MAPP", multiple=True, help="Fler avtal; kan anges flera gånger.")
    @click.pass_context
    @wraps(command)
    def called(ctx: click.Context, /, db: Path | None, rules: tuple[Path, ...], **values: Any) -> Any:
        settings = ctx.find_object(Settings)
        if settings is None:
            raise RuntimeError("the group makes the settings")
        settings = settings.with_options(db, rules)
        return command(settings, **_meant(settings, values))

    return called


NAMES = {
    "agreement": "agreements", "agreements": "agreements", "body": "bodies", "function": "functions", "kind": "kinds",
    "bearer": "", "instrument": "agreements", "instruments": "agreements",
}  # fmt: skip
"""Options and arguments that hold names, with what they are names of; a bearer may be anybody."""


def _meant(settings: Settings, values: dict[str, Any]) -> dict[str, Any]:
    """The values with names as ids, however they were said. Raises Rejected for names that there are not."""
    said = {name: value for name, value in values.items() if name in NAMES and value}
    if not said:
        return values
    from avtalsvakt.words.said_names import SaidNames
    from avtalsvakt_engine.intake.said_names import like_an_id

    names = SaidNames(settings.rule_places())

    def one(name: str, text: str) -> str:
        if like_an_id(text) and any(mark in text for mark in "_-"):
            return text  # an id as it stands; whether there is such a one is asked where it is looked up
        return names.settle(text, NAMES[name], f"--{name}") if NAMES[name] else names.bearer(text)

    settled = {
        name: one(name, value) if isinstance(value, str) else tuple(one(name, text) for text in value)
        for name, value in said.items()
    }
    return {**values, **settled}


def login_account() -> str | None:
    """The account that is logged in on the machine; None where there is none."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such variable and no entry for the process's user
        return None


def by_option(command: Command) -> Command:
    """`--by`: the role or account that records, kept with the fact; put under `with_settings`."""
    text = "Rollen eller kontot som registrerar (annars AVTALSVAKT_BY, annars datorns inloggade konto)."

    @click.option("--by", envvar="AVTALSVAKT_BY", metavar="ROLL", help=text)
    @wraps(command)
    def called(settings: Settings, /, by: str | None, **values: Any) -> Any:
        from avtalsvakt_engine.intake.recorders import read_recorder

        name = read_recorder(by or login_account())
        if isinstance(name, Problem):
            raise Rejected([name])
        return command(replace(settings, recorder=name), **values)

    return called


def dry_run_option(command: Command) -> Command:
    """`--dry-run`: everything but the writing."""
    text = "Visa vad som skulle registreras och vad det skulle ändra, och skriv ingenting."
    return click.option("--dry-run", is_flag=True, help=text)(command)


def judging_options(command: Command) -> Command:
    """`--workers` and `--cluster`: who judges in a night; put under `with_settings`."""
    own = f"Bedöm i så många egna processer (annars {WORKERS}; 0: ingen)."
    other = f"Bedöm i Dask-klustret med den adressen (annars {CLUSTER})."

    @click.option("--workers", metavar="ANTAL", help=own)
    @click.option("--cluster", metavar="ADRESS", help=other)
    @wraps(command)
    def called(settings: Settings, /, workers: str | None, cluster: str | None, **values: Any) -> Any:
        if workers is None and cluster is None:
            workers, cluster = os.environ.get(WORKERS) or None, os.environ.get(CLUSTER) or None
        return command(settings.judged_by(workers, cluster), **values)

    return called


def as_of_option(command: Command) -> Command:
    """`--as-of`: the day judged."""
    return click.option("--as-of", type=DAY, metavar="DATUM", help="Dagen som bedöms (annars i dag).")(command)


def known_at_option(command: Command) -> Command:
    """`--known-at`: the day whose knowledge counts."""
    text = "Bara det som var registrerat den dagen (annars allt)."
    return click.option("--known-at", type=DAY, metavar="DATUM", help=text)(command)


def format_option(command: Command) -> Command:
    """`--format` and `--excel`: how the answer is written. The command knows table, json and csv; csv is retold."""
    return format_option_with()(command)


def format_option_with(*more: str) -> Callable[[Command], Command]:
    """The same with forms of the command's own."""
    return lambda command: _formatted(command, (*FORMATS, *more))


def _formatted(command: Command, forms: tuple[str, ...]) -> Command:
    text = f"Utskriftens form: table (förval), {', '.join(forms[1:-1])} eller {forms[-1]}."
    sheet = "CSV för svenskt Excel: semikolon, svenska rubriker, ord bredvid koderna."

    @click.option("--excel", is_flag=True, help=sheet)
    @click.option("--format", "form", type=click.Choice(forms), default="table", metavar="FORM", help=text)
    @wraps(command)
    def called(*arguments: Any, form: str, excel: bool, **values: Any) -> Any:
        if excel and form not in ("table", "csv"):
            why = f"--excel är en form av csv, och --format {form} en annan"
            raise Rejected([Problem("två former är valda", "--excel", why, "ange bara en av dem")])
        if not excel and form != "md":
            return command(*arguments, form=form, **values)
        from avtalsvakt.formats.retold import as_markdown, for_excel
        from avtalsvakt.terminal.screen import retelling

        with retelling(for_excel if excel else as_markdown):
            return command(*arguments, form="csv", **values)

    return called


def facts_option(command: Command) -> Command:
    """`--facts`: files that are judged instead of the register."""
    text = "Bedöm bara filens händelser, utan register; kan anges flera gånger."
    return click.option("--facts", type=EXISTING, metavar="FIL", multiple=True, help=text)(command)


def reading_option(command: Command) -> Command:
    """`--reading`: another choice of reading for this once."""
    text = "Läs texten på annat sätt, t.ex. HALVAR=agreement; kan anges flera gånger."
    return click.option("--reading", "readings", metavar="KOD=VAL", multiple=True, help=text)(command)


def chosen_readings(texts: tuple[str, ...]) -> dict[str, str]:
    """Code and choice of each `--reading`. Raises Rejected where one is not of that form."""
    problems = [
        Problem(f"läsningen '{text}' går inte att tyda", "--reading", "likhetstecken saknas", "skriv KOD=VAL")
        for text in texts
        if not all(text.partition("="))
    ]
    if problems:
        raise Rejected(problems)
    return {code: choice for code, _, choice in (text.partition("=") for text in texts)}
