"""What the leaf of a conclusion is taken over: one line of JSON that needs nothing else to be read.

    ["verdict", run, duty, agreement, instrument, obligation, document, section, paragraph, modality, bearer, body,
     attest, [[reading, choice], …], status, required, counted, [period, start, end], trigger, opens, due,
     [fact, …], [[fact, reason], …], part_period, curable, [rule, …], [flag, …], reason, since, until]
    ["renewed", run, duty, since, until]
    ["withdrawn", run, duty, agreement, since, reason]
    ["violation", run, duty, agreement, life, raised_on, known_on, changed_on]

in UTF-8, without spaces and without escapes of other characters than control characters, quotes and backslashes. Lists
and the period are null where empty, yes and no are 1 and 0. In come rows and what they refer to, out come lines.
"""

from json.encoder import encode_basestring as quoted

from avtalsvakt_engine.compact_json import compact
from avtalsvakt_engine.storage.conclusions.verdict_rows import SOON_DONE, Content, Grounds, Key, Said, written


class Lines:
    """Writes lines; what many verdicts share is written once."""

    def __init__(self, said: Said) -> None:
        """Use what rows refer to."""
        self.said = said
        self._duties: dict[tuple[int, int], tuple[str, str]] = {}
        self._wordings: dict[int, str] = {}
        self._grounds: dict[int, str] = {}

    def verdict(self, run: int, key: Key, content: Content, since: str, until: str | None) -> str:
        """The line of a verdict."""
        (wording, status, required, counted, label, start, end, trigger, opens, due, facts, not_counted, part, curable,
         grounds, reason) = content  # fmt: skip
        stem, owner = self._duties.get(key[:2]) or self._duty(key[:2])
        duty = f"{stem}.{quoted(key[2])[1:]}" if key[2] else f'{stem}"'
        text = self._wordings.get(wording) or self._wording(wording)  # type: ignore[arg-type, call-overload]
        why = self._grounds.get(grounds) or self._why(grounds)  # type: ignore[arg-type, call-overload]
        period = f"[{_quoted(label)},{_day(start)},{_day(end)}]" if label or start or end else "null"
        # Written out, because a first night does it for every verdict.
        return (
            f'["verdict",{run},{duty},{owner},{text},"{status}",{required},{counted},{period},'
            f"{'null' if trigger is None else quoted(trigger)},"  # type: ignore[arg-type]
            f"{'null' if opens is None else _day(opens)},{'null' if due is None else _day(due)},"
            f"{'null' if facts is None else facts},{'null' if not_counted is None else not_counted},"
            f'{part},{curable},{why},{"null" if reason is None else _quoted(reason)},"{since}",'
            f"{'null' if until is None else _day(until)}]"
        )

    def renewed(self, run: int, duty: str, since: str, until: str | None) -> str:
        """The line of a verdict that goes on, since and until another day."""
        return compact(["renewed", run, duty, since, until])

    def withdrawn(self, run: int, key: Key, since: str, reason: str | None) -> str:
        """The line of a duty that is no more."""
        return compact(["withdrawn", run, self.said.duty(key), self.said.agreement(key[0]), since, reason])

    def violation(self, run: int, violation: tuple[str, ...]) -> str:
        """The line of a violation's life: duty, agreement, life and three days."""
        return compact(["violation", run, *violation])

    def _duty(self, key: tuple[int, int]) -> tuple[str, str]:
        """How the duty's key begins, without its last quote; agreement, instrument and obligation."""
        if len(self._duties) > SOON_DONE:
            self._duties.clear()
        agreement, clause = self.said.agreement(key[0]), self.said.clause(key[1])
        names = ",".join(map(quoted, (agreement, clause.instrument, clause.obligation)))
        found = self._duties[key] = (quoted(f"{agreement}.{clause.stem}")[:-1], names)
        return found

    def _wording(self, number: int) -> str:
        *parts, readings = self.said.wording(number)
        found = self._wordings[number] = compact([*parts, readings or None])[1:-1]
        return found

    def _why(self, number: int) -> str:
        why: Grounds = self.said.grounds(number)
        found = self._grounds[number] = f"{written(why.rules) or 'null'},{written(why.flags) or 'null'}"
        return found


def _day(value: object) -> str:
    """A day; whatever else stands in its place makes another line, and that is all that is asked of it."""
    return "null" if value is None else f'"{value}"'


def _quoted(value: object) -> str:
    return "null" if value is None else quoted(value)  # type: ignore[arg-type]
