"""A list of duties on the screen or for other programs: its parts, how many they are, what it was concluded from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from avtalsvakt.answers.attestations import asked_now
from avtalsvakt.answers.in_force import ended
from avtalsvakt.answers.upcoming import COMING
from avtalsvakt.settings import Settings
from avtalsvakt.terminal import duty_lists, screen, undated_duties
from avtalsvakt.terminal.how_to_lines import folded
from avtalsvakt.terminal.paper import Paper
from avtalsvakt.words.clause_titles import clause_titles
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.verdicts import Verdict

if TYPE_CHECKING:
    from avtalsvakt.answers.acts import HowTo
    from avtalsvakt.answers.agenda import BookedMeeting
    from avtalsvakt.answers.stored_answers import Stored


class Shown(Struct, frozen=True):
    """What a list shows: verdicts in their order, the day that days are counted from, and what stands beside them."""

    found: "Stored"
    verdicts: Sequence[Verdict]
    today: date
    how: "Mapping[str, HowTo]"
    prepare: Sequence[tuple[date, Verdict]] = ()
    meetings: "Sequence[BookedMeeting]" = ()


def write(settings: Settings, shown: Shown, form: str) -> None:
    """Write the list for other programs."""
    from avtalsvakt.formats import as_csv, as_json
    from avtalsvakt.terminal import list_objects
    from avtalsvakt.words.page_names import names_at

    if form == "csv":
        acts = {duty: [act.command for act in how.acts] for duty, how in shown.how.items()}
        screen.write(as_csv.written(shown.verdicts, shown.today, acts))
        return
    run, over = shown.found.run, ended(shown.found.states)
    begins, names = {one.duty: day for day, one in shown.prepare}, names_at(settings.rule_places())
    listed = [list_objects.duty(one, shown.today, names, shown.how.get(one.duty), begins.get(one.duty),
                                in_force=one.agreement not in over) for one in shown.verdicts]  # fmt: skip
    told = {"as_of": run.as_of.isoformat(), "run": run.started, "days_from": shown.today.isoformat(), "duties": listed,
            "meetings": list(map(list_objects.booked, shown.meetings))}  # fmt: skip
    screen.write(as_json.written(as_json.headed("duties", told)))


class Page:
    """A list on the screen, part by part."""

    def __init__(self, settings: Settings, shown: Shown) -> None:
        """Nothing is written yet."""
        self.settings, self.shown = settings, shown
        self.out, self.titles = screen.console(), clause_titles(settings.rule_places())

    def part(self, heading: str, verdicts: Sequence[Verdict]) -> None:
        """Duties under a heading; nothing where there are none."""
        if not verdicts:
            return
        if heading:
            self.out.print(duty_lists.heading(heading))
        for text in duty_lists.duties(verdicts, self.shown.today, self.titles, self.shown.how, self.out.width):
            self.out.print(text)

    def undated(self, verdicts: Sequence[Verdict]) -> None:
        """What has no last day, put together."""
        self.lines(undated_duties.lines(verdicts, self.shown.found.states, self.shown.today, self.titles))

    def lines(self, lines: Iterable[str]) -> None:
        """Lines of text, folded at words."""
        for line in lines:
            for text in folded(line, self.out.width):
                self.out.print(text)

    def end(self, verdicts: Sequence[Verdict], nothing: str, after: str = "") -> None:
        """The words that not everybody knows, how many there are, and when it was concluded."""
        for text in screen.explained(verdicts):
            self.out.print(text)
        self.lines((_counted(verdicts, self.shown.today) if verdicts else nothing, *filter(None, (after,))))
        foot(self.out, self.settings, self.shown.found)


def nothing(last: date, today: date, later: Sequence[Verdict]) -> str:
    """What to say where nothing is due in the days asked for: all clear only where nothing is left at all."""
    if not later:
        return "Inget återstår att göra inom det år som är bedömt."
    when = "Inget i dag" if last == today else f"Inget till och med {last}"
    return f"{when}; närmast därefter {next_words(later)}."


def next_words(later: Sequence[Verdict]) -> str:
    """`2026-12-31: 11 skyldigheter`."""
    return f"{later[0].due}: {counted(len(later), 'skyldighet', 'skyldigheter')}"


def _passed(verdict: Verdict, today: date) -> bool:
    """Whether the last day of what was open when it was judged has gone by since."""
    return verdict.status in COMING and verdict.due is not None and verdict.due < today


def _counted(verdicts: Sequence[Verdict], as_of: date) -> str:
    agreements = Counter(one.agreement for one in verdicts)

    asked = sum(asked_now(one, as_of) for one in verdicts)
    return f"{len(verdicts)} st i {len(agreements)} avtal{f', varav {asked} att intyga' if asked else ''}."


def foot(out: Paper, settings: Settings, found: "Stored") -> None:
    """When it was concluded; loudly where that was not today, or where something is missing from the answer."""
    run = found.run
    known: Any = f", med det som var känt {run.known_at}" if run.known_at else ""
    out.print(f"Enligt körningen {run.started[:16].replace('T', ' kl. ')}, per {run.as_of}{known}.")
    if run.as_of != settings.today:
        out.print("Obs: det är inte dagens läge; kör 'avtalsvakt run'.", style="bold yellow")
        passed = sum(1 for one in found.verdicts if _passed(one, settings.today))
        if passed:
            said = counted(passed, "sista dag", "sista dagar")
            out.print(f"Obs: {said} har passerat sedan dess utan att ha bedömts.", style="bold yellow")
    if found.unjudged:
        missing = counted(found.unjudged, "skyldighet", "skyldigheter")
        out.print(f"Obs: {missing} kunde inte bedömas och kan saknas här.", style="bold red")
    if lacking := found.without_rules:
        text = f"Obs: regler saknas för {', '.join(lacking)}; det som står om dem är från en tidigare körning."
        out.print(text, style="bold red")
