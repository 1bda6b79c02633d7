from msgspec.structs import replace
from proof_samples import run, tint

from layout.core import Rect
from layout.display import Fill
from layout.proof import galley_lines
from layout.proof.galley import LOOSE, TIGHT

RULE = Fill(Rect(0, 0, 1, 1), tint(1.0))


def test_lines_of_the_text_are_counted():
    lines = galley_lines([run("主题", 0, 20, tag="headline"), run("第一行", 0, 40), run("第二行", 0, 53)])
    assert [(line.role, line.number, line.text) for line in lines] == [
        ("headline", 0, "主题"),
        ("body", 1, "第一行"),
        ("body", 2, "第二行"),
    ]


def test_runs_of_several_faces_are_one_line():
    (line,) = galley_lines([run("据", 0, 40), run("BA", 10, 40), run("赛", 30, 40)])
    assert line.text == "据BA赛"
    assert line.rect == Rect(0, 40 - 8.8, 40, 10)


def test_a_gap_of_a_missing_character_does_not_end_the_line():
    assert len(galley_lines([run("甲", 0, 40), run("乙", 20, 40)])) == 1


def test_the_next_column_does():
    assert len(galley_lines([run("甲", 0, 40), run("乙", 130, 40)])) == 2


def test_what_is_drawn_between_two_runs_parts_them():
    """Captions side by side: the pictures stand between them."""
    assert [line.text for line in galley_lines([run("一", 0, 40), RULE, run("二", 12, 40)])] == ["一", "二"]


def test_how_far_a_line_is_opened():
    loose, tight, even = galley_lines(
        [run("天地人和", 0, 10, extra=0.1), run("天地人和", 0, 23, extra=-0.06), run("天地", 0, 36)]
    )
    assert loose.opened == 0.1 > LOOSE
    assert tight.opened == -0.06 < TIGHT
    assert even.opened == 0.0


def test_vertical_lines_are_lines():
    down = replace(run("古城墙", 100, 40), flow="down")
    turned = replace(run("1958", 100, 70), flow="turned")
    first, second = galley_lines([down, turned, replace(run("下", 85, 40), flow="down")])
    assert (first.text, first.number, first.vertical) == ("古城墙1958", 1, True)
    assert first.rect == Rect(95, 40, 10, 70)
    assert (second.text, second.number) == ("下", 2)


def test_a_line_across_does_not_go_on_down_a_column():
    across = run("题", 100, 40)
    assert len(galley_lines([across, replace(run("文", 110, 40), flow="down")])) == 2
