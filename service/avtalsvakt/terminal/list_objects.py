"""Lists as JSON: a duty with how it is met, an act, a booked meeting with its topics."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from avtalsvakt.answers.acts import Act, FromStep, HowTo
from avtalsvakt.formats import as_json
from avtalsvakt.words.page_names import PageNames
from avtalsvakt_engine.verdicts import Verdict

if TYPE_CHECKING:
    from avtalsvakt.answers.agenda import Agenda, BookedMeeting, Topic


def duty(
    verdict: Verdict,
    today: date,
    names: PageNames,
    how: HowTo | None,
    prepare: date | None = None,
    *,
    in_force: bool = True,
) -> as_json.Object:
    """A stored duty: its verdict, whether it can be mended and its agreement is in force, and how it is met."""
    more: as_json.Object = {
        "curable": verdict.curable,
        "in_force": in_force,
        "prepare_from": prepare and prepare.isoformat(),
        "how": list(map(act, how.acts)) if how else [],
    }
    return as_json.duty(verdict, today) | names.duty(verdict) | more


def act(one: Act) -> as_json.Object:
    """An act to record: what is known of it, what is missing, and the command line."""
    return {
        "duty": one.duty,
        "title": one.title,
        "verb": one.verb,
        "agreement": one.agreement,
        "kind": one.kind,
        "target": one.target,
        "date": one.day and one.day.isoformat(),
        "attributes": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in one.attributes.items() if not isinstance(value, FromStep)
        },
        "from_step": {name: value.number for name, value in one.attributes.items() if isinstance(value, FromStep)},
        "missing": list(one.missing),
        "times": one.times,
        "command": one.command,
    }  # fmt: skip


def booked(one: "BookedMeeting") -> as_json.Object:
    """A booked meeting and what to take up at it."""
    meeting = one.meeting
    return {
        "fact": meeting.fact,
        "agreement": meeting.agreement,
        "date": meeting.day.isoformat(),
        "body": meeting.body,
        "site": meeting.site,
        "convened": meeting.convened,
        "topics": list(map(topic, one.topics)),
    }


def topic(one: "Topic") -> as_json.Object:
    """One thing to take up."""
    last = one.last and one.last.isoformat()
    return {"duty": one.duty, "body": one.body, "words": one.words, "last_day": last, "act": act(one.act)}


def agenda_rows(found: "Agenda") -> Iterator[as_json.Object]:
    """A body's agenda as rows: a line for each topic, without a day where no booked meeting can take it up."""
    for one in found.meetings:
        yield from _topic_rows(one.meeting.day, one.topics)
    yield from _topic_rows(None, found.unplaced)


def _topic_rows(day: date | None, topics: "Sequence[Topic]") -> Iterator[as_json.Object]:
    for number, one in enumerate(topics, start=1):
        yield {
            "day": day and day.isoformat(),
            "number": number,
            "words": one.words,
            "due": one.last and one.last.isoformat(),
            "duty": one.duty,
            "agreement": one.agreement,
            "act": one.act.command,
        }
