"""`avtalsvakt correct` and `avtalsvakt retract`: facts about facts, since nothing recorded is ever changed."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import warn
from avtalsvakt.terminal.options import by_option, dry_run_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

WHY = "Varför, i några ord."


@click.command(short_help="Rätta en registrering.", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="REGISTRERING FÄLT=VÄRDE…")
@click.option("--reason", metavar="TEXT", help=WHY)
@dry_run_option
@with_settings
@by_option
def correct(settings: Settings, *, words: tuple[str, ...], reason: str | None, dry_run: bool) -> None:
    """Rätta uppgifter i en registrering. Ett tomt värde (FÄLT=) tar bort uppgiften.

    Den gamla registreringen står kvar; rättelsen är en ny.
    """
    from avtalsvakt.recording.command_line import record
    from avtalsvakt.recording.said_values import settled_values
    from avtalsvakt.recording.typed_values import typed
    from avtalsvakt.terminal.recording_page import show
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt.words.said_names import SaidNames
    from avtalsvakt_rules.vocabulary import load

    alone, changes = typed(words, settings, bare=1)
    if not alone:
        why = "en rättelse gäller en bestämd registrering"
        remedy = "skriv t.ex. avtalsvakt correct ost-016 date=2026-03-12"
        raise Rejected([Problem("det står inte vilken registrering som ska rättas", "REGISTRERING", why, remedy)])
    if not changes:
        why = "en rättelse anger vad som ska stå i stället"
        raise Rejected([Problem("det står inte vad som ska rättas", "FÄLT=VÄRDE", why, "skriv t.ex. date=2026-03-12")])
    kind = _kind_of(settings, alone[0])
    settled = settled_values(changes, SaidNames(settings.rule_places()), load(), settings.today, kind)
    line = {"kind": "record_corrected", "target": alone[0], "set": settled, "reason": reason}
    done = record(settings, line, dry_run=dry_run)
    warn(done.warnings)
    show(done, OwnNames(settings.rules_in_use().rulebook))


@click.command(short_help="Återkalla en registrering.")
@click.argument("fact", metavar="REGISTRERING")
@click.option("--reason", required=True, metavar="TEXT", help=WHY)
@dry_run_option
@with_settings
@by_option
def retract(settings: Settings, *, fact: str, reason: str, dry_run: bool) -> None:
    """Återkalla en registrering som inte skulle ha gjorts. Den står kvar i registret men räknas inte."""
    from avtalsvakt.recording.command_line import record
    from avtalsvakt.terminal.recording_page import show
    from avtalsvakt.words.own_names import OwnNames

    done = record(settings, {"kind": "record_retracted", "target": fact, "reason": reason}, dry_run=dry_run)
    warn(done.warnings)
    show(done, OwnNames(settings.rules_in_use().rulebook))


def _kind_of(settings: Settings, target: str) -> str | None:
    """The kind of the fact that is corrected; None where there is no such fact, which recording will say."""
    with settings.register(read_only=True) as register:
        found = register.fact(target)
    return found.kind if found else None
