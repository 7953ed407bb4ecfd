"""The summary of a night, on one screen: first what could not be judged, then each agreement, changes, what is next."""

from collections.abc import Iterator, Sequence

from avtalsvakt.nightly.judging_place import SAME, not_as_asked
from avtalsvakt.nightly.night import Night
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.terminal.screen import STYLES, listed
from avtalsvakt.terminal.styled_lines import Line, columns, line
from avtalsvakt.words.clause_titles import Titles
from avtalsvakt.words.status_words import TO_ATTEST, status_word
from avtalsvakt.words.summary import counted, findings_lines
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.storage.database.agreements_without_rules import RULES_MISSING
from avtalsvakt_engine.verdicts import InstrumentState, Verdict

AGREEMENTS = 12
BY_TABLE = (
    "Regelmotorn durable-rules startar inte på den här datorn. Slutsatserna är hämtade ur den tabell som den har "
    "räknat fram för samma regler; de är desamma. Orsak: {}"
)
LONGEST = 200
"""What a summary says where the table answered in place of the engine."""
ENDED = ("lapsed", "terminated", "superseded")
LISTED = 5
TROUBLE = ("not_evaluated", "overdue", "at_risk", "recommendation_not_met")
NAMED = (*TROUBLE, "pending", TO_ATTEST, "fulfilled_late", "fulfilled")


def show(out: Paper, night: Night, titles: Titles) -> None:
    """Write the summary."""
    if night.not_stored:
        out.print("VISAS BARA: inget har sparats eller publicerats.", style="bold yellow")
    for text in (
        *_by_table(night),
        *_elsewhere(night),
        *_unjudged(night),
        *_without_rules(night),
        *map(line, _by_rules(night)),
    ):
        out.print(text)
    out.print(_headline(night), style="bold")
    _agreements(out, night)
    for told in _changes(night):
        out.print(told)
    if night.deadlines:
        out.print("Härnäst:", style="bold")
        for one in night.deadlines:
            for text in listed(one, night.report.as_of, titles):
                out.print(text)
    for told in findings_lines([one for one in night.findings if one.code != RULES_MISSING]):
        out.print(told)
    if night.files:
        out.print(_files(night))
    if night.remembered:
        places = ", ".join(map(str, night.remembered))
        out.print(f"Reglerna i {places} används hädanefter; se 'avtalsvakt settings'.", soft_wrap=True)


def log_line(night: Night) -> str:
    """The night in one line, for a log."""
    report = night.report
    parts = [f"per {report.as_of}", f"{report.judged} bedömda", f"{report.changed} ändrade"]
    parts += [
        f"{len(found)} {labels.status(code, len(found))}" for code, found in report.became.items() if code in TROUBLE
    ]
    if report.by_rules:
        parts.append(f"{report.by_rules.changed} ändrade av nya regler")
    parts.append(f"{len(night.unjudged)} ej bedömda")
    if night.by_table is not None:
        parts.append("slutsatserna ur tabellen, för regelmotorn startar inte")
    parts += not_as_asked(night.elsewhere)
    if lacking := night.report.without_rules:
        parts.append(f"regler saknas för {', '.join(lacking)}: kvar som de var")
    parts += [_files(night).rstrip(".")] if night.files else []
    return ", ".join(parts)


def _by_table(night: Night) -> Iterator[Line]:
    """That the table answered in place of the engine, and why."""
    if night.by_table is not None:
        yield line(BY_TABLE.format(night.by_table.strip().rpartition("\n")[2][:LONGEST]))


def _elsewhere(night: Night) -> Iterator[Line]:
    """What was not judged where it was to be, and why."""
    for told in not_as_asked(night.elsewhere):
        yield line(f"{told[:1].upper()}{told[1:LONGEST]}. {SAME}")


def _unjudged(night: Night) -> Iterator[Line]:
    """What could not be judged, with the cause: it must not be overlooked."""
    loud = STYLES["not_evaluated"]
    if night.unjudged:
        yield line(f"EJ BEDÖMT: {counted(len(night.unjudged), 'skyldighet', 'skyldigheter')}", loud)
        for one in night.unjudged[:LISTED]:
            yield line(f"  {one.duty}: {one.reason}")
        if len(night.unjudged) > LISTED:
            yield line(f"  och {len(night.unjudged) - LISTED} till")
    if night.report.differed:
        yield line(f"SJÄLVKONTROLLEN FANN {len(night.report.differed)} SKILLNADER; de är rättade nu", loud)
        yield from (line(f"  {duty}") for duty in night.report.differed[:LISTED])


def _without_rules(night: Night) -> Iterator[Line]:
    """Agreements that were left as they were, because nobody can tell what they demand."""
    lacking = night.report.without_rules
    if lacking:
        yield line(f"REGLER SAKNAS för {len(lacking)} avtal: {', '.join(lacking)}", STYLES["not_evaluated"])
        yield line("  Bedömningar, överträdelser och kalendrar för dem är kvar som de var.")
        yield line("  Ange reglerna: avtalsvakt run --rules MAPP. Ska avtalet inte bevakas mer: --withdraw AVTAL.")


def _by_rules(night: Night) -> Iterator[str]:
    """What new rules, or a new way to judge, made of the facts that were there already."""
    report = night.report.by_rules
    if report is None:
        return
    number = counted(report.changed, "bedömning", "bedömningar")
    yield f"Reglerna har ändrats, eller programmets sätt att döma: {number} blev en annan av samma händelser."
    for (was, becomes), count in report.moves.most_common():
        before = labels.status(was) if was else "fanns inte"
        after = "finns inte längre" if becomes == "withdrawn" else labels.status(becomes)
        if before != after:
            yield f"  {before} → {after}: {count}"
    if report.changed:
        yield f"  Alla: avtalsvakt changes --run {report.id}"


def _headline(night: Night) -> str:
    report = night.report
    known = f", med det som var känt {report.known_at}" if report.known_at else ""
    said = (
        "inget har ändrats"
        if report.unchanged
        else f"{counted(report.changed, 'bedömning', 'bedömningar')} har ändrats"
    )
    if report.first:
        said = f"{counted(report.judged, 'skyldighet', 'skyldigheter')}, för första gången"
    since = f" sedan körningen {night.before.started[:16].replace('T', ' kl. ')}" if night.before else ""
    return f"Bedömt per {report.as_of}{known}: {said}{since}."


def _agreements(out: Paper, night: Night) -> None:
    """A row for each agreement that has duties, those in trouble first; the rest is counted."""
    judged = [one for one in night.states if night.counts.get(one.agreement)]
    shown = sorted(judged, key=lambda one: _rank(one, night))[:AGREEMENTS]
    words = {one.agreement: labels.STATES.get(one.state, one.state) for one in shown}
    first, second = max(map(len, words), default=0), max(map(len, words.values()), default=0)
    for agreement, word in words.items():
        for row in _row(f"  {agreement:<{first}}  {word:<{second}}  ", night.counts[agreement], out.width):
            out.print(row)
    if len(judged) > AGREEMENTS:
        out.print(f"  … och {len(judged) - AGREEMENTS} avtal till; se 'avtalsvakt status'")


def _rank(state: InstrumentState, night: Night) -> tuple[int, ...]:
    """Agreements in force first, then those with most trouble."""
    own = night.counts[state.agreement]
    return (state.state in ENDED, *(-own.get(code, 0) for code in TROUBLE))


def _row(head: str, own: dict[str, int], width: int) -> Iterator[Line]:
    """How many duties have each status that a person would ask about, on as many lines as it takes."""
    row = line(head)
    found = [(code, count) for code in NAMED if (count := own.get(code, 0))]
    for place, (code, count) in enumerate(found):
        words = f"{count} {status_word(code, count)}"
        if columns(row.plain) + len(words) > width - 2 and columns(row.plain) > len(head):
            yield row
            row = line(" " * len(head))
        row = row.and_then(words, STYLES.get(code, "")).and_then("  " if place < len(found) - 1 else "")
    yield row


def _changes(night: Night) -> Iterator[str]:
    """What became overdue, what was made good, what fell away, since the last run."""
    report = night.report
    for code, words in (("overdue", "Blev försenat"), ("fulfilled_late", "Uppfylldes för sent")):
        found: Sequence[Verdict] = report.became.get(code, ())
        number = sum(count for (_, becomes), count in report.moves.items() if becomes == code)
        if number and not report.first:
            yield f"{words}: {number}"
            yield from (f"  {one.duty}" for one in found[:LISTED])
    if report.violations:
        told = ", ".join(
            f"{count} {labels.violation_state(life, count)}" for life, count in sorted(report.violations.items())
        )
        yield f"Överträdelser: {told}"
        yield from (f"  {line}" for line in labels.terms([told]))
    if report.withdrawn:
        yield f"Bortfallna: {len(report.withdrawn)} ({', '.join(report.withdrawn[:LISTED])})"


def _files(night: Night) -> str:
    files = night.files
    if files is None:
        return ""
    return f"Kalendrar: {len(files.written)} skrivna, {files.unchanged} oförändrade."
