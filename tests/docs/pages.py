"""The pages under docs/ that are made or filled in by code, and what each must hold now."""

import re
from pathlib import Path

from flows.render import render_table
from warehouse.paths import Warehouse
from warehouse.query import run_sql

DOCS = Path(__file__).parents[2] / "docs"
DICTIONARY = DOCS / "data-dictionary.md"
COOKBOOK = DOCS / "cookbook.md"
QUERY = re.compile(r"```sql\n(?P<sql>.*?)\n```\n\n```text\n(?P<output>.*?)```\n", re.DOTALL)


def answered(page: str, warehouse: Warehouse) -> str:
    """Give the page with the output of every query as the warehouse has it."""
    return QUERY.sub(
        lambda found: f"```sql\n{found['sql']}\n```\n\n```text\n{output(found['sql'], warehouse)}```\n", page
    )


def output(sql: str, warehouse: Warehouse) -> str:
    """Answer a query as ``dateline sql`` prints it."""
    result = run_sql(warehouse, sql)
    columns = [column.to_pylist() for column in result.columns]
    return render_table(result.column_names, list(zip(*columns, strict=True))) + "\n"
