"""A report as a document: the numbers, the picture, what was required and done, answers, and why."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from avtalsvakt.answers import report as r
from avtalsvakt.answers.report import AgreementReport, Report, Requirement
from avtalsvakt.answers.year_picture import lanes
from avtalsvakt.reporting import document as d
from avtalsvakt.reporting.day_words import day_words, fact_days, only_year, span_words, time_words
from avtalsvakt.reporting.reasons import reason_lines
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.explanations import Part
from avtalsvakt_engine.explaining.names import names_of

WORDS = MappingProxyType(
    {
        r.IN_TIME: ("uppfylld", "uppfyllda", d.GOOD),
        r.LATE: ("för sent", "för sent", d.LATE),
        r.MISSED: ("inte uppfylld", "inte uppfyllda", d.BAD),
        r.ADVICE: ("rekommendation ej följd", "rekommendationer ej följda", d.BAD),
        r.WAIVED: ("undantagen", "undantagna", d.QUIET),
        r.OPEN: ("återstår", "återstår", d.WAIT),
        r.UNJUDGED: ("ej bedömd", "ej bedömda", d.WAIT),
    }
)
"""Each outcome of one, of several, and its tone."""

LANES = 22  # in one picture: more do not fit a page


def report_document(report: Report) -> d.Document:
    """The whole report."""
    single = report.agreements[0] if len(report.agreements) == 1 else None
    name = single.short_title if single else "Samverkansavtal"
    known = f", med det som var känt {day_words(report.known_at)}" if report.known_at else ""
    about = f"Perioden {span_words(report.start, report.end)}, bedömd {day_words(report.as_of)}{known}."
    body = f" Bara {names_of().value(report.body)}." if report.body else ""
    blocks = [one for part in report.agreements for one in _agreement(part, report, alone=single is not None)]
    head = _numbers(report)
    return d.Document(
        f"{name} {time_words(report.start, report.end)}",
        _lead(report),
        f"{single.title}. {about}{body}" if single else f"{about}{body}",
        (*head, *blocks, *_method(report)),
    )


def _lead(report: Report) -> str:
    """The numbers as one sentence."""
    counts = report.counts()
    every = sum(counts.values())
    if not every:
        return "Inget krävdes under perioden."
    told = [f"{number} {WORDS[name][number != 1]}" for name, number in counts.items() if name != r.IN_TIME]
    rest = f" ({', '.join(told)})" if told else ""
    asked = counted(every, "krav eller fråga", "krav och frågor")
    return f"{counts.get(r.IN_TIME, 0)} av {asked} uppfylldes i tid{rest}."


def _numbers(report: Report) -> Iterator[d.Block]:
    counts = report.counts()
    if counts:
        yield d.Heading(counted(sum(counts.values()), "krav eller fråga", "krav och frågor"))
        told = ((number, d.Said(WORDS[name][number != 1], WORDS[name][2])) for name, number in counts.items())
        yield d.Numbers(tuple(told))


def _agreement(part: AgreementReport, report: Report, *, alone: bool) -> Iterator[d.Block]:
    level = 2 if alone else 3
    if not alone:
        yield d.Heading(part.short_title)
        yield d.Paragraph(part.title)
    if part.failure:
        yield d.Paragraph(f"Avtalet kunde inte bedömas: {part.failure}.")
    found = lanes(part, report.start, report.end)
    for place in range(0, len(found), LANES):
        title = "Perioden i en bild" if only_year(report.start, report.end) is None else "Året i en bild"
        yield d.Heading(title if place == 0 else f"{title}, forts.", level)
        yield d.Picture(f"{part.short_title}: {title.lower()}", report.start, report.end, found[place : place + LANES])
    if part.acts:
        yield d.Heading("Vad som krävdes och vad som gjordes", level)
        yield _table("Krav", "Krav", part.acts, report)
    if part.questions:
        yield d.Heading("Svar på frågor", level)
        yield d.Paragraph(_questions(part.questions))
        yield _table("Frågor", "Fråga", part.questions, report)
    if explained := [one for one in part.requirements if one.outcome != r.IN_TIME and not _told_enough(one)]:
        yield d.Heading("Varför, och vad som går att göra nu", level)
        told = ((one.title, f"{one.summary}.", reason_lines(_reasons(one))) for one in explained)
        yield d.Matters(tuple(dict.fromkeys(told)))  # what two texts ask for is told once


def _table(name: str, first: str, found: Iterable[Requirement], report: Report) -> d.Table:
    year = only_year(report.start, report.end)
    rows = tuple((one.title + (f" ({one.source})" if one.source else ""), one.verdict.due, _done(one, year), _came(one))
                 for one in found)  # fmt: skip
    return d.Table(name, (first, "Sista dag", "Svarat" if first == "Fråga" else "Gjort", "Utfall"), rows)


def _done(one: Requirement, year: int | None) -> str:
    if one.question:
        return ", ".join(filter(None, (one.verdict.attest or "", fact_days(one.done[-1:], year))))
    return fact_days(one.done, year) or ("" if one.outcome == r.OPEN else "inget registrerat")


def _came(one: Requirement) -> d.Said:
    """What came of it: `I tid`, `För sent`, `1 av 2`."""
    verdict, tone = one.verdict, WORDS[one.outcome][2]
    if one.question:
        answers = {r.IN_TIME: "Ja", r.LATE: "Ja, för sent", r.OPEN: "Obesvarad", r.MISSED: "Nej", r.ADVICE: "Nej"}
        return d.Said(answers.get(one.outcome, WORDS[one.outcome][0].capitalize()), tone)
    if one.outcome in (r.MISSED, r.ADVICE, r.OPEN) and verdict.required > 1:
        return d.Said(f"{verdict.counted} av {verdict.required}", tone)
    told = {r.IN_TIME: "I tid", r.LATE: "För sent", r.MISSED: "Inte uppfyllt", r.ADVICE: "Inte följt"}
    return d.Said(told.get(one.outcome, WORDS[one.outcome][0].capitalize()), tone)


def _told_enough(one: Requirement) -> bool:
    """Whether the row of the table says all there is to say."""
    return one.question and one.outcome in (r.OPEN, r.LATE)


def _reasons(one: Requirement) -> Iterable[Part]:
    """Why; that a no is not a yes need not be said."""
    return [part for part in one.reasons if not (one.question and part.heading == "Räknas inte")]


def _questions(found: tuple[Requirement, ...]) -> str:
    """`31 frågor ställdes: 27 ja, 3 nej, 1 obesvarad`."""
    functions = dict.fromkeys(one.verdict.attest or "" for one in found)
    yes = sum(one.outcome in (r.IN_TIME, r.LATE) for one in found)
    no = sum(one.outcome in (r.MISSED, r.ADVICE) for one in found)
    left = len(found) - yes - no
    told = [f"{yes} ja", f"{no} nej", *([f"{left} utan svar"] if left else [])]
    asked = counted(len(found), "fråga ställdes", "frågor ställdes")
    return f"{asked} till {', '.join(functions)}: {', '.join(told)}."


def _method(report: Report) -> Iterator[d.Block]:
    yield d.Heading("Så är rapporten gjord")
    doubled = any(part.shared for part in report.agreements)
    twice = " Det som två texter kräver räknas en gång för varje text och är en rad i bilden." if doubled else ""
    yield d.Paragraph(
        "Ett krav hör till den period då dess sista dag inföll; ett krav utan sista dag till den period då något "
        "gjordes. Det som inte var tillämpligt, och rätter som ingen använde, är inte med. Rapporten visar det som var "
        f"registrerat {day_words(report.known_at or report.as_of)}.{twice}"
    )
