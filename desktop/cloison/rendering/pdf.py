"""The one call of this package: a page model in, the bytes of a marked PDF out.

``printable`` lets only text through that will be seen as it is; ``sheets`` lays it out between the ``margins``, with
plain values that say what ink goes where; ``drawing`` puts that on a canvas; ``finishing`` settles the metadata.
Preview, file, package and printer all take these bytes. Our own layout, not reportlab's paragraphs: theirs read
markup, whose images open files, and break lines at U+202F.
"""

from __future__ import annotations

import io

from cloison.rendering.page import PageModel


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made by ``draw`` has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def draw(model: PageModel) -> bytes:
    """The PDF: A4, every font embedded, the same bytes for the same model on every machine.

    Raises ``UnprintableCharacterError`` for a character no embedded font has, before anything is laid out, and
    ``NoRoomError``. Not to be called from two threads at once: the fonts are shared.
    """
    # Imported here because reportlab and pikepdf take longer to load than the unlock screen may take to show.
    from cloison.rendering.drawing import draw_sheets
    from cloison.rendering.finishing import finish
    from cloison.rendering.printable import printable
    from cloison.rendering.sheets import sheets

    page = printable(model)
    drawn = draw_sheets(sheets(page), watermark=page.watermark, language=page.language)
    title = f"{page.marking} · {page.reference}"
    return finish(drawn, title=title, language=page.language, created=page.created)
