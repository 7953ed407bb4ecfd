"""What a file says of its own kinds of facts: their attributes, what these hold, and which are occasions.

`facts: {nyckel_lämnad: [by], besked: {by: text, svar: yes_no}, förhandling: {occasion: true, sal: text}}`. An occasion
becomes the four kinds of records that a meeting has. Source: docs/regelspraket.md, Avtalet.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field, structs

from avtalsvakt_rules.language.occasions import Movable, Movables, four_records
from avtalsvakt_rules.problems import Misread

TYPES = ("text", "day", "yes_no", "number", "reference")
"""What an attribute may hold, besides one of listed values."""
OCCASION = "occasion"
SEPARATE = "separate"
"""The attribute of an occasion that is never the same as another, whatever its day."""

Held = str | tuple[str, ...]
"""One of TYPES, or the values that there are."""


class OwnKind(Struct, frozen=True):
    """The attributes of a kind, with what each holds; `occasion`: the word of which it is a record, if it is one."""

    holds: dict[str, Held] = field(default_factory=dict)
    occasion: str = ""

    def of_type(self, *types: str) -> tuple[str, ...]:
        """The attributes that hold one of these types."""
        return tuple(name for name, held in self.holds.items() if held in types)

    @property
    def told(self) -> object:
        """In JSON: the attributes alone where nothing else is said of them, as before anything else could be."""
        plain = not self.occasion and all(held == "text" for held in self.holds.values())
        return list(self.holds) if plain else structs.asdict(self)

    @property
    def listed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The attributes with listed values, and these."""
        yield from ((name, held) for name, held in self.holds.items() if isinstance(held, tuple))


def read_own_kinds(raw: object) -> dict[str, OwnKind]:
    """Read `facts` of a file's head. Raises ValueError with a Swedish explanation."""
    if not isinstance(raw, Mapping):
        raise Misread("facts är faktatyper med sina attribut", "skriv facts: {nyckel_lämnad: [by]}")
    out: dict[str, OwnKind] = {}
    for name, said in raw.items():
        if isinstance(said, OwnKind):
            found = {str(name): said}
        else:
            holds, occasion = _attributes(str(name), said)
            found = _records(str(name), holds) if occasion else {str(name): OwnKind(holds)}
        for kind, own in found.items():
            before = out.get(kind, OwnKind())
            out[kind] = OwnKind({**before.holds, **own.holds}, own.occasion or before.occasion)
    return out


def _attributes(kind: str, said: object) -> tuple[dict[str, Held], bool]:
    """The attributes, and whether the kind is an occasion."""
    remedy = f"skriv {kind}: [by], eller {kind}: {{by: text, svar_senast: day}}"
    if said is None or isinstance(said, list | tuple):
        for place, one in enumerate(said or ()):
            if not isinstance(one, str):
                raise Misread(f"i listan med attribut hos {kind} står något annat än ett namn", remedy, (kind, place))
        return dict.fromkeys(map(str, said or ()), "text"), False
    if not isinstance(said, Mapping):
        raise Misread(f"attributen hos {kind} är en lista, eller namn med vad de rymmer", remedy, (kind,))
    holds = {str(name): _held(kind, str(name), one) for name, one in said.items() if name != OCCASION}
    if OCCASION in said and said[OCCASION] not in (True, "true"):
        remedy = f"skriv {kind}: {{occasion: true}}, eller ta bort occasion"
        raise Misread("occasion kan bara vara true", remedy, (kind, OCCASION))
    return holds, OCCASION in said


def _held(kind: str, name: str, one: object) -> Held:
    if isinstance(one, str) and one in TYPES:
        return one
    if isinstance(one, list) and one and all(isinstance(text, str) and text for text in one):
        return tuple(dict.fromkeys(one))
    remedy = f"skriv {', '.join(TYPES[:-1])} eller {TYPES[-1]}, eller en lista med de värden som finns"
    raise Misread(f"{kind}.{name} säger inte vad det rymmer", remedy, (kind, name))


def _records(name: str, holds: Mapping[str, Held]) -> dict[str, OwnKind]:
    """The records of an occasion: what a file says of it belongs to the plan and to what was held."""
    records = four_records(name, "")
    own: dict[str, Held] = {**holds, SEPARATE: "yes_no"}
    notice: dict[str, Held] = {records.notice_day: "day"}
    called_off: dict[str, Held] = {records.off_day: "day", records.new_day: "day"}
    said = {records.planned: own, records.notice: notice, records.called_off: called_off, records.held: own}
    return {kind: OwnKind(one, name) for kind, one in said.items() if kind}


def movable_in(kinds: Mapping[str, OwnKind]) -> dict[str, Movable]:
    """The occasions among a file's own kinds."""
    names = dict.fromkeys(one.occasion for one in kinds.values() if one.occasion)
    return {name: four_records(name, name.replace("_", " ")) for name in names}


def joined(every: Iterable[Mapping[str, OwnKind]]) -> dict[str, OwnKind]:
    """The kinds of several files as one: what any of them says of an attribute goes before its being a text."""
    out: dict[str, OwnKind] = {}
    for kinds in every:
        for name, one in kinds.items():
            before = out.get(name, OwnKind())
            typed = {key: held for key, held in before.holds.items() if held != "text"}
            out[name] = OwnKind({**before.holds, **one.holds, **typed}, before.occasion or one.occasion)
    return out


def as_written(kind: str, own: OwnKind, more: Iterable[str] = ()) -> str:
    """The kind as a file says it, with further attributes: `nyckel_lämnad: [by, klar_senast]`."""
    holds: dict[str, Held] = {**own.holds, **{name: "text" for name in more if name not in own.holds}}
    if all(held == "text" for held in holds.values()):
        return f"{kind}: [{', '.join(holds)}]"
    return f"{kind}: {{{', '.join(f'{name}: {_type(held)}' for name, held in holds.items())}}}"


def _type(held: Held) -> str:
    return held if isinstance(held, str) else f"[{', '.join(held)}]"


__all__ = ["OCCASION", "TYPES", "Held", "Movables", "OwnKind", "as_written", "joined", "movable_in", "read_own_kinds"]
