"""What one command is to work with: the register's file, further rules, who records, the moment it started.

Further rules are those given on the command line; else those that the register remembers from a run.
"""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from avtalsvakt.rights import EVERYTHING, Rights
from avtalsvakt_rules.problems import Problem, Rejected

if TYPE_CHECKING:
    from avtalsvakt_engine.storage.database.register import Register
    from avtalsvakt_engine.storage.proof.signing import Signer
    from avtalsvakt_rules.rulebook import Rulebook

DEFAULT_DB = Path("var/avtalsvakt.db")
WORKERS, CLUSTER = "AVTALSVAKT_WORKERS", "AVTALSVAKT_CLUSTER"
"""Environment variables: how many processes, or which cluster, judge a night."""
MOST_WORKERS = 64
"""More would only wait for the one that reads and writes."""
KEY, HEADS = "AVTALSVAKT_KEY", "AVTALSVAKT_HEADS"
"""Environment variables: the file with the key that signs what runs end with, and one to keep the signed heads in."""


class RulesInUse(Struct, frozen=True):
    """The rules that a command works with, and why remembered ones are not among them."""

    rulebook: "Rulebook"
    problems: tuple[Problem, ...] = ()


class Settings(Struct, frozen=True):
    """The settings of one command. `now` is the moment it started; `rules` are folders or files of instruments.

    `workers` and `cluster`: the processes, or the cluster, that a night is judged by instead of its own process.
    `server`: the address of a server that is asked by its API, and no register is opened here.
    `rights` are what whoever asks may see and do: everything, but on pages, where roles decide.
    """

    now: datetime
    db: Path = DEFAULT_DB
    rules: tuple[Path, ...] = ()
    recorder: str | None = None
    workers: int = 0
    cluster: str | None = None
    rights: Rights = EVERYTHING
    server: str | None = None

    @property
    def today(self) -> date:
        """The Stockholm day on which the command started."""
        return self.now.date()

    def with_options(self, db: Path | None, rules: tuple[Path, ...]) -> "Settings":
        """The same with what was given after the command's name: another file instead, further rules as well."""
        return replace(self, db=db or self.db, rules=(*self.rules, *rules))

    def judged_by(self, workers: str | None, cluster: str | None) -> "Settings":
        """The same with who judges a night, as it was said. Raises Rejected."""
        if workers is not None and cluster is not None:
            why = f"den ena eller den andra, med --workers och --cluster eller {WORKERS} och {CLUSTER}"
            raise Rejected([Problem("både processer och ett kluster är valda", "--workers", why, "ange bara det ena")])
        if workers is not None and not (workers.isascii() and workers.isdecimal() and int(workers[:9]) <= MOST_WORKERS):
            why = f"antalet är ett heltal från 0 till {MOST_WORKERS}"
            raise Rejected([Problem(f"'{workers}' är inget antal processer", "--workers", why, "ange till exempel 2")])
        if cluster is not None:
            from avtalsvakt_engine.spreading.cluster_address import check_address, check_installed

            check_address(cluster)
            check_installed()
        return replace(self, workers=int(workers or 0), cluster=cluster)

    def signer(self) -> "Signer":
        """What signs the register's runs; the key is made where there is none. Raises Rejected."""
        from avtalsvakt_engine.storage.proof.signing import key_beside, signer

        found = signer(Path(os.environ.get(KEY) or key_beside(self.db)), make=True)
        if found is None:
            raise RuntimeError("a key is made where there is none")
        return found

    def heads_file(self) -> Path | None:
        """Where signed heads are kept besides the register, if anywhere."""
        return Path(said) if (said := os.environ.get(HEADS)) else None

    def rule_places(self) -> tuple[Path, ...]:
        """Where further rules are read from: as given, else as the register remembers."""
        return self.rules or self.remembered_rules()

    def remembered_rules(self) -> tuple[Path, ...]:
        """The folders and files that the register remembers; none where it cannot be read, which others will say."""
        from avtalsvakt_engine.storage.integrity.database_errors import answered
        from avtalsvakt_engine.storage.runs.rule_folders import rule_folders

        if not self.db.is_file():
            return ()
        try:
            with self.register(read_only=True) as register, answered(register.path):
                return rule_folders(register.connection)
        except Rejected:
            return ()

    def rulebook(self) -> "Rulebook":
        """Every instrument that can be used. Raises Rejected for what is wrong with files that were given."""
        return self.rules_in_use().rulebook

    def rules_in_use(self) -> "RulesInUse":
        """The rulebook, and what is wrong with remembered files. Raises Rejected for files that were given."""
        from avtalsvakt_rules.rulebook import load_rulebook, load_what_can_be_read

        if self.rules:
            return RulesInUse(load_rulebook(self.rules))
        return RulesInUse(*load_what_can_be_read(self.remembered_rules()))

    def rules_given(self) -> "Rulebook":
        """The rulebook without looking at the register. Raises Rejected."""
        from avtalsvakt_rules.rulebook import load_rulebook

        return load_rulebook(self.rules)

    def register(self, *, read_only: bool = False, create: bool = False) -> "Register":
        """The open register; a context manager. Raises Rejected where it is missing, damaged or not ours."""
        from avtalsvakt_engine.storage.database.register import open_register

        return open_register(self.db, read_only=read_only, create=create)
