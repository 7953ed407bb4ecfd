"""What the program brings along, out of requirements/runtime.lock: CycloneDX 1.6 as JSON, and a list of licences.

    .venv/bin/python scripts/sbom.py    writes docs/sbom.cdx.json and docs/licenser.md

Names, versions and hashes are those of the lock; licences are what the installed packages say of themselves.
"""

import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(.*)$")
HEAD = """# Licenser

Vad programmet består av utöver sin egen kod (EUPL-1.2), med den licens som varje paket uppger om sig självt. Hämtat ur
`requirements/runtime.lock` av `make sbom`; samma sak för program står i [sbom.cdx.json](sbom.cdx.json) (CycloneDX 1.6).

| paket | version | licens |
|---|---|---|
"""


def pins(text: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and SHA-256 hashes of each package of a lock."""
    matched = (PIN.match(line.strip()) for line in text.replace("\\\n", " ").splitlines())
    return [(one[1], one[2], re.findall(r"--hash=sha256:([0-9a-f]{64})", one[3])) for one in matched if one]


def licence(name: str) -> str:
    """What an installed package says of its licence, as short as it is said; empty where it says nothing."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ""
    if expression := said.get("License-Expression"):
        return str(expression)
    classified = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    if classified:
        return ", ".join(sorted(set(classified)))
    return str(said.get("License") or "").partition("\n")[0][:60]


def bill(project: dict[str, str], packages: list[tuple[str, str, list[str]]]) -> dict[str, object]:
    """The bill of materials."""
    components = []
    for name, version, hashes in packages:
        one: dict[str, object] = {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
        }
        if said := licence(name):
            one["licenses"] = [{"license": {"name": said}}]
        one["externalReferences"] = [
            {"type": "distribution", "url": f"pkg:pypi/{name}@{version}", "hashes": [{"alg": "SHA-256", "content": h}]}
            for h in hashes
        ]
        components.append(one)
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    about = {"type": "application", "bom-ref": own, "name": project["name"], "version": project["version"], "purl": own}
    about["licenses"] = [{"license": {"id": project["license"]}}]  # type: ignore[assignment]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about},
        "components": components,
    }


def main() -> None:
    """Write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = pins((ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8"))
    written = json.dumps(bill(project, packages), ensure_ascii=False, indent=1) + "\n"
    (ROOT / "docs" / "sbom.cdx.json").write_text(written, encoding="utf-8")
    rows = "".join(f"| {name} | {version} | {licence(name) or 'uppges inte'} |\n" for name, version, _ in packages)
    (ROOT / "docs" / "licenser.md").write_text(HEAD + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
