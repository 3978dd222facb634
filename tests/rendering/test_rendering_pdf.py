"""The drawn bytes, seen from outside: text, fonts, metadata, sameness."""

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from cloison.notes.portion import Kind
from cloison.rendering.page import PageModel, PagePortion
from cloison.rendering.pdf import draw, page_count

Tool = Callable[[str, str], str]
MakeModel = Callable[..., PageModel]
MakePortion = Callable[..., PagePortion]
Extract = Callable[..., str]
LONG = "Le guetteur a noté le passage du navire, puis il est rentré. " * 12

ANOTHER_PROCESS = """
import hashlib
from datetime import UTC, datetime
from cloison.labels.rendering import Stamp
from cloison.notes.portion import Kind, Run
from cloison.rendering.page import FirstPage, PageModel, PagePortion, Words
from cloison.rendering.pdf import draw, page_count
names = [f for f in Words.__slots__ if f != "months"]
words = Words(**{name: name for name in names}, months=("m",) * 12)
stamp = Stamp(text="SECRET", colour="#C00000", boxed=True, order=0)
portion = PagePortion(mark="[S]", kind=Kind.PARAGRAPH, runs=(Run(text="Été, œuvre, Київ, Ελλάς → n° 5"),))
model = PageModel(language="fr", words=words, marking="SECRET", reference="R", created=datetime(2026, 1, 2, tzinfo=UTC),
    top=(stamp,), bottom=(stamp,), first_page=FirstPage(date="2"), title=portion, portions=(portion,) * 40,
    watermark="É")
print(hashlib.sha256(draw(model)).hexdigest())
"""


def test_the_banner_and_the_page_number_are_read_on_every_page(
    make_model: MakeModel, make_portion: MakePortion, extract: Extract
) -> None:
    portions = tuple(make_portion("[S-SF]", LONG) for _ in range(150))

    pages = extract(make_model(portions=portions)).removesuffix("\f").split("\f")

    assert len(pages) >= 20
    for number, page in enumerate(pages, start=1):
        assert page.startswith("SECRET\n\nSPÉCIAL FRANCE\n")
        assert len(re.findall(r"^SECRET$", page, re.MULTILINE)) == 2
        assert f"page {number} / {len(pages)}" in page
        assert "Détenteur : Mme Hélène Mercier" in page


def test_text_is_read_as_it_was_written(make_model: MakeModel, make_portion: MakePortion, extract: Extract) -> None:
    signs = "Œuvre d’été – n° 12 : 12\u202f400 € → ½, « ça », № 3, Київ, Ἀθῆναι, Việt"

    text = extract(make_model(portions=(make_portion("[S-SF]", signs), make_portion("[DR]", "Un point.", Kind.ITEM))))

    assert f"[S-SF] {signs}\n".replace("\u202f", " ") in text  # pdftotext writes every space between words as U+0020
    assert "– [DR] Un point.\n" in text
    assert "Objet : [S] Point de situation\n" in text


def test_the_narrow_space_of_french_stays_one_in_the_file(make_model: MakeModel, make_portion: MakePortion) -> None:
    with pikepdf.open(BytesIO(draw(make_model(portions=(make_portion("[S]", "12\u202f400"),))))) as pdf:
        maps = [font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()]

    assert any(b"<202F>" in one for one in maps)


def test_text_is_read_in_order_with_a_name_across_the_page(
    make_model: MakeModel, make_portion: MakePortion, extract: Extract
) -> None:
    portions = tuple(make_portion("[S]", f"Paragraphe {number}. {LONG}") for number in range(6))
    with_name = extract(make_model(portions=portions, watermark="Hélène Mercier"))

    assert with_name == extract(make_model(portions=portions))
    assert re.findall(r"Paragraphe (\d)", with_name) == list("012345")


def test_markup_is_text(make_model: MakeModel, make_portion: MakePortion, extract: Extract) -> None:
    markup = "<img src='/etc/passwd'/> & <b>gras</b> &amp; (\\ fin"

    text = extract(make_model(portions=(make_portion("[S]", markup),), title=make_portion("[S]", markup)))

    assert text.count(markup) == 2


def test_a_direction_override_does_not_turn_a_mark_round(
    make_model: MakeModel, make_portion: MakePortion, extract: Extract
) -> None:
    text = extract(make_model(portions=(make_portion("[S]", "\u202e]PN[ caché"),)))

    assert "[S] ‹U+202E›]PN[ caché" in text


def test_stamps_are_seen_where_they_belong(make_model: MakeModel, extract: Extract) -> None:
    words = extract(make_model(), "-bbox")

    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">SECRET<', words)
    boxes = sorted([tuple(map(float, box)) for box in found], key=lambda box: box[1])
    for x, _, x2, _ in (boxes[0], boxes[-1]):
        assert (x + x2) / 2 == pytest.approx(595.276 / 2, abs=1)
    assert boxes[0][3] < 65
    assert boxes[-1][1] > 842 - 65


def test_every_font_is_embedded_and_none_is_there_for_nothing(
    make_model: MakeModel, tool: Tool, tmp_path: Path
) -> None:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(draw(make_model()))

    listed = subprocess.run(
        [tool("pdffonts", "apt install poppler-utils"), path], check=True, capture_output=True, text=True
    )

    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == {
        "SourceSans3-Bold",
        "SourceSans3-Regular",
        "SourceSans3-SemiBold",
    }
    assert all(row[3:6] == ["yes", "yes", "yes"] for row in rows)


@pytest.mark.parametrize(("paragraphs", "pages"), [(1, 1), (8, 2), (311, 60)])
def test_the_file_is_sound(
    make_model: MakeModel, make_portion: MakePortion, tool: Tool, tmp_path: Path, paragraphs: int, pages: int
) -> None:
    path = tmp_path / "drawn.pdf"
    portions = tuple(make_portion("[S]", LONG) for _ in range(paragraphs))
    path.write_bytes(draw(make_model(portions=portions, watermark="Hélène Mercier")))

    checked = subprocess.run([tool("qpdf", "apt install qpdf"), "--check", path], capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert page_count(path.read_bytes()) == pages


def test_the_title_is_marking_and_reference_and_never_the_notes_own(make_model: MakeModel) -> None:
    with pikepdf.open(BytesIO(draw(make_model()))) as pdf:
        assert pdf.trailer.Info.Title == "SECRET – SPÉCIAL FRANCE · CAB/2026/0042"
        assert pdf.Root.Lang == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_file_says_nothing_about_where_it_was_made(make_model: MakeModel) -> None:
    with pikepdf.open(BytesIO(draw(make_model()))) as pdf:
        assert set(pdf.trailer.Info.keys()) == {"/Title", "/CreationDate", "/ModDate"}
        assert pdf.trailer.Info.CreationDate == pdf.trailer.Info.ModDate == "D:20261112093000Z"
        assert "/Metadata" not in pdf.Root
        everything = b"".join(obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream))
        everything += b"".join(obj.unparse() for obj in pdf.objects)
    for word in (b"ReportLab", b"reportlab", b"qpdf", b"pikepdf", str(Path.cwd()).encode()):
        assert word not in everything


def test_the_title_of_the_note_is_on_paper_only_where_it_is_given(make_model: MakeModel, extract: Extract) -> None:
    assert "Point de situation" not in extract(make_model(title=None))
    assert "Point de situation" in extract(make_model())


def test_two_processes_draw_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "HOME": str(tmp_path / seed), "USER": seed}
        ran = subprocess.run(
            [sys.executable, "-c", ANOTHER_PROCESS], env=environment, check=True, capture_output=True, text=True
        )
        digests.add(ran.stdout.strip())

    assert len(digests) == 1


def test_drawing_a_second_later_gives_the_same_bytes(make_model: MakeModel) -> None:
    model = make_model(watermark="Hélène Mercier")
    first = draw(model)

    time.sleep(1.01)  # the identifier of a PDF is commonly taken from the clock, to the second

    assert hashlib.sha256(draw(model)).digest() == hashlib.sha256(first).digest()


def test_pages_are_counted_as_drawn(make_model: MakeModel) -> None:
    assert page_count(draw(make_model())) == 1
    assert page_count(draw(make_model(two_sided=True))) == 2


def test_a_paper_without_marking_is_named_by_its_reference(make_model: MakeModel) -> None:
    with pikepdf.open(BytesIO(draw(make_model(marking="", top=(), bottom=())))) as pdf:
        assert pdf.trailer.Info.Title == "CAB/2026/0042"


def test_another_copy_is_another_file(make_model: MakeModel) -> None:
    assert draw(make_model(copy_id="7QK4-M2XD")) != draw(make_model(copy_id="7QK4-M2XE"))


def test_loading_the_module_does_not_load_the_libraries_that_draw() -> None:
    heavy = ("reportlab", "pikepdf", "fontTools")
    code = f"import sys, cloison.rendering.pdf; print([one for one in {heavy} if one in sys.modules])"

    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(("day", "written"), [(1, "1er mois 12 2026"), (12, "12 mois 12 2026")])
def test_dates_are_written_in_the_language_of_the_paper(make_model: MakeModel, day: int, written: str) -> None:
    assert make_model().words.day(datetime(2026, 12, day, tzinfo=UTC)) == written
