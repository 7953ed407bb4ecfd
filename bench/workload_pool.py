"""The pool of obligations that invented agreements choose from: a table, with numbers, periods and bodies to draw.

Nothing here is written in the rule language or judged: `workload_texts` writes an obligation for the program and
`reference` reads it as it stands, so a slip in either shows as a row that differs.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Form = Literal[
    "count", "afterwards", "annual", "closing", "alternating", "after", "step", "version", "before", "years", "term",
    "right", "attest", "notice", "next", "once", "by", "state", "rolling",
]  # fmt: skip
Period = Literal["", "month", "quarter", "half_year", "semester", "year"]

STEERING, PREPARATORY, YOUTH, COUNCIL = (
    "local_steering_group", "local_preparatory_group", "youth_forum", "safety_council",
)  # fmt: skip
Pace = tuple[Period, int]
STEERING_MEETS: tuple[Pace, ...] = (("half_year", 1), ("half_year", 2), ("quarter", 1), ("year", 3))
PREPARATORY_MEETS: tuple[Pace, ...] = (("quarter", 1), ("semester", 2), ("half_year", 3), ("month", 1))
INSPECTED: tuple[Pace, ...] = (("year", 4), ("year", 3), ("half_year", 2))
NOTHING: Mapping[str, str] = MappingProxyType({})
STAGES = ("beslutas", "skriftligt", "dateras", "tillfogas", "meddelas", "bilaggs")
"""The steps of a picture of the situation, from the decision on: they are judged together."""


@dataclass(frozen=True)
class Asked:
    """One obligation.

    `kind` and `says`: the record that shows it done. `each`: the period. `about`: what the record of its occasion
    says. `least`: how many. `only`, `but`: months. `number`: days, months or years, as the form has it. `opens`: days
    before an occasion. `day`: month and day. `who`: the party that has to act. `parts`: roles of a roster. `coming`:
    the record has to name the coming year. `umbrella`: only while the umbrella is in force.
    """

    name: str
    form: Form
    kind: str = ""
    says: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    each: Period = ""
    about: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    least: int = 1
    only: tuple[int, ...] = ()
    but: tuple[int, ...] = ()
    number: int = 0
    opens: int = 0
    day: tuple[int, int] = (12, 31)
    norm: Literal["shall", "should"] = "shall"
    who: str = ""
    parts: tuple[str, ...] = ()
    coming: bool = False
    umbrella: bool = False


def drawn(chance: random.Random, *, closed: bool) -> tuple[Asked, ...]:
    """The obligations of one agreement: some that all have, some of the others; those of a term where it is closed."""
    others = [*_periods(chance), *_days(chance), *_occasions(chance)]
    chosen = chance.sample(others, len(others) - chance.randint(4, 8))
    return (*_core(chance), *chosen, *(_term(chance) if closed else ()))


def superior() -> tuple[Asked, ...]:
    """What the umbrella asks of each local agreement."""
    return (
        _meetings("styrgrupp", STEERING, "year", 2),
        _meetings("beredning", PREPARATORY, "year", 4),
        Asked("lagesbild", "count", "document_revised", {"document": "lägesbild"}, "year"),
    )


def _meetings(name: str, body: str, each: Period, least: int = 1) -> Asked:
    return Asked(name, "count", "meeting_held", {"body": body}, each, least=least)


def _core(chance: random.Random) -> list[Asked]:
    """Meetings, and the picture of the situation with the steps that it goes through."""
    steering = chance.choice(STEERING_MEETS)
    preparatory = chance.choice(PREPARATORY_MEETS)
    decides = chance.choice([STEERING, PREPARATORY])
    return [
        _meetings("styrgrupp", STEERING, *steering),
        _meetings("beredning", PREPARATORY, *preparatory),
        Asked("lagesbild", "count", "document_revised", {"document": "lägesbild"}, "year", least=chance.choice([1, 2])),
        Asked("beslutas", "after", "decision_made", {"body": decides}),
        Asked("skriftligt", "step", "decision_documented"),
        Asked("dateras", "step", "annex_dated"),
        Asked("tillfogas", "step", "annex_attached", number=chance.choice([0, 14, 30])),
        Asked("meddelas", "step", "notice_sent", {"to": "central_preparatory_group"}, number=chance.choice([0, 14])),
        Asked("bilaggs", "version", "annex_attached", each="year"),
    ]


def _periods(chance: random.Random) -> list[Asked]:
    """So many in each period."""
    police, city = "polisen", "stadsdelsförvaltningen"
    months = chance.choice([(6, 12), (3, 9), (4, 10)])
    pace = chance.choice(INSPECTED)
    reported: Period = chance.choice(["quarter", "half_year"])
    return [
        Asked("ungdom", "count", "meeting_held", {"body": YOUTH}, "month", but=chance.choice([(7,), (6, 7), (1, 7)])),
        Asked("rad", "count", "meeting_held", {"body": COUNCIL}, "month", only=months),
        Asked("tillsyn", "count", "inspection_done", {}, pace[0], least=pace[1]),
        _evaluated("forum", "forum", "year", chance.choice([1, 2, 3]), who=police),
        _evaluated("kommunikation", "kommunikationsplan", "half_year", 1, norm="should"),
        Asked("tema", "count", "invitation_sent", {"event": "temamöte"}, "semester", who=city),
        Asked("matning", "count", "measurement_done", {}, "year", who=chance.choice([police, city])),
        Asked("revideras", "count", "agreement_revised", {}, "year", umbrella=True),
        Asked("rapport", "afterwards", "report_delivered", {"subject": "lägesbild"}, reported,
              number=chance.choice([20, 30, 45])),
    ]  # fmt: skip


def _evaluated(
    name: str, what: str, each: Period, least: int, *, norm: Literal["shall", "should"] = "shall", who: str = ""
) -> Asked:
    return Asked(name, "count", "evaluation_done", {"object": what}, each, least=least, norm=norm, who=who)


def _days(chance: random.Random) -> list[Asked]:
    """By a day, at the close of a year, every so many years, once, always."""
    roles = ("stadsdelsdirektör", "lokalpolisområdeschef", "kommunpolis", "förvaltningschef")
    organised = {"object": "samverkansorganisation"}
    return [
        Asked("datum", "annual", "dates_proposed", {"to": "polisen"}, day=chance.choice([(1, 31), (2, 15), (11, 30)])),
        Asked("uppfoljning", "annual", "evaluation_done", organised, day=chance.choice([(5, 31), (4, 30), (9, 15)])),
        Asked("arsslut", "closing", "evaluation_done", {"object": "lokalt arbete"}, who="polisen"),
        Asked("plan", "closing", "document_revised", {"document": "handlingsplan"}, coming=True),
        Asked("fjarde", "years", "document_revised", {"document": "kommunikationsplan"}, number=chance.choice([3, 4])),
        Asked("grupp", "once", "working_group_set"),
        Asked("enkat", "by", "survey_sent", {"topic": "struktur"}, number=chance.choice([2018, 2019]),
              day=chance.choice([(9, 4), (3, 15)])),
        Asked("bemanning", "state", "role_assigned", {"body": STEERING}, parts=roles[: chance.randint(2, 4)]),
        Asked("ovning", "rolling", "training_done", number=chance.choice([6, 12, 18])),
        Asked("uthallighet", "attest", "attestation", each="year"),
        Asked("resurser", "attest", "attestation", each=chance.choice(["half_year", "quarter"]),
              norm=chance.choice(["shall", "should"])),
    ]  # fmt: skip


def _occasions(chance: random.Random) -> list[Asked]:
    """At each meeting or act, before or after it."""
    return [
        Asked("ordforande", "alternating", about={"body": STEERING}),
        Asked("protokoll", "after", "minutes_distributed", about={"body": STEERING}, number=chance.choice([7, 14, 21])),
        Asked("anteckningar", "next", "minutes_distributed", about={"body": PREPARATORY}, number=chance.choice([3, 7])),
        Asked("kallelse", "notice", "meeting_convened", about={"body": chance.choice([STEERING, PREPARATORY])},
              opens=chance.choice([30, 45]), number=chance.choice([7, 14])),
        Asked("samrad-revidering", "before", "consultation_held", {"subject": "revidering"}),
    ]  # fmt: skip


def _term(chance: random.Random) -> tuple[Asked, ...]:
    """What goes with a term that has an end."""
    return (
        Asked("samrad", "term", "consultation_held", {"subject": "förlängning"}, number=chance.choice([3, 6])),
        Asked("forlangning", "right", "extension_agreed", number=chance.choice([2, 4])),
    )
