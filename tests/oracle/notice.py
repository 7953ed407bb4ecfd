"""What a right to end an agreement does to its terms, once somebody has used it rightly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tests.oracle import decisions
from tests.oracle.life import Life, Term
from tests.oracle.register import Act


@dataclass(frozen=True)
class Notice:
    """An act that used the right, on the day it counts from, and the last day it leaves; None if that is not known."""

    day: date
    last: date | None


def after_notices(life: Life, notices: Sequence[Notice], agreed_on: Callable[[str], date]) -> Life:
    """The terms with every notice carried out; `agreed_on` is the day of an extension, by its fact."""
    for notice in sorted(notices, key=lambda one: one.day):
        own = life.terms[-1].last
        end = "unknown" if notice.last is None else "before" if notice.last < own else "not_before"
        longer = any(agreed_on(term.fact) > notice.day for term in life.terms if term.fact)
        if notice.last and decisions.ending(end, "afterwards" if longer else "no") == "ends":
            life = Life(_cut(life.terms, notice.last), "terminated")
    return life


def _cut(terms: tuple[Term, ...], last: date) -> tuple[Term, ...]:
    begun = [term for term in terms if term.first <= last] or [terms[0]]
    return (*begun[:-1], replace(begun[-1], last=min(begun[-1].last, max(last, begun[-1].first))))


def days_named_by(act: Act) -> dict[str, date]:
    """Days that the act's own record names, as marks to count from."""
    return {
        f"event.{name}": date.fromisoformat(text)
        for name, text in act.fact.attributes.items()
        if isinstance(text, str) and len(text) == 10 and text[4] == "-" == text[7]
    }
