"""The folder the story takes place in, and the texts it is told with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from command_line import CommandLine
from service import Clock

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "interview.txt"
OWN = """Note sur le trafic du détroit

Le bulletin portuaire du 12 novembre annonce quatre escales à Kessar, dont le cargo Bouvreuil.

La presse locale a donné les mêmes heures d’arrivée que l’alizé du sud-ouest.

Le service des phares confirme le passage du Corneille au large du cap, feux réduits.

Deux remorqueurs ont été affrétés par une société dont le siège est une boîte aux lettres.

Une interception du 14 novembre nomme le capitaine Dauphin et fixe un rendez-vous en mer.

Le même correspondant demande que la cargaison soit reclassée en pièces de tracteur.

La source Épervier a vu les conteneurs ouverts dans le hangar 7 la nuit du 15.

Épervier doit être revue avant le 30 ; son officier traitant sera le seul contact.
"""


@pytest.fixture
def line(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A command line whose current folder is its own."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(folder=tmp_path, clock=clock)


@pytest.fixture(params=["our own text", "a real text"])
def text(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plain text without any mark: one of ours, and the sample where it lies beside the project."""
    if request.param == "our own text":
        own = tmp_path / "texte.txt"
        own.write_text(OWN, encoding="utf-8")
        return own
    if not SAMPLE.is_file():
        reason = "shared/samples/interview.txt does not lie beside the project"
        if os.environ.get("CLOISON_REQUIRE") == "all":
            pytest.fail(reason)
        pytest.skip(reason)
    return SAMPLE
