"""`avtalsvakt record`: one thing that has happened, or is planned."""

import sys
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import tell, warn
from avtalsvakt.terminal.options import by_option, dry_run_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from avtalsvakt.answers.acts import HowTo
    from avtalsvakt.recording.command_line import Recorded
    from avtalsvakt.recording.guided_recording import Line
    from avtalsvakt_rules.rulebook import Rulebook
    from avtalsvakt_rules.vocabulary import Vocabulary

LONGEST = 8  # words of a kind's name, where it is said in Swedish


@click.command(
    short_help="Registrera en händelse.", context_settings={"ignore_unknown_options": True},
    epilog="Exempel: avtalsvakt record meeting_held --agreement ostermalm-2020 --date 2026-03-12 "
    "body=local_steering_group chair=polisen",
)  # fmt: skip
@click.option("--agreement", metavar="AVTAL", help="Avtalet som händelsen hör till.")
@click.option(
    "--date", metavar="DATUM", help="Dagen det skedde: 2026-03-12, 12/3 2026, 12 mars; eller 2026-03 eller 2026."
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[TYP] [FÄLT=VÄRDE]…")
@dry_run_option
@with_settings
@by_option
def record(
    settings: Settings, *, agreement: str | None, date: str | None, words: tuple[str, ...], dry_run: bool
) -> None:
    """Registrera något som har hänt, eller som är planerat.

    Utan argument frågar programmet steg för steg.

    TYP är en faktatyp, till exempel »möte hållet« eller meeting_held. Övriga uppgifter skrivs FÄLT=VÄRDE eller
    --fält värde; en lista skrivs med |. Avtal, organ och funktioner får skrivas som de visas: Östermalm, »lokal
    styrgrupp«.
    """
    from avtalsvakt.recording.command_line import record as add
    from avtalsvakt.recording.said_values import settled_values
    from avtalsvakt.recording.typed_values import stated, typed
    from avtalsvakt.terminal.recording_page import show
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt.words.said_names import SaidNames
    from avtalsvakt_rules.vocabulary import RECORDS, load

    given = {name: text for name, text in (("agreement", agreement), ("date", date)) if text is not None}
    if not words and not given:
        _guided(settings, dry_run=dry_run)
        return
    alone, values = typed(words, settings, bare=LONGEST)
    kind = {"kind": " ".join(alone)} if alone else {}
    names = SaidNames(settings.rule_places())
    line = settled_values({**stated(values), **given, **kind}, names, load(), settings.today)
    if line.get("kind") in RECORDS:
        why = "en rättelse eller återkallelse gäller en annan registrering"
        remedy = "använd 'avtalsvakt correct' eller 'avtalsvakt retract'"
        raise Rejected([Problem(f"{line['kind']} registreras på annat sätt", "TYP", why, remedy)])
    done = add(settings, line, dry_run=dry_run)
    warn(done.warnings)
    show(done, OwnNames(settings.rules_in_use().rulebook))


def _guided(settings: Settings, *, dry_run: bool) -> None:
    """Ask for everything, one question at a time, until it is right. Raises Rejected where nobody can answer."""
    if not sys.stdin.isatty():
        remedy = "skriv t.ex. avtalsvakt record meeting_held --agreement ostermalm-2020 --date 2026-03-12"
        raise Rejected([Problem("det står inte vad som har hänt", "TYP", "ingen kan svara på frågor här", remedy)])
    from avtalsvakt.recording.following_acts import line_of
    from avtalsvakt_engine.intake.known_facts import known_facts

    rulebook = settings.rulebook()
    vocabulary = known_facts(rulebook).vocabulary
    done = _recorded(settings, rulebook, vocabulary, None, dry_run=dry_run)
    if dry_run:
        return
    for how in _following(settings, rulebook, done):
        made: dict[int, str] = {}
        for number, act in enumerate(how.acts, start=1):
            line = line_of(act, made)
            if line is not None and _yes(f"{act.title}: har det också skett?", default=False):
                made[number] = _recorded(settings, rulebook, vocabulary, line, dry_run=False).fact.id


def _following(settings: Settings, rulebook: "Rulebook", done: "Recorded") -> "Iterator[HowTo]":
    """How the duties are met that what was just recorded gave rise to."""
    from avtalsvakt.answers.agreement_facts import stored_facts
    from avtalsvakt.recording.following_acts import following, waiting

    opened = waiting(done.fact, [one.becomes for one in done.changes])
    return following(opened, stored_facts(settings, rulebook, opened, settings.today))


def _recorded(
    settings: Settings, rulebook: "Rulebook", vocabulary: "Vocabulary", line: "Line | None", *, dry_run: bool
) -> "Recorded":
    """One registration, asked for until it is right; `line` is what is known of it. Raises Abort for a no."""
    from avtalsvakt.recording.command_line import record as add
    from avtalsvakt.recording.guided_recording import Person, guide
    from avtalsvakt.recording.said_values import settled_values
    from avtalsvakt.terminal.recording_page import show
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt.words.said_names import SaidNames

    names = SaidNames(settings.rule_places())
    person = Person(
        lambda text, offered: str(click.prompt(text, default=offered, show_default=bool(offered))), click.echo
    )
    while True:
        with settings.register(read_only=True) as register:
            recorded = tuple(register.facts())
        line = guide(rulebook, vocabulary, settings.today, person, line, recorded)
        for name, value in line.items():
            click.echo(f"  {vocabulary.labels.get(name, name)}: {value}")
        if not _yes("Pröva det?" if dry_run else "Registrera det?"):
            raise click.Abort
        try:
            line = settled_values(line, names, vocabulary, settings.today)
            done = add(settings, line, dry_run=dry_run)
        except Rejected as refused:
            tell(refused.problems)
            continue
        warn(done.warnings)
        show(done, OwnNames(settings.rules_in_use().rulebook))
        return done


def _yes(question: str, *, default: bool = True) -> bool:
    from avtalsvakt.recording.swedish_answers import confirmed

    return confirmed(question, lambda text: str(click.prompt(text, default="", show_default=False)), default=default)
