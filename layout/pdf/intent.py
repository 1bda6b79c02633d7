"""The output intent: the press condition for which the inks of the file are meant, with its ICC profile."""

from collections.abc import Callable
from typing import Any, Final

from layout.house.model import Press
from layout.pdf.objects import array, dictionary, string

_INKS: Final = 4


def output_intents(press: Press, profile: bytes, stream: Callable[..., Any]) -> Any:
    """The catalog's OutputIntents; ``stream`` makes a stream object from entries and bytes.

    A condition that is registered names its registry; of any other the Info must tell what it is.
    """
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": string(press.condition),
        "Info": string(press.info or press.condition),
        "DestOutputProfile": stream({"N": _INKS}, profile, shared=True),
    }
    return array([dictionary(entries | ({"RegistryName": string(press.registry)} if press.registry else {}))])
