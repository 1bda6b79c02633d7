"""``python -m layout`` and the console script ``layout``."""

import gc


def main() -> None:
    """Run the command line."""
    # A command makes next to no cycles and ends soon: looking for them costs a tenth of a build and frees nothing
    # (tests/bench). A watch, which lives for a day, turns the collector on again.
    gc.disable()
    from layout.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
