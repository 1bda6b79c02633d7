"""The table of rules, joining and lints."""

import pytest

from layout.text.normalise import (
    ROLES,
    Edit,
    edits,
    figures_lint,
    is_empty,
    join_cut,
    join_texts,
    lint,
    normalise,
    rules,
)
from layout.text.normalise.rules import RULES, SPACING, Rule

LONG = "区文化馆组织志愿者走进社区,开展书法、剪纸、朗诵等公益培训活动二十余场次,让居民在家门口享受到优质文"


def codes(text: str, role: str = "body") -> list[tuple[int, str]]:
    return [(found.offset, found.code) for found in lint(text, role)]


def test_every_role_has_its_spacing() -> None:
    assert tuple(SPACING) == ROLES
    with pytest.raises(KeyError):
        normalise("甲乙", "footnote")


@pytest.mark.parametrize("rule", [*RULES, *SPACING.values()], ids=lambda rule: f"{rule.code} {rule.summary}")
def test_each_rule_leaves_press_orthography_alone(rule: Rule) -> None:
    printed = "本报讯（记者赵立新）“9·9公益日”共筹12.48万元，增长3%～5%；网址www.example.cn。"
    assert rule.apply(printed) == printed


@pytest.mark.parametrize("rule", [*RULES, *SPACING.values()], ids=lambda rule: f"{rule.code} {rule.summary}")
def test_each_rule_needs_one_of_its_signs(rule: Rule) -> None:
    """Whatever else stands in a clean paragraph, without them there is nothing for the rule to change."""
    others = "甲乙Ab1２Ｃ,;:?!.()（），。：；？！．…⋯・·･•‧-－—~～–<>《》〈〉\"'“”‘’「」x*°￥%○◯O零〇/ \u3000\u202f"
    kept = [sign for sign in others if sign not in rule.signs]
    for size in (1, 2, 3) if rule.signs else ():
        text = (
            "甲"
            + "甲".join("".join(kept[at : at + size]) for at in range(len(kept)))
            + "甲1"
            + "".join(kept) * 2
            + "甲"
        )
        assert rule.apply(text) == text


def test_rules_that_undo_each_other_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Rule("N-x", "甲 to 乙", lambda text: text.replace("甲", "乙"))
    back = Rule("N-y", "乙 to 甲", lambda text: text.replace("乙", "甲"))
    monkeypatch.setattr(rules, "RULES", (there, back))
    assert normalise("甲丙。") in {"甲丙。", "乙丙。"}


def test_edits_name_their_rules() -> None:
    assert edits(" 共8 人,增长３％(上年)。") == (
        Edit(0, " ", "", "N-1", "characters that print nothing, spaces at the ends"),
        Edit(3, " ", "", "N-11", "spaces"),
        Edit(5, ",", "，", "N-4", "Chinese stops and brackets"),
        Edit(8, "３％", "3%", "N-10", "letters and digits in ASCII"),
        Edit(10, "(", "（", "N-8", "Chinese stops and brackets"),
        Edit(13, ")", "）", "N-8", "Chinese stops and brackets"),
    )
    assert edits("已是正稿。") == ()


def test_empty_paragraphs() -> None:
    assert is_empty("\u3000 \u200b\t")
    assert not is_empty("甲")
    assert normalise("\u3000 \u200b\t") == ""


# --- N-6


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("”甲“和”乙“", "“甲”和“乙”"),
        ("”甲“和“乙", "”甲“和“乙"),  # not all would have a partner: left for the proof-reader
        ("上文。”他说：“甲", "上文。”他说：“甲"),
        ("’甲‘与Let’s", "‘甲’与Let’s"),
        ("It‘s一词", "It‘s一词"),
    ],
)
def test_reversed_pairs(typed: str, printed: str) -> None:
    assert normalise(typed) == printed


# --- N-13


def test_a_paragraph_cut_twice_is_one_group() -> None:
    assert join_cut([("body", LONG), ("body", LONG), ("body", "化服务。")]) == ((0, 1, 2),)


@pytest.mark.parametrize(
    "passages",
    [
        [("body", "聚焦民生 补齐短板"), ("body", "街道干部走访。")],
        [("body", LONG), ("subhead", "化服务。")],
        [("body", LONG), ("body", "聚焦民生 补齐短板")],
        [("body", LONG + "。"), ("body", "化服务。")],
        [("body", LONG + "”"), ("body", "化服务。")],
        [("body", LONG + ";"), ("body", "化服务。")],
    ],
)
def test_what_is_not_joined(passages: list[tuple[str, str]]) -> None:
    assert join_cut(passages) == ((0,), (1,))


def test_joined_text() -> None:
    assert join_texts(["创先争 ", "\u3000优"]) == "创先争优"
    assert join_texts(["the World Trade", "Organization"]) == "the World Trade Organization"
    assert join_texts(["共50", "00元"]) == "共5000元"


# --- N-14


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("史密斯.约翰来访", [(3, "ambiguous-period")]),
        ("“9.9公益日”活动", [(1, "month-day-period")]),
        ("参与“9.9”公益日", [(3, "month-day-period")]),
        ('"3.15"晚会', [(1, "month-day-period")]),
        ("好评率达9.9成", []),
        ("以7：1取胜", [(1, "ratio-colon")]),
        ("19：30开演", []),
        ("降幅15~20%", [(2, "range-percent")]),
        ("降幅15%～20%", []),
        ("于2024-3-15举行", [(1, "fused-date")]),
        ("5月6-7日举行", [(0, "fused-date")]),
        ("二零二四年", [(0, "zero-in-year")]),
        ("二〇二四年", []),
        ("苹果、梨……等水果", [(4, "ellipsis-and-deng")]),
        ("苹果、梨等...", [(4, "ellipsis-and-deng")]),
        ("他说“好，走了。", [(2, "unbalanced-pair")]),
        ("“上一段的引文接着说。", []),
        ("他说(好，走了。", [(2, "unbalanced-pair")]),
        ("1)总则", []),
        ("学习<<宪法>>", []),
        ("学习《宪法", [(2, "unbalanced-pair")]),
        ("Let's go节目与students' union", []),
        ("32\"显示屏", []),
        ("See (a 3-15%", []),
    ],
)  # fmt: skip
def test_lints(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("全区共有1200人、25家单位参加", "1200"),
        ("增长2.5%，完成1,200万元", "2.5%"),
        ("增长5%。", "5%"),
        ("２０２６年春天", "２０２６"),
        ("第3人，5G快车，A380飞机，1200km", None),
        ("见注[^12]，网址http://a.cn/2026", None),
        ("{共1200人:!}参加", None),
        ("1200", None),
    ],
)
def test_arabic_numbers_of_vertical_copy(text: str, number: str | None) -> None:
    """Rule V-4."""
    found = figures_lint(text)
    assert (found and (found.offset, found.message.split()[-1])) == (number and (text.index(number), number))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月6日，汤瑞（左一）调研。", []),
        ("活动现场", []),
        ("活动现场。", [(4, "caption-ending")]),
        ("5月6日，调研活动，", [(9, "caption-ending")]),
        ("他来了。大家鼓掌", [(7, "caption-ending")]),
        ("5月6日，活动开幕。罗鸣摄", []),
    ],
)
def test_caption_endings(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(text, "caption") == expected
