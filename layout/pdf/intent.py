"""The output intent: the press condition for which the inks of the file are meant, with its ICC profile."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from layout.house.model import Press
from layout.pdf.objects import Whole, array, dictionary, stream, string

_INKS: Final = 4


def output_intents(press: Press, profile: bytes, reference: Callable[[Any], Any]) -> Any:
    """The catalog's OutputIntents; ``reference`` makes an indirect object of any other.

    A condition that is registered names its registry; of any other the Info must tell what it is.
    """
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": string(press.condition),
        "Info": string(press.info or press.condition),
        "DestOutputProfile": reference(Whole(_profile_stream(profile))),
    }
    return array([dictionary(entries | ({"RegistryName": string(press.registry)} if press.registry else {}))])


@lru_cache(maxsize=2)
def _profile_stream(profile: bytes) -> bytes:
    """The profile as a stream: the same in all files of an issue."""
    return stream({"N": _INKS}, profile)
