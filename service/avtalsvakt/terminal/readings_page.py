"""The questions of interpretation to read, as JSON and as rows: choices, default, reason, what hangs on them."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from avtalsvakt.answers.reading_register import Choice, Question
from avtalsvakt.words.summary import counted
from avtalsvakt_engine.explaining.reading_labels import READINGS
from avtalsvakt_engine.explaining.reading_sentences import SENTENCES

Object = dict[str, object]
WIDTH, CODE, SHOWN = 96, 16, 6


def entry(one: Question, *, whole: bool = False) -> Iterator[str]:
    """One question; `whole` names every clause that hangs on it and tells why a choice cannot be made."""
    question, reason = SENTENCES[one.code]
    yield f"{one.code:<{CODE}}{question}"
    for choice in one.choices:
        yield from _wrapped(f"{'*' if choice.name == one.default else '-'} {choice.name}: {_words(one, choice)}", 2)
        if whole and choice.refused:
            yield from _wrapped(f"{choice.refused.why}; {choice.refused.remedy}", 4, 4)
    yield from _wrapped(f"Skäl: {reason}", 2)
    if whole:
        yield from (f"{'':<{CODE}}{line}" for line in _all(one))
    else:
        yield from _wrapped(f"Hänger på den: {_few(one)}", 2)


def _words(one: Question, choice: Choice) -> str:
    words = READINGS[one.code][1].get(choice.name, choice.name)
    notes = ["förval"] if choice.name == one.default else []
    if choice.name in one.in_force and one.in_force != (one.default,):
        notes.append("gäller nu")
    if choice.refused:
        notes.append("kan inte väljas")
    elif choice.by == "clauses":
        notes.append("genom klausulerna")
    return f"{words} ({', '.join(notes)})" if notes else words


def _few(one: Question) -> str:
    if not one.clauses:
        return "ingen klausul"
    more = f" och {len(one.clauses) - SHOWN} till" if len(one.clauses) > SHOWN else ""
    return ", ".join(one.clauses[:SHOWN]) + more


def _all(one: Question) -> Iterator[str]:
    yield f"Hänger på den: {counted(len(one.clauses), 'klausul', 'klausuler')}"
    yield from (f"  {name}" for name in one.clauses)


def _wrapped(text: str, hang: int, indent: int = 0) -> list[str]:
    margin = " " * (CODE + indent)
    return wrap(text, WIDTH, initial_indent=margin, subsequent_indent=margin + " " * hang, break_on_hyphens=False,
                break_long_words=False)  # fmt: skip


def as_object(one: Question) -> Object:
    """One question as JSON."""
    question, reason = SENTENCES[one.code]
    return {
        "reading": one.code,
        "question": question,
        "default": one.default,
        "reason": reason,
        "in_force": list(one.in_force),
        "choices": [_choice(one, choice) for choice in one.choices],
        "clauses": list(one.clauses),
    }


def _choice(one: Question, choice: Choice) -> Object:
    return {
        "choice": choice.name,
        "text": READINGS[one.code][1].get(choice.name, choice.name),
        "by": choice.by,
        "refused": choice.refused and choice.refused.why,
    }


def rows(found: Sequence[Question]) -> list[Object]:
    """A row for each choice."""
    return [
        {
            "reading": one.code,
            "question": SENTENCES[one.code][0],
            **_choice(one, choice),
            "default": choice.name == one.default,
            "in_force": choice.name in one.in_force,
            "reason": SENTENCES[one.code][1] if choice.name == one.default else None,
            "clauses": list(one.clauses),
        }
        for one in found
        for choice in one.choices
    ]
