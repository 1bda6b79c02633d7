"""Markup and datelines by the means of the house."""

import pytest
from stories import passage, setter, story

from layout.compose import Setter
from layout.compose.galley import joined
from layout.compose.story import compose_story
from layout.display import Curve, GlyphRun, Stroke


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter()


def test_markup_is_set_by_the_house(house: Setter) -> None:
    copy = passage("这是**黑体**、*楷体*与{红字:red}，{要点:.}、{张三:_}、{论语:~}。")
    made = compose_story(story(text=(copy,)), house, {}, page=1)
    runs = [item for item in made.items if isinstance(item, GlyphRun) and item.tag == "body"]
    assert "".join(run.text for run in runs) == "这是黑体、楷体与红字，要点、张三、论语。"
    faces = {run.text: run.face for run in runs}
    assert faces["黑体"].startswith("NotoSans")
    assert faces["楷体"].startswith("LXGW")
    (red,) = (run for run in runs if run.text == "红字")
    assert (red.ink, red.overprint) == (house.house.palette["red"], False)
    assert {run.size for run in runs} == {house.style("body").size}
    drawn = [item for item in made.items if isinstance(item, Curve | Stroke) and item.tag == "body"]
    assert sorted(type(item).__name__ for item in drawn) == ["Curve", "Curve", "Curve", "Stroke"]


def test_a_dateline_is_hei_and_its_text_is_not(house: Setter) -> None:
    """Rule B-3."""
    text, spans = house.marked(passage("本报讯 (记者 张三) 今天"))
    assert text.startswith("本报讯（记者")
    (face,) = (span for span in spans if span.metrics is not None)
    assert text[face.start : face.end].startswith("本报讯（")
    assert text[face.start : face.end].endswith("）")
    assert not any(span.metrics for span in house.marked(passage("本报讯 今天", "caption"))[1])


def test_a_house_may_name_the_faces_of_markup() -> None:
    own = setter({"roles": {"hei": ["song-black"], "dateline": ["kai"]}})
    text, spans = own.marked(passage("本报讯 今天**黑**"))
    assert text == "本报讯\u3000今天黑"
    faces = [span.metrics.cell("国", 0).face.split("-")[-1] for span in spans if span.metrics]  # type: ignore[arg-type]
    assert faces == ["Regular", "Black"]


def test_markup_that_cannot_be_read_is_told_with_its_place() -> None:
    told = setter()
    told.marked(passage("这是**重点。", line=12))
    told.marked(passage("{红字:rde}", line=13))
    told.marked(passage("{红字:rde}", line=13))
    assert [(found.code, found.span.line, found.span.column) for found in told.diagnostics] == [
        ("markup-unclosed", 12, 13),
        ("markup-unknown", 13, 11),
    ]
    assert "red" in told.diagnostics[1].message


def test_no_markup_is_printed_in_heads(house: Setter) -> None:
    made = compose_story(
        story(
            headline=passage("**要闻**今日{刊发:red}", "headline"),
            byline=passage("本报记者 **张三**", "byline"),
            credit=passage("（*本报*供图）", "credit"),
            text=(passage("正文。"),),
        ),
        house,
        {},
        page=1,
    )
    text = "".join(item.text for item in made.items if isinstance(item, GlyphRun))
    assert not set(text) & set("*{}:")


def test_a_paragraph_that_ends_in_markup_is_not_cut(house: Setter) -> None:
    whole = "大武口区政协坚持履职重点紧跟发展步伐，协商主题紧扣党中央积极开展协商议政，严格执行规则"
    after = passage("又一段，也很完整。")
    for ending in ("**重点。**", "{重点。:red}", "*重点*。"):
        assert len(joined((passage(whole + ending), after), house.copy_of)) == 2
    (cut,) = joined((passage(whole + "**重"), passage("点**落实。")), house.copy_of)
    assert cut.text.endswith("规则**重点**落实。")


def test_heads_have_their_inks_dots_and_lines_and_break_no_name(house: Setter) -> None:
    head = passage("今日{要闻:red}由{张三丰:_}与{要点:.}刊发", "headline")
    plain = house.headline(passage("今日要闻由张三丰与要点刊发", "headline"), 400.0)
    dressed = house.headline(head, 400.0)
    assert dressed.size == plain.size
    assert "".join(line.text for line in dressed.lines) == "今日要闻由张三丰与要点刊发"
    clusters = [placed for line in dressed.lines for placed in line.clusters]
    red = house.house.palette["red"]
    assert "".join(placed.text for placed in clusters if placed.dress.ink == red) == "要闻"
    assert "".join(placed.text for placed in clusters if placed.dress.lines) == "张三丰"
    assert "".join(placed.text for placed in clusters if placed.dress.dots) == "要点"
    assert any("张三丰" in line.text for line in dressed.lines)
