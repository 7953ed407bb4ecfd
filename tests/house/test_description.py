"""What the project says about itself in several places is the same, and within what the standards allow."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PUBLICCODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_one_licence_in_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["license"] == PUBLICCODE["legal"]["license"] == "EUPL-1.2"
    assert text.startswith("European Union Public Licence\nV. 1.2")
    positions = [text.find(f"\n{article}. ") for article in range(1, 16)]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert "\nAppendix\n" in text[positions[-1] :]


def test_one_version() -> None:
    assert PUBLICCODE["softwareVersion"] == PROJECT["version"]


def test_the_catalogues_mandatory_keys() -> None:
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    mandatory |= {"description", "legal", "maintenance", "localisation"}
    assert mandatory <= PUBLICCODE.keys()
    assert PUBLICCODE["maintenance"]["contacts"][0]["name"]
    assert PUBLICCODE["localisation"]["availableLanguages"] == ["sv"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_catalogues_limits(language: str) -> None:
    description = PUBLICCODE["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 500 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    assert all(len(feature) <= 100 for feature in description["features"])
