"""The words and character sets that rules N-1 to N-14 need, as explicit tables."""

from typing import Final

from layout.text.classes import CLOSE, is_digit, is_full_mark, is_han, is_latin


def _words(text: str) -> tuple[str, ...]:
    """A table of words, written with spaces between them."""
    return tuple(text.split())


HIDDEN: Final = "\ufdd0"
"""Stands for a protected span while rules run: a noncharacter, read by them as a Latin letter (rule N-3)."""

BLANKS: Final = " \u3000\u202f"
"""The spaces that are left after rule N-1 has mapped all others to U+0020."""

HAN_NUMERALS: Final = frozenset("一二三四五六七八九十百千万两零〇")

STRAY_STOPS: Final = frozenset(",;:?!")
"""Half-width stops that rule N-4 decides."""

TOP_DOMAINS: Final = "|".join(
    _words(
        "com cn net org gov edu mil int info biz io tv cc me app top xyz vip asia hk tw mo jp kr uk de fr ru eu us ai"
    )
)
"""Ends of a bare domain name (rule N-3); after www. any end will do."""

ABBREVIATIONS: Final = frozenset(
    _words(
        "Inc Ltd Co Corp Bros LLC Plc No Nos Vol vol Fig fig Dr Mr Mrs Ms Prof St Mt Jr Sr Rev Hon Gen Col Capt Lt"
        " Sgt Gov Sen Rep Dept Univ Assn Ph etc vs al cf ca approx est ed eds pp Ave Blvd Rd"
        " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    )
)
"""Latin words whose period is part of them (rule N-5)."""

DESIGNATIONS: Final = _words(
    "歼 运 轰 直 强 教 图 米格 苏 安 武直 枭龙 翼龙 彩虹 东风 长征 神舟 天舟 天宫 嫦娥 天问 红旗 鹰击 巨浪"
    " 霹雳 快舟 双曲线 力箭 朱雀 谷神星 风云 海洋 高分 资源 实践 遥感 北斗 天链 鹊桥 联盟 进步 白杨 布拉瓦"
    " 萨尔马特 火星 大浦洞 银河 烈火 表 附件 附表 附图 式"
)
"""Han names that take a hyphen and a number (歼-20): not a minus (rule N-10)."""

YEAR_LETTERS: Final = frozenset("年月日号后代届期")
"""What follows a short number in Han numerals that ends in a typed letter O (九O年代)."""

BYLINE_WORDS: Final = frozenset(
    _words(
        "本报 本社 本刊 本台 新华社 记者 通讯员 评论员 特派员 特约 见习 实习 实习生 编辑 责编 主编 美编 校对"
        " 检校 版式 组版 作者 编译 翻译 撰文 撰稿 供稿 供图 制图 绘图 配图 插图 插画 漫画 书法 视频 摄影 摄 文 图"
        " 文/图 图/文 文／图 图／文 文图 图文 文并摄 文并图 统筹 策划 执笔 采写 采访 整理 报道 综合 提供"
        " 综合报道 联合报道 图片 资料图"
    )
)
"""Words of a byline that are no names (rule B-1)."""

BYLINE_ENDINGS: Final = _words("记者 通讯员 评论员 特派员 实习生 编辑 摄影师 报道 供图 供稿")
"""A longer word with such an ending is no name either (宁夏日报记者)."""

BRACKET_LEADS: Final = frozenset(_words("本报 本刊 本社 新华社 摄影 作者 文/图 图/文 供图"))
"""First words of a bracketed byline, besides the longer ones of ``BYLINE_ENDINGS``."""

BYLINE_LEADS: Final = _words("记者 通讯员 评论员 特派员 实习生 编辑 摄影 作者 撰文 整理")
"""Words that a name may follow without a space (本报记者罗鸣)."""

CREDIT_WORDS: Final = frozenset(_words("摄 摄影 文 图 文/图 图/文 供图 供稿 制图 绘图 漫画 整理 文并摄"))
"""A bracketed byline may end with one of these instead of beginning with a word such as 记者."""

NOT_NAMES: Final = frozenset(
    _words("文章 报道 综合 报导 获悉 了解 采访 看到 走访 手记 札记 观察 专稿 供稿 供图 队伍 小组 日记 来信 述评")
)
"""What follows 记者 or 评论员 without being a name (本报评论员文章)."""

DAY_WORDS: Final = _words("公益日 晚会 事件 大促 购物节 讲话 运动 起义 消费者权益日 电商节")
"""What follows a month and day that has become a name (rule N-14)."""

QUOTE_OF_CORNER: Final = {"「": "“", "」": "”", "『": "‘", "』": "’"}


def is_closer(char: str) -> bool:
    """Whether ``char`` closes a pair, of either width."""
    return char in CLOSE or char == ")"


def is_company(char: str) -> bool:
    """Whether a mark beside ``char`` is a Chinese mark: Han or a full-width mark. Empty at a paragraph's edge."""
    return char != "" and (is_full_mark(char) or is_han(char))


def is_word(char: str) -> bool:
    """Whether ``char`` belongs to Latin text: a letter, a digit, a protected span."""
    return char != "" and (char == HIDDEN or is_digit(char) or is_latin(char))


def is_ideograph(char: str) -> bool:
    """Whether ``char`` is Han writing: an ideograph, kana or bopomofo, not a symbol that is only set as Han."""
    return is_han(char) and (char.isalpha() or char == "〇")


def before(text: str, at: int) -> str:
    """The nearest character before offset ``at`` that is no space, or the empty string."""
    at -= 1
    while at >= 0 and text[at] in BLANKS:
        at -= 1
    return text[at] if at >= 0 else ""


def after(text: str, at: int) -> str:
    """The nearest character from offset ``at`` on that is no space, or the empty string."""
    while at < len(text) and text[at] in BLANKS:
        at += 1
    return text[at] if at < len(text) else ""
