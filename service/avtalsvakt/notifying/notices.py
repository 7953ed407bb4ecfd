"""Notices: of single last days that come near, are today or have passed, and to a second role of what stays late. Pure.

In come material and a recipient, out comes one letter with all that is to be told that day, or None.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from avtalsvakt.answers.attestations import Questions, asked_now, attest_command, together
from avtalsvakt.notifying import wording
from avtalsvakt.notifying.digest import SHOWN, Told
from avtalsvakt.notifying.letters import Item, Letter, Part
from avtalsvakt.notifying.material import Material
from avtalsvakt.notifying.milestones import Milestone, reached
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.storage.outgoing.recipients import Recipient
from avtalsvakt_engine.verdicts import Verdict

BINDING = ("obligation", "recommendation")
"""The norms that somebody is reminded of: a right may be left unused."""
NOTICE, ESCALATION = "notice", "escalation"


class Due(Struct, frozen=True):
    """Something with a last day: a duty, or questions to one function."""

    key: str
    due: date
    first: Verdict
    questions: Questions | None
    milestone: Milestone

    @property
    def cause(self) -> str:
        """What is noted when it has been told."""
        return f"{NOTICE}|{self.key}|{self.due}|{self.milestone.days:+}"


def notice(material: Material, recipient: Recipient, told: Collection[str]) -> Told | None:
    """What has reached a milestone since the recipient was added, and has not been told."""
    found = [
        one
        for one in _due(material, recipient)
        if one.cause not in told and one.milestone.day.isoformat() >= recipient.added
    ]
    opening = f"{counted(len(found), 'sak', 'saker')} att påminna om {wording.with_weekday(material.today)}."
    return _told(NOTICE, found, opening, material, recipient, lambda one: one.cause)


def escalation(material: Material, whose: Recipient, told: Collection[str], second: Recipient) -> Told | None:
    """What concerns a recipient and has been late for so long that a second role is to know."""
    after = whose.escalate_after or 0

    def cause(one: Due) -> str:
        return f"{ESCALATION}|{whose.id}|{one.key}|{one.due}"

    def reaches(one: Due) -> bool:
        day = one.due + timedelta(days=after)
        return day <= material.today and day.isoformat() >= max(whose.added, second.added)

    found = [one for one in _due(material, whose) if reaches(one) and cause(one) not in told]
    opening = (
        f"{counted(len(found), 'sak', 'saker')} som rollen {whose.role} har påmints om är inte gjorda"
        f" {after} dagar efter sista dagen."
    )
    return _told(ESCALATION, found, opening, material, second, cause)


def _due(material: Material, recipient: Recipient) -> Iterator[Due]:
    """Everything open with a last day that has reached a milestone, questions to one function together."""
    day = material.stored.run.as_of
    open_ = [
        one
        for one in material.open_to(recipient)
        if one.modality in BINDING and one.due is not None and (one.opens is None or one.opens <= day)
        and (one.attest is None or one.status == "overdue" or asked_now(one, day))
    ]  # fmt: skip
    for listed in together(open_):
        questions = listed if isinstance(listed, Questions) else None
        first = questions.verdicts[0] if questions else listed
        if not isinstance(first, Verdict) or first.due is None:
            continue
        key = f"{first.agreement}|{first.attest}" if first.attest and first.status != "overdue" else first.duty
        milestone = reached(first.due, material.today)
        if milestone is not None:
            yield Due(key, first.due, first, questions, milestone)


def _told(
    kind: str, found: list[Due], opening: str, material: Material, recipient: Recipient, cause: Callable[[Due], str]
) -> Told | None:
    """One letter of it all, what is late first."""
    if not found:
        return None
    late = [one for one in found if one.milestone.late]
    coming = [one for one in found if not one.milestone.late]
    parts = (_part("Försenat", late, "late", material), _part("Närmar sig", coming, "soon", material))
    soonest = min((one.due for one in coming), default=None)
    titles = [_title(one, material) for one in found]
    subject = wording.notice_subject(titles, len(late), soonest, material.today)
    letter = Letter(subject, opening, tuple(one for one in parts if one.items),
                    wording.foot(recipient.role, recipient.id))  # fmt: skip
    return Told(kind, letter, frozenset(map(cause, found)), material.today + timedelta(days=2))


def _part(heading: str, found: Iterable[Due], tone: str, material: Material) -> Part:
    items = [_item(one, tone, material) for one in sorted(found, key=lambda one: (one.due, one.key))]
    left = len(items) - SHOWN
    return Part(heading, tuple(items[:SHOWN]), more=f"Och {left} till; se 'avtalsvakt upcoming'." if left > 0 else "")


def _title(one: Due, material: Material) -> str:
    first = one.first
    if first.attest and first.status != "overdue":
        number = len(one.questions.verdicts) if one.questions else 1
        return wording.questions_title(number, first.attest, material.names.agreement(first.agreement))
    return material.title(first)


def _item(one: Due, tone: str, material: Material) -> Item:
    first = one.first
    lines = [wording.last_day(one.due, material.today)]
    if first.attest and first.status != "overdue":
        link = material.links.asked(first.agreement, first.attest)
        return Item(_title(one, material), "asked" if tone == "soon" else tone, tuple(lines), link,
                    attest_command(first.agreement, first.attest), wording.ANSWER)  # fmt: skip
    how = material.how.get(first.duty)
    lines += filter(None, [wording.how_line(how)])
    command = how.acts[0].command if how and how.acts else f"avtalsvakt why {first.duty}"
    return Item(_title(one, material), tone, tuple(lines), material.links.duty(first), command)
