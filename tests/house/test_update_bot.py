"""The update bot's settings speak of files, commands and packages that are there, and of all locks."""

import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BOT = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("requirements", "tests/interop", "deploy")
    for path in sorted((ROOT / folder).iterdir())
]


def watched(manager: str) -> set[str]:
    """The files that a manager of the bot looks at; a pattern between slashes is an expression."""
    patterns = BOT[manager]["managerFilePatterns"]
    assert all(one[0] == one[-1] == "/" for one in patterns)
    found = {pattern: [name for name in FILES if re.search(pattern[1:-1], name)] for pattern in patterns}
    assert all(found.values()), found
    return {name for names in found.values() for name in names}


def test_the_bot_watches_every_lock_and_both_files_of_the_container() -> None:
    assert watched("pip_requirements") == {name for name in FILES if name.endswith(".lock")}
    assert watched("dockerfile") | watched("docker-compose") == {"deploy/Containerfile", "deploy/compose.yaml"}
    assert set(BOT["enabledManagers"]) == {"pip_requirements", "npm", "dockerfile", "docker-compose"}


def test_what_the_bot_runs_are_the_projects_own_commands_and_all_that_they_write_is_taken_along() -> None:
    [tasks] = [rule["postUpgradeTasks"] for rule in BOT["packageRules"] if "postUpgradeTasks" in rule]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in tasks["commands"]:
        make, target = command.split()[:2]
        assert make == "make" and re.search(rf"^{target}:", makefile, re.MULTILINE), command
    for written in (*watched("pip_requirements"), "docs/sbom.cdx.json", "docs/licenser.md"):
        assert any(Path(written).match(one) for one in tasks["fileFilters"]), written


def test_what_is_held_back_is_what_the_project_holds_back() -> None:
    held = {name: rule for rule in BOT["packageRules"] for name in rule.get("matchPackageNames", ())}
    asked = {one.name: one.specifier for one in map(Requirement, PROJECT["project"]["dependencies"])}
    assert str(asked["durable-rules"]).startswith("==") and held["durable-rules"]["enabled"] is False
    assert not asked["apscheduler"].contains("4.0") and held["apscheduler"]["allowedVersions"] == "<4"
    assert held["node-ical"]["enabled"] is False
    assert "node-ical" in json.loads((ROOT / "tests/interop/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert held.keys() == {"durable-rules", "apscheduler", "node-ical"}
    exact = {one.name for one in map(Requirement, PROJECT["project"]["dependencies"]) if "==" in str(one.specifier)}
    assert exact <= held.keys(), "a pin that the bot does not know of would be proposed again every week"
