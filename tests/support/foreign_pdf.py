"""PDF as other programs write it, and PDF made to do harm."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

WORDS = b"BT /F0 40 Tf 40 400 Td (secret) Tj ET"


def pdf_of(*contents: bytes, size: tuple[float, float] = (300, 500)) -> bytes:
    """One page for each content stream, with a font that is not in the file."""
    made = _pages(*contents, size=size)
    return _saved(made)


def locked_pdf() -> bytes:
    """One that asks for a password."""
    made, target = _pages(WORDS), io.BytesIO()
    made.save(target, encryption=pikepdf.Encryption(owner="maître", user="valet"))
    return target.getvalue()


def pdf_that_acts(path: str) -> bytes:
    """One that runs a script, opens ``path`` and an address when it is opened, and draws from ``path``."""
    made = _pages(b"/Outside Do " + WORDS)
    script = f"app.launchURL('http://127.0.0.1:9/'); this.importDataObject('a', '{path}'); app.alert('x');"
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=script)
    page = made.pages[0]
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=path))
    page.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([0, 0, 300, 500]),
                A=Dictionary(S=Name.URI, URI="http://127.0.0.1:9/"),
            )
        ]
    )
    outside = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8)
    outside.ColorSpace, outside.F, outside.FFilter = Name.DeviceGray, path, Name.FlateDecode
    page.Resources.XObject = Dictionary(Outside=outside)
    return _saved(made)


def picture_bomb_pdf(side: int = 60_000) -> bytes:
    """A few kilobytes whose page holds a picture of ``side`` by ``side`` pixels."""
    made = _pages(b"q 300 0 0 500 0 0 cm /Bomb Do Q")
    bomb = made.make_stream(
        zlib.compress(bytes(1_000_000)), Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side
    )
    bomb.BitsPerComponent, bomb.ColorSpace, bomb.Filter = 8, Name.DeviceRGB, Name.FlateDecode
    made.pages[0].Resources.XObject = Dictionary(Bomb=bomb)
    return _saved(made)


def stream_bomb_pdf(mebibytes: int) -> bytes:
    """A page whose drawing unpacks to so many MiB of blanks, packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join([packer.compress(b" " * (1 << 20)) for _ in range(mebibytes)]) + packer.flush()
    made = _pages(b"")
    bomb = made.make_stream(zlib.compress(once, 9))
    bomb.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    made.pages[0].Contents = bomb
    return _saved(made)


def laughing_pdf(depth: int = 12) -> bytes:
    """A page that draws a drawing ten times, which draws another ten times, and so on."""
    made = _pages(b"/Next Do " * 10)
    inner = made.make_stream(b"0 0 9 9 re f " * 10)
    for _ in range(depth):
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 500])
        outer = made.make_stream(b"/Next Do " * 10)
        outer.Resources = Dictionary(XObject=Dictionary(Next=inner))
        inner = outer
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 500])
    made.pages[0].Resources.XObject = Dictionary(Next=inner)
    return _saved(made)


def _pages(*contents: bytes, size: tuple[float, float] = (300, 500)) -> Pdf:
    made = Pdf.new()
    for content in contents:
        page = made.add_blank_page()
        page.MediaBox = Array([0, 0, *size])
        page.Contents = made.make_stream(content)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F0=font))
    return made


def _saved(made: Pdf) -> bytes:
    target = io.BytesIO()
    made.save(target, compress_streams=False)
    return target.getvalue()
