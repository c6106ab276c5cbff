"""What the candidates' booklet says: plain values for the layout (typst/booklet.typ)."""

from collections.abc import Callable
from typing import Any

from openrenda.kernel.text import N_
from openrenda.livelihood.selectors.pages import YearPage
from openrenda.ui.filters import cdate

from . import faces

Words = Callable[..., str]


def data(page: YearPage, t: Words) -> dict[str, Any]:
    """Candidates in the order of the ballot."""
    year = page.year
    rows = sorted((row.project for row in page.rows if row.project.cand_no is not None), key=lambda p: p.cand_no or 0)
    return {
        "organ": year.congress.name,
        "title": t(N_("{year}年度民生实事候选项目说明"), year=year.year),
        "about": t(
            N_("共{n}个候选项目，应选{quota}个。排列按类别或者笔画，不代表先后。请在{day}票决前审阅。"),
            n=len(rows), quota=year.quota, day=cdate(year.session_on),
        ),
        "contents": t(N_("目录")),
        "projects": [
            {
                "number": p.cand_no,
                "name": p.name,
                "category": p.category,
                "content": [line for line in p.content.splitlines() if line.strip()],
                "target": p.target,
                "facts": [[t(label), str(value)] for label, value in faces.facts(p) if value],
            }
            for p in rows
        ],
        "words": {"target": t(N_("目标")), "content": t(N_("建设内容")), "category": t(N_("类别"))},
    }  # fmt: skip
