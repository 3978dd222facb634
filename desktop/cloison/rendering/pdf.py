"""The one call of this package: a page model in, the bytes of a marked PDF out.

``printable`` lets only text through that will be seen as it is; ``sheets`` lays it out between the ``margins``, with
plain values that say what ink goes where; ``drawing`` puts that on a canvas; ``finishing`` settles the metadata.
Preview, file, package and printer all take these bytes. Our own layout, not reportlab's paragraphs: theirs read
markup, whose images open files, and break lines at U+202F.
"""

from __future__ import annotations

from cloison.rendering.fingerprint_page import FingerprintPage
from cloison.rendering.page import PageModel
from cloison.rendering.policy_page import PolicyDocument


def draw(model: PageModel) -> bytes:
    """The PDF: A4, every font embedded, the same bytes for the same model in every process.

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
    title = " · ".join(part for part in (page.marking, page.reference) if part)
    return finish(drawn, title=title, language=page.language, created=page.created)


def draw_policy(document: PolicyDocument) -> bytes:
    """The pages about a policy as a PDF, by the code that draws notes; raises ``UnprintableCharacterError``."""
    # Imported here for the same reason as in `draw`.
    from cloison.rendering.drawing import draw_sheets
    from cloison.rendering.finishing import finish
    from cloison.rendering.policy_sheets import policy_sheets
    from cloison.rendering.printable import printable

    pages = printable(document)
    drawn = draw_sheets(policy_sheets(pages), watermark=None, language=pages.language)
    return finish(drawn, title=pages.title, language=pages.language, created=pages.created)


def draw_fingerprint(page: FingerprintPage) -> bytes:
    """The sheet with a fingerprint as a PDF; raises ``UnprintableCharacterError``."""
    # Imported here for the same reason as in `draw`.
    from cloison.rendering.drawing import draw_sheets
    from cloison.rendering.fingerprint_sheet import fingerprint_sheet
    from cloison.rendering.finishing import finish
    from cloison.rendering.printable import printable

    sheet = printable(page)
    drawn = draw_sheets((fingerprint_sheet(sheet),), watermark=None, language=sheet.language)
    return finish(drawn, title=f"{sheet.title} · {sheet.name}", language=sheet.language, created=sheet.created)


def page_count(drawn: bytes) -> int:
    """How many pages a PDF made by ``draw`` has. A file from elsewhere is for the decoder alone."""
    from cloison.rendering.finishing import count_pages

    return count_pages(drawn)
