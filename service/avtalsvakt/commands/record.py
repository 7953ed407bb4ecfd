"""`avtalsvakt record`: one thing that has happened, or is planned."""

import sys

import click

from avtalsvakt.failures import tell, warn
from avtalsvakt.options import by_option, with_settings
from avtalsvakt.settings import Settings
from avtalsvakt_rules.problems import Problem, Rejected

ANY_OPTION = {"ignore_unknown_options": True, "allow_interspersed_args": True}


@click.command(
    short_help="Registrera en händelse.", context_settings=dict(ANY_OPTION),
    epilog="Exempel: avtalsvakt record meeting_held --agreement ostermalm-2020 --date 2026-03-12 "
    "body=local_steering_group chair=polisen",
)  # fmt: skip
@click.argument("kind", metavar="[TYP]", required=False)
@click.option("--agreement", metavar="AVTAL", help="Avtalet som händelsen hör till.")
@click.option("--date", metavar="DATUM", help="Dagen det skedde: 2026-03-12, eller 2026-03 eller 2026.")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[FÄLT=VÄRDE]…")
@with_settings
@by_option
def record(
    settings: Settings, *, kind: str | None, agreement: str | None, date: str | None, values: tuple[str, ...]
) -> None:
    """Registrera något som har hänt, eller som är planerat.

    Utan argument frågar programmet steg för steg.

    TYP är en faktatyp, till exempel meeting_held. Övriga uppgifter skrivs FÄLT=VÄRDE eller --fält värde; en lista
    skrivs med |.
    """
    from avtalsvakt.recording import record as add
    from avtalsvakt.recording import typed_values
    from avtalsvakt.recording_page import show
    from avtalsvakt_rules.vocabulary import RECORDS

    if kind is None:
        _guided(settings)
        return
    if kind in RECORDS:
        why = "en rättelse eller återkallelse gäller en annan registrering"
        remedy = "använd 'avtalsvakt correct' eller 'avtalsvakt retract'"
        raise Rejected([Problem(f"{kind} registreras på annat sätt", "TYP", why, remedy)])
    stated = {name: text for name, text in (("agreement", agreement), ("date", date)) if text is not None}
    done = add(settings, {**typed_values(values, settings), **stated, "kind": kind})
    warn(done.warnings)
    show(done)


def _guided(settings: Settings) -> None:
    """Ask for everything, one question at a time, until it is right. Raises Rejected where nobody can answer."""
    if not sys.stdin.isatty():
        remedy = "skriv t.ex. avtalsvakt record meeting_held --agreement ostermalm-2020 --date 2026-03-12"
        raise Rejected([Problem("det står inte vad som har hänt", "TYP", "ingen kan svara på frågor här", remedy)])
    from avtalsvakt.guiding import Line, Person, guide
    from avtalsvakt.known_facts import known_facts
    from avtalsvakt.recording import record as add
    from avtalsvakt.recording_page import show

    rulebook = settings.rulebook()
    known = known_facts(rulebook)
    person = Person(
        lambda text, offered: str(click.prompt(text, default=offered, show_default=bool(offered))), click.echo
    )
    line: Line | None = None
    while True:
        line = guide(rulebook, known.vocabulary, settings.today, person, line)
        for name, value in line.items():
            click.echo(f"  {known.vocabulary.labels.get(name, name)}: {value}")
        click.confirm("Registrera det?", default=True, abort=True)
        try:
            done = add(settings, line)
        except Rejected as refused:
            tell(refused.problems)
            continue
        warn(done.warnings)
        show(done)
        return
