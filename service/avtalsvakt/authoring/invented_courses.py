"""The courses of events on which a clause is tried: done in time, left undone, too late, by somebody else, and so on.

In comes a clause of an agreement, out come courses with the days on which they are judged. What each leads to is not
said here: the engine says it.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.authoring.invented_facts import CannotInvent, Line
from avtalsvakt.authoring.invented_setting import Setting, Stage, clock
from avtalsvakt_rules.interpreting.attestations import KIND
from avtalsvakt_rules.language.instrument import Clause
from avtalsvakt_rules.language.patterns import ITSELF, Alternating, Pattern

DAY = timedelta(days=1)
LONG, NEXT_TIME = timedelta(days=365), timedelta(days=28)


class Course(Struct, frozen=True):
    """One course of events: what it shows, its records, the duty, the days it is judged; or why it `cannot` be."""

    shows: str
    lines: tuple[Line, ...] = ()
    duty: str = ""
    days: tuple[date, ...] = ()
    cannot: str | None = None


Build = Callable[[], Course]


def courses(stage: Stage, name: str) -> Iterator[Course]:
    """Every course on which the clause is tried; none where it is no duty of its own."""
    clause = stage.clause(name)
    if clause.duty_norm is None or not clause.judged:
        return
    for shows, build in _builders(stage, name, clause):
        try:
            yield build()
        except CannotInvent as reason:
            yield Course(shows, cannot=str(reason))


def _builders(stage: Stage, name: str, clause: Clause) -> Iterator[tuple[str, Build]]:
    if clause.attest is not None:
        yield from _question(stage, name, clause)
    elif clause.what[0].kind == ITSELF:
        yield "as_asked", lambda: _own_record(stage, name, right=True)
        yield "otherwise", lambda: _own_record(stage, name, right=False)
    elif clause.duty_norm == "shall_not" or (not clause.written("at_least") and clause.at_most is not None):
        yield "refrained", lambda: _course(stage, name, "refrained", number=0)
        yield "done_anyway", lambda: _course(stage, name, "done_anyway", number=(clause.at_most or 0) + 1)
    else:
        yield from _acts(stage, name, clause)
    for place, exception in enumerate(clause.unless):
        if exception.pattern:
            yield "excepted", lambda place=place: _excepted(stage, name, place)  # type: ignore[misc]


def _acts(stage: Stage, name: str, clause: Clause) -> Iterator[tuple[str, Build]]:
    done, undone = ("used", "unused") if clause.duty_norm == "may" else ("in_time", "missed")
    yield done, lambda: _course(stage, name, done)
    yield undone, lambda: _course(stage, name, undone, number=0)
    yield "late", lambda: _late(stage, name)
    if clause.at_most is not None:
        yield "too_many", lambda: _course(stage, name, "too_many", number=(clause.at_most or 0) + 1)
    yield "wrong_actor", lambda: _wrong(stage, name)


def _course(stage: Stage, name: str, shows: str, number: int | None = None) -> Course:
    """Done so many times in time (as many as asked for where none is given), and seen on the last day and the next."""
    setting = stage.setting(name)
    _do(stage, name, setting, number, stage.right(name))
    last = _last(setting)
    days = (last,) if number is None else (last, last + (DAY if setting.duty.due else LONG))
    return _made(setting, shows, days)


def _late(stage: Stage, name: str) -> Course:
    """All but one in time, and the last one a day too late."""
    setting = stage.setting(name)
    if setting.duty.due is None:
        raise CannotInvent("texten anger ingen sista dag")
    clause = stage.clause(name)
    parts = list(_parts(clause))
    wanted = len(parts) or max(clause.at_least, 1)
    for place, day in enumerate([*_days(clause, setting, wanted - 1), setting.duty.due + DAY]):
        _act(stage, name, setting, day, stage.right(name) | (parts[place] if parts else {}))
    return _made(setting, "late", (setting.duty.due + DAY,))


def _wrong(stage: Stage, name: str) -> Course:
    setting = stage.setting(name)
    _do(stage, name, setting, None, stage.wrong(name))
    last = _last(setting)
    return _made(setting, "wrong_actor", (last, last + DAY) if setting.duty.due else (last,))


def _excepted(stage: Stage, name: str, place: int) -> Course:
    """Left undone, with what lets it be."""
    setting = stage.setting(name)
    if exception := stage.clause(name).unless[place].pattern:
        setting.inventor.act(exception, setting.day, setting.about)
    last = _last(setting)
    return _made(setting, "excepted", (last + DAY if setting.duty.due else last,))


def _own_record(stage: Stage, name: str, *, right: bool) -> Course:
    """The occasion's own record, as it is asked to be or without that; of what alternates, two occasions."""
    setting = stage.setting(name)
    clause, about = stage.clause(name), setting.about
    line = about.occasion
    if line is None:
        raise CannotInvent("händelsen har ingen registrering att pröva")
    wanted = clause.what[0]
    changing = [attribute for attribute, value in wanted.values if isinstance(value, Alternating)]
    duty, day, kind = setting.duty.duty, date.fromisoformat(str(line["date"])), str(line["kind"])
    if right or changing:
        line.update(setting.inventor.said(kind, wanted, day, about) | _together(clause))
    if changing:
        again = {} if right else {attribute: line[attribute] for attribute in changing}
        kept = {key: value for key, value in line.items() if key not in ("id", "kind", "date", *changing)}
        later = setting.inventor.act(Pattern(kind, wanted.values), day + NEXT_TIME, about, kept | again)
        duty, day = duty.replace(str(line["id"]), str(later["id"])), day + NEXT_TIME
    return _made(replace(setting, duty=replace(setting.duty, duty=duty)), "as_asked" if right else "otherwise", (day,))


def _question(stage: Stage, name: str, clause: Clause) -> Iterator[tuple[str, Build]]:
    others = [one for one in stage.instrument.parties if not stage.actors.same(one, clause.attest or "")]
    yield "yes", lambda: _answer(stage, name, "yes", "ja", clause.attest)
    yield "no", lambda: _answer(stage, name, "no", "nej", clause.attest)
    yield "unanswered", lambda: _answer(stage, name, "unanswered", None, None)
    if others:
        yield "wrong_function", lambda: _answer(stage, name, "wrong_function", "ja", others[0])


def _answer(stage: Stage, name: str, shows: str, statement: str | None, by: str | None) -> Course:
    setting = stage.setting(name)
    last = _last(setting)
    if statement:
        said: Line = {"clause": name, "statement": statement, "by": by}
        period = {"period": setting.about.label} if setting.about.label else {}
        setting.inventor.act(Pattern(KIND), last, setting.about, said | period)
    return _made(setting, shows, (last,) if statement else (last, last + DAY))


def _do(stage: Stage, name: str, setting: Setting, number: int | None, extra: Line) -> None:
    """Do what shows it done: once for each part, else so many times, each on a day of its own."""
    clause = stage.clause(name)
    parts = list(_parts(clause)) if number is None else []
    wanted = len(parts) or (max(clause.at_least, 1) if number is None else number)
    for place, day in enumerate(_days(clause, setting, wanted)):
        _act(stage, name, setting, day, extra | (parts[place] if parts else {}))


def _act(stage: Stage, name: str, setting: Setting, day: date, extra: Line) -> None:
    """One act, dated like the occasion where what is asked for is the occasion's own day."""
    setting.inventor.act(stage.pattern(name), day, setting.about, clock(stage.clause(name)) | extra)


def _days(clause: Clause, setting: Setting, number: int) -> list[date]:
    """So many days in time, the last of them the last day; forward from the first where there is no room before it.

    What is always to be so is so from the first day.
    """
    last = _last(setting)
    if clause.when and clause.when.form == "always":
        return [setting.day] * number
    first = max(last - (number - 1) * DAY, setting.duty.opens or date.min, _start(setting))
    return [first + place * DAY for place in range(number)]


def _start(setting: Setting) -> date:
    return setting.duty.period.start if setting.duty.period else date.min


def _last(setting: Setting) -> date:
    """The last day in time; where the text gives none, some days after it was asked for."""
    return setting.duty.due or max(setting.day, setting.duty.opens or setting.day) + 7 * DAY


def _parts(clause: Clause) -> Iterator[Line]:
    """What a record for each part says; of alternatives the first."""
    for part in clause.including:
        yield {name: wanted if isinstance(wanted, str) else wanted[0] for name, wanted in part.items()}


def _together(clause: Clause) -> Line:
    """Everything that one record must cover, each attribute with all its texts."""
    out: dict[str, list[object]] = {}
    for part in _parts(clause):
        for name, text in part.items():
            out.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in out.items()}


def _made(setting: Setting, shows: str, days: tuple[date, ...]) -> Course:
    lines = tuple(sorted(setting.inventor.lines, key=setting.inventor.recorded))
    return Course(shows, lines, setting.duty.duty, days)
