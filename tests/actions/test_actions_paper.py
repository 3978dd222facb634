"""What the policy demands on paper, and what only the sender may ask for."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from cloison.actions.paper import Letterhead, PaperCopy, page_model
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.portion import new_uid, plain_portion
from cloison.notes.release import Rendition
from cloison.rendering.page import CopyNumber, PageModel
from service import words_for

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOLDERS = ("Mme Martin", "M. Roux")
NUMBER = CopyNumber(number=2, total=5)


def model(mark: str, *, shows_number: bool = False, has_title: bool = True) -> PageModel:
    label = read_mark(POLICY, mark, created=NOW)
    portion = plain_portion("texte", randomness=os.urandom, label=label)
    rendition = Rendition(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        title=portion if has_title else None,
        portions=(portion,),
        label=label,
    )
    copy = PaperCopy(
        holder="Mme Martin",
        copy_id="ab" * 16,
        registration=None,
        number=NUMBER,
        shows_number=shows_number,
        distribution=HOLDERS,
    )
    return page_model(POLICY, rendition, copy, Letterhead(authority="Service", at=NOW, words=words_for("fr")))


@pytest.mark.parametrize("mark", ["[NP]", "[DR]", "[S-SF]"])
def test_copy_n_of_n_stays_off_the_paper_unless_the_sender_asks(mark: str) -> None:
    assert (model(mark).copy_number, model(mark).distribution) == (None, ())
    asked = model(mark, shows_number=True)
    assert (asked.copy_number, asked.distribution) == (NUMBER, HOLDERS)


def test_copy_n_of_n_stands_on_every_paper_at_the_highest_level() -> None:
    assert (model("[TS]").copy_number, model("[TS]").distribution) == (NUMBER, HOLDERS)
    assert model("[TS]").blank_page_text == "PAS DE TEXTE"


@pytest.mark.parametrize(
    ("mark", "top", "bottom"),
    [("[DR]", ["DIFFUSION RESTREINTE"], []), ("[S-SF]", ["SECRET", "SPÉCIAL FRANCE"], ["SECRET"])],
)
def test_the_stamps_follow_the_policys_positions(mark: str, top: list[str], bottom: list[str]) -> None:
    drawn = model(mark)

    assert ([stamp.text for stamp in drawn.top], [stamp.text for stamp in drawn.bottom]) == (top, bottom)


def test_a_withheld_title_has_no_level_on_the_paper_either() -> None:
    assert model("[S]", has_title=False).first_page.subject_level is None
    assert model("[S]").first_page.subject_level is not None
