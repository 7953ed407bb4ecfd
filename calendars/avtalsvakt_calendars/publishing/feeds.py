"""Which reminders belong to which feed: one agreement's, a body's, a bearer's, a municipality's, or all of them.

Every feed is a cut of the same events, each stamped once. Whoever follows two feeds thus sees one and the same event,
with the same identity and sequence number, in both.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal, Protocol

from msgspec import Struct, field

from avtalsvakt_rules.problems import Problem, Rejected
from avtalsvakt_rules.texts.slugs import slug

Subject = Literal["agreement", "body", "bearer", "municipality", "all"]

SUBJECTS: Mapping[Subject, str] = {
    "agreement": "avtal",
    "body": "organ",
    "bearer": "ansvarig",
    "municipality": "kommun",
    "all": "allt",
}
"""What a feed can be about, and the word that begins its key."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LETTERS = str.maketrans("åäö", "aao")
FOLLOWED = "Det jag följer"


class Placed(Protocol):
    """What must be known of an event to tell which feeds it belongs to."""

    @property
    def agreement(self) -> str:
        """Whose event it is."""

    @property
    def body(self) -> str | None:
        """The body concerned."""

    @property
    def bearer(self) -> str | None:
        """Who is to act."""


class Feed(Struct, frozen=True, order=True):
    """One feed: what it is about, by id, and for a body or a bearer possibly within one agreement only.

    `str` gives its key: `avtal:ostermalm-2020`, `organ:local_steering_group@ostermalm-2020`, `kommun:Vaxholm`, `allt`.
    """

    subject: Subject
    name: str = ""
    within: str | None = None

    def __str__(self) -> str:
        """The key, as people type it and as it is stored."""
        word = SUBJECTS[self.subject]
        if self.subject == "all":
            return word
        return f"{word}:{self.name}@{self.within}" if self.within else f"{word}:{self.name}"

    @property
    def file(self) -> str:
        """The name of its file in plain ASCII, in a folder for every subject but agreements."""
        stem = f"{_plain(self.name)}@{_plain(self.within)}" if self.within else _plain(self.name) or "allt"
        return f"{stem}.ics" if self.subject == "agreement" else f"{SUBJECTS[self.subject]}/{stem}.ics"


def _plain(name: str) -> str:
    """A name as part of a file's: ids as they are; of any other the letters, and a mark that tells it from its like."""
    if _ID.fullmatch(name) or not name:
        return name
    spelled = slug(name)
    mark = "" if spelled == name.lower().translate(_LETTERS) else f"-{sha256(name.encode()).hexdigest()[:8]}"
    return f"{spelled}{mark}"


class Catalogue(Struct, frozen=True):
    """What there is to follow: ids and what they are called in Swedish.

    `municipalities` says in which municipality an agreement lies. `present` are the (agreement, body, bearer) that
    events have or have had.
    """

    agreements: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    municipalities: Mapping[str, str] = field(default_factory=dict)
    present: Collection[tuple[str, str | None, str | None]] = ()

    def label(self, name: str) -> str:
        """A body, a bearer or an agreement in Swedish; the id itself where it has no label."""
        return self.agreements.get(name) or self.labels.get(name, name)

    def bodies(self) -> set[str]:
        """Bodies that something concerns: as the one that meets, or as the one that is to act."""
        bearers = {bearer for _, _, bearer in self.present if bearer in self.labels}
        return {body for _, body, _ in self.present if body} | {bearer for bearer in bearers if bearer}

    def bearers(self) -> set[str]:
        """Those that are to act."""
        return {bearer for _, _, bearer in self.present if bearer}


def parse(key: str) -> Feed:
    """The feed with the key. Raises Rejected."""
    word, _, rest = key.strip().partition(":")
    subject = next((subject for subject, known in SUBJECTS.items() if known == word), None)
    if subject == "all" and not rest:
        return Feed("all")
    name, _, within = rest.partition("@")
    if subject is None or subject == "all" or not name or (within and subject not in ("body", "bearer")):
        why = "en kalender skrivs allt, avtal:ID, organ:ID, organ:ID@AVTAL, ansvarig:ID eller kommun:NAMN"
        raise Rejected([Problem(f"kalendern '{key}' finns inte", key, why, "se 'avtalsvakt calendar list'")])
    return Feed(subject, name, within or None)


def known(feed: Feed, catalogue: Catalogue) -> Problem | None:
    """What is wrong with asking for the feed, or None: a feed about nothing would stay empty without a word."""
    there: Mapping[Subject, Collection[str]] = {
        "agreement": catalogue.agreements,
        "body": catalogue.bodies() | set(catalogue.labels),
        "bearer": catalogue.bearers() | set(catalogue.labels),
        "municipality": set(catalogue.municipalities.values()),
        "all": ("",),
    }
    if feed.name not in there[feed.subject]:
        none = "inget" if feed.subject in ("agreement", "body") else "ingen"
        why = f"registret känner {none} {SUBJECTS[feed.subject]} med beteckningen '{feed.name}'"
        return Problem(f"kalendern '{feed}' finns inte", str(feed), why, "se 'avtalsvakt calendar list'")
    if feed.within and feed.within not in catalogue.agreements:
        why = f"registret känner inget avtal med beteckningen '{feed.within}'"
        return Problem(f"kalendern '{feed}' finns inte", str(feed), why, "se 'avtalsvakt calendar list'")
    return None


def every_feed(catalogue: Catalogue) -> tuple[Feed, ...]:
    """All feeds that can be followed, agreements first; bodies and bearers also within each agreement of several."""
    agreements = [Feed("agreement", name) for name in sorted(catalogue.agreements)]
    bodies = _with_parts("body", {body: _where(catalogue, body, "body") for body in catalogue.bodies()})
    bearers = _with_parts("bearer", {one: _where(catalogue, one, "bearer") for one in catalogue.bearers()})
    municipalities = [Feed("municipality", name) for name in sorted(set(catalogue.municipalities.values()))]
    return (*agreements, *bodies, *bearers, *municipalities, Feed("all"))


def _where(catalogue: Catalogue, name: str, subject: Subject) -> set[str]:
    """The agreements in which a body or a bearer has events."""
    return {
        agreement
        for agreement, body, bearer in catalogue.present
        if bearer == name or (subject == "body" and body == name)
    }


def _with_parts(subject: Subject, found: Mapping[str, set[str]]) -> list[Feed]:
    """A feed for each, and where it has events in several agreements one for each of those."""
    out = []
    for name, agreements in sorted(found.items()):
        out.append(Feed(subject, name))
        if len(agreements) > 1:
            out += [Feed(subject, name, agreement) for agreement in sorted(agreements)]
    return out


def title(feeds: Sequence[Feed], catalogue: Catalogue) -> str:
    """What the calendar is called in calendar programs."""
    if len(feeds) != 1:
        return FOLLOWED
    (feed,) = feeds
    if feed.subject == "all":
        return "Alla avtal"
    if feed.subject == "municipality":
        return f"Avtal i {feed.name}"
    label = catalogue.label(feed.name)
    label = label[:1].upper() + label[1:]
    return f"{label} – {catalogue.label(feed.within)}" if feed.within else label


def agreements_of(feeds: Iterable[Feed], catalogue: Catalogue) -> frozenset[str] | None:
    """The agreements whose events must be looked through; None for all."""
    found: set[str] = set()
    for feed in feeds:
        if feed.subject == "agreement":
            found.add(feed.name)
        elif feed.subject == "municipality":
            found |= {one for one, place in catalogue.municipalities.items() if place == feed.name}
        elif feed.within:
            found.add(feed.within)
        else:
            return None
    return frozenset(found)


def holds(feed: Feed, event: Placed, municipalities: Mapping[str, str]) -> bool:
    """Whether the event belongs to the feed.

    A body's feed has what concerns the body and what it is to do itself; a bearer's only what it is to do.
    """
    if feed.within not in (None, event.agreement):
        return False
    match feed.subject:
        case "agreement":
            return event.agreement == feed.name
        case "body":
            return feed.name in (event.body, event.bearer)
        case "bearer":
            return event.bearer == feed.name
        case "municipality":
            return municipalities.get(event.agreement) == feed.name
        case "all":
            return True
