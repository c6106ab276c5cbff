"""The public list's counters: few rows, and proof that they are right."""

from django.db import connection, transaction

from openrenda.suggestions.models.facets import EACH_ROW

TABLE = "suggestions_facetcount"
ROWS = "suggestions_suggestion"


@transaction.atomic
def fold_facets() -> int:
    """Sum the rows of each value into one; returns how many rows are left. Writers go on adding meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            WITH gone AS (DELETE FROM {TABLE} RETURNING congress_id, year, facet, value, n)
            INSERT INTO {TABLE} (congress_id, year, facet, value, n)
            SELECT congress_id, year, facet, value, sum(n) FROM gone GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
        """)  # noqa: S608  our table's name
        return int(cursor.rowcount)


@transaction.atomic
def recount_facets() -> int:
    """Count everything anew; returns how many values were wrong before (0 unless somebody meddled with the tables)."""
    each = EACH_ROW.format(sign="1", rows=ROWS)
    counted = (
        "SELECT congress_id, year, facet, value, sum(n) AS n "  # noqa: S608  constants
        f"FROM ({each}) c GROUP BY 1, 2, 3, 4"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {ROWS}, {TABLE} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"""
            SELECT count(*) FROM ({counted}) c FULL JOIN (
                SELECT congress_id, year, facet, value, sum(n) AS n FROM {TABLE} GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0
            ) kept USING (congress_id, year, facet, value) WHERE c.n IS DISTINCT FROM kept.n
        """)  # noqa: S608
        wrong = int(cursor.fetchone()[0])
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608
        cursor.execute(f"INSERT INTO {TABLE} (congress_id, year, facet, value, n) {counted}")
    return wrong
