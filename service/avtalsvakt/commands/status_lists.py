"""`avtalsvakt status`, `overdue` and `upcoming`: what the last run concluded, without judging anything anew."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED
from avtalsvakt.terminal.options import DAY, Command, format_option, with_settings

if TYPE_CHECKING:
    from datetime import date

    from avtalsvakt.answers.acts import HowTo
    from avtalsvakt.answers.agenda import BookedMeeting
    from avtalsvakt.answers.agreement_facts import AgreementFacts
    from avtalsvakt.answers.stored_answers import Cut, Stored
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt_engine.verdicts import Verdict

YEAR = 365


def cut_options(command: Command) -> Command:
    """Whose duties are listed: agreement, body, bearer, function, municipality, norm."""
    for option in (
        click.option("--modality", metavar="ORD", help="Bara det som binder så: ska, bör, kan, »får inte«."),
        click.option("--municipality", metavar="KOMMUN", help="Bara avtal i denna kommun, och kommunen själv."),
        click.option(
            "--function", metavar="FUNKTION", help="Bara det som denna funktion tillfrågas om eller ansvarar för."
        ),
        click.option("--bearer", metavar="ID", help="Bara det som denna part eller funktion ansvarar för."),
        click.option("--body", metavar="ID", help="Bara det som gäller detta organ."),
        click.option("--agreement", metavar="ID", help="Bara detta avtal."),
    ):
        command = option(command)
    return command


def short_option(command: Command) -> Command:
    """`--short`: without how each duty is met, which needs the rules to be read."""
    return click.option("--short", is_flag=True, help="Bara listan, utan hur var och en görs; går fortare.")(command)


@click.command(short_help="Läget i varje avtal.")
@cut_options
@format_option
@with_settings
def status(settings: Settings, *, form: str, **cut: str | None) -> int:
    """Visa varje avtals tillstånd och hur många skyldigheter som har varje status, enligt den senaste körningen."""
    from avtalsvakt.answers.stored_answers import read_stored
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.terminal.list_page import foot
    from avtalsvakt.terminal.status_page import object_of, rows, show
    from avtalsvakt.words.page_names import names_at

    found = read_stored(settings, _cut(cut))
    if form == "json":
        screen.write(as_json.written(object_of(found, names_at(settings.rule_places()))))
    elif form == "csv":
        screen.write(as_csv.rows(rows(found)))
    else:
        out = screen.console()
        show(out, found)
        foot(out, settings, found)
    return _code(found)


@click.command(short_help="Det som är försenat, och vad man gör åt det.")
@cut_options
@click.option(
    "--curable/--standing", "curable", default=None, help="Bara det som går att läka, eller bara det som består."
)
@click.option(
    "--ended", "with_ended", is_flag=True, help="Lista också det som avtal som inte längre gäller lämnat efter sig."
)
@short_option
@format_option
@with_settings
def overdue(
    settings: Settings, *, curable: bool | None, with_ended: bool, short: bool, form: str, **cut: str | None
) -> int:
    """Lista det som är försenat enligt den senaste körningen: först det som ännu kan göras, det äldsta överst.

    Under varje står hur det görs. Det som hör till avtal som inte längre gäller räknas på en rad.
    """
    from avtalsvakt.answers import overdue as answers
    from avtalsvakt.answers.stored_answers import read_stored
    from avtalsvakt.terminal import duty_lists
    from avtalsvakt.terminal.list_page import Page, Shown, write

    found = read_stored(settings, _cut(cut, curable), answers.OVERDUE)
    late, day = answers.overdue(found.verdicts, found.states), found.run.as_of
    known = {} if short else _known(settings, found, late.everything if with_ended or form == "json" else late.living)
    shown = Shown(found, late.everything, day, _how(known, late.everything))
    if form != "table":
        write(settings, shown, form)
        return _code(found)
    page = Page(settings, shown)
    for text, verdicts in duty_lists.overdue_parts(late, with_ended=with_ended):
        page.part(text, verdicts)
    if late.ended and not with_ended:
        page.lines((duty_lists.ended_line(late, found.states),))
    listed = late.everything if with_ended else late.living
    page.end(listed, "Inget är försenat." if day == settings.today else f"Inget var försenat den {day}.")
    return _code(found)


@click.command(short_help="Det som ska göras härnäst, och bokade möten.")
@cut_options
@click.option("--days", type=click.IntRange(0, 5000), metavar="ANTAL", help="Hur många dagar framåt (förval: 365).")
@click.option("--before", type=DAY, metavar="DATUM", help="I stället för --days: det som ska göras före den dagen.")
@short_option
@format_option
@with_settings
def upcoming(
    settings: Settings, *, days: int | None, before: "date | None", short: bool, form: str, **cut: str | None
) -> int:
    """Lista det som återstår att göra, närmast först, och bokade möten med det som ska tas upp då.

    Också det som ska förberedas inom tiden är med, fast sista dagen är senare. Sist står, hopräknat, det som saknar
    sista dag.
    Dagarna räknas från i dag, också när den senaste körningen är äldre.
    """
    from avtalsvakt.answers import upcoming as answers
    from avtalsvakt.answers.in_force import ended
    from avtalsvakt.answers.stored_answers import read_stored
    from avtalsvakt.terminal import duty_lists
    from avtalsvakt.terminal.list_page import Page, Shown, next_words, nothing, write

    last = _last_day(settings.today, days, before)
    found = read_stored(settings, _cut(cut), answers.COMING)
    known = {} if short else _known(settings, found, found.verdicts)
    coming, how = (
        answers.upcoming(found.verdicts, settings.today, last, known, ended(found.states)),
        _how(known, found.verdicts),
    )
    meetings = _booked(known, found.verdicts, how, last, cut.get("body"))
    shown = Shown(found, coming.everything, settings.today, how, prepare=coming.prepare, meetings=meetings)
    if form != "table":
        write(settings, shown, form)
        return _code(found)
    page = Page(settings, shown)
    if meetings:
        page.lines(duty_lists.meetings(meetings, settings.today, _own_names(settings)))
    page.part("", coming.due)
    page.part(f"Ska förberedas senast {last}, sista dag senare:", [one for _, one in coming.prepare])
    page.undated(coming.undated)
    page.lines(duty_lists.left_lines(coming.left))
    after = f"Därefter närmast {next_words(coming.later)}." if coming.everything and coming.later else ""
    page.end(coming.everything, nothing(last, settings.today, coming.later), after)
    return _code(found)


def _own_names(settings: Settings) -> "OwnNames":
    from avtalsvakt.words.own_names import OwnNames

    return OwnNames(settings.rules_in_use().rulebook)


def _booked(
    known: "Mapping[str, AgreementFacts]", verdicts: "Sequence[Verdict]", how: "Mapping[str, HowTo]", last: "date",
    body: str | None,
) -> "Sequence[BookedMeeting]":  # fmt: skip
    """The meetings until a day, of one body if given, with what to take up at each; none without the rules."""
    if not known:
        return ()
    from avtalsvakt.answers.agenda import agenda

    found = agenda(known, verdicts, how).meetings
    return [one for one in found if one.meeting.day <= last and body in (None, one.meeting.body)]


def _cut(given: "Mapping[str, str | None]", curable: bool | None = None) -> "Cut":
    """The cut that the options ask for; a norm may be given as it is said (ska, bör)."""
    from avtalsvakt.answers.stored_answers import Cut
    from avtalsvakt_engine.explaining import labels

    said = {words: code for code, words in labels.MODALITIES.items()}
    modality = given.get("modality")
    return Cut(**{**given, "modality": said.get(modality, modality) if modality else None}, curable=curable)


def _last_day(today: "date", days: int | None, before: "date | None") -> "date":
    """The last day of the window. Raises Rejected where it is given twice, or lies in the past."""
    from datetime import timedelta

    from avtalsvakt_rules.problems import Problem, Rejected

    if days is not None and before is not None:
        why = "båda säger hur långt fram listan ska nå"
        raise Rejected([Problem("--days och --before är båda angivna", "--before", why, "ange bara den ena")])
    if before is not None and before <= today:
        why = "listan visar det som kommer, från och med i dag"
        raise Rejected(
            [
                Problem(
                    f"dagen {before} har redan kommit",
                    "--before",
                    why,
                    "ange en senare dag, eller se 'avtalsvakt overdue'",
                )
            ]
        )
    return before - timedelta(days=1) if before else today + timedelta(days=YEAR if days is None else days)


def _known(settings: Settings, found: "Stored", verdicts: "Sequence[Verdict]") -> "Mapping[str, AgreementFacts]":
    """What proposals are filled in from, for the agreements of these verdicts that have rules."""
    from avtalsvakt.answers.agreement_facts import stored_facts

    return stored_facts(settings, settings.rules_in_use().rulebook, verdicts, found.run.as_of)


def _how(known: "Mapping[str, AgreementFacts]", verdicts: "Sequence[Verdict]") -> "Mapping[str, HowTo]":
    if not known:
        return {}
    from avtalsvakt.answers.how_to import how_to_all

    return how_to_all(verdicts, known)


def _code(found: "Stored") -> int:
    return NOT_EVALUATED if found.unjudged or found.without_rules else ALL_JUDGED
