"""`avtalsvakt assess`: judge on demand and write everything; nothing is stored."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, NOT_EVALUATED, warn
from avtalsvakt.terminal.options import (
    as_of_option,
    chosen_readings,
    facts_option,
    format_option,
    known_at_option,
    reading_option,
    with_settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from avtalsvakt.answers.assessing import Material
    from avtalsvakt.answers.comparing_readings import Comparison
    from avtalsvakt.terminal.paper import Paper
    from avtalsvakt_engine.verdicts import Assessment, InstrumentState
    from avtalsvakt_rules.rulebook import Rulebook


@click.command(short_help="Bedöm allt en dag, utan att spara.")
@facts_option
@click.option("--agreement", "agreements", metavar="AVTAL", multiple=True, help="Bara detta avtal; kan upprepas.")
@as_of_option
@known_at_option
@click.option("--horizon", type=click.IntRange(0, 15), default=1, metavar="ÅR", help="Hur långt fram (förval: 1 år).")
@reading_option
@click.option(
    "--compare",
    "compared",
    metavar="KOD[=VAL]",
    multiple=True,
    help="Visa bara vad ett annat sätt att läsa skulle ändra; kan upprepas.",
)
@format_option
@with_settings
def assess(  # noqa: PLR0913 - one for each option
    settings: Settings,
    *,
    facts: tuple[Path, ...],
    agreements: tuple[str, ...],
    as_of: date | None,
    known_at: date | None,
    horizon: int,
    readings: tuple[str, ...],
    compared: tuple[str, ...],
    form: str,
) -> int:
    """Bedöm varje skyldighet som den såg ut en viss dag.

    Med --facts bedöms bara filernas händelser, och inget register används. Returkod 1 om något inte kunde bedömas.
    """
    from avtalsvakt.answers.assessing import assess_all, check_agreements, compare_all, gather_material

    chosen = chosen_readings(readings)
    material = gather_material(settings, files=facts, readings=chosen, as_of=as_of, known_at=known_at)
    warn(material.warnings)
    check_agreements(material.rulebook, agreements, lacking=material.lacking)
    if compared:
        _compare(compare_all(material, compared, agreements=agreements or None, horizon=12 * horizon), material, form)
        return ALL_JUDGED
    found = assess_all(material, agreements=agreements or None, horizon=12 * horizon)
    _write(found, material.rulebook, form)
    unjudged = any(one.status == "not_evaluated" for one in found.duties) or (material.lacking and not agreements)
    return NOT_EVALUATED if unjudged else ALL_JUDGED


def _write(found: "Assessment", rulebook: "Rulebook", form: str) -> None:
    from avtalsvakt.answers.doubled_requirements import strictest_of
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen
    from avtalsvakt.words.page_names import names_in

    if form == "json":
        told = as_json.assessment(found, names_in(rulebook), strictest_of(found, rulebook))
        screen.write(as_json.written(told))
    elif form == "csv":
        screen.write(as_csv.written(found.duties, found.as_of))
    else:
        _show(screen.console(), found, rulebook)


def _compare(found: "Sequence[Comparison]", material: "Material", form: str) -> None:
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import compare_page, screen

    if form == "json":
        known_at = material.known_at and material.known_at.isoformat()
        head = {"as_of": material.as_of.isoformat(), "known_at": known_at, "rulebook": material.rulebook.digest}
        told = head | {"comparisons": [compare_page.as_object(one) for one in found]}
        screen.write(as_json.written(as_json.headed("compare", told)))
    elif form == "csv":
        screen.write(as_csv.rows(compare_page.rows(found)))
    else:
        out, titles = screen.console(), _titles(material.rulebook)
        for one in found:
            for line in compare_page.lines(one, titles):
                out.print(line)
            out.print()
        out.print(f"Per {material.as_of}.")


def _show(console: "Paper", found: "Assessment", rulebook: "Rulebook") -> None:
    """Agreement by agreement, what is worst first; then the numbers and the findings."""
    from avtalsvakt.answers.attestations import counted_as, together
    from avtalsvakt.answers.order import worst_first
    from avtalsvakt.terminal import doubled_texts
    from avtalsvakt.terminal.screen import explained, listed
    from avtalsvakt.words.summary import counts_line, findings_lines

    titles = _titles(rulebook)
    for state in found.instruments:
        for line in _heading(state, rulebook):
            console.print(line)
        own = worst_first(one for one in found.duties if one.agreement == state.agreement)
        for one in together(own):
            for text in listed(one, found.as_of, titles):
                console.print(text)
        for line in doubled_texts.lines(found, state.agreement, rulebook):
            console.print(line)
        console.print()
    for text in explained(found.duties):
        console.print(text)
    console.print(f"Per {found.as_of}: {counts_line(counted_as(one, found.as_of) for one in found.duties)}")
    for line in findings_lines(found.findings):
        console.print(line)


def _titles(rulebook: "Rulebook") -> "Mapping[tuple[str, str], str | None]":
    """What clauses are called: the act, else the sentence."""
    return {
        (instrument.instrument, name): clause.act or clause.sv
        for instrument in rulebook.instruments.values()
        for name, clause in instrument.clauses.items()
    }


def _heading(state: "InstrumentState", rulebook: "Rulebook") -> Iterator[str]:
    from avtalsvakt_engine.explaining import labels

    title = rulebook.instruments[state.agreement].title
    yield f"{title} ({state.agreement})"
    span = f"{state.start or ''} – {state.end or 'tills vidare'}"
    under = f", under {state.umbrella}" if state.umbrella else ""
    yield f"  {labels.STATES.get(state.state, state.state)}: {span}{under}"
    yield from (f"  Obs: {labels.flag(flag)}" for flag in state.flags)
