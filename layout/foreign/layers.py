"""Taking the layers off content: everything on them is on the page, and the page has no switches.

A page with layers that are switched off never comes so far: preflight refuses it.
"""

from typing import Any, Final

import pikepdf

_LAYER: Final = pikepdf.Name("/Layer")
_KINDS: Final = frozenset({"/OCG", "/OCMD"})


def has_layers(resources: Any) -> bool:
    """Whether content with these resources may put something on a layer."""
    properties = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    return isinstance(properties, pikepdf.Dictionary) and any(map(_is_layer, properties.as_dict().values()))


def without_layers(content: bytes) -> bytes:
    """The content, with what it puts on layers (``/OC /name BDC``) put on none."""
    with pikepdf.Pdf.new() as holder:
        stream = holder.make_stream(content)
        return pikepdf.unparse_content_stream([_off(one) for one in pikepdf.parse_content_stream(stream)])


def _is_layer(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and str(value.get("/Type", "")) in _KINDS


def _off(instruction: Any) -> Any:
    operands, operator = instruction.operands, str(instruction.operator)
    if operator == "BDC" and len(operands) == 2 and operands[0] == "/OC":
        return pikepdf.ContentStreamInstruction([_LAYER], pikepdf.Operator("BMC"))
    return instruction
