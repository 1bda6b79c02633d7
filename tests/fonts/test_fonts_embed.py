"""What ``subset`` makes, put into a PDF and drawn by programs that we did not write."""

import io
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from font_samples import bar_width, make_font, make_variable
from PIL import Image

from layout.fonts import Face, FontSubset, open_face, subset

SIZE = 100  # one em is 100 points, and the page is drawn at 144 dpi: 2 pixels for 1 % of the em
COPY = "AB1中"


def write_page(face: Face, cut: FontSubset, gids: Iterable[int]) -> bytes:
    """A page of one line of glyphs, each in its own em."""
    pdf = pikepdf.new()
    program = pdf.make_stream(cut.data)
    descriptor = {
        "/Type": pikepdf.Name.FontDescriptor,
        "/FontName": pikepdf.Name("/AAAAAA+" + face.ps_name),
        "/Flags": 4,
        "/ItalicAngle": 0,
        "/StemV": 80,
        "/Ascent": 880,
        "/Descent": -120,
        "/CapHeight": 700,
        "/FontBBox": [0, -120, 1000, 880],
    }
    if cut.kind == "cff":
        program.Subtype = pikepdf.Name.CIDFontType0C
        descriptor["/FontFile3"] = program
    else:
        descriptor["/FontFile2"] = program
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType0 if cut.kind == "cff" else pikepdf.Name.CIDFontType2,
        BaseFont=descriptor["/FontName"],
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(pikepdf.Dictionary(descriptor)),
        DW=1000,
    )
    if cut.kind == "truetype":
        descendant.CIDToGIDMap = pikepdf.Name.Identity
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=descriptor["/FontName"],
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(descendant)],
    )
    codes = "".join(f"{cut.gids[gid]:04X}" for gid in gids)
    page = pdf.add_blank_page(page_size=(SIZE * len(COPY), SIZE))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(f"BT /F {SIZE} Tf 0 12 Td <{codes}> Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def by_pdfium(data: bytes, tmp_path: Path) -> Image.Image:
    return pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")


def by_program(command: str) -> object:
    def draw(data: bytes, tmp_path: Path) -> Image.Image:
        program, *rest = command.split()
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
        (tmp_path / "page.pdf").write_bytes(data)
        done = subprocess.run([program, *rest], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert "rror" not in done.stdout + done.stderr
        return Image.open(next(tmp_path.glob("page*.png"))).convert("L")

    return draw


RENDERERS = [
    pytest.param(by_pdfium, id="pdfium"),
    pytest.param(by_program("pdftoppm -r 144 -png page.pdf page"), id="poppler", marks=pytest.mark.tools),
    pytest.param(
        by_program("gs -q -dBATCH -dNOPAUSE -r144 -sDEVICE=pnggray -sOutputFile=page.png page.pdf"),
        id="ghostscript",
        marks=pytest.mark.tools,
    ),
    pytest.param(by_program("mutool draw -q -r 144 -o page.png page.pdf"), id="mupdf", marks=pytest.mark.tools),
]


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("upem", [1000, 2048])
@pytest.mark.parametrize("kind", ["truetype", "cff", "variable-truetype", "variable-cff2"])
def test_every_kind_of_font_is_drawn_as_it_is(kind, upem, render, tmp_path):
    path, weight = tmp_path / "font.otf", 0
    if kind.startswith("variable"):
        make_variable(cff=kind.endswith("cff2"), upem=upem).save(path)
        face, weight = open_face(path, 0, (("wght", 500.0),)), 200
    else:
        make_font(cff=kind == "cff", upem=upem).save(path)
        face = open_face(path)
    gids = [face.gid(ord(c)) for c in COPY]
    picture = render(write_page(face, subset(face, gids), gids), tmp_path)
    for place, name in enumerate(("A", "B", "one", "uni4E2D")):
        cell = picture.crop((place * 2 * SIZE, 0, (place + 1) * 2 * SIZE, 2 * SIZE)).point(
            lambda v: 255 if v < 128 else 0
        )
        left, top, right, bottom = cell.getbbox()
        assert (left, bottom - top) == (pytest.approx(10, abs=1), pytest.approx(140, abs=1))
        assert right - left == pytest.approx(2 * bar_width(name, weight) / 10, abs=1)


def test_same_glyphs_same_bytes(font_file):
    for cff in (False, True):
        face = open_face(font_file(cff=cff))
        assert subset(face, [4, 2]).data == subset(face, [2, 4, 2]).data
