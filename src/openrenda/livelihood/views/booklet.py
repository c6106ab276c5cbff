"""What the candidates' booklet says: plain values for the layout (typst/booklet.typ)."""

from typing import Any

from openrenda.kernel.text import N_
from openrenda.livelihood.models import Year
from openrenda.livelihood.selectors.booklet import BookletEntry, booklet
from openrenda.ui.filters import cdate, day_text, t

from .faces import money


def data(year: Year) -> dict[str, Any]:
    """Candidates in the order of the ballot."""
    found = booklet(year)
    about = N_("共{n}个候选项目，应选{quota}个。排列按类别或者笔画，不代表先后。请在{day}票决前审阅。")
    return {
        "organ": year.congress.name,
        "title": t(N_("{year}年度民生实事候选项目说明"), year=found.year),
        "about": t(about, n=len(found.entries), quota=found.quota, day=cdate(year.session_on)),
        "contents": t(N_("目录")),
        "projects": [_entry(entry) for entry in found.entries],
        "words": {"target": t(N_("目标")), "content": t(N_("建设内容")), "category": t(N_("类别"))},
    }


def _entry(entry: BookletEntry) -> dict[str, Any]:
    facts = (
        (N_("地点"), entry.place),
        (N_("惠及"), entry.beneficiaries),
        (N_("总投资"), money(entry.investment) if entry.investment is not None else ""),
        (N_("资金来源"), entry.fund_source),
        (N_("责任单位"), entry.unit),
        (N_("配合单位"), "、".join(entry.co_units)),
        (N_("责任人"), entry.leader),
        (N_("完成时限"), day_text(entry.finishes)),
        (N_("合法性审查"), entry.legality),
        (N_("财政评估"), entry.fiscal),
        (N_("来自建议"), "、".join(entry.ideas)),
    )
    return {
        "number": entry.number,
        "name": entry.name,
        "category": entry.category,
        "content": [line for line in entry.content.splitlines() if line.strip()],
        "target": entry.target,
        "facts": [[t(label), value] for label, value in facts if value],
    }
