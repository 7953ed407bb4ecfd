"""The workload: invented agreements with 25 obligations of every common shape, and ten years of facts about them.

Some acts are late, some missing, some records retracted or corrected; everything follows from the seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from avtalsvakt_engine.facts import Fact, Value
from avtalsvakt_rules.language import Instrument
from avtalsvakt_rules.rulebook import Rulebook, read_instrument
from avtalsvakt_rules.source import parse_source

FIRST, YEARS = 2016, 10
AS_OF = date(FIRST + YEARS - 1, 12, 15)
FACTS_A_YEAR = 60

UMBRELLA = """
instrument: umbrella
title: Övergripande (påhittad)
level: superior
document: bench.txt
parties: [staden, polisen]
term: {from: 2015-01-01}
clauses:
  styrgrupp: {at: {section: "1"}, norm: shall, per: local_agreement, when: {each: year},
    what: {meeting_held: {body: local_steering_group}}, at_least: 2}
  beredning: {at: {section: "2"}, norm: shall, per: local_agreement, when: {each: year},
    what: {meeting_held: {body: local_preparatory_group}}, at_least: 4}
  lagesbild: {at: {section: "3"}, norm: shall, per: local_agreement, when: {each: year},
    what: {document_revised: {document: lägesbild}}}
"""

LOCAL = """
instrument: mall
title: Lokal (påhittad)
level: local
document: bench.txt
parties: [kommunen, polisen]
under: umbrella
term: {from: 2016-01-01}
annexes: {1: lägesbild, 2: åtgärdsplan}
clauses:
  styrgrupp: {at: {section: "1"}, norm: shall, when: {each: half_year},
    what: {meeting_held: {body: local_steering_group}}}
  ordforande: {at: {section: "1"}, norm: shall, when: {each: {meeting_held: {body: local_steering_group}}, due: event},
    what: {itself: {chair: alternating}}}
  beredning: {at: {section: "2"}, norm: shall, when: {each: quarter},
    what: {meeting_held: {body: local_preparatory_group}}}
  ungdom: {at: {section: "3"}, norm: shall, when: {each: month, except: [july]}, what: {meeting_held: {body:
  youth_forum}}}
  rad: {at: {section: "4"}, norm: shall, when: {each: month, only: [june, december]},
    what: {meeting_held: {body: safety_council}}}
  lagesbild: {at: {section: "5"}, norm: shall, when: {each: year}, what: {document_revised: {document: lägesbild}}}
  bilaggs: {at: {section: "5"}, norm: shall, when: {each: year},
    what: {annex_attached: {annex: lägesbild, version: {met: beslutas}}}}
  beslutas: {at: {section: "6"}, norm: shall, when: {each: {document_revised: {document: lägesbild}}, due: open},
    what: {decision_made: {body: local_steering_group, concerns: same}}}
  skriftligt: {at: {section: "6"}, norm: [shall, valid_if], when: {follows: beslutas, due: open},
    what: {decision_documented: {decision: same}}}
  dateras: {at: {section: "6"}, norm: shall, when: {follows: beslutas, due: open},
    what: {annex_dated: {annex: {same: document}, version: same}}}
  tillfogas: {at: {section: "6"}, norm: shall, when: {follows: beslutas, due: open},
    what: {annex_attached: {annex: {same: document}, version: same}}}
  meddelas: {at: {section: "6"}, norm: shall, when: {follows: beslutas, due: open},
    what: {notice_sent: {to: central_preparatory_group, concerns: same}}}
  samrad: {at: {section: "7"}, norm: shall, when: {each: {agreement_revised: {}}, due: event},
    what: {consultation_held: {subject: revidering, parties: both}}, readings: [SAMRADALDER]}
  revideras: {at: {section: "7"}, norm: shall, when: {each: year}, what: {agreement_revised: {}},
    given: {in_force: superior}}
  tillsyn: {at: {section: "8"}, norm: shall, when: {each: year}, what: {inspection_done: {}}, at_least: 4}
  datum: {at: {section: "8"}, norm: shall, when: {each: year, due: 01-31}, what: {dates_proposed: {to: polisen}}}
  uppfoljning: {at: {section: "9"}, norm: shall, when: {each: year, due: 05-31},
    what: {evaluation_done: {object: samverkansorganisation}}}
  forum: {at: {section: "9"}, norm: shall, when: {each: year}, what: {evaluation_done: {object: forum}}, at_least: 2}
  kommunikation: {at: {section: "9"}, norm: should, when: {each: half_year},
    what: {evaluation_done: {object: kommunikationsplan}}}
  arsslut: {at: {section: "10"}, norm: shall, when: {each: year_end},
    what: {evaluation_done: {object: lokalt arbete}}}
  plan: {at: {section: "10"}, norm: shall, when: {each: year_end},
    what: {document_revised: {document: handlingsplan, for_year: next}}}
  tema: {at: {section: "11"}, norm: shall, when: {each: semester}, what: {invitation_sent: {event: temamöte}}}
  fjarde: {at: {section: "12"}, norm: shall, when: {each: 4 years, from: 2015},
    what: {document_revised: {document: kommunikationsplan}}}
  protokoll: {at: {section: "13"}, norm: shall,
    when: {each: {meeting_held: {body: local_steering_group}}, due: 14 days after event},
    what: {minutes_distributed: {meeting: same}}}
  matning: {at: {section: "14"}, norm: shall, when: {each: year}, what: {measurement_done: {}}}
"""

MEETINGS = (
    ("local_steering_group", 3),
    ("local_preparatory_group", 6),
    ("youth_forum", 14),
    ("safety_council", 3),
)


@dataclass(frozen=True)
class Workload:
    """The rulebook and a way to make the facts of one agreement again and again."""

    rulebook: Rulebook
    agreements: tuple[str, ...]
    seed: int

    def facts(self, agreement: str) -> list[Fact]:
        """Ten years of facts about one agreement, in the order they arrived."""
        return list(_facts(agreement, random.Random(f"{self.seed}:{agreement}")))


def make(agreements: int, seed: int = 1) -> Workload:
    """A workload of so many local agreements under one umbrella."""
    umbrella = read_instrument(parse_source(UMBRELLA, "umbrella.yaml"))
    template = read_instrument(parse_source(LOCAL, "mall.yaml"))
    names = tuple(f"avtal-{number:05}" for number in range(agreements))
    instruments: dict[str, Instrument] = {"umbrella": umbrella}
    instruments |= {name: template.model_copy(update={"instrument": name}) for name in names}
    return Workload(Rulebook(MappingProxyType(instruments), f"bench {agreements}"), names, seed)


def _facts(agreement: str, chance: random.Random) -> Iterator[Fact]:
    made: list[Fact] = []
    for year in range(FIRST, FIRST + YEARS):
        this_year = list(_year(agreement, year, chance))
        this_year.sort(key=lambda fact: fact.date)
        kept = [fact for fact in this_year if chance.random() > 0.06 and fact.date <= AS_OF][:FACTS_A_YEAR]
        made += kept
        for fact in chance.sample(kept, 2) if len(kept) > 2 else ():
            later = min(fact.date + timedelta(days=20), AS_OF)
            made.append(
                _fact(agreement, f"r{fact.id}", "record_retracted", later, target=fact.id, reason="felregistrerad")
            )
    yield from sorted(made, key=lambda fact: fact.recorded)


def _year(agreement: str, year: int, chance: random.Random) -> Iterator[Fact]:
    def day(month: int | None = None) -> date:
        return date(year, month or chance.randint(1, 12), chance.randint(1, 28))

    def fact(number: int, kind: str, on: date, **attributes: Value) -> Fact:
        return _fact(agreement, f"{agreement}-{year}-{number}", kind, on, **attributes)

    number = 0
    for body, times in MEETINGS:
        for _ in range(times + chance.randint(0, 1)):
            on = day(chance.choice((6, 12)) if body == "safety_council" else None)
            yield fact(
                number,
                "meeting_held",
                on,
                body=body,
                chair=chance.choice(("stadsdelsdirektör", "lokalpolisområdeschef")),
            )
            if body == "local_steering_group":
                shared = on + timedelta(days=chance.randint(1, 25))
                yield fact(
                    number + 1000,
                    "minutes_distributed",
                    shared,
                    meeting=f"{agreement}-{year}-{number}",
                    to="samordnare",
                )
            number += 1
    for _ in range(2):
        revised, version = day(chance.randint(1, 9)), f"{year}.{number}"
        picture = f"{agreement}-{year}-{number}"
        yield fact(number, "document_revised", revised, document="lägesbild", version=version)
        yield fact(
            number + 1, "decision_made", revised + timedelta(days=10), body="local_steering_group", concerns=picture
        )
        yield fact(
            number + 2, "decision_documented", revised + timedelta(days=15), decision=f"{agreement}-{year}-{number + 1}"
        )
        yield fact(number + 3, "annex_dated", revised + timedelta(days=16), annex="1", version=version)
        yield fact(number + 4, "annex_attached", revised + timedelta(days=17), annex="1", version=version)
        yield fact(
            number + 5, "notice_sent", revised + timedelta(days=18), to="central_preparatory_group", concerns=picture
        )
        number += 6
    parties = ("kommunen", "polisen")
    acts: list[tuple[str, int | None, dict[str, Value]]] = [
        ("consultation_held", 3, {"subject": "revidering", "parties": parties}),
        ("agreement_revised", 10, {}),
        ("dates_proposed", 1, {"to": "polisen"}),
        ("evaluation_done", 5, {"object": "samverkansorganisation"}),
        ("evaluation_done", 3, {"object": "forum"}),
        ("evaluation_done", 9, {"object": "forum"}),
        ("evaluation_done", 4, {"object": "kommunikationsplan"}),
        ("evaluation_done", 11, {"object": "kommunikationsplan"}),
        ("evaluation_done", 11, {"object": "lokalt arbete"}),
        ("document_revised", 12, {"document": "handlingsplan", "for_year": str(year + 1)}),
        ("invitation_sent", 4, {"event": "temamöte", "to": "rektorer"}),
        ("invitation_sent", 10, {"event": "temamöte", "to": "rektorer"}),
        ("measurement_done", 6, {"name": "länsgemensam trygghetsmätning", "year": str(year)}),
    ]
    acts += [("inspection_done", None, {"police_present": "ja"})] * 4
    if year % 4 == 3:
        acts.append(("document_revised", None, {"document": "kommunikationsplan"}))
    for kind, month, attributes in acts:
        yield fact(number, kind, day(month), **attributes)
        number += 1


def _fact(agreement: str, fact_id: str, kind: str, on: date, **attributes: Value) -> Fact:
    recorded = f"{on.isoformat()}T16:00:00+01:00"
    return Fact(fact_id, kind, agreement, on, recorded, attributes=attributes, recorder="samordnare")
