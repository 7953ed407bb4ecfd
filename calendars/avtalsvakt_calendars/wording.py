"""The words of a calendar: what each obligation is called there, and how long beforehand it is prepared.

The caller fills `Wording` from the rulebook. What it leaves out has a sensible default for the kind of fact that shows
the duty done, so that an agreement without a single word of its own still gives a readable calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from avtalsvakt_engine.verdicts import Verdict

DEFAULT_LEAD = 30
RENEWAL_LEAD = 180


@dataclass(frozen=True, slots=True)
class Habit:
    """What one usually does about a kind of fact: the act, the preparation, days of lead, what several are called."""

    act: str
    prepare: str
    lead: int = DEFAULT_LEAD
    several: str | None = None


HABITS: Mapping[str, Habit] = {
    "meeting_held": Habit("Håll möte", "Kalla till möte", 30, "möten"),
    "consultation_held": Habit("Håll samråd", "Boka samråd", 45, "samråd"),
    "decision_made": Habit("Fatta beslut", "Ta upp beslutet på dagordningen", 30, "beslut"),
    "document_revised": Habit("Uppdatera underlaget", "Förbered underlaget", 45, "uppdateringar"),
    "agreement_revised": Habit("Revidera överenskommelsen", "Planera revideringen", 90),
    "agreement_signed": Habit("Teckna överenskommelsen", "Förbered undertecknandet", 60),
    "extension_agreed": Habit("Besluta om förlängning", "Förbered förlängningen", 90),
    "report_delivered": Habit("Lämna rapporten", "Förbered rapporten", 30, "rapporter"),
    "evaluation_done": Habit("Gör uppföljningen", "Planera uppföljningen", 60, "uppföljningar"),
    "survey_sent": Habit("Skicka enkäten", "Förbered enkäten", 45, "enkäter"),
    "measurement_done": Habit("Gör mätningen", "Planera mätningen", 60, "mätningar"),
    "indicator_recorded": Habit("Läs av indikatorn", "Förbered avläsningen", 14, "avläsningar"),
    "inspection_done": Habit("Genomför tillsynen", "Planera tillsynen", 30, "tillsyner"),
    "inspection_planned": Habit("Planera tillsynen", "Stäm av tillsynsplanen", 30),
    "training_done": Habit("Genomför utbildningen", "Planera utbildningen", 45, "utbildningar"),
    "dates_proposed": Habit("Föreslå datum", "Stäm av möjliga datum", 14),
    "invitation_sent": Habit("Skicka inbjudan", "Förbered inbjudan", 14, "inbjudningar"),
    "decision_documented": Habit("Skriv ned beslutet", "Förbered beslutsdokumentet", 7),
    "annex_attached": Habit("Foga bilagan till avtalet", "Förbered bilagan", 14),
    "annex_dated": Habit("Datera bilagan", "Förbered bilagan", 14),
    "minutes_distributed": Habit("Skicka ut minnesanteckningarna", "Färdigställ minnesanteckningarna", 7),
    "notice_sent": Habit("Skicka meddelandet", "Förbered meddelandet", 14),
    "information_given": Habit("Lämna information", "Förbered informationen", 14),
    "referral_answered": Habit("Svara på remissen", "Förbered remissvaret", 30),
    "attestation": Habit("Bekräfta i registret", "Förbered bekräftelsen", 14),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What one obligation is called in the calendar.

    `title` is the rule in words, one sentence. `act` and `prepare` are imperatives ("Håll styrgruppsmöte", "Kalla
    styrgruppen"); without them they follow from `evidence`, the kind of fact that shows the duty done, and `topic`,
    what it is about ("lokal styrgrupp"). `lead` is the rule's own number of days for preparing; 0 means no such
    reminder. `several` is what several of them are called ("möten"). `who`, `why` and `clause` replace what the verdict
    says.
    """

    title: str = ""
    act: str | None = None
    prepare: str | None = None
    evidence: str | None = None
    topic: str | None = None
    lead: int | None = None
    several: str | None = None
    who: str | None = None
    why: str | None = None
    clause: str | None = None

    @property
    def habit(self) -> Habit | None:
        """The defaults for the kind of fact, if there are any."""
        return HABITS.get(self.evidence or "")

    def acting(self, topic: str | None) -> str:
        """What to do, as an imperative; `topic` stands in where the obligation has none."""
        if self.act:
            return self.act
        return _with_topic(self.habit.act, self.topic or topic) if self.habit else self.title or "Fullgör skyldigheten"

    def preparing(self, topic: str | None) -> str:
        """What to do beforehand, as an imperative."""
        if self.prepare:
            return self.prepare
        if self.habit:
            return _with_topic(self.habit.prepare, self.topic or topic)
        return f"Förbered: {self.acting(topic)}"

    @property
    def many(self) -> str | None:
        """What several of them are called, if anything better than a bare number is known."""
        return self.several or (self.habit.several if self.habit else None)


@dataclass(frozen=True, slots=True)
class Wording:
    """All the words a feed needs; an empty one works.

    `obligations` is keyed by (instrument, obligation), as a verdict names them. `labels` turns ids of bodies, bearers
    and sites into Swedish. `titles` are the instruments' names. `about` adds what tells one duty from its siblings (a
    site, a document), keyed by duty. `page` is an absolute address with `{duty}` in it where a duty's page lies, or
    None. `renewal_lead` is the days before the last day of an agreement when its parties are asked what comes next.
    """

    obligations: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None
    renewal_lead: int = RENEWAL_LEAD

    def words(self, verdict: Verdict) -> Words:
        """The words of the obligation the verdict is about."""
        return self.obligations.get((verdict.instrument, verdict.obligation), Words())

    def label(self, name: str) -> str:
        """A body, bearer or site in Swedish; the id itself where it has no label."""
        return self.labels.get(name, name)

    def title(self, instrument: str) -> str:
        """The name of an instrument."""
        return self.titles.get(instrument, instrument)

    def link(self, duty: str) -> str | None:
        """The address of the duty's page, if pages are published."""
        return self.page.replace("{duty}", quote(duty, safe="")) if self.page else None


def _with_topic(act: str, topic: str | None) -> str:
    """The act and what it is about; brackets, so that any noun fits without being inflected."""
    return f"{act} ({topic})" if topic else act
