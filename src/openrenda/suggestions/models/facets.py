"""Counters of the public list, kept by triggers inside the writing transaction.

Statement triggers add small rows (+1, −1) for the facets of numbered suggestions that a statement changed; nobody
waits for anybody. `selectors.facets` sums them, `actions.fold_facets` keeps them few, `actions.recount_facets` proves
them.
"""

from typing import Any, cast

import pgtrigger

EACH_ROW = """
    SELECT r.congress_id, r.year, f.facet, f.value, {sign} AS n
    FROM {rows} r CROSS JOIN LATERAL (VALUES
        ('total', '*'), ('state', r.state), ('category', r.category_id::text), ('session', r.session_id::text),
        ('unit', coalesce(r.main_unit_id::text, '')), ('class', r.reply_class), ('delegation', r.delegation_id::text),
        ('key', CASE WHEN r.importance = 'normal' THEN '' ELSE '*' END)
    ) AS f (facet, value)
    WHERE r.shelf IS NOT NULL AND f.value <> ''
"""


def _add(*parts: str) -> str:
    return f"""
        INSERT INTO suggestions_facetcount (congress_id, year, facet, value, n)
        SELECT d.congress_id, d.year, d.facet, d.value, sum(d.n)
        FROM ({" UNION ALL ".join(parts)}) d
        GROUP BY 1, 2, 3, 4 HAVING sum(d.n) <> 0;
        RETURN NULL;
    """  # noqa: S608  constants of this module


_PLUS = EACH_ROW.format(sign="1", rows="new_rows")
_MINUS = EACH_ROW.format(sign="-1", rows="old_rows")

_OLD_AND_NEW = cast("Any", pgtrigger.Referencing)  # untyped in the library
FACET_TRIGGERS = (
    pgtrigger.Trigger(
        name="facets_insert",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=_OLD_AND_NEW(new="new_rows"),
        func=_add(_PLUS),
    ),
    pgtrigger.Trigger(
        name="facets_update",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=_OLD_AND_NEW(old="old_rows", new="new_rows"),
        func=_add(_PLUS, _MINUS),
    ),
    pgtrigger.Trigger(
        name="facets_delete",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=_OLD_AND_NEW(old="old_rows"),
        func=_add(_MINUS),
    ),
)
