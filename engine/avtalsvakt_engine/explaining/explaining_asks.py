"""What has to be asked before a duty can be judged: which record, which field, and what to write. Lines of Swedish.

In come the refusals of a verdict that are questions, out comes one line for each, with the command that answers it.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from avtalsvakt_engine.evidence.matching import texts
from avtalsvakt_engine.evidence.moments import says_its_moment
from avtalsvakt_engine.evidence.secrecy import provision, told
from avtalsvakt_engine.explaining.names import Names
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.intake.fact_hours import HOURS
from avtalsvakt_engine.verdicts import Verdict
from avtalsvakt_rules.interpreting.actors import ACTING
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Both, Compare, Length, OneOf, Pattern, Same
from avtalsvakt_rules.vocabulary import OCCASION

UNSAID = (Same, Both, Compare, Length)  # values on which a record that is silent must be asked


class Ask(Struct, frozen=True):
    """One thing to ask: what, in words; the record; the attribute to write (None: nobody can tell), and the value."""

    words: str
    fact: str
    attribute: str | None = None
    value: str | None = None

    @property
    def line(self) -> str:
        """The question with the command that answers it."""
        if self.attribute is None:
            return f"{self.words}: rätta {self.fact} med 'avtalsvakt correct'"
        colon = "" if self.words.endswith("?") else ":"
        return f"{self.words}{colon} avtalsvakt correct {self.fact} {self.attribute}={self.value or '…'}"


def asked_lines(verdict: Verdict, clause: Clause, facts: Mapping[str, Fact], names: Names) -> Iterator[str]:
    """One line for each thing to ask; nothing where nothing has to be asked."""
    return (one.line for one in asked(verdict, clause, facts, names))


def asked(verdict: Verdict, clause: Clause, facts: Mapping[str, Fact], names: Names) -> Iterator[Ask]:
    """Each thing to ask before the duty can be judged."""
    for one in verdict.not_counted:
        fact = facts.get(one.fact)
        if fact is None:
            continue
        if one.reason == "attribute_missing":
            yield _silent(fact, clause, names)
        elif one.reason == "value_unknown":
            yield from _strange(fact, clause, names)
        elif one.reason in ("actor_missing", "actor_unknown"):
            yield Ask(f"vem som handlade{_acting(fact)}", fact.id, _actor_field(fact, names))
        elif one.reason == "occasion_unclear":
            yield Ask(f"vilket tillfälle {fact.id} avser", fact.id, OCCASION)
        elif one.reason == "day_missing":
            yield Ask("vilken dag det skedde", fact.id, "date")
        elif one.reason == "time_missing":
            yield from _timeless(fact, facts.get(verdict.trigger or ""))
    if "asks_value" in verdict.flags:
        yield from (ask for one in verdict.facts if one in facts for ask in _parts(facts[one], clause, names))


def _timeless(fact: Fact, event: Fact | None) -> Iterator[Ask]:
    """The records that do not say at what time: the act's, and that of the event from which hours are counted."""
    asked = (("när på dagen det skedde", fact), ("när på dagen händelsen var", event))
    silent = [(words, one) for words, one in asked if one is not None and not says_its_moment(one)]
    for words, one in silent or [("vilken minut det skedde", fact)]:
        yield Ask(words, one.id, HOURS)


def _silent(fact: Fact, clause: Clause, names: Names) -> Ask:
    patterns = [pattern for pattern in clause.what if pattern.kind == ITSELF]
    wanted = [name for pattern in patterns for name, _ in pattern.values]
    wanted += [name for part in clause.including if patterns for name in part]
    wanted = wanted or [name for one in clause.what for name, value in one.values if isinstance(value, UNSAID)]
    missing = [name for name in dict.fromkeys(wanted) if fact.attributes.get(name) is None]
    if not missing:
        return Ask("det som avgör saken", fact.id)
    return Ask(f"uppgift om {', '.join(map(names.attribute, missing))}", fact.id, missing[0])


def _strange(fact: Fact, clause: Clause, names: Names) -> Iterator[Ask]:
    """The word that is not understood, and the nearest that is."""
    for name, wanted in _wanted(fact, clause):
        for text in texts(fact.attributes.get(name)):
            if text not in wanted:
                yield _meant(fact, name, text, _nearest(text, wanted), names)


def _parts(fact: Fact, clause: Clause, names: Names) -> Iterator[Ask]:
    """The words of a record that counts which nearly name a part that the clause lists."""
    for name in dict.fromkeys(name for part in clause.including for name in part):
        listed = [part[name] for part in clause.including if name in part]
        wanted = [text for one in listed for text in ([one] if isinstance(one, str) else one)]
        for text in texts(fact.attributes.get(name)):
            known = None if text in wanted else _nearest(text, wanted)
            if known is not None:
                yield _meant(fact, name, text, known, names)


def _nearest(text: str, wanted: Sequence[str]) -> str | None:
    """The word that is most like a text, upper and lower case alike; None where none is."""
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(text.casefold(), [one.casefold() for one in wanted], 1, 0.6)
    return next((one for one in wanted if near and one.casefold() == near[0]), None)


def _meant(fact: Fact, name: str, text: str, known: str | None, names: Names) -> Ask:
    if provision(fact):  # neither its word nor the one that is like it
        return Ask(f"ett ord ({names.attribute(name)}) känns inte igen", fact.id, name)
    meant = f", menas »{known}«?" if known else ""
    return Ask(f"»{text}« ({names.attribute(name)}) känns inte igen{meant}", fact.id, name, known)


def _wanted(fact: Fact, clause: Clause) -> Iterator[tuple[str, list[str]]]:
    """The attributes whose words decide, and those words."""
    events = clause.when.events if clause.when else ()
    outer = [*clause.what, *events]
    patterns = [Pattern(fact.kind, one.values) if one.kind == ITSELF else one for one in outer]
    for pattern in patterns:
        for name, value in pattern.values:
            if pattern.kind == fact.kind and isinstance(value, OneOf) and fact.attributes.get(name) is not None:
                yield name, list(value.texts)


def _acting(fact: Fact) -> str:
    said = list(dict.fromkeys(text for name in ACTING for text in told(fact, name)))
    return f" (för vilken part »{', '.join(said)}« handlar framgår inte)" if said else ""


def _actor_field(fact: Fact, names: Names) -> str:
    """The attribute in which such a record says who acted."""
    kind = names.vocabulary.kinds.get(fact.kind)
    return next((name for name in ACTING if kind is None or name in kind.attributes), ACTING[0])
