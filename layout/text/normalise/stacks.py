"""Rule N-4: stacked question and exclamation marks."""

from typing import Final

from layout.core.patterns import late

_STACK: Final = late("([？！]{3})[？！]+")


def limit(text: str) -> str:
    """At most three of ？ and ！ in a row."""
    return _STACK.sub(r"\1", text)
