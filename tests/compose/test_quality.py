"""The page's check of itself: each fault put in by hand is told, at its place, and counted."""

import pytest
from msgspec.structs import replace
from stories import HERE, copy, passage, setter, story

from layout.compose import Setter
from layout.compose.drawing import draw_story
from layout.compose.galley import Galley
from layout.compose.grid import Slot
from layout.compose.plan import StoryPlan, plan_story
from layout.compose.pour import Head, Placed, Pour, Text
from layout.compose.quality import check_story
from layout.compose.quality.columns import column_flaws
from layout.compose.quality.display import is_strange, off_edge, off_grid, stretches
from layout.compose.quality.figures import rivers, tracking_classes, unevenness
from layout.compose.quality.findings import tolerance
from layout.compose.quality.heads import head_flaws
from layout.compose.story import compose_story, fit_story
from layout.display import Item
from layout.issue.model import Area, Direction
from layout.text import Broken, Line, ReferenceMetrics, Setting, set_line


@pytest.fixture(scope="module")
def house() -> Setter:
    return setter()


@pytest.fixture(scope="module")
def plan(house: Setter) -> StoryPlan:
    return plan_story(story(text=(passage("举旗帜 明方向", "subhead"), *copy(6))), house, {}, page=3)


def judged(plan: StoryPlan, change: object = None) -> tuple[object, list[str]]:
    """The verdict on a story whose display items ``change`` has been at."""
    fitted = fit_story(plan)
    items: tuple[Item, ...] = draw_story(plan, fitted, {})
    quality, found = check_story(plan, fitted, change(items) if change else items)  # type: ignore[operator]
    return quality, [each.code for each in found]


def body(item: object) -> bool:
    return getattr(item, "tag", "") == "body"


def test_good_story_has_no_flaws(plan: StoryPlan) -> None:
    quality, codes = judged(plan)
    assert codes == []
    assert quality.flaws == ()
    assert sum(quality.tracking) == quality.justified
    assert 0 < quality.justified < quality.lines
    assert (quality.off_grid, quality.off_edge, quality.loose) == (0.0, 0.0, 0)


@pytest.mark.parametrize("direction", ["horizontal", "vertical"])
def test_lines_that_end_by_hand_are_no_flaw(house: Setter, direction: Direction) -> None:
    poem = passage("春眠不觉晓，{|}处处闻啼鸟。{|}夜来风雨声，{|}花落知多少。")
    made = compose_story(story(text=(poem, *copy(6)), direction=direction), house, {}, page=1)
    assert made.report.quality.flaws == ()
    assert "line-not-flush" not in {each.code for each in made.diagnostics}


def test_a_line_forced_open_is_loose_and_no_fault_of_its_gaps(house: Setter) -> None:
    address = passage(
        "见https://example.com/" + "a/" * 200 + "。" + "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。" * 6
    )
    made = compose_story(story(text=(address,)), house, {}, page=1)
    codes = {each.code for each in made.diagnostics}
    assert "loose-line" in codes
    assert "latin-gap" not in codes


def test_numbers_are_in_the_report(house: Setter) -> None:
    made = compose_story(story(text=copy(6)), house, {}, page=1)
    assert made.report.quality.lines == made.report.lines


def test_lost_copy_is_an_error(plan: StoryPlan) -> None:
    def drop(items: tuple[Item, ...]) -> tuple[Item, ...]:
        first = next(item for item in items if body(item))
        return tuple(item for item in items if item is not first)

    assert judged(plan, drop)[1] == ["copy-changed"]


def test_presentation_form_is_an_error(plan: StoryPlan) -> None:
    def form(items: tuple[Item, ...]) -> tuple[Item, ...]:
        first = next(item for item in items if body(item))
        strange = replace(first, glyphs=(replace(first.glyphs[0], text="︵"), *first.glyphs[1:]))
        return tuple(strange if item is first else item for item in items)

    assert judged(plan, form)[1] == ["copy-changed"]
    assert is_strange("国\ue000")
    assert not is_strange("国，〇①")


@pytest.mark.parametrize("moved", [{"baseline": 1.0}, {"x": 3.0}, {"x": -3.0}])
def test_type_off_the_grid_is_an_error(plan: StoryPlan, moved: dict[str, float]) -> None:
    def move(items: tuple[Item, ...]) -> tuple[Item, ...]:
        found = [item for item in items if body(item) and len(item.glyphs) > 12]
        place = {name: getattr(found[0], name) + by for name, by in moved.items()}
        return tuple(replace(item, **place) if item is found[0] else item for item in items)

    quality, codes = judged(plan, move)
    assert codes == ["off-grid"]
    assert max(quality.off_grid, quality.off_edge) == pytest.approx(max(map(abs, moved.values())), abs=0.01)


def test_loose_line_is_told_at_its_place(house: Setter) -> None:
    text = (passage("国国国国国国国010-12345678国国国国国国", line=20),)
    made = compose_story(story(text=text, area=Area(1, 1, 1, 20)), house, {}, page=1)
    loose = [found for found in made.diagnostics if found.code == "loose-line"]
    assert loose
    assert all((found.span.line, found.page) == (20, 1) for found in loose)
    assert loose[0].span.column > passage("").span.column - 1
    assert made.report.quality.widest > 0.35
    assert dict(made.report.quality.flaws)["loose-line"] == len(loose)


SLOTS = tuple(Slot(column, line, 10.0 * column, 11.0 * line, 9.0) for column in range(3) for line in range(4))


def lines(count: int) -> Broken:
    return Broken(tuple(Line((), 9.0, 9.0, 9.0, 0.0, last=n == count - 1, indent=0.0) for n in range(count)), 1, 0.0)


def faults(*placed: tuple[object, tuple[int, ...]]) -> list[tuple[str, int]]:
    elements = tuple(element for element, _ in placed)
    galley = Galley(elements, {}, ())  # type: ignore[arg-type]
    poured = tuple(
        Placed(number, slots, element.variants[0] if isinstance(element, Text) else None)
        for number, (element, slots) in enumerate(placed)
    )
    return [tuple(flaw) for flaw in column_flaws(galley, Pour(poured, 0.0, 0, len(SLOTS)), SLOTS)]


def text(count: int) -> Text:
    return Text((lines(count),))


def test_last_line_alone_at_a_columns_head() -> None:
    assert faults((text(5), (0, 1, 2, 3, 4))) == [("widow", 0)]
    assert faults((text(6), (0, 1, 2, 3, 4, 5)), (text(1), (6,))) == []


def test_section_head_without_its_text() -> None:
    head = Head(1, 2)
    assert faults((text(2), (0, 1)), (head, (3,)), (text(3), (4, 5, 6))) == [("section-alone", 1)]
    assert faults((text(2), (0, 1)), (head, (2,)), (text(3), (3, 5, 6))) == [("section-alone", 1)]
    assert faults((text(1), (0,)), (head, (1,)), (text(2), (2, 3))) == []
    assert faults((head, (0,))) == [("section-alone", 0)]


def test_columns_that_end_apart() -> None:
    assert unevenness(SLOTS, SLOTS) == 0
    assert unevenness(SLOTS, SLOTS[:-1]) == 1
    assert unevenness(SLOTS, SLOTS[:9]) == 3
    assert unevenness((), ()) == 0


def loose(*places: tuple[int, int]) -> list[tuple[Line, Slot]]:
    line = Line((), 9.0, 9.0, 9.0, 0.2, last=False, indent=0.0)
    return [(line, Slot(column, row, 0.0, 0.0, 9.0)) for column, row in places]


def test_loose_lines_one_below_the_other_make_a_river() -> None:
    assert rivers(loose((0, 1), (0, 2), (0, 3))) == 1
    assert rivers(loose((0, 1), (0, 2), (0, 4), (1, 0), (1, 1), (1, 2), (1, 3))) == 1
    assert rivers(loose((0, 2), (0, 3), (1, 4))) == 0
    assert rivers([]) == 0


def test_classes_of_tracking() -> None:
    assert tracking_classes([0.0, 0.0, 0.05, 0.051, 0.1, 0.2, 0.25, 0.4]) == (2, 1, 2, 2, 1)


def test_tolerance_goes_by_the_measure() -> None:
    """Rule Q-5."""
    assert tolerance(14.0) == (0.03, 0.25)
    assert tolerance(13.0) == (0.15, 0.35)


def head(*texts: str) -> list[str]:
    return list(head_flaws([set_line(each, Setting(ReferenceMetrics())) for each in texts]))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("促发展，", "惠民生"), ["head-mark"]),
        (("发展", "的成果"), ["head-start"]),
        (("发展", "的确好"), []),
        (("书香", "》满城"), ["head-start"]),
        (("走进《", "诗经》"), ["head-end"]),
        (("投入12", "万元"), ["head-torn"]),
        (("奋进第", "3季度"), ["head-torn"]),
        (("推进教育和", "科技工作"), ["head-leads-on"]),
        (("党员干部在", "基层服务"), ["head-leads-on"]),
        (("百姓终于", "喜领新证"), []),
        (("农民工", "等群体受益"), ["head-start"]),
        (("群众欢喜", "过大年"), []),
        (("明方向", "促发展"), []),
        (("怎么办？",), []),
    ],
)
def test_edges_of_heads(texts: tuple[str, ...], found: list[str]) -> None:
    assert head(*texts) == found


def test_ink_that_leaves_its_cell_is_told_and_counted(plan: StoryPlan) -> None:
    def shift(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(item, glyphs=tuple(replace(g, dx=g.dx - 9.0 * (g.text == "，")) for g in item.glyphs))
            if body(item)
            else item
            for item in items
        )

    quality, codes = judged(plan, shift)
    assert codes == ["mark-ink"]
    assert quality.flaws == (("mark-ink", 1),)


def test_vertical_copy_is_held_against_no_baseline(plan: StoryPlan) -> None:
    def turn(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, flow="down", x=item.x + 3.0) if body(item) else item for item in items)

    quality, codes = judged(plan, turn)
    assert set(codes) <= {"mark-ink"}  # glyphs drawn for a line do not stand in the cells of a column
    assert (quality.off_grid, quality.off_edge) == (0.0, 0.0)


def test_nothing_to_measure(house: Setter) -> None:
    assert list(stretches(())) == []
    assert off_grid((), house.house.grid) == 0.0
    assert HERE.line == 1
    assert off_edge((), plan_story(story(), house, {}, page=1).frame) == 0.0


def test_loose_story_is_told_once(house: Setter) -> None:
    text = (passage("国国国国国国国010-12345678国国国国国国" * 4, line=20),)
    made = compose_story(story(text=text, area=Area(1, 1, 1, 40)), house, {}, page=1)
    (found,) = [each for each in made.diagnostics if each.code == "story-loose"]
    assert found.span == HERE
    assert f"{made.report.quality.loose} of {made.report.quality.justified} lines" in found.message


def test_faults_of_heads_and_columns_are_told_at_their_passages(house: Setter) -> None:
    """Ones that the composer does not make: its own plan, changed by hand."""
    plan = plan_story(
        story(headline=passage("大标题", "headline", line=5), text=(passage("小题", "subhead", line=8), *copy(4))),
        house,
        {},
        page=3,
    )
    assert plan.head is not None
    wrong = set_line("的题，", Setting(ReferenceMetrics()))
    parts = (replace(plan.head.parts[0], lines=(wrong, wrong)), *plan.head.parts[1:])
    fitted = fit_story(plan)
    torn = replace(fitted, pour=replace(fitted.pour, placed=(fitted.pour.placed[0], *fitted.pour.placed[2:])))
    _, found = check_story(replace(plan, head=replace(plan.head, parts=parts)), torn, ())
    told = {(each.code, each.span.line) for each in found}
    assert ("headline-edge", 5) in told
    assert ("section-head-alone", 8) in told
