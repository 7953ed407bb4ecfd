"""Yes and no in Swedish: `Registrera det? [J/n]`. In come a question and a way to ask it, out comes the answer."""

from collections.abc import Callable

from avtalsvakt_engine.intake.fact_values import yes_or_no

Ask = Callable[[str], str]
"""Asks with a text that stands as it is, and gives what was typed."""


def confirmed(question: str, ask: Ask, *, default: bool = True) -> bool:
    """Whether the answer is yes; an empty one is the one in capitals. Asks again until it is yes or no."""
    choices = "[J/n]" if default else "[j/N]"
    while True:
        answer = ask(f"{question} {choices}").strip()
        if not answer:
            return default
        settled = yes_or_no(answer)
        if settled in ("ja", "nej"):
            return settled == "ja"
        question = f"Svara ja eller nej. {question}" if not question.startswith("Svara") else question
