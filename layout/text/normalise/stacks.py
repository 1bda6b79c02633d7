"""Rule N-4: stacked question and exclamation marks."""

import re
from typing import Final

_STACK: Final = re.compile("([？！]{3})[？！]+")


def limit(text: str) -> str:
    """At most three of ？ and ！ in a row."""
    return _STACK.sub(r"\1", text)
