"""The rule language: an instrument (agreement, statute) and its clauses, as frozen models.

A clause says what follows from it (`norm`) and answers four questions: when, what shows it, how many, given what.
Any answer
goes with any other, and each becomes one field of a duty. docs/regelspraket.md tells it with examples.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from avtalsvakt_rules.days import MONTHS, OPEN, Day, limits, read_day
from avtalsvakt_rules.patterns import Pattern, read_pattern, read_patterns

NORMS = ("shall", "should", "may", "shall_not", "valid_if", "deemed", "states")
MODALITY = {
    "shall": "obligation",
    "should": "recommendation",
    "may": "power",
    "shall_not": "prohibition",
    "valid_if": "definition",
    "deemed": "definition",
    "states": "declaration",
}
PERIODS = ("week", "month", "quarter", "half_year", "semester", "year", "year_end")

Norm = Literal["shall", "should", "may", "shall_not", "valid_if", "deemed", "states"]


def _as_list(raw: object) -> object:
    return raw if isinstance(raw, list) or raw is None else [raw]


def _day(raw: object) -> object:
    return read_day(raw) if isinstance(raw, str) else raw


def _day_or_open(raw: object) -> object:
    return raw if raw == OPEN else _day(raw)


def _patterns(raw: object) -> object:
    return raw if isinstance(raw, tuple) else read_patterns(raw)


def _pattern(raw: object) -> object:
    return raw if isinstance(raw, Pattern) else read_pattern(raw)


class Model(BaseModel):
    """Frozen and strict: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Address(Model):
    """Where the clause stands: section (or annex and part), paragraph (stycke) or row, sentence."""

    section: str | None = None
    paragraph: str | None = None
    sentence: str | None = None
    annex: str | None = None
    part: str | None = None
    row: str | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> "Address":
        if not (self.section or self.annex):
            raise ValueError("ange section eller annex")
        return self

    @cached_property
    def section_text(self) -> str:
        """The section as people cite it: `5`, `Tid`, `bilaga 4, Ungdomar`."""
        if self.annex is None:
            return self.section or ""
        return ", ".join(filter(None, (f"bilaga {self.annex}", self.section, self.part)))

    @cached_property
    def paragraph_text(self) -> str | None:
        """The paragraph or table row."""
        return self.paragraph or self.row


class Reading(Model):
    """A choice of reading with the reason for it."""

    choice: str
    because: str


class ReadingChoice(Model):
    """The readings a clause hangs on: codes, each with a choice of its own or None for the default."""

    codes: dict[str, Reading | None] = Field(default_factory=dict)


def _readings(raw: object) -> object:
    if raw is None or (isinstance(raw, dict) and set(raw) <= {"codes"}):
        return raw or {}
    codes: dict[str, object] = {}
    for item in raw if isinstance(raw, list) else [raw]:
        if isinstance(item, str):
            codes[item] = None
        elif isinstance(item, dict) and "because" in item and len(item) == 2:
            [(code, choice)] = ((key, value) for key, value in item.items() if key != "because")
            codes[str(code)] = {"choice": choice, "because": item["because"]}
        else:
            raise ValueError("en läsning skrivs KOD, eller {KOD: val, because: skäl}")
    return {"codes": codes}


class When(Model):
    """What gives rise to a duty, and the window around it."""

    form: Literal["once", "always", "period", "years", "term", "event", "performance", "follows", "date"]
    period: str | None = None
    years: int | None = None
    events: tuple[Pattern, ...] = ()
    follows: str | None = None
    opens: Day | None = None
    due: Day | None = None
    open: bool = False
    exact: bool = False
    only: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    from_: date | Pattern | str | None = None
    until: date | Pattern | None = None


WHEN_KEYS = {"each", "follows", "opens", "due", "day", "only", "except", "from", "until"}


def read_when(raw: object) -> object:
    """Read the `when` of a clause into the fields of When. Raises ValueError with a Swedish explanation."""
    if isinstance(raw, When):
        return raw
    if raw in ("once", "always"):
        return {"form": raw}
    if not isinstance(raw, dict):
        raise ValueError("when är once, always eller ett fönster {each: …} eller {follows: …}")
    unknown = sorted(set(raw) - WHEN_KEYS)
    if unknown:
        raise ValueError(f"okänd nyckel i when: {', '.join(unknown)}; kända är {', '.join(sorted(WHEN_KEYS))}")
    out = _rise(raw) | _window(raw)
    if out["form"] in ("event", "follows") and "due" not in out and not out.get("open"):
        raise ValueError(
            "en händelse eller ett steg måste säga due, om så bara 'due: open'; annars blir det aldrig försenat"
        )
    return out


def _rise(raw: dict[str, object]) -> dict[str, object]:
    if "each" in raw and "follows" in raw:
        raise ValueError("välj each eller follows, inte båda")
    if "follows" in raw:
        return {"form": "follows", "follows": raw["follows"]}
    each = raw.get("each")
    if each is None:
        return {"form": "date" if "due" in raw or "day" in raw else "once"}
    if each in ("term", "performance"):
        return {"form": each}
    if isinstance(each, str) and each in PERIODS:
        return {"form": "period", "period": each}
    if isinstance(each, str) and each.endswith(" years") and each[:-6].isdigit() and int(each[:-6]):
        return {"form": "years", "years": each[:-6]}
    if isinstance(each, dict):
        return {"form": "event", "events": read_patterns(each)}
    raise ValueError(
        f"each: {each} är varken en period ({', '.join(PERIODS)}, '4 years'), term, performance eller ett faktamönster"
    )


def _window(raw: dict[str, object]) -> dict[str, object]:
    out = _days_of_window(raw)
    for key, name in (("only", "only"), ("except", "except_")):
        if key in raw:
            words = raw[key]
            out[name] = tuple(str(word) for word in (words if isinstance(words, list) else [words]))
    for key, name in (("from", "from_"), ("until", "until")):
        if key in raw:
            out[name] = _limit(key, raw[key])
    return out


def _days_of_window(raw: dict[str, object]) -> dict[str, object]:
    if "day" in raw:
        if "due" in raw or "opens" in raw:
            raise ValueError("day är både opens och due; skriv bara day")
        day = read_day(str(raw["day"]))
        return {"opens": day, "due": day, "exact": True}
    out: dict[str, object] = {"opens": read_day(str(raw["opens"]))} if "opens" in raw else {}
    if raw.get("due") == OPEN:
        return out | {"open": True}
    return out | ({"due": read_day(str(raw["due"]))} if "due" in raw else {})


def _limit(key: str, raw: object) -> object:
    if isinstance(raw, dict):
        return read_pattern(raw)
    text = str(raw)
    if key == "from" and text.isdigit() and len(text) == 4:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{key}: {text} är varken ett datum (ÅÅÅÅ-MM-DD) eller ett faktamönster") from None


class Condition(Model):
    """One thing that must hold: a pattern, another instrument in force, another clause met or missed."""

    pattern: Pattern | None = None
    in_force: str | None = None
    met: str | None = None
    missed: str | None = None


def _condition(raw: object) -> object:
    if isinstance(raw, Condition):
        return raw
    if isinstance(raw, dict) and len(raw) == 1 and next(iter(raw)) in ("in_force", "met", "missed"):
        return raw
    return {"pattern": read_pattern(raw)}


class Effect(Model):
    """What using a power does: lengthens the term by years (exactly, or at most), or ends it on a day."""

    extends: int | None = None
    at_most: bool = False
    ends: Day | None = None


def _effect(raw: object) -> object:
    if not isinstance(raw, dict) or set(raw) not in ({"extends"}, {"ends"}):
        return raw if isinstance(raw, Effect) else _bad_effect()
    if "ends" in raw:
        return {"ends": read_day(str(raw["ends"]))}
    length = raw["extends"]
    at_most = isinstance(length, dict) and set(length) == {"at_most"}
    text = str(length["at_most"] if at_most and isinstance(length, dict) else length)
    if not text.endswith((" years", " year")) or not text.split(maxsplit=1)[0].isdigit():
        raise ValueError("extends skrivs '2 years' eller {at_most: 4 years}")
    return {"extends": int(text.split(maxsplit=1)[0]), "at_most": at_most}


def _bad_effect() -> object:
    raise ValueError("effect är {extends: 2 years}, {extends: {at_most: 4 years}} eller {ends: 3 months after event}")


def _days(raw: object) -> object:
    if isinstance(raw, str) and raw.endswith((" days", " day")) and raw.split()[0].isdigit():
        return int(raw.split()[0])
    if isinstance(raw, int):
        return raw
    raise ValueError("skriv ett antal dagar, t.ex. '45 days'")


Days = Annotated[int, BeforeValidator(_days)]


def _year_start(raw: object) -> object:
    day = read_day(str(raw))
    if not day.annual or day.annual == (2, 29):
        raise ValueError("skriv månad och dag som finns varje år, t.ex. '07-01'")
    return raw


class Validity(Model):
    """First and last day of a version of a rule."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Validity":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"sista dagen {self.to} ligger före den första, {self.from_}")
        return self


class Clause(Model):
    """One normative statement. See language.md for what each key means."""

    at: Address
    sv: str | None = None
    act: str | None = None
    norm: Annotated[tuple[Norm, ...], BeforeValidator(_as_list)]
    who: str | None = None
    to: str | None = None
    body: str | None = None
    per: Literal["party", "local_agreement", "site"] | None = None
    when: Annotated[When, BeforeValidator(read_when)] | None = None
    what: Annotated[tuple[Pattern, ...], BeforeValidator(_patterns)] = ()
    at_least: Annotated[int, Field(ge=0, le=1000)] = 1
    at_most: Annotated[int, Field(ge=0, le=1000)] | None = None
    including: tuple[dict[str, str | list[str]], ...] = ()
    given: tuple[Annotated[Condition, BeforeValidator(_condition)], ...] = ()
    unless: tuple[Annotated[Condition, BeforeValidator(_condition)], ...] = ()
    effect: Annotated[Effect, BeforeValidator(_effect)] | None = None
    remind: Days | None = None
    warn: Days | None = None
    readings: Annotated[ReadingChoice, BeforeValidator(_readings)] = ReadingChoice()
    attest: str | None = None
    note: str | None = None
    valid: Validity = Validity()

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, raw: object) -> object:
        if isinstance(raw, dict):
            return raw | {key: _as_list(raw[key]) for key in ("given", "unless") if key in raw}
        return raw

    @model_validator(mode="after")
    def _one_form(self) -> "Clause":
        computed = self.when is not None and bool(self.what)
        if computed and (self.attest or self.note):
            raise ValueError("en klausul beräknas (when, what), intygas (attest) eller förklaras (note): välj en")
        if not computed and not self.attest and not self.note:
            raise ValueError("klausulen säger inte hur den prövas; ge when och what, eller attest, eller note")
        return self

    @cached_property
    def computed(self) -> bool:
        """Whether the engine judges this clause."""
        return bool(self.what)

    @cached_property
    def duty_norm(self) -> str | None:
        """shall, should, may or shall_not: what a duty of this clause is; None where no duty follows."""
        return next((norm for norm in self.norm if norm in ("shall", "should", "may", "shall_not")), None)

    @cached_property
    def modality(self) -> str:
        """The modality in output."""
        return MODALITY[self.duty_norm or self.norm[0]]


def _rough(text: str) -> str:
    limits(text)
    return text


RoughDay = Annotated[str, AfterValidator(_rough)]


class Term(Model):
    """First and last day; `to` missing means until further notice. A year or a month is a day of that precision."""

    from_: RoughDay = Field(alias="from")
    to: RoughDay | None = None
    at: Address | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        if self.to is not None and limits(self.to)[1] < limits(self.from_)[0]:
            raise ValueError(f"sista dagen {self.to} ligger före den första, {self.from_}")
        return self


class Extension(Model):
    """A later last day that the source itself reports."""

    to: RoughDay
    at: Address | None = None


class Instrument(Model):
    """One agreement, statute or other instrument, with all its clauses."""

    instrument: str
    title: str
    level: Literal["superior", "local", "statute", "referral"]
    document: str
    parties: tuple[str, ...] = ()
    municipality: str | None = None
    under: str | None = None
    replaces: str | None = None
    presumed: bool = False
    term: Term
    extended: tuple[Extension, ...] = ()
    annexes: dict[str, str] = Field(default_factory=dict)
    bodies: dict[str, str] = Field(default_factory=dict)
    facts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    year_starts: Annotated[str, BeforeValidator(_year_start)] = "01-01"
    readings: dict[str, Reading] = Field(default_factory=dict)
    note: str | None = None
    clauses: dict[str, Clause] = Field(default_factory=dict)

    def annex_name(self, value: str) -> str:
        """Number and name are the same annex: the name where one is known."""
        return self.annexes.get(value, value)


MONTH_NUMBERS = {name: place for place, name in enumerate(MONTHS, start=1)}
