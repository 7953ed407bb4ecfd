"""`avtalsvakt rules clauses` and `rules findings`: every statement accounted for, and what is amiss in the texts."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from avtalsvakt.settings import Settings
from avtalsvakt.terminal.options import format_option, format_option_with, with_settings

if TYPE_CHECKING:
    from avtalsvakt.authoring.clause_register import Counts, Entry
    from avtalsvakt.terminal.paper import Paper

CLASSES = ("computed", "part", "attested", "asked", "given", "not_checkable")


@click.command("clauses", short_help="Lista varje sats och hur den redovisas.")
@click.option("--instrument", "instruments", metavar="AVTAL", multiple=True, help="Bara detta avtal; kan upprepas.")
@click.option(
    "--class", "classes", type=click.Choice(CLASSES), metavar="SLAG", multiple=True,
    help="Bara detta slag: computed (beräknas), part (del av en annan), attested (intygas), asked (frågas om i "
    "en annan), given (följer av filens huvud), not_checkable (kan inte prövas); kan upprepas.",
)  # fmt: skip
@format_option_with("html")
@with_settings
def clauses(settings: Settings, *, instruments: tuple[str, ...], classes: tuple[str, ...], form: str) -> None:
    """Lista texternas alla satser: var de står, vad de betyder, vem de binder och vad som visar om de följs."""
    from avtalsvakt.answers.assessing import check_agreements
    from avtalsvakt.authoring import clause_page, clause_register
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen

    rulebook = settings.rulebook()
    check_agreements(rulebook, instruments, "--instrument")
    found = list(clause_register.entries(rulebook, instruments, classes))
    rows = [clause_register.row(one) for one in found]
    if form == "json":
        screen.write(as_json.written(as_json.headed("clauses", {"clauses": rows})))
    elif form == "csv":
        screen.write(as_csv.rows(rows))
    elif form == "html":
        screen.write(clause_page.page(found))
    else:
        _show(screen.console(), found)


@click.command("findings", short_help="Lista luckor och motsägelser i texterna.")
@click.option("--instrument", "instruments", metavar="AVTAL", multiple=True, help="Bara detta avtal; kan upprepas.")
@format_option
@with_settings
def findings(settings: Settings, *, instruments: tuple[str, ...], form: str) -> None:
    """Lista det i texterna som saknas, säger emot sig självt eller lämnar en läsare i sticket."""
    from avtalsvakt.answers.assessing import check_agreements
    from avtalsvakt.authoring import clause_findings
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import screen

    rulebook = settings.rulebook()
    check_agreements(rulebook, instruments, "--instrument")
    found = list(clause_findings.findings(rulebook, instruments))
    if form == "json":
        screen.write(as_json.written({"findings": found}))
    elif form == "csv":
        screen.write(as_csv.rows(found))
    else:
        out = screen.console()
        for line in clause_findings.lines(rulebook, instruments):
            out.print(line)


def _show(out: "Paper", found: "Sequence[Entry]") -> None:
    from avtalsvakt.authoring.clause_register import counts

    heading = ""
    for entry in found:
        if entry.instrument.instrument != heading:
            heading = entry.instrument.instrument
            out.print(f"{entry.instrument.title} ({heading})", style="bold")
        _entry(out, entry)
    for line in _numbers(counts(found)):
        out.print(line)


def _entry(out: "Paper", entry: "Entry") -> None:
    from textwrap import wrap

    from avtalsvakt.authoring.clause_register import account_words, between, modality_word, stands
    from avtalsvakt.terminal.styled_lines import line

    out.print(line(f"  {stands(entry)}").and_then(f"  {entry.name}", "dim"))
    binds = ", ".join(filter(None, (modality_word(entry.clause), between(entry))))
    for text in (entry.clause.sv or "", f"{binds}; {account_words(entry)}"):
        for piece in wrap(text, out.width - 6, break_on_hyphens=False):
            out.print(f"      {piece}")


def _numbers(found: "Sequence[Counts]") -> list[str]:
    """How many statements of each class and of each modality, by instrument and together."""
    from avtalsvakt_engine.explaining import labels

    if not found:
        return ["Inga satser."]
    classes = {labels.CLASSES[name]: [one.classes[name] for one in found] for name in CLASSES}
    modalities = {word: [one.modalities[name] for one in found] for name, word in labels.MODALITIES.items()}
    names = [one.instrument for one in found]
    return ["", *_matrix(names, classes), "", *_matrix(names, modalities)]


def _matrix(names: "Sequence[str]", columns: "Mapping[str, list[int]]") -> list[str]:
    """Numbers under their headings, a line for each name, summed at the right and, of several, at the foot."""
    table = [[*row, sum(row)] for row in zip(*columns.values(), strict=True)]
    labelled = list(zip(names, table, strict=True))
    if len(names) > 1:
        labelled.append(("tillsammans", [sum(column) for column in zip(*table, strict=True)]))
    heads = [*columns, "alla"]
    width = max(len(name) for name, _ in labelled)
    widths = [max(len(head), 5) + 2 for head in heads]
    lines = [" " * width + "".join(f"{head:>{room}}" for head, room in zip(heads, widths, strict=True))]
    for name, row in labelled:
        lines.append(f"{name:<{width}}" + "".join(f"{n:>{room}}" for n, room in zip(row, widths, strict=True)))
    return lines
