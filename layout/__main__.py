"""``python -m layout`` and the console script ``layout``."""


def main() -> None:
    """Run the command line."""
    from layout.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
