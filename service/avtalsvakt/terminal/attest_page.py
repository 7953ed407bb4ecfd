"""What functions are asked to attest in one agreement: numbered on a page, or as a form to fill in and read back.

In come judged duties and the rules, out come rows and lines of text. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from shlex import quote
from textwrap import wrap

from msgspec import Struct

from avtalsvakt.answers.attestations import asked_now
from avtalsvakt_engine.explaining.places import place_words
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.rulebook import Rulebook

WIDTH = 96


class Question(Struct, frozen=True):
    """One question that can be answered now, with the clause it is about."""

    verdict: Verdict
    clause: Clause
    statute: bool

    @property
    def text(self) -> str:
        """What is asked, and of which site."""
        said = self.clause.asked_as or self.named
        return f"{said} ({self.site})" if self.site else said

    @property
    def where(self) -> str:
        """Where the clause stands."""
        return place_words(self.clause.at, statute=self.statute)

    @property
    def function(self) -> str:
        """Who is asked: the function, of the party where each party is asked."""
        whom = self.verdict.attest or ""
        return f"{whom}, {self.verdict.bearer}" if self.clause.per == "party" else whom

    @property
    def named(self) -> str:
        """The clause as an answer names it: with its instrument where that is another than the agreement."""
        one = self.verdict
        return one.obligation if one.instrument == one.agreement else f"{one.instrument}.{one.obligation}"

    @property
    def period(self) -> str:
        """What an answer says that it is about: a period or an event; nothing where the question is asked once."""
        return self.verdict.period.label if self.verdict.period else self.verdict.trigger or ""

    @property
    def site(self) -> str | None:
        """The site, where each site is asked about, as the key spells it."""
        if self.clause.per != "site":
            return None
        _, _, suffix = self.verdict.duty.partition(f".{self.verdict.obligation}.")
        return suffix.removesuffix(self.period).strip(".") or None


def open_questions(verdicts: Iterable[Verdict], rulebook: Rulebook, as_of: date) -> list[Question]:
    """The questions that can be answered, by last day, function and the order of the text."""
    found = [_question(one, rulebook) for one in verdicts if asked_now(one, as_of)]
    order = {key: number for number, key in enumerate(_clauses(rulebook))}
    return sorted(
        found,
        key=lambda one: (
            one.verdict.due or date.max, one.function, order[one.verdict.instrument, one.verdict.obligation],
            one.verdict.duty,
        ),
    )  # fmt: skip


def _question(verdict: Verdict, rulebook: Rulebook) -> Question:
    source = rulebook.instruments[verdict.instrument]
    return Question(verdict, source.clauses[verdict.obligation], source.level == "statute")


def _clauses(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for instrument in rulebook.instruments.values():
        yield from ((instrument.instrument, name) for name in instrument.clauses)


def form(questions: Sequence[Question], agreement: str, as_of: date) -> list[dict[str, object]]:
    """A row for each question, in the columns that `import` reads; the answer is left empty.

    Who is asked is filled in as the one who answers: another's answer is shown and not counted.
    """
    sites = any(one.site for one in questions)
    return [
        {
            "kind": "attestation",
            "agreement": agreement,
            "clause": one.named,
            "fråga": one.text,
            "funktion": one.function,
            "period": one.period,
            **({"site": None} if sites else {}),
            "date": as_of.isoformat(),
            "statement": None,
            "by": _answerer(one),
        }
        for one in questions
    ]


def _answerer(one: Question) -> str | None:
    return one.verdict.bearer if one.clause.per == "party" else one.function


def page(questions: Sequence[Question], agreement: str, as_of: date) -> Iterator[str]:
    """The questions, numbered, by last day and function; then how to answer."""
    if not questions:
        yield f"Inget att intyga i {agreement} per {as_of}."
        return
    number = 0
    for (due, function), group in groupby(questions, lambda one: (one.verdict.due, one.function)):
        yield f"{function} – {_day(due, as_of)}"
        for one in group:
            number += 1
            yield from _numbered(number, one)
        yield ""
    yield f"{len(questions)} {'fråga' if len(questions) == 1 else 'frågor'} att besvara per {as_of}."
    yield from _how(questions[0], agreement)


def _day(due: date | None, as_of: date) -> str:
    if due is None:
        return "utan sista dag"
    left = (due - as_of).days
    if left >= 0:
        return f"senast {due} ({'i dag' if left == 0 else f'{left} dagar kvar' if left > 1 else '1 dag kvar'})"
    return f"skulle ha besvarats {due}; kan ännu besvaras i efterhand"


def _numbered(number: int, one: Question) -> Iterator[str]:
    yield from wrap(one.text, WIDTH, initial_indent=f"{number:>4}. ", subsequent_indent=" " * 6, break_on_hyphens=False)
    where = " · ".join(filter(None, (one.named, one.period, one.where)))
    yield from wrap(where, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6, break_on_hyphens=False)


def _how(first: Question, agreement: str) -> Iterator[str]:
    """How to answer: all at once in a form, or one by one."""
    yield "Svara på alla i ett formulär: ja eller nej under statement, dagen under date."
    yield "Under by står den som tillfrågas; bara dess svar räknas."
    yield f"  avtalsvakt attest {agreement} --format csv > intyg.csv"
    yield "  avtalsvakt import intyg.csv"
    yield "Eller på en i taget:"
    about = f"clause={first.named}" + (f" period={first.period}" if first.period else "")
    by = quote(f"by={_answerer(first)}")
    yield f"  avtalsvakt record attestation --agreement {agreement} --date DATUM {about} {by} statement=ja"
