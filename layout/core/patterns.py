"""Patterns that are compiled when they are first used.

The rules of the desk look for many signs that most pages do not have, and a class of characters that lie scattered over
Unicode takes a third of a millisecond to compile: all of them together take as long as setting a quarter of a page.
"""

import re
from functools import cached_property
from typing import Any, AnyStr, cast


class _Late:
    """Stands for a pattern and is as fast: each of its methods is looked up once."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._written = (pattern, flags)

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(*self._written)

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._compiled, name)
        return found


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile`` put off until something is looked for. A pattern that is wrong raises ``re.error`` only then."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


def not_before(characters: str) -> str:
    """Pattern: none of ``characters`` follows. One by one, which compiles six times as fast as a class of them."""
    return "".join(f"(?!{re.escape(character)})" for character in characters)


def not_behind(characters: str) -> str:
    """Pattern: none of ``characters`` stands before. One by one, as in ``not_before``."""
    return "".join(f"(?<!{re.escape(character)})" for character in characters)
