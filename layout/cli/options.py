"""Arguments and options that several commands share, said once."""

from pathlib import Path
from typing import Final

import click

issue_argument: Final = click.argument("issue", type=click.Path(path_type=Path), default=Path("issue.yaml"))
out_option: Final = click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Output."
)
pages_option: Final = click.option(
    "--pages", "chosen", metavar="1,3-4", help="Only these pages: the output then holds just them."
)
jobs_option: Final = click.option("--jobs", type=click.IntRange(1), help="Processes; all cores when left out.")
allow_option: Final = click.option(
    "--allow",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A further folder that files may come from.",
)
cache_option: Final = click.option("--no-cache", is_flag=True, help="Make everything anew.")
json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
