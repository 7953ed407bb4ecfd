"""A stored run, worked out again from what it had: the facts it had seen, the rules it used, its day.

In come a register and a run, out comes what differs between what was stored and what follows, the first difference
first. Nothing is written. The rules are those kept with the run; today's are used only if they are the same ones.
"""

from collections.abc import Iterator, Mapping
from sqlite3 import Connection

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt_engine.assessing.assessment import assess
from avtalsvakt_engine.inference.deciding import Decider
from avtalsvakt_engine.rulesets import SEMANTICS, digest, semantics_of
from avtalsvakt_engine.storage.conclusions.store import Run, Store
from avtalsvakt_engine.storage.conclusions.verdict_text import state_to_text
from avtalsvakt_engine.storage.facts.clock_turns import overtaken, turns
from avtalsvakt_engine.storage.facts.erasing import erased_after
from avtalsvakt_engine.storage.facts.rows import SELECT, from_rows
from avtalsvakt_engine.storage.runs.kept_rules import kept_rulebook
from avtalsvakt_engine.verdicts import Assessment, Verdict
from avtalsvakt_rules.rulebook import Rulebook

_COMPARED = [name for name in Verdict.__struct_fields__ if name not in ("since", "until")]


class Difference(Struct, frozen=True):
    """One thing that a run stored and that does not follow: which duty or agreement, which field, both values."""

    subject: str
    name: str
    stored: str
    recomputed: str


class Replay(Struct, frozen=True):
    """A run worked out again. `impossible`: why it could not be; `unlike`: today's program reasons otherwise.

    `semantics` is the number of the contract that it was judged by; where that is not today's it is not worked out
    again, and its seal is what proves it. So it is where texts that it had seen were erased later (`erased`: how many)
    and something else follows without them.
    """

    run: Run
    duties: int = 0
    differences: tuple[Difference, ...] = ()
    not_evaluated: int = 0
    impossible: str | None = None
    unlike: bool = False
    erased: int = 0

    @property
    def semantics(self) -> int:
        """The number of the contract that the run was judged by."""
        return semantics_of(self.run.rulesets)

    @property
    def by_seal_only(self) -> bool:
        """Whether it was judged by another contract than today's."""
        return self.semantics != SEMANTICS


def replay(connection: Connection, run: Run, decider: Decider, current: Rulebook | None = None) -> Replay:
    """Work out a run again and compare; pure but for reading. A duty that was not evaluated then is not compared."""
    if semantics_of(run.rulesets) != SEMANTICS:
        return Replay(run)
    rulebook = kept_rulebook(connection, run.rulebook)
    if rulebook is None and current is not None and current.digest == run.rulebook:
        rulebook = current
    if rulebook is None:
        return Replay(run, impossible="de regler som körningen använde är inte sparade, eller kan inte läsas längre")
    try:
        rows = from_rows(connection.execute(f"{SELECT} WHERE arrival <= ? ORDER BY arrival", (run.head,)))
        facts = list(overtaken(rows, turns(connection, until=run.head)))  # as the clock was understood then
    except (ValueError, KeyError, TypeError, AttributeError):
        return Replay(run, impossible="en registrering som den såg kan inte läsas längre")
    found, store = assess(rulebook, facts, run.as_of, run.known_at, decider), Store(connection)
    # An agreement whose rules the run did not have was left as it was.
    try:
        latest = store.as_of_run(run.id)
        if run.again(store.before(run)):
            found = _of_known(found, latest, store.as_of_run(run.id - 1))
    except (ValueError, TypeError, KeyError):
        return Replay(run, impossible="något som den kom fram till kan inte läsas längre")
    stored = {duty: one for duty, one in latest.items() if one.agreement in rulebook.instruments}
    unjudged = [duty for duty, one in stored.items() if one.status == "not_evaluated"]
    compared = {duty: one for duty, one in stored.items() if duty not in unjudged}
    differences = [*_verdicts(compared, found, unjudged)]
    if _is_last(connection, run):
        differences += _states(connection, found)
    if differences and (erased := erased_after(connection, run.head, run.started)):
        return Replay(run, len(stored), erased=erased)
    return Replay(run, len(stored), tuple(differences), len(unjudged), unlike=run.rulesets != digest())


def _of_known(found: Assessment, *stored: Mapping[str, Verdict]) -> Assessment:
    """Only what a run that was made again judged: agreements that had been judged, and were not withdrawn since."""
    known = {one.agreement for verdicts in stored for one in verdicts.values()}
    return replace(found, duties=tuple(one for one in found.duties if one.agreement in known))


def _is_last(connection: Connection, run: Run) -> bool:
    row = connection.execute("SELECT max(id) FROM runs").fetchone()
    return bool(row[0] == run.id)


def _verdicts(stored: Mapping[str, Verdict], found: Assessment, passed_over: list[str]) -> Iterator[Difference]:
    """What differs between verdicts, by duty; where an agreement was not judged at all nothing is compared."""
    recomputed = {one.duty: one for one in found.duties if one.duty not in passed_over}
    whole = tuple(f"{duty.split('.')[0]}." for duty in passed_over if duty.endswith(".samtliga"))
    for duty in sorted(stored.keys() | recomputed.keys()):
        was, is_ = stored.get(duty), recomputed.get(duty)
        if whole and duty.startswith(whole):
            continue
        if was is None or is_ is None:
            yield Difference(duty, "skyldigheten", "finns" if was else "saknas", "finns" if is_ else "saknas")
        elif differs := _field(was, is_):
            yield differs


def _field(was: Verdict, is_: Verdict) -> Difference | None:
    """The first field in which two verdicts differ; since and until may, without the verdict being another."""
    for name in _COMPARED:
        one, other = getattr(was, name), getattr(is_, name)
        if one != other:
            return Difference(was.duty, name, str(one), str(other))
    return None


def _states(connection: Connection, found: Assessment) -> Iterator[Difference]:
    """What differs between the agreements' own states, which are kept for the last run only."""
    stored = dict(connection.execute("SELECT agreement, content FROM instruments").fetchall())
    for state in found.instruments:
        was, is_ = stored.get(state.agreement), state_to_text(state)
        if was != is_:
            yield Difference(state.agreement, "avtalets tillstånd", str(was), is_)
