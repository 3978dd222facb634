"""Strips over pages: order, gaps, and what stays together."""

from cloison.rendering.flow import Strip, paginate
from cloison.rendering.fonts import Face
from cloison.rendering.ink import Ink, Span, Text


def strip(name: str, *, height: float = 10.0, gap: float = 0.0, is_glued: bool = False) -> Strip:
    ink = Text(x=0.0, y=0.0, line=(Span(text=name, face=Face.REGULAR, size=10.0),))
    return Strip(height=height, gap=gap, inks=(ink,), is_glued=is_glued)


def shown(pages: tuple[tuple[Ink, ...], ...]) -> list[list[tuple[str, float]]]:
    return [[(ink.line[0].text, ink.y) for ink in page if isinstance(ink, Text)] for page in pages]


def test_nothing_is_one_empty_page() -> None:
    assert paginate((), height=100.0) == ((),)


def test_a_gap_is_left_between_strips_and_dropped_at_the_top_of_a_page() -> None:
    pages = paginate([strip("a", gap=5.0), strip("b", gap=5.0), strip("c", gap=5.0)], height=30.0)

    assert shown(pages) == [[("a", 0.0), ("b", 15.0)], [("c", 0.0)]]


def test_glued_strips_go_to_the_next_page_together() -> None:
    pages = paginate([strip("a"), strip("heading", is_glued=True), strip("text")], height=20.0)

    assert shown(pages) == [[("a", 0.0)], [("heading", 0.0), ("text", 10.0)]]


def test_glued_strips_taller_than_a_page_are_parted() -> None:
    pages = paginate([strip(str(n), is_glued=True) for n in range(5)], height=20.0)

    assert [len(page) for page in pages] == [2, 2, 1]
