"""Quantities that are kept whole: number, multiplier and measure word, dates, ordinals (rule L-7)."""

import re
from typing import Final

from layout.core.patterns import late, not_before

_MULTIPLIER: Final = f"(?:十|百|万|亿|[千兆]{not_before('瓦克米伏卡赫')})"
"""千 and 兆 also begin units: 千瓦时, 兆赫."""

_ABOUT: Final = "[余多几]?"

_COUNTS: Final = (
    "个名位人户家口件项条篇次场届期批班组队支只头匹尾株棵朵束把张幅面副双对套台辆架艘艇列节座栋幢间层楼所处块片段根枚颗粒滴笔份封本"
    "册部卷集章页行句字词遍趟回顿番阵轮代任级等类种样款宗起桩门堂课道步圈倍成度针剂味窝群伙帮拨路线号站版格栏桌席桶瓶杯碗盒箱袋包罐"
    "筐车船炉丛排串卡环强甲国省市县区镇乡村社校店厂院馆"
)
_TIMES: Final = "年月日时分秒天周旬岁点刻夜晚载"
_UNITS: Final = "元角分米里尺寸丈亩顷升斤两钱吨克伏瓦安赫焦帕兆"
_WORDS: Final = """
    人次 场次 批次 架次 班次 车次 件次 户次 人份 位数 周年 分之 个多 余个 个月
    个多月 个半月 百分点 个百分点 个工作日 个小时
    年度 年多 天多 月份 季度 小时 分钟 秒钟 世纪 年代 星期 学年 学期 年级 年期
    美元 欧元 日元 港元 英镑 卢布 韩元 澳元 加元 台币 块钱 人民币
    公里 千米 厘米 毫米 微米 纳米 分米 海里 英里 英尺 英寸 光年 平方米 平方公里 平方千米 平方厘米 平米
    公顷 公亩 立方米 立方厘米 毫升
    公斤 千克 毫克 微克 公吨 摄氏度 千瓦 千瓦时 兆瓦 吉瓦 千伏 标准煤 赫兹 兆赫 焦耳 卡路里 大卡 分贝 马力 标箱 吨公里
"""
MEASURES: Final = frozenset((*_COUNTS, *_TIMES, *_UNITS, *_WORDS.split()))
"""Measure words after an Arabic number (rule L-7)."""

_LENGTHS: Final = sorted({len(word) for word in MEASURES}, reverse=True)
_NUMBER: Final = r"[0-9]+(?:[.,:/-][0-9]+|\u202f[0-9]+)*[%‰]?"
_QUANTITY: Final = late(
    f"第?{_NUMBER}(?:(?<=[%‰])|(?P<counted>(?:{_MULTIPLIER}+{_NUMBER})*{_ABOUT}{_MULTIPLIER}*{_ABOUT}))"
)
"""A quantity without its measure word, which only a number ``counted`` has: no percentage."""

_DIGIT: Final = re.compile("[0-9]")
_JOINED: Final = late("(?<=[0-9])[×·](?=[0-9])")
"""Products, and dates that are names (9·9): the sign stays with both numbers."""


def quantity_breaks(text: str) -> frozenset[int]:
    """Offsets inside quantities, where a break would tear number, multiplier and measure word apart.

    Offsets inside the number's own digits are among them. Breaks after 年, 月 and 日 of a date and after the ～ or —
    of a range stay free, since each part is a quantity of its own.
    """
    if not _DIGIT.search(text):
        return frozenset()
    inside = {at for match in _QUANTITY.finditer(text) for at in range(match.start() + 1, _end(text, match))}
    for match in _JOINED.finditer(text):
        inside.update(match.span())
    return frozenset(inside)


def _end(text: str, match: re.Match[str]) -> int:
    """Where a quantity ends: behind the longest measure word that follows."""
    end = match.end()
    if match["counted"] is None:
        return end
    words = (text[end : end + length] for length in _LENGTHS)
    return end + next((len(word) for word in words if word in MEASURES), 0)
