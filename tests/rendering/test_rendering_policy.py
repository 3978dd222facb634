"""The pages about a policy: drawn by the code that draws notes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.labels.rendering import Stamp
from cloison.rendering.errors import UnprintableCharacterError
from cloison.rendering.ink import Box, Text
from cloison.rendering.margins import HEIGHT, WIDTH
from cloison.rendering.pdf import draw_policy, page_count
from cloison.rendering.policy_page import MiniPage, PolicyDocument, PolicyEntry, PolicyRow, PolicySection
from cloison.rendering.policy_sheets import policy_sheets

Tool = Callable[[str, str], str]
SECRET = Stamp(text="SECRET", colour="#C00000", boxed=True, order=0)
SPECIAL_FRANCE = Stamp(text="SPÉCIAL FRANCE", colour="#1B2A8B", boxed=True, order=1)
MINI = MiniPage(top=(SECRET, SPECIAL_FRANCE), bottom=(SECRET,), mark="[S-SF]", text="Texte.")
HEADS = PolicyEntry(name="Nom", marking="En haut", mark="Paragraphe", note="")


def document(*sections: PolicySection) -> PolicyDocument:
    return PolicyDocument(
        language="fr",
        title="Politique FR",
        reference="FR 1",
        page="page",
        colon="\u00a0:",
        created=datetime(2026, 11, 12, tzinfo=UTC),
        sections=sections,
    )


def entry(number: int, *, note: str = "") -> PolicyEntry:
    return PolicyEntry(name=f"N{number}", marking=f"MARKING {number} " * 6, mark=f"[M{number}]", note=note)


def text_of(drawn: bytes, tool: Tool, folder: Path) -> str:
    file = folder / "drawn.pdf"
    file.write_bytes(drawn)
    program = tool("pdftotext", "apt install poppler-utils")
    return subprocess.run([program, "-layout", file, "-"], check=True, capture_output=True, text=True).stdout


def test_a_level_is_drawn_with_the_stamps_of_its_pages_and_what_is_said_of_it(tool: Tool, tmp_path: Path) -> None:
    rows = (PolicyRow(name="Haut de page", value="SECRET"), PolicyRow(name="Bas de page", value="rien"))

    read = text_of(draw_policy(document(PolicySection(heading="Niveau", page=MINI, rows=rows))), tool, tmp_path)

    for words in ("Politique FR", "Niveau", "SPÉCIAL FRANCE", "[S-SF] Texte.", "Bas de page", "rien", "page 1 / 1"):
        assert words in read
    assert read.count("SECRET") == 3


def test_stamps_have_their_colours_and_boxes_and_stand_in_the_frame() -> None:
    (sheet,) = policy_sheets(document(PolicySection(heading="Niveau", page=MINI)))
    frame, *boxes = [ink for ink in sheet if isinstance(ink, Box)]
    inks = {span.text: span.colour for ink in sheet if isinstance(ink, Text) for span in ink.line}

    assert (inks["SECRET"], inks["SPÉCIAL FRANCE"]) == (SECRET.colour, SPECIAL_FRANCE.colour)
    assert [box.colour for box in boxes] == [SECRET.colour, SPECIAL_FRANCE.colour, SECRET.colour]
    for box in boxes:
        assert frame.x < box.x and box.x + box.width < frame.x + frame.width
        assert frame.y < box.y and box.y + box.height < frame.y + frame.height


def test_a_level_that_puts_nothing_on_a_page_is_a_page_with_its_paragraph_alone() -> None:
    empty = MiniPage(top=(), bottom=(), mark="[NP]", text="Texte.")
    (sheet,) = policy_sheets(document(PolicySection(heading="NP", page=empty)))

    assert len([ink for ink in sheet if isinstance(ink, Box)]) == 1


def test_a_level_is_not_parted_from_its_rows() -> None:
    rows = tuple(PolicyRow(name=f"Ligne {number}", value="valeur " * 20) for number in range(6))
    sections = [PolicySection(heading=f"Niveau {number}", page=MINI, rows=rows) for number in range(4)]
    sheets = policy_sheets(document(*sections))
    texts = [[span.text for ink in sheet if isinstance(ink, Text) for span in ink.line] for sheet in sheets]

    assert len(sheets) > 1
    for page in texts:
        headings = sum(text.startswith("Niveau") for text in page)
        assert headings and sum(text.startswith("Ligne 5") for text in page) == headings


def test_long_lists_run_over_the_pages_inside_the_paper() -> None:
    entries = tuple(entry(number, note="à savoir " * 20 if number % 3 == 0 else "") for number in range(250))
    sheets = policy_sheets(document(PolicySection(heading="Toutes", columns=HEADS, entries=entries)))
    texts = [ink for sheet in sheets for ink in sheet if isinstance(ink, Text)]
    named = [span.text for ink in texts for span in ink.line if span.text.startswith("[M")]

    assert len(sheets) > 5
    assert named == [f"[M{number}]" for number in range(250)]
    assert all(0 < ink.x < WIDTH and 0 < ink.y < HEIGHT for ink in texts)


def test_the_same_policy_gives_the_same_bytes() -> None:
    first, second = (draw_policy(document(PolicySection(heading="Niveau", is_part=True))) for _ in range(2))

    assert first == second
    assert page_count(first) == 1


def test_a_character_no_font_has_is_refused() -> None:
    with pytest.raises(UnprintableCharacterError):
        draw_policy(document(PolicySection(heading="中")))
