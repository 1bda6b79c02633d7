"""L1: photographs into press inks. The only home of Pillow; knows nothing of pages, fonts or house styles.

What opens pictures (``frame``, ``making``, ``plates``...) is imported where it is used: it loads Pillow.
"""

from layout.images.errors import ImageFault
from layout.images.facts import ImageFacts
from layout.images.store import PressPicture

__all__ = ["ImageFacts", "ImageFault", "PressPicture"]
