"""Copy as typed or scraped to press orthography (rules N-0 to N-14 and B-1): paragraphs in, paragraphs out."""

from layout.text.normalise.aside import typed_ranges
from layout.text.normalise.characters import is_empty
from layout.text.normalise.lints import Lint, figures_lint, lint
from layout.text.normalise.paragraphs import join_cut, join_texts
from layout.text.normalise.rules import AS_TYPED, ROLES, Edit, edits, normalise, traced

__all__ = [
    "AS_TYPED",
    "ROLES",
    "Edit",
    "Lint",
    "edits",
    "figures_lint",
    "is_empty",
    "join_cut",
    "join_texts",
    "lint",
    "normalise",
    "traced",
    "typed_ranges",
]
