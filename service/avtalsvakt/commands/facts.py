"""`avtalsvakt facts`: what has been recorded, by whom and when, and what was learnt between two moments."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import DAY, EXISTING, as_of_option, format_option, known_at_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt_engine.facts import Fact
    from avtalsvakt_rules.vocabulary import Vocabulary


@click.group(short_help="Det som är registrerat: lista, visa, sök, jämför.", subcommand_metavar="KOMMANDO …")
def facts() -> None:
    """Läs registret: vad som har hänt, vem som registrerade det och när, och vad som har rättats."""


@facts.command("list", short_help="Lista registreringar.")
@click.option("--agreement", metavar="ID", help="Bara detta avtal.")
@click.option("--kind", metavar="TYP", help="Bara denna faktatyp.")
@click.option("--body", metavar="ID", help="Bara detta organ.")
@click.option("--recorder", metavar="ROLL", help="Bara det som denna roll eller detta konto har registrerat.")
@click.option("--since", type=DAY, metavar="DATUM", help="Bara det som gäller denna dag eller senare.")
@as_of_option
@known_at_option
@format_option
@with_settings
def list_(settings: Settings, *, form: str, known_at: date | None, **cut: Any) -> None:
    """Lista det som gäller, rättat och utan det återkallade, i datumordning.

    Med --as-of bara det som gäller dagar till och med den; med --known-at så som registret såg ut den dagen.
    """
    from avtalsvakt.answers.fact_listing import Cut, by_day
    from avtalsvakt_engine.storage.facts.history import as_known

    chosen = Cut(**cut)
    found = as_known(_all(settings), known_at, _vocabulary())
    _write(by_day(one for one in found if chosen.keeps(one)), form, settings)


@facts.command(short_help="Sök bland registreringar.")
@click.argument("words", metavar="ORD…", nargs=-1, required=True)
@as_of_option
@known_at_option
@format_option
@with_settings
def search(settings: Settings, *, words: tuple[str, ...], form: str, known_at: date | None, as_of: date | None) -> None:
    """Visa de registreringar som innehåller alla orden, i vilket fält som helst."""
    from avtalsvakt.answers.fact_listing import Cut, by_day, searched
    from avtalsvakt_engine.explaining.names import names_of
    from avtalsvakt_engine.storage.facts.history import as_known

    found = as_known(_all(settings), known_at, _vocabulary())
    _write(by_day(searched(filter(Cut(as_of=as_of).keeps, found), words, names_of())), form, settings)


@facts.command(short_help="Visa en registrering.")
@click.argument("fact", metavar="REGISTRERING")
@known_at_option
@format_option
@with_settings
def show(settings: Settings, *, fact: str, known_at: date | None, form: str) -> None:
    """Visa alla uppgifter i en registrering, som de gäller, och vem som registrerade den."""
    from avtalsvakt.answers.fact_listing import fact_object, rows
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.fact_page import page
    from avtalsvakt_engine.storage.facts.history import as_known

    recorded = _one(settings, fact)
    known = as_known(_about(settings, fact), known_at, _vocabulary())
    held = next((one for one in known if one.id == fact), None)
    shown = held or recorded
    if form == "json":
        screen.write(as_json.written({**fact_object(shown), "holds": held is not None}))
    elif form == "csv":
        screen.write(as_csv.rows(rows([shown])))
    else:
        for line in page(shown, recorded, _names(settings), holds=held is not None):
            screen.console().print(line)


@facts.command(short_help="Visa vad som har hänt med en registrering.")
@click.argument("fact", metavar="REGISTRERING")
@format_option
@with_settings
def history(settings: Settings, *, fact: str, form: str) -> None:
    """Visa varje rättelse och återkallelse: vilket fält, från vad, till vad, varför, av vem och när."""
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.fact_page import event_rows, events
    from avtalsvakt_engine.storage.facts.history import story

    _one(settings, fact)
    told = story(_about(settings, fact), fact, _vocabulary())
    if form == "json":
        screen.write(as_json.written({"fact": fact, "events": event_rows(told)}))
    elif form == "csv":
        screen.write(as_csv.rows(event_rows(told)))
    else:
        for line in events(told, _names(settings)):
            screen.console().print(line)


@facts.command(short_help="Vad registret fick veta mellan två dagar.")
@click.option("--known-at", "days", type=DAY, metavar="DATUM", multiple=True, required=True,
              help="Anges två gånger: jämför det som var känt de dagarna.")  # fmt: skip
@click.option("--agreement", metavar="ID", help="Bara detta avtal.")
@as_of_option
@format_option
@with_settings
def diff(settings: Settings, *, days: tuple[date, ...], agreement: str | None, as_of: date | None, form: str) -> None:
    """Visa vad som registrerades mellan två dagar och vilka bedömningar det ändrade."""
    from avtalsvakt.answers.comparing_knowledge import compare
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.fact_page import difference, difference_object, turned_rows

    if len(days) != 2 or days[0] > days[1]:
        why = "jämförelsen görs mellan två dagar, den tidigare först"
        remedy = "skriv --known-at 2026-01-31 --known-at 2026-02-28"
        raise Rejected([Problem("dagarna går inte att jämföra", "--known-at", why, remedy)])
    found = compare(settings, *days, as_of, agreement)
    if form == "json":
        screen.write(as_json.written(difference_object(found, days[0], days[1])))
    elif form == "csv":
        screen.write(as_csv.rows(turned_rows(found)))
    else:
        for line in difference(found, days[0], days[1], _names(settings)):
            screen.console().print(line)


@facts.command(short_help="Skriv en tom tabell att fylla i.")
@click.argument("file", type=EXISTING, metavar="FIL")
@click.option("--agreement", metavar="ID", required=True, help="Avtalet som tabellen är till för.")
@with_settings
def template(settings: Settings, *, file: Path, agreement: str) -> None:
    """Skriv en tom Exceltabell (.xlsx) med avtalets kolumner och vallistor för organ och handlingar.

    Den läses in med 'avtalsvakt import' när den är ifylld.
    """
    from avtalsvakt.answers.assessing import check_agreements
    from avtalsvakt.recording.template_workbook import write_template
    from avtalsvakt.recording.vocabulary_in_use import vocabulary_in_use
    from avtalsvakt_engine.intake.known_facts import known_facts

    rulebook = settings.rulebook()
    check_agreements(rulebook, [agreement])
    if file.suffix.lower() != ".xlsx":
        why = "tabellen är en Excelarbetsbok"
        raise Rejected([Problem("filen ska sluta på .xlsx", str(file), why, "ange t.ex. mall.xlsx")])
    vocabulary, instrument = known_facts(rulebook).vocabulary, rulebook.instruments[agreement]
    count = write_template(instrument, vocabulary_in_use(rulebook, instrument, vocabulary), vocabulary, file)
    click.echo(f"{file}: {count} kolumner för {instrument.title}.")


def _names(settings: Settings) -> "OwnNames":
    """What each agreement calls things."""
    from avtalsvakt.words.own_names import OwnNames

    return OwnNames(settings.rules_in_use().rulebook)


def _write(found: "list[Fact]", form: str, settings: Settings) -> None:
    from avtalsvakt.answers.fact_listing import fact_object, rows
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.words.summary import counted
    from avtalsvakt_engine.explaining.fact_words import fact_words

    if form == "json":
        screen.write(as_json.written({"facts": [fact_object(one) for one in found]}))
    elif form == "csv":
        screen.write(as_csv.rows(rows(found)))
    else:
        out, own = screen.console(), _names(settings)
        for one in found:
            out.print(f"{one.agreement}: {fact_words(one, own.of(one.agreement), whole=True)}")
        out.print(f"{counted(len(found), 'registrering', 'registreringar')}.")


def _all(settings: Settings) -> "Iterable[Fact]":
    with settings.register(read_only=True) as register:
        return list(register.facts())


def _about(settings: Settings, fact: str) -> "list[Fact]":
    """The fact and the records about it."""
    from avtalsvakt_engine.storage.facts.history import records_about

    return records_about(_all(settings), fact)


def _one(settings: Settings, id_: str) -> "Fact":
    """The fact as it was recorded. Raises Rejected with the closest id."""
    from avtalsvakt_engine.intake.fact_checks import closest

    found = {one.id: one for one in _all(settings)}
    if id_ not in found:
        why = "ingen registrering har den beteckningen"
        remedy = closest(id_, found)
        remedy = remedy if remedy.startswith("skriv") else "sök med 'avtalsvakt facts search'"
        raise Rejected([Problem(f"registreringen '{id_}' finns inte", "REGISTRERING", why, remedy)])
    return found[id_]


def _vocabulary() -> "Vocabulary":
    from avtalsvakt_rules.vocabulary import load

    return load()
