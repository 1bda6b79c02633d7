import io
import struct
import sys

import pytest
from font_samples import bar_width, make_font, make_variable
from fontTools.cffLib import CFFFontSet, SubrsIndex
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.fonts import FontError, open_face, subset
from layout.fonts.excerpt import excerpt
from layout.resources import FONTS

NEEDED = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}


def cff_of(data: bytes):
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), None)
    return fonts[0]


def width_of_bar(charstrings, name: str) -> float:
    pen = BoundsPen(None)
    charstrings[name].draw(pen)
    return pen.bounds[2] - pen.bounds[0]


def test_truetype_keeps_what_a_pdf_needs_and_no_more(font_file):
    face = open_face(font_file())
    cut = subset(face, [face.gid(0x42), face.gid(0x4E2D)])
    font = TTFont(io.BytesIO(cut.data))
    assert cut.kind == "truetype"
    assert set(font.reader.keys()) == NEEDED
    assert dict(cut.gids) == {0: 0, 2: 1, 4: 2}
    shapes = [font["glyf"][name] for name in font.getGlyphOrder()]
    assert [shape.xMax - shape.xMin for shape in shapes] == [bar_width(n) for n in (".notdef", "B", "uni4E2D")]


def test_instructions_are_kept(tmp_path):
    font = make_font()
    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromBytecode(b"\xb0\x01")
    font.save(tmp_path / "a.ttf")
    cut = subset(open_face(tmp_path / "a.ttf"), [1])
    assert set(TTFont(io.BytesIO(cut.data)).reader.keys()) == NEEDED | {"prep"}


@pytest.mark.parametrize("upem", [1000, 2048])
def test_name_keyed_cff_becomes_cid_keyed(font_file, upem):
    face = open_face(font_file(cff=True, upem=upem))
    cut = subset(face, [face.gid(0x42), face.gid(0x4E2D)])
    top = cff_of(cut.data)
    assert cut.kind == "cff"
    assert top.ROS == ("Adobe", "Identity", 0)
    assert top.charset == [".notdef", *(f"cid{number:05d}" for number in range(1, 5))]
    assert dict(cut.gids) == {0: 0, 2: 2, 4: 4}
    assert [round(top.FontMatrix[0] * upem, 6)] == [1]
    assert width_of_bar(top.CharStrings, "cid00004") == pytest.approx(bar_width("uni4E2D") * upem / 1000, abs=1)


def test_local_subroutines_survive(tmp_path):
    font = make_font(cff=True)
    top = font["CFF "].cff.topDictIndex[0]
    top.Private.Subrs = SubrsIndex()
    bar = T2CharString(program=[160, "hlineto", "return"])
    top.Private.Subrs.items = [bar]
    for name in ("A", "B"):
        top.CharStrings[name].program = [
            50,
            0,
            "rmoveto",
            0,
            700,
            "rlineto",
            -107,
            "callsubr",
            0,
            -700,
            "rlineto",
            "endchar",
        ]
    font.save(tmp_path / "a.otf")
    face = open_face(tmp_path / "a.otf")
    made = cff_of(subset(face, [1, 2]).data)
    assert [width_of_bar(made.CharStrings, f"cid0000{n}") for n in (1, 2)] == [160, 160]


@pytest.mark.parametrize("cff", [False, True])
@pytest.mark.parametrize("weight", [100.0, 500.0])
def test_an_instance_is_baked_in(tmp_path, cff, weight):
    path = tmp_path / "variable.otf"
    make_variable(cff=cff).save(path)
    cut = subset(open_face(path, 0, (("wght", weight),)), [1])
    wanted = bar_width("A", int(weight - 100) // 2)
    if cff:
        assert width_of_bar(cff_of(cut.data).CharStrings, "cid00001") == wanted
    else:
        font = TTFont(io.BytesIO(cut.data))
        assert set(font.reader.keys()) == NEEDED
        shape = font["glyf"][font.getGlyphOrder()[1]]
        assert shape.xMax - shape.xMin == wanted


def test_only_the_glyphs_asked_for():
    face = open_face(FONTS / "NotoSerifSC-Regular.ttf")
    gids = [glyph.gid for glyph in face.shape("好——（", (("halt", 1),))]
    cut = subset(face, gids)
    assert set(cut.gids) == {0, *gids}
    assert sorted(cut.gids.values()) == list(range(len(cut.gids)))
    assert len(cut.data) < 5000


def test_no_glyphs_but_notdef(font_file):
    for cff in (False, True):
        cut = subset(open_face(font_file(cff=cff)), [])
        assert dict(cut.gids) == {0: 0}


def files() -> dict[str, bytes]:
    made = {
        "truetype": make_font(),
        "cff": make_font(cff=True),
        "variable": make_variable(cff=False),
        "cff2": make_variable(cff=True),
    }
    out = {}
    for name, font in made.items():
        buffer = io.BytesIO()
        font.save(buffer)
        out[name] = buffer.getvalue()
    return out


FILES = files()


def tables_end(data: bytes) -> int:
    return 12 + 16 * struct.unpack_from(">H", data, 4)[0]


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_is_a_font_error_or_a_font_never_a_traceback(tmp_path, kind, data):
    content = bytearray(FILES[kind])
    start = data.draw(st.sampled_from([0, tables_end(content)]))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(start, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"{data.draw(st.integers(0, 10**9))}.otf"  # a mapped file must not change under a face
    path.write_bytes(content)
    try:
        face = open_face(path)
        gids = {glyph.gid for glyph in face.shape("AB1中\U000e0100")}
        assert face.covers("中") in {True, False}
        subset(face, gids)
    except FontError as fault:
        assert fault.code.startswith("font-")
    finally:
        path.unlink()


def whole(face, gids, monkeypatch):
    """The subset that HarfBuzz cuts out of the face itself."""
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules["layout.fonts.subset"], "_excerpt", lambda *_: None)
        return subset(face, gids)


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_an_excerpt_is_cut_as_the_face_would_be(path, monkeypatch):
    face = open_face(path)
    rare = range(7, face.glyph_count, 1999)
    for gids in ([face.gid(ord(c)) for c in "报纸 排版，é10½ﬁ"], rare, [face.glyph_count - 1], []):
        assert subset(face, gids) == whole(face, gids, monkeypatch)


def test_glyphs_built_of_others_take_these_along(tmp_path, monkeypatch):
    font = make_font()
    order = font.getGlyphOrder()
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent("A", (1, 0, 0, 1, 300, 0))
    pen.addComponent("B", (0.5, 0.25, 0, 0.5, 0, 0))
    font["glyf"][order[-1]] = pen.glyph()
    font.save(tmp_path / "a.ttf")
    face = open_face(tmp_path / "a.ttf")
    cut = subset(face, [len(order) - 1])
    assert set(cut.gids) == {0, order.index("A"), order.index("B"), len(order) - 1}
    assert cut == whole(face, [len(order) - 1], monkeypatch)


@pytest.mark.parametrize("places", [(0, 40, 20), (0, 30, 60), (0, 9, 5000)])
def test_outlines_that_overlap_or_run_out_of_their_table_are_no_excerpt(tmp_path, places):
    path = tmp_path / "face"
    path.write_bytes(bytes(10_000))
    tables = {
        "head": bytes(50) + b"\0\1" + bytes(2),
        "maxp": bytes(4) + b"\0\2" + bytes(26),
        "loca": struct.pack(">3L", *places),
    }
    with pytest.raises(ValueError):
        excerpt(tables, path, range(100, 150), [1])
    assert excerpt({**tables, "loca": struct.pack(">3L", 0, 20, 50)}, path, range(100, 150), [1])
