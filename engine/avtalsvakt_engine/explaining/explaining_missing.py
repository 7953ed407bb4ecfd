"""What can still be done about a duty that is not met, and by when; or that nothing can, and why. Lines of Swedish.

In come a verdict, its clause and the facts that are seen, out come the lines under one of two headings: of what is
missing, or of a miss that stands. What cannot be done any more is never told as missing.
Source: semantics.md, Counting.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from avtalsvakt_engine.evidence.secrecy import told
from avtalsvakt_engine.explaining import labels
from avtalsvakt_engine.explaining.act_words import listed
from avtalsvakt_engine.explaining.clause_words import more_words, part_words
from avtalsvakt_engine.explaining.explaining_asks import asked_lines
from avtalsvakt_engine.explaining.explaining_attest import missing_lines
from avtalsvakt_engine.explaining.explaining_parts import Wanted, ended, lacking
from avtalsvakt_engine.explaining.explaining_summary import OPEN, days
from avtalsvakt_engine.explaining.seen import Seen
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.verdicts import CLOSED, Verdict
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import held_as, preceding
from avtalsvakt_rules.language.patterns import ITSELF

MISSING, POSSIBLE, STANDS, TOO_LATE = "Saknas", "Möjligt", "Består", "För sent"
ROLE = "role_assigned"


def remaining(seen: Seen, clause: Clause, verdicts: Sequence[Verdict]) -> tuple[str, tuple[str, ...]]:
    """The heading, and the lines under it; no lines where there is nothing to say. `verdicts` are the agreement's."""
    if clause.attest:
        heading = STANDS if CLOSED in seen.verdict.flags else MISSING
        return heading, tuple(missing_lines(seen.verdict, clause, seen.verdict.days_left(seen.as_of), seen.facts))
    asked = tuple(dict.fromkeys(asked_lines(seen.verdict, clause, seen.facts, seen.names)))
    if asked:
        return MISSING, (*asked, *(() if clause.what[0].kind == ITSELF else _last_day_to_answer(seen)))
    if too_late(seen, clause):
        return STANDS if seen.verdict.status == "overdue" else TOO_LATE, tuple(_stands(seen, clause))
    heading = POSSIBLE if seen.verdict.modality == "power" else MISSING  # a right may be left unused
    return heading, (*_first(seen, clause, verdicts), *_missing(seen, clause))


def too_late(seen: Seen, clause: Clause) -> bool:
    """Whether nothing that is done now can meet the duty."""
    verdict, left = seen.verdict, seen.verdict.days_left(seen.as_of)
    done = verdict.modality == "prohibition" and labels.broken(verdict)
    over = left is not None and left < 0 and not verdict.curable
    return done or over or _held(seen, clause) or (clause.what[0].kind == ITSELF and labels.broken(verdict))


def _held(seen: Seen, clause: Clause) -> bool:
    """Whether the occasion that it is a preparation for has already been."""
    event = seen.trigger
    movable = seen.names.vocabulary.movable
    held = event is not None and held_as(event.kind, movable) is not None and event.date <= seen.as_of
    return held and all(one.kind in preceding(movable) for one in clause.what)


def _stands(seen: Seen, clause: Clause) -> Iterator[str]:
    """What is not so, and why it cannot be mended."""
    event = seen.trigger
    if clause.including and clause.what[0].kind == ITSELF:
        missing = [part_words(part, seen.names) for part in lacking(seen.verdict, clause, seen.facts)]
        if missing and event is not None:
            yield f"{listed(missing)} saknas i {_record(seen, event)}"
    yield _why_not(seen, clause)
    if _held(seen, clause):
        yield "gjordes det i tid men har inte registrerats: registrera det med den dag då det gjordes"
    if clause.what[0].kind == ITSELF and event is not None:
        yield f"är det registreringen som är fel eller ofullständig: avtalsvakt correct {event.id} …"


def _why_not(seen: Seen, clause: Clause) -> str:
    kinds = [seen.names.vocabulary.kinds.get(one.kind) for one in clause.what]
    if seen.verdict.modality == "prohibition":
        return "det går inte att göra ogjort"
    if clause.what[0].kind == ITSELF:
        kind = seen.names.vocabulary.kinds.get(seen.trigger.kind) if seen.trigger else None
        past = "det går inte att ändra i efterhand hur det gick till"
        return past if kind and kind.occasion else "det gäller just den gången; nästa gång prövas för sig"
    if _held(seen, clause):
        return f"det går inte att göra längre: det skulle komma före {seen.verdict.trigger}, som redan har varit"
    if clause.when and clause.when.exact:
        return f"det går inte att göra i efterhand: det skulle ske just {seen.verdict.due}"
    if all(kind and kind.occasion for kind in kinds):
        one = seen.names.kind_words(clause.what[0].kind).noun.one
        return f"det går inte att göra i efterhand: {one} som uteblev kan inte tas igen senare"
    if event := seen.verdict.trigger:
        return f"det går inte att göra i efterhand: det skulle komma före något som redan har skett ({event})"
    return f"det går inte att göra i efterhand: tiden för det tog slut {seen.verdict.due}"


def _first(seen: Seen, clause: Clause, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The step before it in its chain, where that is not done either."""
    step = clause.when.follows if clause.when else None
    suffix = seen.verdict.duty.partition(f".{seen.verdict.obligation}.")[2]
    for one in verdicts:
        same = one.obligation == step and one.instrument == seen.verdict.instrument
        if step and same and one.status in OPEN and one.duty.partition(f".{step}.")[2] == suffix:
            yield f"först {seen.names.clause(step)} ({labels.status(one.status)})"


def _missing(seen: Seen, clause: Clause) -> Iterator[str]:
    """What is still to be done, and until when."""
    verdict = seen.verdict
    if clause.including:
        yield from (_part(seen, clause, part) for part in lacking(verdict, clause, seen.facts))
    elif (left := verdict.required - verdict.counted) > 0 and verdict.modality != "prohibition":
        words = more_words(clause, seen.names, left, verdict.counted)
        yield f"att {words}" + _since(ended(clause, seen.facts.values(), seen.as_of))
    yield from _last_day(seen)


def _part(seen: Seen, clause: Clause, part: Wanted) -> str:
    """The part with what it is missing in, or since when nobody shows it."""
    words = part_words(part, seen.names)
    event = seen.trigger
    if clause.what[0].kind == ITSELF and event is not None:
        return f"{words}, i {_record(seen, event)}"
    since = _since(ended(clause, seen.facts.values(), seen.as_of, part))
    return words + (since or ": inget som är registrerat visar det")


def _record(seen: Seen, event: Fact) -> str:
    said = list(dict.fromkeys(text for name in ("document", "version") for text in told(event, name)))
    words = " ".join(map(seen.names.value, said)) or seen.names.kind(event.kind)
    return f"{words} från {event.date} ({event.id})"


def _since(last: Fact | None) -> str:
    if last is None:
        return ""
    day = date.fromisoformat(last.text("to") or "") + timedelta(1)
    what = "uppdraget" if last.kind == ROLE else "resursen"
    return f": saknas sedan {day}; {what} i {last.id} slutade dagen före"


def _last_day(seen: Seen) -> Iterator[str]:
    verdict = seen.verdict
    if verdict.due is None or not verdict.required:  # forbidden, or only not too often: nothing has to be done
        return
    left = verdict.days_left(seen.as_of) or 0
    if left >= 0:
        what = "använda rätten" if verdict.modality == "power" else "göra det"
        yield f"sista dag att {what}: {verdict.due} ({days(left)} kvar)"
    elif verdict.status == "overdue" and not labels.broken(verdict):
        named = verdict.period is not None and ("SENT", "documents") in verdict.readings
        how = f"; registreringen ska då ange perioden {verdict.period.label}" if named and verdict.period else ""
        yield f"det kan ännu göras i efterhand, som uppfyllt för sent{how}"


def _last_day_to_answer(seen: Seen) -> Iterator[str]:
    """Until when it had to be done, where what is recorded may show that it was."""
    left = seen.verdict.days_left(seen.as_of)
    if left is not None and left < 0:
        yield f"sista dagen var {seen.verdict.due}; svaret avgör om kravet var uppfyllt då"
    elif left is not None:
        yield f"annars återstår att göra det, senast {seen.verdict.due} ({days(left)} kvar)"
