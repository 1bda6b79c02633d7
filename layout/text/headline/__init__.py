"""Headlines: broken where a reader pauses, balanced, brought to their measure (rules H-1 to H-8, H-11)."""

from layout.text.headline.copy import BREAK_MARK, HeadCopy, head_copy, unmarked
from layout.text.headline.fit import Fit, Limits, fit
from layout.text.headline.places import Place, Rank
from layout.text.headline.setting import Headline, scaled, set_headline
from layout.text.headline.words import Lexicon, shipped_lexicon

__all__ = [
    "BREAK_MARK",
    "Fit",
    "HeadCopy",
    "Headline",
    "Lexicon",
    "Limits",
    "Place",
    "Rank",
    "fit",
    "head_copy",
    "scaled",
    "set_headline",
    "shipped_lexicon",
    "unmarked",
]
