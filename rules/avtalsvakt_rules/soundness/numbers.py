"""Numbers that cannot be met: more than may be, more than one record or one day can show, or nothing at all.

In comes one clause, out come key, what, why and remedy.
"""

from collections.abc import Iterator

from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF
from avtalsvakt_rules.soundness.window_bounds import LENGTHS

Said = tuple[str, str, str, str]
BINDING = ("shall", "should")
ONE_A_DAY = "meeting_held"
"""Of this kind, one body has one a day, unless a record says that it was a separate one."""


def check_numbers(clause: Clause) -> Iterator[Said]:
    """What is wrong with how many a clause asks for."""
    most = clause.at_most
    if most is not None and clause.written("at_least") and most < clause.at_least:
        why = f"minst {clause.at_least} och högst {most} går inte ihop"
        yield "at_most", "fler krävs än som får vara", why, "rätta at_least eller at_most"
    if clause.at_least == 0 and most is None and clause.duty_norm in BINDING:
        yield "at_least", "inget krävs", "minst 0 är alltid uppfyllt", "skriv minst 1, eller note"
    if clause.duty_norm is None or clause.at_least < 2:
        return
    if clause.what[0].kind == ITSELF:
        why = f"händelsen har en enda registrering, och {clause.at_least} krävs"
        yield "at_least", "så många kan det inte bli", why, "ta bort at_least, eller skriv delarna under including"
    elif (days := _days(clause)) is not None and clause.at_least > days:
        why = f"samma organ har ett möte om dagen, och tiden är högst {days} {'dag' if days == 1 else 'dagar'}"
        yield "at_least", "så många kan det inte bli", why, "rätta talet eller perioden"


def _days(clause: Clause) -> int | None:
    """How many days a body has for its meetings; None where that is not what is counted, or not known."""
    when = clause.when
    bodies = [dict(one.values) for one in clause.what if one.kind == ONE_A_DAY]
    if when is None or len(bodies) != len(clause.what) or not all("body" in one for one in bodies):
        return None
    if when.exact:
        return 1
    return LENGTHS[when.period][1] if when.form == "period" and when.period in LENGTHS else None
