"""The words of a calendar: what each obligation is called there, and how long beforehand it is prepared.

The caller fills `Wording` from the rulebook. What it leaves out has a sensible default for the kind of fact that shows
the duty done, so that an agreement without a single word of its own still gives a readable calendar.
"""

from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct, field

from avtalsvakt_calendars.reminding.titles import prepared
from avtalsvakt_engine.verdicts import Verdict

MEETING = "meeting_held"
CALL = "Kalla "
DEFAULT_LEAD = 30
RENEWAL_LEAD = 210
# Days before a consultation at which what it is about is prompted for: the parties have to have talked by then.
BEFORE_CONSULTATION = 30


class Habit(Struct, frozen=True):
    """What one usually does about a kind of fact: the act, the preparation, and days of lead."""

    act: str
    prepare: str
    lead: int = DEFAULT_LEAD


HABITS: Mapping[str, Habit] = {
    "meeting_held": Habit("Håll möte", "Kalla till möte", 30),
    "consultation_held": Habit("Håll samråd", "Boka samråd", 45),
    "decision_made": Habit("Fatta beslut", "Ta upp beslutet på dagordningen", 30),
    "document_revised": Habit("Uppdatera underlaget", "Förbered underlaget", 60),
    "agreement_revised": Habit("Revidera överenskommelsen", "Planera revideringen", 90),
    "agreement_signed": Habit("Teckna överenskommelsen", "Förbered undertecknandet", 60),
    "extension_agreed": Habit("Besluta om förlängning", "Förbered förlängningen", 210),
    "report_delivered": Habit("Lämna rapporten", "Förbered rapporten", 30),
    "evaluation_done": Habit("Gör uppföljningen", "Planera uppföljningen", 60),
    "survey_sent": Habit("Skicka enkäten", "Förbered enkäten", 45),
    "measurement_done": Habit("Gör mätningen", "Planera mätningen", 60),
    "indicator_recorded": Habit("Läs av indikatorn", "Förbered avläsningen", 14),
    "inspection_done": Habit("Genomför tillsynen", "Planera tillsynen", 30),
    "inspection_planned": Habit("Planera tillsynen", "Stäm av tillsynsplanen", 30),
    "training_done": Habit("Genomför utbildningen", "Planera utbildningen", 45),
    "dates_proposed": Habit("Föreslå datum", "Stäm av möjliga datum", 14),
    "invitation_sent": Habit("Skicka inbjudan", "Förbered inbjudan", 14),
    "decision_documented": Habit("Skriv ned beslutet", "Förbered beslutsdokumentet", 7),
    "annex_attached": Habit("Foga bilagan till avtalet", "Förbered bilagan", 14),
    "annex_dated": Habit("Datera bilagan", "Förbered bilagan", 14),
    "minutes_distributed": Habit("Skicka ut minnesanteckningarna", "Färdigställ minnesanteckningarna", 7),
    "notice_sent": Habit("Skicka meddelandet", "Förbered meddelandet", 14),
    "information_given": Habit("Lämna information", "Förbered informationen", 14),
    "referral_answered": Habit("Svara på remissen", "Förbered remissvaret", 30),
    "attestation": Habit("Bekräfta i registret", "Förbered bekräftelsen", 14),
}


class Words(Struct, frozen=True):
    """What one obligation is called in the calendar.

    `title` is the rule in words, one sentence. `act` and `prepare` are imperatives ("Håll styrgruppsmöte", "Kalla
    styrgruppen"); without them they follow from `evidence`, the kind of fact that shows the duty done, and `topic`,
    what it is about ("lokal styrgrupp"). `lead` is the rule's own number of days for preparing; 0 means no such
    reminder. `dated` says that the text names a last day of its own. `who`, `why` and `clause` replace what the verdict
    says.
    """

    title: str = ""
    act: str | None = None
    prepare: str | None = None
    evidence: str | None = None
    topic: str | None = None
    lead: int | None = None
    dated: bool = False
    who: str | None = None
    why: str | None = None
    clause: str | None = None

    @property
    def habit(self) -> Habit | None:
        """The defaults for the kind of fact, if there are any."""
        return HABITS.get(self.evidence or "")

    @property
    def meets(self) -> bool:
        """Whether a meeting shows the duty done."""
        return self.evidence == MEETING

    def acting(self, body: str | None) -> str:
        """What to do on the last day, as an imperative; `body` is who meets, in short.

        Rule files say of a meeting that it is called: that is what one does before it.
        """
        if self.meets and (self.act is None or self.act.startswith(CALL)):
            return f"Håll {body or 'möte'}"
        if self.act:
            return self.act
        return _with_topic(self.habit.act, self.topic) if self.habit else self.title or "Fullgör skyldigheten"

    def preparing(self, body: str | None) -> str:
        """What to do beforehand, as an imperative."""
        if self.prepare:
            return self.prepare
        if self.meets and (self.act is None or self.act.startswith(CALL)):
            return f"Kalla {body}" if body else "Kalla till möte"
        if self.act is None and self.habit:
            return _with_topic(self.habit.prepare, self.topic)
        return prepared(self.acting(body))


class Wording(Struct, frozen=True):
    """All the words a feed needs; an empty one works.

    `obligations` is keyed by (instrument, obligation), as a verdict names them. `labels` turns ids of bodies, bearers
    and sites into Swedish. `titles` are the instruments' names. `about` adds what tells one duty from its siblings (a
    site, a document), keyed by duty. `page` is an absolute address with `{duty}` in it where a duty's page lies, or
    None. `renewal_lead` is the days before the last day of an agreement when its parties are asked what comes next.
    `names` are the instruments' short names, `laws` those that are statutes. `same` says which clauses of several texts
    ask one agreement for the same act, by (agreement, instrument, obligation). `how` tells how a duty is met, by duty.
    """

    obligations: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    laws: frozenset[str] = frozenset()
    same: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    how: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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

    def name(self, instrument: str) -> str:
        """The short name of an instrument."""
        return self.names.get(instrument) or self.title(instrument)

    def link(self, duty: str) -> str | None:
        """The address of the duty's page, if pages are published."""
        return self.page.replace("{duty}", quote(duty, safe="")) if self.page else None


def _with_topic(act: str, topic: str | None) -> str:
    """The act and what it is about; brackets, so that any noun fits without being inflected."""
    return f"{act} ({topic})" if topic else act
