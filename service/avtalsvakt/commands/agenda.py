"""`avtalsvakt agenda`: what a body has to take up at its next meeting."""

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED
from avtalsvakt.terminal.options import format_option, with_settings
from avtalsvakt_rules.problems import Problem, Rejected


@click.command(short_help="Vad ett organ ska ta upp på nästa möte.")
@click.argument("body", metavar="ORGAN")
@click.option("--agreement", metavar="ID", help="Bara detta avtal.")
@format_option
@with_settings
def agenda(settings: Settings, *, body: str, agreement: str | None, form: str) -> int:
    """Föreslå dagordningen för organets nästa möte: de beslut och redovisningar som väntar på organet.

    ORGAN är organets beteckning eller namn, t.ex. local_steering_group eller »lokal styrgrupp«. Är inget möte bokat
    visas vad som ska tas upp när organet möts.
    """
    from avtalsvakt.answers.agenda import agenda as join
    from avtalsvakt.answers.agreement_facts import stored_facts
    from avtalsvakt.answers.how_to import how_to_all
    from avtalsvakt.answers.in_force import ended
    from avtalsvakt.answers.stored_answers import Cut, read_stored
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import list_objects, screen
    from avtalsvakt.terminal.duty_lists import agenda_lines
    from avtalsvakt.words.own_names import OwnNames
    from avtalsvakt_engine.explaining.explaining_summary import OPEN

    found = read_stored(settings, Cut(agreement=agreement), OPEN)
    over = ended(found.states)
    verdicts = [one for one in found.verdicts if one.agreement not in over]
    rulebook = settings.rules_in_use().rulebook
    known = stored_facts(settings, rulebook, verdicts, found.run.as_of)
    every = join(known, verdicts, how_to_all(verdicts, known))
    labels = {name: label for facts in known.values() for name, label in facts.vocabulary.bodies.items()}
    chosen = every.of(_body(body, labels))
    if form == "json":
        told = {"as_of": found.run.as_of.isoformat(), "body": _body(body, labels),
                "meetings": list(map(list_objects.booked, chosen.meetings)),
                "unplaced": list(map(list_objects.topic, chosen.unplaced))}  # fmt: skip
        screen.write(as_json.written(as_json.headed("agenda", told)))
    elif form == "csv":
        screen.write(as_csv.rows(list(list_objects.agenda_rows(chosen))))
    else:
        screen.print_folded(agenda_lines(chosen, _body(body, labels), found.run.as_of, OwnNames(rulebook)))
    return ALL_JUDGED


def _body(text: str, labels: dict[str, str]) -> str:
    """The body that is meant, by id or name. Raises Rejected for one that no agreement has."""
    from avtalsvakt_engine.intake.fact_checks import closest

    said = text.casefold()
    found = [name for name, label in labels.items() if said in (name.casefold(), label.casefold())]
    if not found:
        why = "inget avtal har ett organ som heter så"
        raise Rejected(
            [Problem(f"organet '{text}' finns inte", "ORGAN", why, closest(text, [*labels, *labels.values()]))]
        )
    return found[0]
