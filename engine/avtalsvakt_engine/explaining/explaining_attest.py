"""Why a question stands as it does: whom it is asked of, what was answered, what silence means. Lines of Swedish."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from avtalsvakt_engine.evidence.secrecy import provision, told
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import CLOSED, Verdict
from avtalsvakt_rules.language.instrument import Clause


def demand_line(clause: Clause) -> str:
    """What is asked for."""
    whom = f"var och en av parterna ({clause.attest})" if clause.per == "party" else clause.attest
    return f"{whom} intygar att det är så, med ja eller nej"


def progress(verdict: Verdict) -> str:
    """What was answered, for the sentence that sums the verdict up."""
    if verdict.status == "fulfilled":
        return "intygat i tid"
    if verdict.status == "fulfilled_late":
        return "intygat efteråt"
    return "svaret är nej" if denied(verdict) else "inte intygat"


def denied(verdict: Verdict) -> bool:
    """Whether what stands is a no."""
    return any(one.reason == "denied" for one in verdict.not_counted)


def who_denied(verdict: Verdict, facts: Mapping[str, Fact]) -> str:
    """Who answered no, and when."""
    answers = [facts[one.fact] for one in verdict.not_counted if one.reason == "denied" and one.fact in facts]
    if not answers:
        return verdict.attest or "inte intygat"
    last = max(answers, key=lambda fact: (fact.date, fact.id))
    who = None if provision(last) else last.text("by")
    return f"{who or verdict.attest} svarade {last.date} ({last.id})"


def closed_lines(verdict: Verdict, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Why a question is closed, and what would open it."""
    for one in verdict.not_counted:
        fact = facts.get(one.fact)
        if fact is not None and one.reason == "denied" and (reason := " ".join(told(fact, "closed"))):
            yield f"frågan är avslutad {fact.date}: »{reason}« ({fact.id})"
    yield "den ställs inte igen för samma period; ett senare ja räknas ändå"


def missing_lines(
    verdict: Verdict, clause: Clause, left: int | None, facts: Mapping[str, Fact] = MappingProxyType({})
) -> Iterator[str]:
    """What to do about it, and until when; `left` is the number of days to the last one."""
    whom = f"{verdict.bearer} ({clause.attest})" if clause.per == "party" else clause.attest
    if CLOSED in verdict.flags:
        yield from closed_lines(verdict, facts)
        return
    if denied(verdict):
        yield f"ett nytt svar från {whom}, när det har blivit så: registrera det som ett nytt intyg"
    else:
        yield f"ett svar från {whom}: 'avtalsvakt attest {verdict.agreement}' visar frågorna"
    if left is not None and left >= 0:
        yield f"sista dag att svara i tid: {verdict.due} ({left} {'dag' if left == 1 else 'dagar'} kvar)"
    elif left is not None:
        label = f" och perioden {verdict.period.label}" if verdict.period else ""
        yield f"ett ja räknas ännu, som lämnat för sent; ange klausulen{label} när det registreras"
