"""A page looked over, not executed: which resources it names, and whether they are there and sound."""

import re
from typing import Final

from layout.preflight.content.interpreter import joined
from layout.preflight.content.marks import Sink
from layout.preflight.content.scope import Library, Missing, Scope
from layout.preflight.content.tokens import Symbol
from layout.preflight.model import Box, Flaw
from layout.preflight.objects import Value, one_or_many

_USE: Final = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)[ \n](?:[-.\d]+[ \n])?(Tf|Do|gs)\b")
_CATEGORIES: Final = {b"Tf": "Font", b"Do": "XObject", b"gs": "ExtGState"}


def skim(contents: Value, *, resources: Value, frame: Box, library: Library, sink: Sink) -> None:
    """Tell of the fonts that a page uses and of resources that it names in vain. Raises OverBudget.

    Enough for content that has been judged elsewhere and is written plainly; nothing of what it paints is told.
    """
    scope = Scope(library, resources)
    for name, operator in sorted(set(_USE.findall(joined(one_or_many(contents), library.budget, sink)))):
        called = Symbol(name.decode("latin-1"))
        try:
            if operator == b"Tf":
                sink.font(scope.font(called).font, visible=True, box=frame)
            else:
                scope.entry(_CATEGORIES[operator], called)
        except Missing as fault:
            sink.defect(Flaw.RESOURCE, str(fault))
