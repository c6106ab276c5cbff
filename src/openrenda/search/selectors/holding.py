"""A list's own filter by a piece of text, made quick: the index says beforehand which rows can hold it at all."""

from django.db import connection

from openrenda.kernel import commit

from ..rules.asked import all_of
from ..rules.text import RUNS, compared, is_chars

MOST = 2000
_SQL = """
WITH hits AS MATERIALIZED (
    SELECT object_id FROM search_entry
    WHERE {side} AND congress_id = %s AND kind = %s AND lexemes @@ %s::tsquery
) SELECT object_id FROM hits LIMIT %s
"""


def holding(kind: str, congress_id: int, text: str, *, is_public: bool) -> list[int] | None:
    """Objects of the kind among which are all whose entry of that side holds `text` just as it is written, and a few
    more; who asks still compares.

    None if the index cannot help: there are more than 2000 (then a list finds its page soon by itself), or the text has
    Latin letters or digits (the index knows those from their beginnings on, a list finds them inside words too). One
    query at most.
    """
    lexemes = _lexemes(text)
    if not lexemes:
        return None
    commit.flush()
    with connection.cursor() as cursor:
        sql = _SQL.format(side="is_public" if is_public else "NOT is_public")
        cursor.execute(sql, [congress_id, kind, all_of(lexemes), MOST + 1])
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= MOST else None


def _lexemes(text: str) -> list[str]:
    """What the text's entry must have: every pair of neighbours; of a single character, its beginning."""
    runs = RUNS.findall(compared(text))
    if not all(map(is_chars, runs)):
        return []
    pairs = (lexeme for run in runs for lexeme in ([run[i : i + 2] for i in range(len(run) - 1)] or [f"{run}*"]))
    return list(dict.fromkeys(pairs))
