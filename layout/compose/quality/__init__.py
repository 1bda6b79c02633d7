"""The page's check of itself: a fitted story judged by what stands on it (rules Q-1 to Q-10)."""

from layout.compose.quality.check import check_story
from layout.compose.quality.figures import Quality

__all__ = ["Quality", "check_story"]
