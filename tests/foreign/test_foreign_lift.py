"""A page taken out of its file: all that it paints, nothing that belongs to the file."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
import pytest
from ad_samples import X4, Ad, Change, ad_pdf, drawn, resource
from pikepdf import Array, Dictionary, Name
from reportlab.lib.colors import CMYKColor
from reportlab.pdfgen.canvas import Canvas

from layout.foreign import ForeignFault, ForeignPage
from layout.foreign.lift import lift

Form: TypeAlias = Callable[[ForeignPage], Any]


def bare(canvas: Canvas, width: float, height: float) -> None:
    """A tint, nothing else."""
    canvas.setFillColor(CMYKColor(0, 0.5, 0, 0))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)


def written(page: ForeignPage) -> pikepdf.Pdf:
    """The objects of a lifted page in a file of their own, numbered from 1."""
    out = bytearray(b"%PDF-1.6\n")
    for number, lifted in enumerate(page.objects, 1):
        body = b"".join(part if isinstance(part, bytes) else b"%d 0 R" % (part + 1) for part in lifted)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    last = len(page.objects)
    out += b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (last + 1, last + 2)
    out += b"%d 0 obj\n<< /Type /Pages /Kids [%d 0 R] /Count 1 /Form 1 0 R >>\nendobj\n" % (last + 2, last + 3)
    out += b"%d 0 obj\n<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>\nendobj\n" % (last + 3, last + 2)
    out += b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (last + 1, last + 4)
    return pikepdf.open(BytesIO(bytes(out)), suppress_warnings=True)


@pytest.fixture
def form() -> Iterator[Callable[[ForeignPage], Any]]:
    """Gives the form of a lifted page, as it stands in a file."""
    with ExitStack() as stack:
        yield lambda page: stack.enter_context(written(page)).Root.Pages.Form


def test_the_form_is_the_page(form: Form) -> None:
    data = ad_pdf(Ad((100, 60), margin=8))
    lifted = lift(data, 1)
    found = form(lifted)
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        assert [float(edge) for edge in found.BBox] == pytest.approx([float(edge) for edge in page.TrimBox])
        assert lifted.box == tuple(float(edge) for edge in page.TrimBox)
        assert found.read_bytes() == page.Contents.read_bytes()
        fonts = page.Resources.Font
        used = min(found.Resources.Font.keys())
        assert found.Resources.Font[used].FontDescriptor.FontFile2.read_raw_bytes() == (
            fonts[used].FontDescriptor.FontFile2.read_raw_bytes()
        )
    assert "/Group" not in found
    assert (found.Type, found.Subtype) == (Name.XObject, Name.Form)


def test_the_same_page_gives_the_same_objects() -> None:
    data = ad_pdf()
    assert lift(data, 1) == lift(data, 1)


def test_content_in_several_streams_becomes_one(form: Form) -> None:
    def split(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        content = page.Contents.read_bytes()
        half = content.index(b"\n", len(content) // 2)
        page.Contents = Array([pdf.make_stream(content[:half]), pdf.make_stream(content[half:])])

    assert form(lift(ad_pdf(change=split), 1)).read_bytes().split() == (form(lift(ad_pdf(), 1)).read_bytes().split())


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90, 450])
def test_a_turn_is_kept(turn: int) -> None:
    assert lift(ad_pdf(Ad(rotate=turn), bare), 1).rotation == turn % 360


def test_what_other_pages_use_is_left_behind() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        picture = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
        picture.ColorSpace = Name.DeviceGray
        resource(pdf, "XObject", "Huge", pdf.make_stream(b"x" * 50_000, picture))

    plain, shared = lift(ad_pdf(paint=bare), 1), lift(ad_pdf(paint=bare, change=share), 1)
    assert shared.objects == plain.objects
    everything = lift(ad_pdf(paint=bare, change=lambda pdf: (share(pdf), drawn("/Hu#67e Do")(pdf))), 1)
    assert len(everything.objects) == len(plain.objects) + 1


def test_what_belongs_to_the_file_is_left_behind(form: Form) -> None:
    def clutter(pdf: pikepdf.Pdf) -> None:
        inner = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        stream = pdf.make_stream(b"0 0 9 9 re f", inner)
        stream.Metadata = pdf.make_stream(b"<x/>")
        stream.PieceInfo = Dictionary(Private=pdf.make_stream(b"everything again"))
        stream.StructParents = 4
        drawn("/Inner Do /Span /Mine BDC EMC", XObject_Inner=stream, Properties_Mine=Dictionary(Big="text"))(pdf)
        resource(pdf, "ExtGState", "Screen", Dictionary(Type=Name.ExtGState, HT=Name.Default, TR2=Name.Default, LW=2))
        drawn("/Screen gs")(pdf)

    found = form(lift(ad_pdf(paint=bare, change=clutter), 1))
    assert set(found.Resources.XObject.Inner.keys()) <= {"/BBox", "/Filter", "/Length", "/Subtype", "/Type"}
    assert dict(found.Resources.Properties.Mine) == {}
    assert set(found.Resources.ExtGState.Screen.keys()) == {"/Type", "/LW"}


TRANSPARENT = {
    "opacity": Dictionary(ca=0.5),
    "opacity of lines": Dictionary(CA=0.5),
    "blend mode": Dictionary(BM=Name.Multiply),
    "blend modes": Dictionary(BM=Array([Name.Multiply, Name.Normal])),
}
OPAQUE = {
    "full opacity": Dictionary(ca=1, CA=1),
    "normal": Dictionary(BM=Name.Normal),
    "no mask": Dictionary(SMask=Name("/None")),
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_what_blends_stays_among_itself(form: Form, name: str) -> None:
    change = drawn("/X gs 0 0 0 1 k 30 30 50 50 re f", ExtGState_X=TRANSPARENT[name])
    group = form(lift(ad_pdf(Ad(level=X4), bare, change), 1)).Group
    assert dict(group) == {"/S": Name.Transparency, "/I": True, "/CS": Name.DeviceCMYK}


@pytest.mark.parametrize("name", OPAQUE)
def test_what_does_not_blend_is_no_group(form: Form, name: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        drawn("/X gs 0 0 0 1 k 30 30 50 50 re f", ExtGState_X=OPAQUE[name])(pdf)
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    assert "/Group" not in form(lift(ad_pdf(Ad(level=X4), bare, change), 1))


def layered(pdf: pikepdf.Pdf) -> None:
    """A layer on the page and one in a form."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="price"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name="all", Order=Array([layer])))
    inner = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    inner.Resources = Dictionary(Properties=Dictionary(L=layer))
    inner.Filter = Name.FlateDecode
    held = pdf.make_stream(zlib.compress(b"/OC /L BDC 1 1 2 2 re f EMC"), inner)
    operators = "/OC /L BDC (/OC /L BDC) pop EMC /Inner Do".replace("(/OC /L BDC) pop", "0 0 0 1 k 9 9 20 20 re f")
    drawn(operators, XObject_Inner=held, Properties_L=layer)(pdf)


def test_layers_are_taken_off(form: Form) -> None:
    found = form(lift(ad_pdf(Ad(level=X4), bare, layered), 1))
    for stream in (found, found.Resources.XObject.Inner):
        content = stream.read_bytes()
        assert b"/OC" not in content
        assert b"/Layer BMC" in content
        assert content.count(b"EMC") == 1
    assert b"9 9 20 20 re" in found.read_bytes()


def test_resources_that_forms_share_are_one_object() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        shared = pdf.make_indirect(Dictionary(ExtGState=Dictionary({f"/G{n}": Dictionary(LW=n) for n in range(500)})))
        box = Array([0, 0, 9, 9])
        for nth in range(20):
            entries = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=shared)
            drawn(f"/F{nth} Do", **{f"XObject_F{nth}": pdf.make_stream(b"", entries)})(pdf)

    objects = lift(ad_pdf(paint=bare, change=share), 1).objects
    assert sum(len(part) for each in objects for part in each if isinstance(part, bytes)) < 40_000


def deep(pdf: pikepdf.Pdf) -> None:
    value = Array([])
    for _ in range(150):
        value = Array([value])
    drawn("/D gs", ExtGState_D=Dictionary(Deep=value))(pdf)


def bomb(pdf: pikepdf.Pdf) -> None:
    layered(pdf)
    inner = pdf.pages[0].obj.Resources.XObject.Inner
    inner.write(zlib.compress(bytes(70 << 20), 9), filter=Name.FlateDecode)


@pytest.mark.parametrize("change", [deep, bomb])
def test_what_cannot_be_taken_out_is_told(change: Change) -> None:
    with pytest.raises(ForeignFault):
        lift(ad_pdf(paint=bare, change=change), 1)


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", ad_pdf(paint=bare)[:900]])
def test_no_file_and_no_page(data: bytes) -> None:
    with pytest.raises(ForeignFault):
        lift(data, 1)
    with pytest.raises(ForeignFault):
        lift(ad_pdf(paint=bare), 2)
