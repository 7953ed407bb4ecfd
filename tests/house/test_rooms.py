"""The contracts that import-linter holds are those that the project wants: none left out, none with a hole in it.

Import-linter says whether a contract is kept; that nobody has taken one away, or made it weaker, is said here.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {one["id"]: one for one in LINTER["contracts"]}
PACKAGES = {
    "avtalsvakt": "service",
    "avtalsvakt_calendars": "calendars",
    "avtalsvakt_engine": "engine",
    "avtalsvakt_rules": "rules",
}
"""From the top down, each with its folder."""
ORDERED = {one: contract for contract in CONTRACTS.values() for one in contract.get("containers", ())}


def folder(container: str) -> Path:
    package, *inner = container.split(".")
    return ROOT.joinpath(PACKAGES[package], package, *inner)


def members(container: str) -> set[str]:
    """The modules and rooms that lie in a container, by name."""
    found = folder(container).iterdir()
    return {one.stem for one in found if one.suffix == ".py" or (one / "__init__.py").exists()} - {"__init__"}


def test_imports_point_one_way_among_the_packages_and_count_whatever_they_are_for() -> None:
    assert CONTRACTS["one-way"]["type"] == "layers" and CONTRACTS["one-way"]["layers"] == list(PACKAGES)
    assert set(LINTER["root_packages"]) == set(PACKAGES)
    assert LINTER["exclude_type_checking_imports"] is False
    assert len(CONTRACTS) == len(LINTER["contracts"])


def test_no_circles_anywhere() -> None:
    assert CONTRACTS["no-circles"]["type"] == "acyclic_siblings"
    assert set(CONTRACTS["no-circles"]["ancestors"]) == set(PACKAGES)


def test_each_package_has_an_order_of_rooms_and_each_room_of_calendars_and_rules_one_of_modules() -> None:
    inner = {
        f"{package}.{one}"
        for package in ("avtalsvakt_calendars", "avtalsvakt_rules")
        for one in members(package)
        if (folder(package) / one).is_dir()
    }
    assert {"avtalsvakt_calendars.importing", "avtalsvakt_rules.language"} <= inner
    assert {*PACKAGES, "avtalsvakt_engine.storage", *inner} <= set(ORDERED)


@pytest.mark.parametrize("container", ORDERED)
def test_an_order_names_every_room_once_and_lets_none_import_as_it_likes(container: str) -> None:
    contract = ORDERED[container]
    named = [name.strip() for layer in contract["layers"] for name in layer.split("|")]
    assert contract["exhaustive"] is True
    assert not {"ignore_imports", "exhaustive_ignores"} & contract.keys()
    assert sorted(named) == sorted(members(container))
    assert not any(":" in layer for layer in contract["layers"]), "`:` would let siblings import one another"


BEHIND = {
    "apprise", "apscheduler", "argon2", "authlib", "cryptography", "dask", "distributed", "durable",
    "durable_rules_engine", "httpx", "icalendar", "jinja2", "joserfc", "openpyxl", "prometheus_client",
    "rapidfuzz", "recurring_ical_events", "smtplib", "sqlite_utils", "stamina", "starlette", "structlog",
    "uvicorn", "weasyprint",
}  # fmt: skip
"""Libraries that few modules know, so that they can be exchanged."""


def test_libraries_that_might_be_exchanged_are_forbidden_to_all_others_and_what_is_kept_judges_nothing() -> None:
    forbidding = [one for one in CONTRACTS.values() if one["type"] == "forbidden"]
    everywhere = [one for one in forbidding if set(one["source_modules"]) == set(PACKAGES)]
    assert {name for one in everywhere for name in one["forbidden_modules"]} == BEHIND
    [kept] = [one for one in forbidding if one not in everywhere]
    assert kept["source_modules"] == ["avtalsvakt_engine.storage"] and "ignore_imports" not in kept
    assert {"avtalsvakt_engine.judging", "avtalsvakt_engine.duties"} <= set(kept["forbidden_modules"])


def test_what_only_one_module_knows_is_let_out_to_no_more_than_it_says() -> None:
    """A contract that forbids lets out modules by name; whole rooms only where faces are made of the library."""
    faces = {"avtalsvakt.pages.** -> starlette", "avtalsvakt.pages.** -> jinja2", "avtalsvakt.web.** -> starlette",
             "avtalsvakt.web.** -> uvicorn"}  # fmt: skip
    let_out = {one for contract in CONTRACTS.values() for one in contract.get("ignore_imports", ())}
    assert {one for one in let_out if "*" in one} == faces
    for one in let_out - faces:
        module, _, library = one.partition(" -> ")
        package, *inner = module.split(".")
        text = ROOT.joinpath(PACKAGES[package], package, *inner).with_suffix(".py").read_text(encoding="utf-8")
        assert re.search(rf"^ *(?:from|import) {library}\b", text, re.MULTILINE), f"{one}: it imports no such thing"
