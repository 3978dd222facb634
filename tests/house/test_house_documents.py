"""The documents point at what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")
THREATS = (
    "stolen laptop",
    "memory after lock",
    "key beside data",
    "core dump",
    "a mark silently lowered",
    "compartment bleed",
    "uncleared portion",
    "swapped recipient key",
    "tampered, truncated, replayed, forwarded package",
    "archive traversal",
    "XML bombs",
    "rich text",
    "hostile image",
    "PDF leak",
    "temporary and spool files",
    "power loss",
    "register tampering",
    "coercion",
    "network exfiltration",
    "clock set back",
    "rolled-back vault",
    "accessibility bus",
    "crypto downgrade",
    "supply chain",
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file(name: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))

    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_its_row(threat: str) -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]

    assert len([row for row in rows if threat in row.split("|")[1]]) == 1


def test_the_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert [number for number in range(1, 16) if not re.search(rf"^{number}\.[A-Z]", licence, re.MULTILINE)] == []
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
