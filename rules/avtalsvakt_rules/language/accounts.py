"""What accounts for a statement that is no duty and no question of its own.

Source: docs/regelspraket.md, Redovisningen.

It is part of another clause's duty (`part_of`, with the element of it where it is not the whole), asked in another
clause (`asked_in`), or given by a key of the file's head (`given_by`).
"""

from collections.abc import Iterator

from msgspec import Struct

from avtalsvakt_rules.problems import Misread

HEAD_KEYS = ("term", "extended", "under", "replaces", "continues")
"""The keys of a file's head that decide something by themselves: which days an agreement has, and under which one."""


class Part(Struct, frozen=True):
    """A clause that judges the statement; `elements` name what of it does, none where all of it does."""

    clause: str
    elements: tuple[str, ...] = ()


def read_parts(raw: object) -> object:
    """`part_of` as written: a clause, `{clause: element}`, `{clause: [element, …]}`, or a list of these."""
    listed = raw if isinstance(raw, list) else [raw]
    return tuple(part for entry in listed for part in _parts(entry))


def _parts(entry: object) -> Iterator[Part]:
    if isinstance(entry, str):
        yield Part(entry)
    elif isinstance(entry, Part):
        yield entry
    elif isinstance(entry, dict) and entry:
        for clause, named in entry.items():
            listed = named if isinstance(named, list) else [named]
            if not listed or not all(isinstance(one, (str, int)) for one in listed):
                raise Misread(
                    f"under {clause} väntas vilken del av den det är", f"skriv till exempel {{{clause}: bearer}}"
                )
            yield Part(str(clause), tuple(map(str, listed)))
    else:
        raise Misread("part_of pekar på klausuler", "skriv [klausul], {klausul: del} eller en lista av sådana")
