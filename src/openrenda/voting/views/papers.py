"""Ballot, tally sheet and minutes as PDF."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.documents import pdf
from openrenda.kernel.errors import NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.ui.filters import cdatetime, t
from openrenda.voting import selectors
from openrenda.voting.models import Poll
from openrenda.voting.states import ANSWERS, Duty, Form, Method, Ruling, State

from . import faces
from .answers import raw
from .labels import words
from .work import watches

PDF = "application/pdf"


@signed_in
@require_safe
def paper(request: ActorRequest, key: str, what: str) -> HttpResponse:
    """One of the papers of a poll, for those who prepare, count or watch it."""
    row = selectors.work_poll(request.actor, key)
    if not watches(row, request.actor):
        raise NotAllowed
    made = PAPERS.get(what)
    if made is None or (what == "ballot" and not row.is_secret):
        raise NotFound
    organ = request.congress.name if request.congress else ""
    return raw(pdf.render(f"voting/{what}.typ", made(row, organ)), PDF, filename=f"{row.key}-{what}.pdf")


def _common(row: Poll, organ: str) -> dict[str, Any]:
    mark = t(N_("规则指纹 {hash}"), hash=row.rules_hash[:16]) if row.rules_hash else t(N_("尚未开始表决，样张"))
    return {
        "organ": organ,
        "key": row.key,
        "poll": row.title,
        "rules_mark": mark,
        "answers": [t(answer.label) for answer in ANSWERS[Form(row.form)]],
        "options": [
            {"number": option.position + 1, "label": option.label, "note": option.note} for option in row.options.all()
        ],
        "words": {name: t(label) for name, label in WORDS.items()},
    }


WORDS = {
    "number": N_("序号"),
    "rank": N_("名次"),
    "option": N_("表决项"),
    "result": N_("结果"),
    "decisions": N_("主席团的决定"),
    "prints": N_("指纹（SHA-256）"),
    "verify": N_("任何人可以在公开页面下载证明材料，用本系统的“自己核对”页面或者独立工具重新验票。"),
}


def ballot(row: Poll, organ: str) -> dict[str, Any]:
    """One ballot paper; all copies are alike."""
    how = [t(N_("请用黑色笔在方框内画“○”。"))]
    if row.form == Form.SELECT:
        how.append(t(N_("最多选{n}项。多选的，整张票无效；少选的有效。"), n=row.maximum))
    else:
        how.append(t(N_("每一行只选一个。一行选了两个以上的，该行无效。")))
    how.append(t(N_("不要在票上写姓名或做记号。")))
    return {**_common(row, organ), "title": row.title, "how_title": t(N_("填写说明")), "how": how}


def tally(row: Poll, organ: str) -> dict[str, Any]:
    """The sheet that tellers fill in by hand and all sign."""
    counts = selectors.hall(row)
    known = [(N_("应到"), counts.base), (N_("实到"), counts.present), (N_("通过线"), row.line)]
    return {
        **_common(row, organ),
        "title": t(N_("计票单")),
        "known": [[t(label), value] for label, value in known],
        "blanks": [t(N_("发出票数")), t(N_("收回票数")), t(N_("有效票数")), t(N_("无效票数"))],
        "check": t(N_("收回的票多于发出的票，整次表决无效。有效票数加无效票数等于收回票数。")),
        "signs": _signs(),
    }


def _signs() -> list[str]:
    return [t(N_("总监票人")), t(N_("监票人")), t(N_("计票人")), t(N_("计票人")), t(N_("日期"))]


def minutes(row: Poll, organ: str) -> dict[str, Any]:
    """The record of one vote; before the result is confirmed there is none."""
    if row.state not in (State.CONFIRMED, State.PUBLISHED, State.VOIDED):
        raise NotFound
    counts, result = selectors.hall(row), faces.result(row)
    facts = [
        (N_("表决方式"), t(words(row, "method"))),
        (N_("开始"), cdatetime(row.opened_at)),
        (N_("结束"), cdatetime(row.closed_at)),
        (N_("全体组成人员"), str(counts.base)),
        (N_("实到"), str(counts.present)),
        *((label, str(value)) for label, value in result.totals if row.method != Method.HANDS),
        (N_("通过线"), str(row.line)),
        (N_("监票人"), "、".join(_people(row, Duty.CHIEF, Duty.SCRUTINEER))),
        (N_("确认人"), "、".join(one.scrutineer.name for one in row.confirmations.select_related("scrutineer"))),
        (N_("无效原因"), row.void_reason),
    ]
    return {
        **_common(row, organ),
        "title": t(N_("表决记录")),
        "facts": [[t(label), value] for label, value in facts if value],
        "lines": [
            {"number": line.rank, "label": line.label, "marks": list(line.marks), "result": t(line.verdict)}
            for line in result.lines
        ],
        "decisions": [f"{t(Ruling(one.ruling).label)}：{one.text}" for one in row.decisions.all()],
        "prints": [[t(label), value] for label, value in faces.prints(row)],
        "signs": _signs(),
    }


def _people(row: Poll, *duties: Duty) -> list[str]:
    return [one.name for one in row.scrutineers.all() if one.duty in duties]


PAPERS: Mapping[str, Callable[[Poll, str], dict[str, Any]]] = {"ballot": ballot, "tally": tally, "minutes": minutes}
