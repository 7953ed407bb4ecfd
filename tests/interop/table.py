"""Readers by feeds: how many events each reads otherwise than the rest. `python -m tests.interop.table` prints it."""

from tests.calendars.readers import READERS, Read, by_icalendar
from tests.interop.feeds import feeds
from tests.interop.outside import OUTSIDE, ordered


def disagreements(one: list[Read], other: list[Read]) -> int:
    """How many events differ, those that only one of them has included."""
    differing = set(one) ^ set(other)
    return len({event.uid for event in differing})


def table() -> str:
    """The table as text, a line for each reader."""
    files = feeds()
    expected = {name: ordered(by_icalendar(content)) for name, content in files.items()}
    lines = [["", *files], ["poster", *(str(len(events)) for events in expected.values())]]
    for reader, read in (READERS | OUTSIDE).items():
        lines.append([reader, *(str(disagreements(read(files[name]), expected[name])) for name in files)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


if __name__ == "__main__":
    print(table())
