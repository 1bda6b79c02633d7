"""L1: photographs into press inks. The only home of Pillow; knows nothing of pages, fonts or house styles."""

from layout.images.cut import ENOUGH
from layout.images.errors import ImageFault
from layout.images.picture import PictureSettings, Unsharp, prepare
from layout.images.probe import ImageFacts, probe
from layout.images.store import PressPicture

__all__ = [
    "ENOUGH",
    "ImageFacts",
    "ImageFault",
    "PictureSettings",
    "PressPicture",
    "Unsharp",
    "prepare",
    "probe",
]
