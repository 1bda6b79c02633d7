"""Tables of rules: prohibitions, quantities, quotes, kinds, vertical forms."""

import pytest

from layout.text import ReferenceMetrics, Setting, set_paragraph
from layout.text.items import split
from layout.text.kinds import Kind, kind_of
from layout.text.prohibition import LEVELS, Break, break_table
from layout.text.quantities import MEASURES, quantity_breaks
from layout.text.quotes import latin_quotes


@pytest.mark.parametrize(
    ("copy", "kept"),
    [
        ("共50万元整", "50万元"),
        ("275户人", "275户"),
        ("1.2亿人次的", "1.2亿人次"),
        ("第3届会", "第3届"),
        ("400余人次到", "400余人次"),
        ("1亿5000万元的", "1亿5000万元"),
        ("10多个村", "10多个"),
        ("5万余元的", "5万余元"),
        ("3.8亿千瓦时电", "3.8亿千瓦时"),
        ("2千克米", "2千克"),
        ("2.3万立方米土", "2.3万立方米"),
        ("3×5米的", "3×5米"),
        ("9·9公益", "9·9"),
    ],
)
def test_quantity_is_one_piece(copy: str, kept: str) -> None:
    start = copy.index(kept)
    assert set(range(start + 1, start + len(kept))) <= quantity_breaks(copy)
    assert start + len(kept) not in quantity_breaks(copy)


def test_date_parts_between_its_units() -> None:
    assert {5, 8} & quantity_breaks("2024年12月31日") == set()


def test_range_parts_after_its_sign() -> None:
    paragraph = set_paragraph("温度35～40米之间", Setting(ReferenceMetrics()))
    assert [paragraph.breaks[n] for n in (3, 4)] == [Break.BARRED, Break.AFTER_CONNECTOR]


def test_measure_words_are_han() -> None:
    assert all(word and all(kind_of(char) is Kind.HAN for char in word) for word in MEASURES)


@pytest.mark.parametrize(
    ("copy", "latin"),
    [
        ("It’s", {2}),
        ("节目It’s好", {4}),
        ("说“好”", set()),
        ("叫“Yes, we can!”的", set()),
        ("’99世博会", {0}),
        ("‘99’世博会", set()),
        ("He said “no” and left", {8, 11}),
        ("歌名He said “no” and left上榜", {10, 13}),
        ("“国”", set()),
        ("plain", set()),
    ],
)
def test_latin_quotes(copy: str, latin: set[int]) -> None:
    """Rule P-11."""
    assert latin_quotes(copy) == latin


def test_quotes_rotate_with_their_latin() -> None:
    """Rule V-3."""
    assert latin_quotes("听“news”和“GDP”", vertical=True) == {1, 6}


def test_levels_only_add() -> None:
    """Rule L-1: what a level bars, every stricter one bars; news and strict both build on gb."""
    for milder, stricter in (("none", "basic"), ("basic", "gb"), ("gb", "news"), ("gb", "strict")):
        for a in Kind:
            for b in Kind:
                assert break_table(stricter)[a, b] >= break_table(milder)[a, b]
    assert set(LEVELS) == {"none", "basic", "gb", "news", "strict"}


@pytest.mark.parametrize("copy", ["■国", "（1）国", "1.国", "①国", "●国"])
def test_leader_stays_with_what_follows(copy: str) -> None:
    """Rule L-4."""
    for level in ("news", "strict"):
        paragraph = set_paragraph(copy, Setting(ReferenceMetrics(), level=level))
        assert all(kind > Break.IN_QUANTITY for kind in paragraph.breaks[:-1])


@pytest.mark.parametrize("copy", ["国“ 国", "国（\u3000国", "国 ( 国"])
def test_space_does_not_free_an_opening_mark(copy: str) -> None:
    at = copy.rindex("国")
    assert set_paragraph(copy, Setting(ReferenceMetrics())).breaks[at - 1] is Break.BARRED


def test_bullet_inside_is_free() -> None:
    assert set_paragraph("国■国", Setting(ReferenceMetrics())).breaks[:2] == (Break.FREE, Break.FREE)


@pytest.mark.parametrize(
    ("copy", "clusters"),
    [
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("𠮷野", ["𠮷", "野"]),
        ("走——吧……", ["走", "——", "吧", "……"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩\u200d🌾好", ["👩\u200d🌾", "好"]),
        ("—", ["—"]),
        ("⸺他", ["⸺", "他"]),
    ],
)
def test_clusters(copy: str, clusters: list[str]) -> None:
    assert split(copy).clusters == clusters


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("国", Kind.HAN),
        ("〇", Kind.HAN),
        ("あ", Kind.HAN),
        ("𠮷", Kind.HAN),
        ("々", Kind.ITERATION),
        ("①", Kind.SIGN),
        ("×", Kind.SIGN),
        ("㎡", Kind.SIGN),
        ("Ⅻ", Kind.SIGN),
        ("—", Kind.CONNECTOR),
        ("——", Kind.TWO_EM),
        ("…", Kind.TWO_EM),
        ("％", Kind.POSTFIX_SIGN),
        ("5", Kind.DIGIT),
        ("é", Kind.LETTER),
        ("Ж", Kind.LETTER),
        ("(", Kind.MARK_OPEN),
        (",", Kind.MARK_CLOSE),
        ("-", Kind.MARK),
        ("⁉", Kind.STOP_STACK),
    ],
)
def test_kinds(char: str, kind: Kind) -> None:
    assert kind_of(char) is kind


@pytest.mark.parametrize(
    ("copy", "profile", "forms"),
    [
        ("25℃", "news", ["tcy", "upright"]),
        ("2024年", "news", ["rotated"] * 4 + ["upright"]),
        ("5G", "news", ["rotated"] * 2),
        ("A股", "news", ["upright"] * 2),
        ("WTO", "gb", ["upright-stack"] * 3),
        ("7", "gb", ["rotated"]),
        ("−3", "news", ["rotated"] * 2),
        ("……", "news", ["rotated"]),
        ("〔", "news", ["substitute:U+FE39"]),
        ("→", "news", ["rotated"]),
        ("※", "news", ["upright"]),
    ],
)
def test_vertical_forms(copy: str, profile: str, forms: list[str]) -> None:
    assert split(copy, vertical=True, profile=profile).forms == forms


@pytest.mark.parametrize(
    ("marks", "expected"), [("：", 1.0), ("？", 1.0), ("，", 1.0), ("，“", 1.5), ("：“", 1.5), ("？）", 2.0)]
)
def test_vertical_widths(marks: str, expected: float) -> None:
    """Rule V-6."""
    setting = Setting(ReferenceMetrics(), vertical=True)
    paragraph = set_paragraph(f"国{marks}国", setting)
    assert sum(c.advance for c in paragraph.cells) + sum(g.natural for g in paragraph.glue) - 2.0 == expected


def test_column_end_keeps_fixed_stops() -> None:
    paragraph = set_paragraph("国？", Setting(ReferenceMetrics(), vertical=True))
    assert paragraph.cells[-1].advance == 1.0


@pytest.mark.parametrize(
    ("quotes", "codes"),
    [("double-first", ["FE43", "FE41", "FE42", "FE44"]), ("corner-first", ["FE41", "FE43", "FE44", "FE42"])],
)
def test_vertical_quotes(quotes: str, codes: list[str]) -> None:
    """Rule V-3: the house says which come first; brackets of other kinds stay as they are."""
    forms = split("“国‘人’家”「《", vertical=True, quotes=quotes).forms
    assert [form.partition("+")[2] for form in forms if form != "upright"] == [*codes, "FE41", "FE3D"]


def test_unknown_quotes_are_refused() -> None:
    with pytest.raises(ValueError, match="none of double-first, corner-first"):
        Setting(ReferenceMetrics(), quotes="corner")
