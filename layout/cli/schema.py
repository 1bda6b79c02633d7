"""``layout schema``: what editors need to complete and explain an issue or a house style."""

import json

import click


@click.command()
@click.option("--house", is_flag=True, help="The schema of a house style instead of an issue's.")
def command(*, house: bool) -> None:
    """Print the JSON Schema of an issue file (--house: of a house style).

    Save it beside the issue and name it in the first line, and the editor completes keys and explains them:

        # yaml-language-server: $schema=issue.schema.json
    """
    from layout.house import house_schema
    from layout.issue import issue_schema

    schema = house_schema() if house else issue_schema(house_schema())
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
