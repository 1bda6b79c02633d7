from pathlib import Path

import pytest
from font_samples import bar_width, make_font, make_variable
from fontTools.ttLib import TTCollection, TTFont

from layout.fonts import FontError, ShapedGlyph, open_face
from layout.resources import FONTS

SONG = FONTS / "NotoSerifSC-Regular.ttf"
KAI = FONTS / "LXGWWenKai-Regular.ttf"


@pytest.fixture(scope="module")
def song():
    return open_face(SONG)


@pytest.fixture(params=[False, True], ids=["truetype", "cff"])
def sample(request, font_file):
    return open_face(font_file(cff=request.param))


@pytest.mark.parametrize("upem", [1000, 2048])
def test_measures_are_em(font_file, upem):
    face = open_face(font_file(upem=upem))
    assert (face.upem, face.glyph_count, face.weight_class, face.fs_type) == (upem, 7, 400, 0)
    assert (face.ascent, face.descent, face.cap_height) == tuple(pytest.approx(v, abs=1e-3) for v in (0.88, -0.12, 0.7))
    assert face.italic_angle == 0
    assert face.bbox == pytest.approx((0.05, 0, 0.05 + bar_width("uni4E2D.alt") / 1000, 0.7), abs=1e-3)
    assert face.advance(face.gid(0x41)) == pytest.approx(0.6, abs=1e-3)
    assert face.ink(face.gid(0x41)) == pytest.approx((0.05, 0, 0.21, 0.7), abs=1e-3)


def test_shipped_faces_agree_with_their_tables(opened):
    for path in sorted(FONTS.glob("*.ttf")):
        face = open_face(path)
        tables = opened(TTFont(path, lazy=True))
        assert face.ps_name == face.key == path.stem == tables["name"].getDebugName(6)
        assert (face.upem, face.glyph_count) == (tables["head"].unitsPerEm, tables["maxp"].numGlyphs)
        assert (face.fs_type, face.weight_class) == (tables["OS/2"].fsType, tables["OS/2"].usWeightClass)
        assert face.ascent == tables["hhea"].ascender / 1000
        assert face.descent == tables["hhea"].descent / 1000
        assert face.cap_height == tables["OS/2"].sCapHeight / 1000
        assert face.bbox[3] == tables["head"].yMax / 1000
        assert face.advance(face.gid(0x4E2D)) == tables["hmtx"][tables.getBestCmap()[0x4E2D]][0] / 1000


def test_blank_glyphs_have_no_ink(sample):
    assert sample.ink(sample.gid(0x20)) is None


def test_characters(sample):
    assert sample.characters == {0x20, 0x31, 0x41, 0x42, 0x4E2D}
    assert sample.gid(0x4E00) == 0
    assert [sample.covers(text) for text in ("中", "一", "A", "")] == [True, False, True, True]


def test_variation_selectors(sample):
    plain, variant = sample.gid(0x4E2D), sample.gid(0x4E2D, 0xE0100)
    assert plain != variant != 0
    assert sample.gid(0x4E2D, 0xE0101) == plain  # the variant that is the default form
    assert sample.gid(0x4E2D, 0xE0102) == 0
    assert [g.gid for g in sample.shape("中\U000e0100中")] == [variant, plain]
    assert [g.gid for g in sample.shape("中\U000e0102")] == [plain]
    assert sample.covers("中\U000e0100")
    assert not sample.covers("中\U000e0102")
    assert not sample.covers("一\U000e0100")


def test_joiners_need_no_glyph(sample):
    assert sample.covers("A\u200d")
    assert [g.gid for g in sample.shape("A\u200dB\u2060")] == [sample.gid(0x41), sample.gid(0x42)]


def test_composed_and_decomposed_spellings_count_alike(song):
    assert song.covers("ǎ")
    assert song.covers("a\u030c")
    assert [g.gid for g in song.shape("a\u030c")] == [song.gid(ord("ǎ"))]


def test_clusters_are_offsets_of_characters(song):
    glyphs = song.shape("\U00020164好——")
    assert [(g.cluster, g.advance) for g in glyphs] == [(0, 1.0), (1, 1.0), (2, 2.0)]


def test_chinese_is_shaped_as_chinese(song):
    # Rule P-9: under another language the dash is 0.89 em and quotation marks are proportional.
    assert [g.advance for g in song.shape("“—”")] == [1.0, 1.0, 1.0]


def test_features(song):
    trimmed = song.shape("（，", (("halt", 1),))
    assert [(g.advance, g.dx) for g in trimmed] == [(0.5, -0.5), (0.5, 0.0)]
    assert all(isinstance(g, ShapedGlyph) for g in trimmed)
    assert [song.has_feature(tag) for tag in ("halt", "vert", "chws", "smcp")] == [True, True, True, False]
    assert not open_face(KAI).has_feature("halt")


def test_vertical_setting(song):
    dash, han = song.shape("—", vertical=True), song.shape("一二", vertical=True)
    assert dash[0].gid not in {song.gid(ord("—")), 0}
    assert [(g.advance, g.dx, g.dy) for g in han] == [(1.0, -0.5, -0.88)] * 2


@pytest.mark.parametrize("cff", [False, True])
def test_instances_of_a_variable_font(tmp_path, cff):
    path = tmp_path / "variable.otf"
    make_variable(cff=cff).save(path)
    light, bold = open_face(path), open_face(path, 0, (("wght", 900.0),))
    assert (light.key, bold.key) == ("Sample-Variable", "Sample-Variable_900wght")
    assert open_face(path, 0, (("wght", 100.0),)).key == light.key  # the default instance by another word
    assert (light.weight_class, bold.weight_class) == (100, 900)
    assert light.ink(1)[2] == pytest.approx(0.21)
    assert bold.ink(1)[2] == pytest.approx(0.61)


def test_collections(tmp_path):
    collection = TTCollection()
    collection.fonts = [make_font(name="One-Regular"), make_font(name="Two-Regular", upem=2048)]
    path = tmp_path / "two.ttc"
    collection.save(path)
    assert [open_face(path, index).key for index in (0, 1)] == ["One-Regular", "Two-Regular"]
    assert open_face(path, 1).upem == 2048
    for index in (2, -1):
        assert code_of(path, index) == "font-index"


def test_a_face_without_a_name_takes_that_of_its_file(font_file):
    path = font_file(ps_name=False)
    renamed = path.rename(path.with_name("小标宋 Bold.ttf"))
    assert open_face(renamed).ps_name == "Bold"


def code_of(path: Path, index: int = 0, axes: tuple[tuple[str, float], ...] = ()) -> str:
    with pytest.raises(FontError) as caught:
        open_face(path, index, axes)
    assert str(path) in caught.value.message
    return caught.value.code


def test_missing_files(tmp_path):
    assert code_of(tmp_path / "none.ttf") == "font-missing"
    assert code_of(tmp_path) == "font-missing"
    (tmp_path / "file").write_bytes(b"")
    assert code_of(tmp_path / "file" / "below.ttf") == "font-missing"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "font-broken"),
        (b"hello, world", "font-broken"),
        (b"\x00\x01\x00\x00", "font-broken"),
        (b"\x00\x01\x00\x00\xff\xff" + bytes(200), "font-broken"),
        (b"ttcf\x00\x01\x00\x00\xff\xff\xff\xff", "font-broken"),
        (b"wOFF" + bytes(60), "font-unsupported"),
        (b"wOF2" + bytes(60), "font-unsupported"),
        (b"%!PS-AdobeFont-1.0", "font-unsupported"),
        (b"\x80\x01" + bytes(60), "font-unsupported"),
    ],
)
def test_what_is_no_font(tmp_path, content, code):
    path = tmp_path / "a.ttf"
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_web_font_is_told_what_to_do(font_file, tmp_path, opened):
    font = opened(TTFont(font_file()))
    font.flavor = "woff"
    font.save(tmp_path / "a.woff")
    with pytest.raises(FontError, match="unpack"):
        open_face(tmp_path / "a.woff")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.99])
def test_a_font_that_is_cut_off(font_file, share):
    path = font_file()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert code_of(path) == "font-broken"


@pytest.mark.parametrize(
    ("table", "code"), [("cmap", "font-broken"), ("hmtx", "font-broken"), ("glyf", "font-unsupported")]
)
def test_a_font_that_lacks_a_table(font_file, table, code, opened):
    path = font_file()
    font = opened(TTFont(path))
    del font[table]
    if table == "glyf":
        del font["loca"]
    font.save(path.with_suffix(".cut"))
    assert code_of(path.with_suffix(".cut")) == code


@pytest.mark.parametrize(
    ("fs_type", "allowed"),
    [
        (0x0000, True),  # installable
        (0x0004, True),  # preview and print
        (0x0008, True),  # editable
        (0x0006, True),  # several bits: the least restrictive counts
        (0x0002, False),  # restricted
        (0x0102, False),
        (0x0104, False),  # may not be subset
        (0x0208, False),  # bitmaps only
    ],
)
def test_embedding_rights(font_file, fs_type, allowed):
    path = font_file(fs_type=fs_type)
    if allowed:
        assert open_face(path).fs_type == fs_type
    else:
        assert code_of(path) == "font-embedding"


def test_axes_that_the_font_does_not_have(font_file, tmp_path):
    assert code_of(font_file(), 0, (("wght", 400.0),)) == "font-unsupported"
    path = tmp_path / "variable.ttf"
    make_variable(cff=False).save(path)
    assert code_of(path, 0, (("wdth", 100.0),)) == "font-unsupported"
    assert code_of(path, 0, (("wght", 901.0),)) == "font-unsupported"


def test_an_index_in_a_file_of_one_face(font_file):
    assert code_of(font_file(), 1) == "font-index"


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_shaped_in_one_go_as_if_each_stood_alone(path: Path, vertical: bool) -> None:
    face = open_face(path)
    assert None not in face.shape_each("国家报人民日中文", vertical=vertical)
    for text in ("国家报，（中）、。！“文”", "国AVATo国1/2国", "国——家", "国fi家"):
        shaped = face.shape_each(text, vertical=vertical)
        assert len(shaped) == len(text)
        for character, glyph in zip(text, shaped, strict=True):
            if glyph is not None:
                assert (glyph._replace(cluster=0),) == face.shape(character, vertical=vertical)


def test_glyphs_that_are_bound_are_not_told_one_by_one(song):
    assert song.shape_each("国——家") == (None,) * 4  # a ligature
    assert song.shape_each("国AV家")[1:3] == (None, None)  # a kerned pair
