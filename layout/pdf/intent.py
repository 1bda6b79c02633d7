"""The output intent: the press condition for which the inks of the file are meant, with its ICC profile."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import adler32

from layout.house.model import Press
from layout.pdf.objects import Whole, array, dictionary, filtered, stream, string

_INKS: Final = 4
_DEFLATED: Final = ".z"


def output_intents(press: Press, profile: bytes, reference: Callable[[Any], Any]) -> Any:
    """The catalog's OutputIntents; ``reference`` makes an indirect object of any other.

    A condition that is registered names its registry; of any other the Info must tell what it is.
    """
    entries = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": string(press.condition),
        "Info": string(press.info or press.condition),
        "DestOutputProfile": reference(Whole(_profile_stream(press.profile, profile))),
    }
    return array([dictionary(entries | ({"RegistryName": string(press.registry)} if press.registry else {}))])


@lru_cache(maxsize=2)
def _profile_stream(path: Path, profile: bytes) -> bytes:
    """The profile as a stream: the same in all files of an issue.

    Beside the profiles that travel with the program lie their deflated forms, known by the checksum at their ends.
    """
    entries = {"N": _INKS}
    try:
        deflated = path.with_name(path.name + _DEFLATED).read_bytes()
    except OSError:
        return stream(entries, profile)
    if deflated[-4:] != adler32(profile).to_bytes(4, "big"):
        return stream(entries, profile)
    return filtered(entries | {"Filter": "/FlateDecode"}, deflated)
