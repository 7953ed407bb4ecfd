"""`avtalsvakt rules try`: what the clauses of an agreement do, shown on invented courses of events."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import format_option, with_settings

if TYPE_CHECKING:
    from avtalsvakt_rules.language.instrument import Instrument
    from avtalsvakt_rules.rulebook import Rulebook


@click.command("try", short_help="Pröva klausulerna på påhittade förlopp.")
@click.argument("place", metavar="FIL|AVTAL")
@click.option("--clause", "clauses", metavar="KLAUSUL", multiple=True, help="Bara denna klausul; kan upprepas.")
@click.option("--cases", "kept", type=click.Path(path_type=Path), metavar="FIL", help="Skriv förloppen som fall.")
@format_option
@with_settings
def try_(settings: Settings, *, place: str, clauses: tuple[str, ...], kept: Path | None, form: str) -> None:
    """Hitta på förlopp för varje klausul – i tid, uteblir, för sent, fel part – och visa vad programmet säger om dem.

    Inget väntas: läs lägena bredvid texten. Med --cases skrivs förloppen som en fil med fall, att behålla eller stryka.
    """
    from avtalsvakt.authoring.rule_trial import tried
    from avtalsvakt.authoring.trial_cases import case_text, write_cases
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen, trial_page
    from avtalsvakt_engine.inference.deciding import Decider

    rulebook, instrument = _place(settings, place)
    _check_clauses(instrument, clauses)
    with Decider() as decider:
        found = list(tried(rulebook, instrument, decider, clauses))
    if kept:
        write_cases(case_text(instrument, found, trial_page.called), kept)
    if form == "json":
        screen.write(as_json.written({"courses": list(trial_page.rows(instrument, found))}))
    elif form == "csv":
        screen.write(as_csv.rows([{**row, "facts": len(row["facts"])} for row in trial_page.rows(instrument, found)]))  # type: ignore[arg-type]
    else:
        out = screen.console()
        for one in found:
            for line in (*trial_page.lines(instrument, one), ""):
                out.print(line)
        out.print(trial_page.tally(instrument, found))
        if kept:
            out.print(f"Skrivet: {kept}")


def _place(settings: Settings, place: str) -> "tuple[Rulebook, Instrument]":
    """The agreement that a file begins or is part of, or that has the id. Raises Rejected."""
    from avtalsvakt.commands.rules_names import known_instrument
    from avtalsvakt_rules.parsing.signatories import signed
    from avtalsvakt_rules.parsing.source import read_source
    from avtalsvakt_rules.rulebook import load_rulebook

    path = Path(place)
    if not path.is_file():
        rulebook = settings.rulebook()
        return rulebook, known_instrument(rulebook.instruments, place)
    tree = read_source(path).tree
    head = tree if isinstance(tree, dict) else {}
    # A part cannot be read without the file that it is a part of, which lies beside it.
    own = path.parent if "part_of" in head else path
    whole = next(iter(signed(head).values()), head)  # of a text that several sign, the first of them
    known = any(own.resolve().is_relative_to(folder.resolve()) for folder in settings.rules)
    rulebook = load_rulebook([*settings.rules, *([] if known else [own])])
    return rulebook, known_instrument(rulebook.instruments, str(head.get("part_of", whole.get("instrument"))))


def _check_clauses(instrument: "Instrument", clauses: tuple[str, ...]) -> None:
    from avtalsvakt_rules.problems import Rejected, missing

    unknown = [missing("klausulen", name, set(instrument.clauses), "--clause")
               for name in clauses if name not in instrument.clauses]  # fmt: skip
    if unknown:
        raise Rejected(unknown)
