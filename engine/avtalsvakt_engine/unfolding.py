"""Unfolds a clause into duties, one form of `when` after the other. Source: semantics.md, Counting and Steps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from avtalsvakt_engine.asof import FAR, AsOf
from avtalsvakt_engine.deadlines import Marks, add_months, date_of
from avtalsvakt_engine.duties import DAY, Duty
from avtalsvakt_engine.evidence import Selection
from avtalsvakt_engine.facts import Fact
from avtalsvakt_engine.index import day_of
from avtalsvakt_engine.periods import label as period_label
from avtalsvakt_engine.periods import periods
from avtalsvakt_engine.readings_in_use import InUse
from avtalsvakt_engine.scope import Scope
from avtalsvakt_engine.verdicts import Period
from avtalsvakt_rules.days import MONTHS, Day
from avtalsvakt_rules.language import Clause
from avtalsvakt_rules.patterns import ITSELF, Pattern
from avtalsvakt_rules.when import When

HALF = Fraction(1, 2)
RECUR = (
    36  # months: the words of `only` and `except` come back within two years; what they leave out longer never comes
)


@dataclass(frozen=True)
class Setting:
    """All that unfolding one clause needs.

    `asof` collects when the list of duties will change; `horizon` is in months.
    """

    name: str
    clause: Clause
    when: When
    scope: Scope
    readings: InUse
    asof: AsOf
    horizon: int
    select: Callable[[tuple[Pattern, ...]], Selection]
    required: Callable[[date], int]
    parties: tuple[str, ...] = ()

    def listed(self, opens: date) -> bool:
        """Whether a duty that opens that day is within the horizon."""
        return self.asof.reached(add_months(opens, -self.horizon))

    def day(self, day: Day | None, marks: Marks) -> date | None:
        """The date of a day of the language, by this clause's readings."""
        if day is None:
            return None
        return date_of(day, marks, sexman=self.readings.get("SEXMAN"), vardag=self.readings.get("VARDAG"))

    def duty(self, suffix: str, start: date, window: str, **more: object) -> Duty:
        """A duty of this clause with what is the same for all of them filled in."""
        more.setdefault("begins", self.scope.first)
        more.setdefault("required", self.clause.at_least)
        return Duty(self.name, self.clause, suffix, start=start, window=window, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The days within which a recurring duty runs: from `med start`, from an event to an event, for one site."""

    first: date
    last: date
    per: str | None = None
    prefix: str = ""


def unfold(setting: Setting) -> Iterator[Duty]:
    """The duties of a clause, except those that follow another clause's (see follow)."""
    unfolders = {
        "period": _recurring,
        "term": _terms,
        "event": _events,
        "date": _single,
        "once": _single,
        "always": _state,
        "years": _every_n_years,
        "performance": _rolling,
    }
    duties = unfolders[setting.when.form](setting)
    if setting.clause.per == "party":
        for duty in duties:
            for party in setting.parties:
                yield replace(duty, per=party, suffix=f"{duty.suffix}.{slug(party)}".strip("."))
    else:
        yield from duties


def slug(text: str) -> str:
    """A name as part of a key: lower case, letters and digits, hyphens."""
    plain = text.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "-".join("".join(char if char.isascii() and char.isalnum() else " " for char in plain).split())


def schemes(setting: Setting) -> Iterator[Scheme]:
    """The schemes of a recurring clause; one for each site where it is per site."""
    start, stop = setting.when.from_, setting.when.until
    last = stop if isinstance(stop, date) else setting.scope.last
    if not isinstance(start, Pattern):
        first = start if isinstance(start, date) else setting.scope.first
        yield Scheme(max(first, setting.scope.first), min(last, setting.scope.last))
        return
    ends = setting.select((stop,)).items if isinstance(stop, Pattern) else []
    begun: dict[str, date] = {}
    for item in setting.select((start,)).items:
        if not setting.asof.reached(item.day):
            break
        site = item.fact.text("site") if setting.clause.per == "site" else None
        key = site or ""
        if begun.get(key, date.min) >= item.day:
            continue
        over = next(
            (one.day for one in ends if one.day >= item.day and (site is None or one.fact.text("site") == site)), last
        )
        begun[key] = over
        yield Scheme(
            max(item.day, setting.scope.first), min(over, setting.scope.last), site, f"{slug(site)}." if site else ""
        )


def _recurring(setting: Setting) -> Iterator[Duty]:
    when, kind = setting.when, setting.when.period or "year"
    for scheme in schemes(setting):
        if scheme.first > scheme.last:
            continue
        found = periods(
            kind, scheme.first, scheme.last, anchor=_anchor(setting, kind), closing=setting.readings.get("ARETSSLUT")
        )
        latest = scheme.first
        for period in found:
            if not _wanted(period.start, when, setting.readings):
                if period.start > add_months(latest, RECUR):
                    break
                continue
            latest = period.start
            if not setting.listed(max(period.start, scheme.first)):
                break
            duty = _period_duty(setting, scheme, period, kind)
            if duty:
                yield duty


def _anchor(setting: Setting, kind: str) -> date | None:
    if setting.when.due and setting.when.due.annual:
        return None  # a fixed date is due on that date of each calendar year, however a year is read
    code = {"year": "AR", "half_year": "HALVAR", "month": "MANAD"}.get(kind)
    if code and setting.readings.get(code) in ("agreement", "rolling"):
        from_ = setting.when.from_
        return from_ if isinstance(from_, date) else setting.scope.first
    year_starts = setting.readings.instrument.year_starts
    if kind in ("year", "half_year", "quarter") and year_starts != "01-01":
        # A year of the instrument's own (budget year, school year): counted from its first day before the term.
        return date.fromisoformat(f"{setting.scope.first.year - 1}-{year_starts}")
    return None


def _wanted(start: date, when: When, readings: InUse) -> bool:
    """Whether `only` and `except` keep a period (or an event) that begins that day."""
    words = {MONTHS[start.month - 1], f"q{(start.month + 2) // 3}", "odd" if start.year % 2 else "even"}
    except_ = set(when.except_) | ({"july"} if readings.chosen("PERIODSLUT", "analog") else set())
    return not words & except_ and (not when.only or bool(words & set(when.only)))


def _period_duty(setting: Setting, scheme: Scheme, period: Period, kind: str) -> Duty | None:
    when, scope = setting.when, setting.scope
    clipped = scope.clip(max(period.start, scheme.first), min(period.end, scheme.last))
    if clipped is None:
        return None
    first, last = clipped
    annual = bool(when.due and when.due.annual)
    marks = Marks(period.start if annual else first, period.end if annual else last)
    due = setting.day(when.due, marks) or last
    opens = setting.day(when.opens, marks) or first
    exempt = annual or kind == "year_end" or bool(set(when.only) & set(MONTHS))
    if exempt:
        inside = scheme.first <= due <= scheme.last and scope.covers(due)
        ends_inside = annual or (scope.covers(period.end) and period.end <= scheme.last)
        cover, part, required = ("whole" if inside and ends_inside else "outside"), False, setting.required(last)
    else:
        days = scope.days(max(period.start, scheme.first), min(period.end, scheme.last))
        cover, required = _cover(setting, Fraction(days, (period.end - period.start).days + 1), last)
        part = cover in ("part", "sliver")
    late_window = when.due is not None and when.due.mark == "end" and when.due.count > 0
    return setting.duty(
        scheme.prefix + period.label,
        last + DAY if late_window else opens,
        "annual" if annual and kind == "year" else "count",
        begins=scheme.first,
        opens=last + DAY if late_window else opens,
        due=due,
        period=Period(period.label, first, last),
        label=period.label,
        per=scheme.per,
        next_label=_following(period, kind),
        cover=cover,
        part_period=part,
        required=required,
        need=_need(setting, first, last),
    )


def _following(period: Period, kind: str) -> str:
    after = date(int(period.label[:4]) + 1, 1, 1) if kind == "year_end" else period.end + DAY
    return period_label("year" if kind == "year_end" else kind, after)


def _cover(setting: Setting, share: Fraction, last: date) -> tuple[str, int]:
    """How much is covered, as the words of the rules, and what is required, by the reading STUB."""
    required = setting.required(last)
    if share == 1:
        return "whole", required
    reading = setting.readings.get("STUB")
    if reading == "prorata":
        scaled = int(share * required + HALF)
        return ("part", scaled) if scaled else ("sliver", 0)
    enough = {"full": True, "none": False, "threshold": share >= HALF}[reading]
    return ("part" if enough else "sliver"), required


def _need(setting: Setting, first: date, last: date) -> str:
    """Under ELLERBEHOV=alternative a frequency binds only where a need was recorded in its period."""
    if not setting.readings.chosen("ELLERBEHOV", "alternative"):
        return "none"
    found = setting.select((Pattern("need_assessed"),)).between(first, last)
    needed = [item for item in found if setting.asof.reached(item.day) and item.fact.text("outcome") in (None, "behov")]
    return "recorded" if needed else "dormant"


def _terms(setting: Setting) -> Iterator[Duty]:
    for span in setting.scope.spans:
        if span.open or not setting.listed(span.start):
            continue
        due = setting.day(setting.when.due, Marks(span.start, span.planned_end)) or span.planned_end
        yield setting.duty(
            f"term-{span.number}",
            span.start,
            "own",
            opens=setting.day(setting.when.opens, Marks(span.start, span.planned_end)) or span.start,
            due=due,
            late_until=span.end,
            period=Period(f"term-{span.number}", span.start, span.end),
            label=f"term-{span.number}",
            cover="lapsed" if due > span.end else "whole",
        )


def _single(setting: Setting) -> Iterator[Duty]:
    """Once within the term, or on or before one date."""
    if not setting.listed(setting.scope.first):
        return
    marks = Marks(setting.scope.first, None if setting.scope.last == FAR else setting.scope.last)
    due = setting.day(setting.when.due, marks)
    exact = setting.when.exact and not setting.readings.chosen("STARTDATUM", "binding")
    start = due if exact and due else setting.day(setting.when.opens, marks) or setting.scope.first
    yield setting.duty(
        "",
        start,
        "open" if due is None else "exact" if setting.when.exact else "own",
        opens=setting.scope.first,
        due=due,
        late_until=setting.scope.last,
        cover="outside" if due and not setting.scope.covers(due) else "whole",
    )


def _state(setting: Setting) -> Iterator[Duty]:
    if setting.listed(setting.scope.first):
        yield setting.duty("", setting.scope.first, "state", opens=setting.scope.first, late_until=setting.scope.last)


def _every_n_years(setting: Setting) -> Iterator[Duty]:
    """Every n years, counted from the year of the latest performance, the term or the start (reading FJARDE)."""
    years, reading = setting.when.years or 1, setting.readings.get("FJARDE")
    from_ = setting.when.from_
    anchor = int(from_) if isinstance(from_, str) else setting.scope.first.year - 1
    done = [item for item in setting.select(setting.clause.what).items if item.certain]
    begins = setting.scope.first
    while True:
        start, due, text = date(anchor + 1, 1, 1), date(anchor + years, 12, 31), f"{anchor + 1}/{anchor + years}"
        if reading == "from_start":
            due = add_months(begins, 12 * years)
        elif reading == "term" and setting.scope.last != FAR:
            due = setting.scope.spans[0].planned_end
        first = max(start, setting.scope.first)
        if first > setting.scope.last or not setting.listed(first):
            return
        yield setting.duty(
            text, first, "own", opens=first, due=due, late_until=setting.scope.last,
            period=Period(text, first, min(date(anchor + years, 12, 31), setting.scope.last)), label=text,
            cover="lapsed" if due > setting.scope.last else "whole",
        )  # fmt: skip
        performed = next((item.day for item in done if item.day >= first), None)
        if performed is None or not setting.asof.reached(performed) or performed.year <= anchor:
            return
        anchor, begins = performed.year, performed


def _rolling(setting: Setting) -> Iterator[Duty]:
    """So long after the last performance; the first counts from the scheme's start."""
    from_ = setting.when.from_
    mark, event = max(from_ if isinstance(from_, date) else setting.scope.first, setting.scope.first), None
    for item in [*setting.select(setting.clause.what).items, None]:
        due = setting.day(setting.when.due, Marks(setting.scope.first, setting.scope.last, mark))
        if due is None or mark > setting.scope.last or not setting.listed(mark):
            return
        yield setting.duty(
            event.id if event else "start", mark + DAY if event else mark, "own", opens=mark, due=due,
            late_until=setting.scope.last, event=event, cover="lapsed" if due > setting.scope.last else "whole",
        )  # fmt: skip
        if item is None or not setting.asof.reached(item.day):
            return
        mark, event = item.day, item.fact


def _events(setting: Setting) -> Iterator[Duty]:
    when, previous, any_event = setting.when, setting.scope.first - DAY, False
    for item in setting.select(when.events).items:
        if not setting.asof.reached(item.day):
            break
        fits = setting.scope.covers(item.day) and _wanted(item.day, when, setting.readings) and _between(item.day, when)
        if not fits or not item.certain:
            continue
        any_event = True
        yield _event_duty(setting, item.fact, item.day, previous)
        previous = item.day
    if (
        not any_event
        and {pattern.kind for pattern in when.events} == {"need_assessed"}
        and setting.listed(setting.scope.first)
    ):
        yield setting.duty("behov", setting.scope.first, "open", opens=setting.scope.first, need="dormant")


def _between(day: date, when: When) -> bool:
    after = not isinstance(when.from_, date) or day >= when.from_
    return after and (not isinstance(when.until, date) or day <= when.until)


def _event_duty(setting: Setting, event: Fact, day: date, previous: date) -> Duty:
    clause, when = setting.clause, setting.when
    marks = Marks(
        setting.scope.first, None if setting.scope.last == FAR else setting.scope.last, day, _named_days(event)
    )
    due = None if when.open else setting.day(when.due, marks)
    itself = clause.what[0].kind == ITSELF
    by_reference = all(pattern.refers_to_occasion for pattern in clause.what)
    before = due is not None and when.due is not None and when.due.count <= 0 and not itself
    start = setting.day(when.opens, marks)
    late_until = setting.scope.last
    if start is None:
        start = date.min if by_reference else previous + DAY if before else day
        if before and setting.readings.chosen("SAMRADALDER", "same_year"):
            start, late_until = _same_year(event, day)
        elif before:
            late_until = day
    return setting.duty(
        event.id,
        start,
        "itself" if itself else "open" if due is None else "own",
        opens=day if start == date.min else min(day, start),
        due=due,
        late_until=late_until,
        event=event,
        targets=frozenset({event.id}),
        label=None,
        required=setting.required(day),
    )


def _same_year(event: Fact, day: date) -> tuple[date, date]:
    """The calendar year of the act, or from the year that it concerns (reading SAMRADALDER)."""
    concerned = (event.text("concerns_period") or "")[:4]
    year = min(day.year, int(concerned)) if concerned.isdigit() else day.year
    return date(year, 1, 1), date(day.year, 12, 31)


def _named_days(event: Fact) -> dict[str, date]:
    out = {}
    for name, value in event.attributes.items():
        if isinstance(value, str) and len(value) == 10:
            try:
                out[f"event.{name}"] = date.fromisoformat(value)
            except ValueError:
                continue
    return out


def follow(setting: Setting, leader: Duty, met: date | None, targets: frozenset[str]) -> Duty:
    """The duty of the next step for one duty of the clause it follows; `met` is the day that one was met."""
    when = setting.when
    event_day = day_of(leader.event) if leader.event else leader.start
    marks = Marks(leader.period.start if leader.period else None, leader.period.end if leader.period else None, met)
    due = None if when.open or when.due is None else setting.day(when.due, marks)
    return setting.duty(
        leader.suffix,
        date.min,
        "open" if due is None else "own",
        opens=event_day,
        due=due,
        event=leader.event,
        period=leader.period,
        label=leader.label,
        per=leader.per,
        begins=leader.begins,
        cover=leader.cover,
        need=leader.need,
        targets=leader.targets | targets,
        follows=True,
        leader_met=met,
    )
