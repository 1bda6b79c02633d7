"""L4: page make-up (组版). Takes an issue and a house style, gives display pages and a report of how the copy fits."""

from layout.compose.page import ComposedPage, compose_page
from layout.compose.report import StoryReport
from layout.compose.setting import Setter
from layout.compose.story import Placement

__all__ = ["ComposedPage", "Placement", "Setter", "StoryReport", "compose_page"]
