"""`avtalsvakt import` of a calendar: meetings are shown, and recorded only when somebody says that they are right."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from avtalsvakt.recording.import_history import add
from avtalsvakt.recording.meeting_identity import HELD
from avtalsvakt.recording.meeting_proposals import CALLED_OFF, MOVED, NEW, Found, Proposed, find
from avtalsvakt.settings import Settings
from avtalsvakt.terminal.failures import ALL_JUDGED, BAD_INPUT, tell, warn
from avtalsvakt.words.summary import counted
from avtalsvakt_calendars.importing.calendar_file import Reading
from avtalsvakt_engine.explaining.fact_words import fact_words
from avtalsvakt_engine.explaining.names import names_of
from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_engine.importing.fact_files import shown
from avtalsvakt_rules.problems import Problem, Rejected

_DOES = {NEW: "föreslås", MOVED: "flyttas", CALLED_OFF: "ställs in"}
_TITLES = 20


def import_meetings(
    settings: Settings, files: Sequence[Path], agreement: str | None, *, confirm: bool = False,
    only: Sequence[str] = (), partial: bool = False, dry_run: bool = False,
) -> int:  # fmt: skip
    """Show what the calendars hold and record what is confirmed; the exit code. Raises Rejected.

    `only`: ids of the proposals that are confirmed. With `dry_run` nobody is asked and nothing is written. A file that
    is not whole is refused unless `partial`; an event that cannot be read costs itself.
    """
    with settings.register(read_only=dry_run) as register:
        found = find(settings, register, files, agreement)
        for file, read in found.readings.items():
            warn(read.notes)
            for line in _account(file, read, titles=dry_run):
                click.echo(line)
        damage = [one for read in found.readings.values() for one in read.damage]
        unread = shown([one for read in found.readings.values() for one in read.unread], "fel")
        if damage and not partial:
            raise Rejected([*damage, *unread])
        for one in found.proposals:
            click.echo(f"{one.doubt or _DOES[one.does]}: {_words(one)} – {one.said}")
        tell([*damage, *unread], heading="Inte inläst")
        fresh = [one for one in found.proposals if one.doubt is None]
        chosen = [] if dry_run else _chosen(fresh, only) if only else _confirmed(fresh, confirm=confirm)
        added = add(settings, register, [one.fact for one in chosen], files).added if chosen else ()
    _sum_up(found, fresh, len(added), dry_run=dry_run)
    return BAD_INPUT if unread or damage else ALL_JUDGED


def _account(file: Path, read: Reading, *, titles: bool) -> Iterator[str]:
    """What the calendar holds, and what of it was read."""
    left = sum(read.unnamed.values())
    parts = [f"{read.concerned} nämner ett organ och lästes", f"{left} gör det inte"]
    if read.answers:
        parts.append(f"{read.answers} är svar på inbjudningar")
    if read.others:
        parts.append(", ".join(f"{count} {kind}" for kind, count in read.others.items()) + " lästes inte")
    yield f"{file}: {counted(read.events, 'händelse', 'händelser')}; {', '.join(parts)}."
    if titles and left:
        shown = [f"{name} ({count})" if count > 1 else name for name, count in list(read.unnamed.items())[:_TITLES]]
        more = len(read.unnamed) - len(shown)
        yield f"  passar inte: {', '.join(shown)}{f' och {more} rubriker till' if more > 0 else ''}"


def _words(one: Proposed) -> str:
    """The fact in words; of a move, from when to when."""
    names = names_of()
    if one.does == MOVED and one.about is not None:
        new = one.fact.attributes.get("set")
        now = " ".join(str(part) for part in new.values() if part) if isinstance(new, dict) else ""
        body = names.value(str(one.about.attributes.get("body", "")))
        return f"{one.about.agreement}: {_when(one.about)} → {now}, {body} ({one.fact.id})"
    return f"{one.fact.agreement}: {fact_words(one.fact, names)}"


def _when(fact: Fact) -> str:
    stated: Value | None = fact.attributes.get("time")
    return f"{fact.date} {stated}" if stated else f"{fact.date}"


def _chosen(fresh: Sequence[Proposed], only: Sequence[str]) -> list[Proposed]:
    """The proposals that were asked for by id. Raises Rejected for an id that is none."""
    there = {one.fact.id: one for one in fresh}
    problems = [
        Problem(f"förslaget '{id_}' finns inte", "--only", "kalendern ger inget förslag med den beteckningen",
                "kör utan --only, så visas förslagen och deras beteckningar")
        for id_ in only if id_ not in there
    ]  # fmt: skip
    if problems:
        raise Rejected(problems)
    return [there[id_] for id_ in dict.fromkeys(only)]


def _confirmed(fresh: Sequence[Proposed], *, confirm: bool) -> Sequence[Proposed]:
    """All proposals, or those that a person says are right, asked one by one; none where nobody can answer."""
    if confirm:
        return fresh
    if not sys.stdin.isatty():
        return []
    return [one for one in fresh if click.confirm(f"Registrera ({_DOES[one.does]}) {_words(one)}?")]


def _sum_up(found: Found, fresh: Sequence[Proposed], added: int, *, dry_run: bool) -> None:
    past = sum(one.fact.kind == HELD for one in fresh)
    changes = sum(one.does != NEW for one in fresh)
    said = [f"{past} som har hållits"] if past else []
    said += [f"{changes} som ändrar ett planerat möte"] if changes else []
    kinds = f" (varav {' och '.join(said)})" if said else ""
    click.echo(f"{len(found.proposals)} möten i kalendern, {len(fresh)} föreslagna, {added} registrerade{kinds}.")
    if found.missing:
        what = counted(found.missing, "planerat möte", "planerade möten")
        click.echo(f"{what} ur tidigare kalendrar finns inte i den här; är de inställda registreras det för sig.")
    if dry_run:
        click.echo("Provläsning: inget har skrivits.")
    elif fresh and not added:
        one = fresh[0].fact.id
        click.echo(f"Inget har registrerats. Alla stämmer: kör igen med --confirm. Bara några: --only {one} …")
