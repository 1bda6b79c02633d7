"""Content streams: what a page paints, worked out operator by operator (ISO 32000-1, annex A)."""
