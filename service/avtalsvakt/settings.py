"""What one command is to work with: the register's file, further rules, who records, the moment it started."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.register import Register
    from avtalsvakt_rules.rulebook import Rulebook

DEFAULT_DB = Path("var/avtalsvakt.db")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one command. `now` is the moment it started; `rules` are folders or files of instruments."""

    now: datetime
    db: Path = DEFAULT_DB
    rules: tuple[Path, ...] = ()
    recorder: str | None = None

    @property
    def today(self) -> date:
        """The Stockholm day on which the command started."""
        return self.now.date()

    def with_options(self, db: Path | None, rules: tuple[Path, ...]) -> "Settings":
        """The same with what was given after the command's name: another file instead, further rules as well."""
        return replace(self, db=db or self.db, rules=(*self.rules, *rules))

    def rulebook(self) -> "Rulebook":
        """Every instrument that the program knows. Raises Rejected for what is wrong with the files."""
        from avtalsvakt_rules.rulebook import load_rulebook

        return load_rulebook(self.rules)

    def register(self, *, read_only: bool = False, create: bool = False) -> "Register":
        """The open register; a context manager. Raises Rejected where it is missing, damaged or not ours."""
        from avtalsvakt_engine.storage.register import open_register

        return open_register(self.db, read_only=read_only, create=create)
