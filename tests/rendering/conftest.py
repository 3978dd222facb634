"""One page model with everything on it, to be varied, and the outside eyes that look at the PDF."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cloison.labels.rendering import Stamp
from cloison.notes.portion import Kind, Run
from cloison.rendering.page import FirstPage, PageModel, PagePortion, Words
from cloison.rendering.pdf import draw

Tool = Callable[[str, str], str]
MakeModel = Callable[..., PageModel]

WORDS = Words(
    page="page",
    pages="Nombre de pages",
    reference="Référence",
    author_reference="Références de l’auteur",
    registration="N° d’enregistrement",
    date="Date",
    declassification="À déclassifier le",
    review="À réévaluer le",
    subject="Objet",
    subject_level="Niveau de l’objet",
    annexes="Annexes",
    holder="Détenteur",
    copy="Copie",
    copy_number="Exemplaire n°",
    distribution="Destinataires",
    colon="\u00a0:",
    months=tuple(f"mois {number}" for number in range(1, 13)),
    first_day="1er",
    evaluated=lambda evaluation: f"Cotation : {evaluation.code}",
    attached=lambda number, file: f"Pièce jointe {number} : {file.name}",
)
SECRET = Stamp(text="SECRET", colour="#C00000", boxed=True, order=0)
SPECIAL_FRANCE = Stamp(text="SPÉCIAL FRANCE", colour="#1B2A8B", boxed=True, order=1)


@pytest.fixture
def make_model() -> MakeModel:
    """`make_model(title=None)`: a SECRET – SPÉCIAL FRANCE note of one paragraph, with those fields instead."""

    def make(**changes: Any) -> PageModel:
        fields: dict[str, Any] = {
            "language": "fr",
            "words": WORDS,
            "marking": "SECRET – SPÉCIAL FRANCE",
            "reference": "CAB/2026/0042",
            "created": datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
            "top": (SECRET, SPECIAL_FRANCE),
            "bottom": (SECRET,),
            "first_page": FirstPage(
                authority=("MINISTÈRE DES AFFAIRES INVENTÉES", "Direction des études"),
                date="12 novembre 2026",
                level=(SECRET, SPECIAL_FRANCE),
                declassification="12 novembre 2041",
                registration="2026/0118",
                author_reference="DE/BS/HM",
                subject_level="SECRET",
                annexes=("Carte des abords", "Relevé des entretiens"),
            ),
            "title": portion("[S]", "Point de situation"),
            "portions": (portion("[S-SF]", "La source a vu le navire."),),
            "holder": "Mme Hélène Mercier",
            "copy_id": "7QK4-M2XD",
        }
        return PageModel(**(fields | changes))

    return make


@pytest.fixture
def make_portion() -> Callable[..., PagePortion]:
    """`make_portion("[S]", "texte", Kind.ITEM)`."""
    return portion


@pytest.fixture
def extract(tool: Tool, tmp_path: Path) -> Callable[..., str]:
    """`extract(model)` is what pdftotext reads in the drawn model, pages parted by form feeds."""

    def read(model: PageModel, *options: str) -> str:
        path = tmp_path / "drawn.pdf"
        path.write_bytes(draw(model))
        program = tool("pdftotext", "apt install poppler-utils")
        return subprocess.run([program, *options, path, "-"], check=True, capture_output=True, text=True).stdout

    return read


def portion(mark: str, text: str, kind: Kind = Kind.PARAGRAPH) -> PagePortion:
    """A portion of one plain run."""
    return PagePortion(mark=mark, kind=kind, runs=(Run(text=text),))
