"""Press-ready Chinese newspaper pages from a YAML description of an issue."""

__version__ = "0.1.0"
