"""What the rules do with a kind of fact: take it as evidence, let it give rise to duties, or hold it as a condition."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.occasions import Movables
from avtalsvakt_rules.language.patterns import ITSELF, Pattern
from avtalsvakt_rules.rulebook import Rulebook

ByText = dict[str, list[str]]


@dataclass
class Uses:
    """The clauses that use one kind, by text; `bearers` owe what it is evidence of, `attested` ask a function."""

    shows: ByText = field(default_factory=lambda: defaultdict(list))
    causes: ByText = field(default_factory=lambda: defaultdict(list))
    conditions: ByText = field(default_factory=lambda: defaultdict(list))
    bearers: dict[str, None] = field(default_factory=dict)
    attested: int = 0

    @property
    def any(self) -> bool:
        """Whether any clause uses it."""
        return bool(self.shows or self.causes or self.conditions or self.attested)


def uses(rulebook: Rulebook) -> Mapping[str, Uses]:
    """What every clause of every text uses, by kind; as the texts are written, whatever readings are chosen."""
    out: dict[str, Uses] = defaultdict(Uses)
    for text, instrument in rulebook.instruments.items():
        for name, clause in instrument.clauses.items():
            _add(out, text, name, clause, instrument.movable)
    return out


def _add(out: dict[str, Uses], text: str, name: str, clause: Clause, movable: Movables) -> None:
    for kind in _kinds(clause.what, movable):
        if clause.attest is not None:
            out[kind].attested += 1
            continue
        out[kind].shows[text].append(name)
        if clause.who:
            out[kind].bearers[clause.who] = None
    for kind in _kinds(_occasions(clause), movable):
        out[kind].causes[text].append(name)
    for kind in _kinds((one.pattern for one in (*clause.given, *clause.unless) if one.pattern), movable):
        out[kind].conditions[text].append(name)


def _occasions(clause: Clause) -> Iterator[Pattern]:
    when = clause.when
    if when is not None:
        yield from when.events
        yield from (limit for limit in (when.from_, when.until, when.next_) if isinstance(limit, Pattern))


def _kinds(patterns: Iterable[Pattern], movable: Movables) -> list[str]:
    """The kinds that patterns name, each once; an appointment is any record that tells of one."""
    found: dict[str, None] = {}
    for pattern in patterns:
        for part in pattern.parts():
            kinds = movable[part.kind].kinds if part.kind in movable else (part.kind,)
            found |= dict.fromkeys(kind for kind in kinds if kind != ITSELF)
    return list(found)
