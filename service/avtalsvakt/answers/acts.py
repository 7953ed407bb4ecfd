"""What somebody has to record: a kind of fact with its attributes as far as they are known.

An act is a value: a page makes a form of it, the terminal a command line (`command`). What nobody but a person can
know is listed as `missing`; what an earlier step of the same chain will give is a `FromStep`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from shlex import quote
from typing import Literal

from msgspec import Struct, field

BLANK = "…"
"""What stands in a command line where a person has to write something."""


class FromStep(Struct, frozen=True):
    """The id that another act of the same list gets when it is recorded; `number` counts from one."""

    number: int


Filled = str | tuple[str, ...] | FromStep
Verb = Literal["record", "correct"]


class Act(Struct, frozen=True):
    """One act that is missing, for the duty with that key; `title` says in words what is done.

    `record`: a new fact of `kind` in `agreement` on `day`, the proposed one (None: nobody can propose one; where it
    lies ahead the act is recorded when it has been done). `correct`: `attributes` of the fact `target` are to be
    written anew. `missing` are attributes that a person has to fill in. `times` says how often it is to be done.
    """

    duty: str
    title: str
    agreement: str
    kind: str
    day: date | None = None
    attributes: Mapping[str, Filled] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    verb: Verb = "record"
    target: str | None = None
    times: int = 1

    @property
    def command(self) -> str:
        """The command line that records it, with … for what has to be filled in."""
        said = [f"{name}={shown(value)}" for name, value in self.attributes.items()]
        said += [f"{name}={BLANK}" for name in self.missing]
        if self.verb == "correct":
            return " ".join(("avtalsvakt correct", self.target or BLANK, *said))
        where = ("--agreement", self.agreement, "--date", self.day.isoformat() if self.day else BLANK)
        return " ".join(("avtalsvakt record", self.kind, *where, *said))

    @property
    def bodies(self) -> frozenset[str]:
        """The bodies that it needs: whose decision or handling it is."""
        named = (self.attributes.get(name) for name in ("body", "to_body"))
        return frozenset(one for one in named if isinstance(one, str))


class HowTo(Struct, frozen=True):
    """How a duty is met: the acts in order. Of a chain all open steps are there; `duties` are those that they meet.

    `first` is the key of the first of them: the steps of one chain share their list, which is told once, there.
    """

    duty: str
    acts: tuple[Act, ...]

    @property
    def duties(self) -> tuple[str, ...]:
        """The keys of the duties that the acts meet, in order."""
        return tuple(dict.fromkeys(one.duty for one in self.acts))

    @property
    def first(self) -> str:
        """The key of the duty that the first act meets."""
        return self.acts[0].duty if self.acts else self.duty


def shown(value: Filled) -> str:
    """A value as it is written on a command line."""
    if isinstance(value, FromStep):
        return BLANK
    text = "|".join(value) if isinstance(value, tuple) else value
    return quote(text) if any(sign in text for sign in " |'\"()&;<>$`*?#!\\") else text


def followed(acts: Sequence[Act]) -> Mapping[int, tuple[tuple[str, int], ...]]:
    """By the number of an act the attributes that hold the id from another one: (attribute, number)."""
    found = {
        number: tuple((name, one.number) for name, one in act.attributes.items() if isinstance(one, FromStep))
        for number, act in enumerate(acts, start=1)
    }
    return {number: links for number, links in found.items() if links}
