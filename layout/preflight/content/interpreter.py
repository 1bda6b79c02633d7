"""A page's content executed for a sink: its streams, its group, the appearances of its annotations."""

from collections.abc import Iterable

from layout.preflight.budget import Budget
from layout.preflight.codecs import DecodeFault, decode_stream
from layout.preflight.content.marks import Sink
from layout.preflight.content.operators import OPERATORS
from layout.preflight.content.operators.graphics import Muted
from layout.preflight.content.operators.objects import enter_group, form_state
from layout.preflight.content.run import BadOperands, Machine, Run
from layout.preflight.content.scope import Library, Scope
from layout.preflight.content.spaces import SpaceFault
from layout.preflight.content.state import State
from layout.preflight.model import Box, Flaw
from layout.preflight.objects import Value, get, is_holder, name, one_or_many


def interpret(contents: Value, *, resources: Value, group: Value, frame: Box, library: Library, sink: Sink) -> None:
    """Execute a page: what it paints is told to ``sink``, with ``frame`` for what has no place of its own.

    Raises OverBudget when the page asks for too much.
    """
    machine = Machine(OPERATORS, library.budget, sink, frame)
    scope = Scope(library, resources)
    run = Run(machine, scope, State())
    try:
        enter_group(run, group, scope, role="page")
    except SpaceFault as fault:
        sink.defect(Flaw.SPACE, str(fault))
    run.execute(joined(one_or_many(contents), library.budget, sink))


def interpret_appearances(annotations: Iterable[Value], *, frame: Box, library: Library, sink: Sink) -> None:
    """Look through what annotations would show: their fonts and faults are told, their marks are not."""
    machine = Machine(OPERATORS, library.budget, Muted(sink), frame)
    for annotation in annotations:
        form = get(annotation, "/AP", "/N")
        if name(get(form, "/Subtype")) != "Form":
            continue
        run = Run(machine, Scope(library, None), State())
        try:
            run.nested(form, scope=Scope(library, get(form, "/Resources")), state=form_state(run, form))
        except BadOperands as fault:
            sink.defect(Flaw.OPERANDS, str(fault))


def joined(streams: tuple[Value, ...], budget: Budget, sink: Sink) -> bytes:
    """The page's streams as one: tokens end where a stream ends, operations need not."""
    parts = []
    for stream in streams:
        if not is_holder(stream):
            sink.defect(Flaw.STREAM, "the page's content is no stream")
            continue
        try:
            parts.append(decode_stream(stream, budget))
        except DecodeFault as fault:
            sink.defect(Flaw.STREAM, str(fault))
    return b"\n".join(parts)
