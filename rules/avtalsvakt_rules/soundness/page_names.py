"""Checks of the names that a page carries, and of the sentences that retell a clause.

What is written and cannot be right is a fault: too long, a full stop, a question without its mark, a key without
effect, a short name that two agreements share. What a default makes, or a sentence that leans on another, is a remark.
Source: docs/regelspraket.md, Namn.
"""

import re
from collections.abc import Iterator, Sequence

from avtalsvakt_rules.interpreting.actors import NOBODY
from avtalsvakt_rules.language.instrument import Clause, Instrument
from avtalsvakt_rules.parsing.source import Source
from avtalsvakt_rules.problems import Problem
from avtalsvakt_rules.texts.naming import LONGEST_QUESTION, LONGEST_SHORT_TITLE, LONGEST_TITLE
from avtalsvakt_rules.vocabulary import load

Read = tuple[Source, Instrument]
Said = tuple[str, str, str]
VERB = r"(?!under|efter|över|finns)(?:\w+r|\w+s|ska|kan|bör|måste|beror|går|står)"
LEANING = re.compile(rf"(De|Den|Det|Denna|Dessa|Detta)(?= {VERB}\b)|(?:Därefter|Därför|Dessutom|Då|Också|Sådana?)\b")
"""How a sentence begins that cannot be understood alone: »Det följs upp«; »Den lokala gruppen«, »Det finns« can."""
STEM = 4  # letters that a word of the bearer and a word of the title share: styrgrupp, Styrgruppen
JOINTLY = {"parterna": ("parter",), "vardera parten": ("part",), "motparten": ("motpart",)}


def check_names(read: Sequence[Read]) -> list[Problem]:
    """Names that are written and cannot be right, in the order of the files."""
    problems: list[Problem] = []
    for source, instrument in read:
        problems += _short_title(source, instrument)
        for name, clause in instrument.clauses.items():
            problems += _clause(source, name, clause)
    return problems + list(_shared(read))


def naming_remarks(source: Source, instrument: Instrument, name: str) -> Iterator[tuple[str, Problem]]:
    """What is worth a look in a clause's names and sentences, with the word that `accepted` answers it by.

    Nobody is named, or the sentence cannot be read alone.
    """
    clause = instrument.clauses[name]
    yield from _leaning(source, name, clause)
    yield from (("title", problem) for problem in _anonymous(source, name, instrument, clause))


def _short_title(source: Source, instrument: Instrument) -> Iterator[Problem]:
    if instrument.short_title is not None:
        where = source.where(("short_title",))
        for what, why, remedy in _plain(instrument.short_title, LONGEST_SHORT_TITLE):
            yield Problem(f"short_title: {what}", where, why, remedy)


def _clause(source: Source, name: str, clause: Clause) -> Iterator[Problem]:
    for key, found in (("title", _title(clause)), ("question", _question(clause))):
        where = source.where(("clauses", name, key))
        yield from (Problem(f"klausul {name}: {key} {what}", where, why, remedy) for what, why, remedy in found)


def _title(clause: Clause) -> Iterator[Said]:
    if clause.title is None:
        return
    if clause.attest is not None:
        yield "hör inte till attest", "den som tillfrågas får en fråga", "skriv question i stället"
    elif not clause.judged:
        yield "har ingen verkan", "klausulen blir ingen skyldighet", "ta bort title, eller skriv when och what"
    yield from _plain(clause.title, LONGEST_TITLE)
    if clause.act is not None and clause.title == clause.act:
        yield "är detsamma som act", "act är en uppmaning och title säger vem som gör vad", "skriv vem som gör det"


def _question(clause: Clause) -> Iterator[Said]:
    if clause.question is None:
        return
    if clause.attest is None:
        yield "har ingen verkan", "ingen tillfrågas", "ta bort question, eller skriv attest"
    if not clause.question.endswith("?"):
        yield "är ingen fråga", "den slutar inte med frågetecken", "skriv den som en fråga: Träffas gruppen?"
    yield from _plain(clause.question, LONGEST_QUESTION)


def _plain(text: str, longest: int) -> Iterator[Said]:
    """What is wrong with a text that stands alone on a line."""
    if len(text) > longest:
        yield "är för lång", f"den har {len(text)} tecken, högst {longest} ryms", "skriv den kortare"
    if text.endswith("."):
        yield "slutar med punkt", "den står ensam på en rad", "ta bort punkten"
    if not text[:1].isupper() and not text[:1].isdigit():
        yield "börjar inte med stor bokstav", f"den börjar med '{text[:1]}'", "skriv första bokstaven stor"


def _shared(read: Sequence[Read]) -> Iterator[Problem]:
    """Short names that two agreements have: a list could not tell them apart."""
    first: dict[str, str] = {}
    for source, instrument in read:
        text = instrument.called.casefold()
        where = source.where(("short_title",) if instrument.short_title else ("title",))
        if text in first:
            why = f"{first[text]} heter också '{instrument.called}' i listor"
            yield Problem("short_title: namnet är upptaget", where, why, "skriv en short_title som skiljer dem åt")
        first.setdefault(text, instrument.instrument)


def _leaning(source: Source, name: str, clause: Clause) -> Iterator[tuple[str, Problem]]:
    if clause.sv is not None and (found := LEANING.match(clause.sv)):
        why = f"»{found[0]}« syftar på något som inte står där den läses ensam"
        where = source.where(("clauses", name, "sv"))
        what = f"klausul {name}: sv börjar med »{found[0]}«"
        yield found[0], Problem(what, where, why, "skriv vad eller vem det är")


def _anonymous(source: Source, name: str, instrument: Instrument, clause: Clause) -> Iterator[Problem]:
    """A written title that does not name who does it; where the text names nobody none can."""
    title = clause.title
    if (
        title is None
        or clause.duty_norm is None
        or clause.who in (None, NOBODY)
        or names_who(title, instrument, clause)
    ):
        return
    why = f"vem det är ({clause.who}) framgår inte av »{title}«"
    where = source.where(("clauses", name, "title"))
    yield Problem(f"klausul {name}: rubriken nämner inte vem", where, why, "skriv title: vem som gör vad")


def names_who(title: str, instrument: Instrument, clause: Clause) -> bool:
    """Whether a title has a word that begins as a word of the clause's bearer does."""
    who = clause.who or ""
    label = {**load().bodies, **instrument.bodies}.get(who, who)
    stems = JOINTLY.get(who) or tuple(word[:STEM].lower() for word in re.findall(r"\w{3,}", label))
    return any(word.lower().startswith(stems) for word in re.findall(r"\w+", title))
