"""Registers of suggestions as offices keep them, and a district into which they are taken over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openrenda.cli.district.load import District, load
from openrenda.exchange.values import Finding, Outcome, Row
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions as liaison
from openrenda.liaison.models import Category
from openrenda.orgs import actions as orgs
from openrenda.orgs.models import Congress, Session, Term
from openrenda.suggestions.imports import KIND
from tests.makers.district import Rows, a_folder, rows_of, write

HEADERS = {column.label: column.key for column in KIND.columns}


def as_rows(cells: Iterable[Mapping[str, str]], sheet: str = "台账") -> list[Row]:
    """Rows by their headers, as a table with its header on line 1 would give them."""
    return [
        Row(sheet, line, {HEADERS[name]: value for name, value in row.items()})
        for line, row in enumerate(cells, start=2)
    ]


def register_of(numbers: Iterable[int]) -> Rows:
    """Rows of the fictional district's register, without the opinions behind them."""
    wanted = {str(n) for n in numbers}
    return [row | {"来源意见": ""} for row in rows_of("suggestions.csv") if row["编号"] in wanted]


def replayed(folder: Path, numbers: Sequence[int], code: str) -> Congress:
    """A district whose suggestions were led through the actions one by one."""
    load(_without_opinions(a_folder(folder, suggestions=numbers), numbers), District(code), watch=lambda *_: None)
    return Congress.objects.get(code=code)


def empty(folder: Path, numbers: Sequence[int], code: str) -> Congress:
    """The same district before it had suggestions, with the same subjects."""
    a_folder(folder, suggestions=numbers)
    for name in ("suggestions.csv", "opinions.csv"):
        (folder / name).unlink(missing_ok=True)
    load(folder, District(code), watch=lambda *_: None)
    congress = Congress.objects.get(code=code)
    with_subjects(congress, [row["类别"] for row in register_of(numbers)])
    return congress


def _without_opinions(folder: Path, numbers: Iterable[int]) -> Path:
    write(folder, "suggestions.csv", register_of(numbers))
    (folder / "opinions.csv").unlink(missing_ok=True)
    return folder


def with_subjects(congress: Congress, names: Iterable[str]) -> None:
    """The subjects of those names exist."""
    known = set(Category.objects.filter(congress=congress).values_list("name", flat=True))
    for n, name in enumerate(dict.fromkeys(names), start=1):
        if name not in known:
            liaison.add_category(code=f"R{n:02}", name=name, actor=Actor.system("load", congress.pk))


def office(congress: Congress) -> Actor:
    """The operator at the command line."""
    return Actor.system("import", congress.pk)


def checked(cells: Iterable[Mapping[str, str]], congress: Congress) -> list[Finding]:
    """What is found of those rows."""
    return list(KIND.check(as_rows(cells), office(congress), lambda *_: None))


def taken_over(cells: Iterable[Mapping[str, str]], congress: Congress) -> Mapping[str, int]:
    """Check and write; every row must be right."""
    findings = checked(cells, congress)
    bad = [(f.row.line, fault.column, fault.reason, dict(fault.params)) for f in findings for fault in f.faults]
    assert not bad, bad
    return KIND.write([f for f in findings if f.outcome == Outcome.ADD], office(congress), lambda *_: None)


def many(count: int, years: Sequence[int] = (2021, 2022, 2023, 2024, 2025)) -> Rows:
    """So many rows over several years, as varied as the fictional register: its dates moved into each year."""
    base = [row | {"来源意见": ""} for row in rows_of("suggestions.csv")]
    each = -(-count // len(years))
    made = []
    for n in range(count):
        year, number = years[n // each], n % each + 1
        row = {name: _moved(value, year - 2025) for name, value in base[number % len(base)].items()}
        made.append(row | {"编号": str(number), "标题": f"{row['标题']}（{year}年{number}）", "年度": str(year)})
    return made


def _moved(text: str, years: int) -> str:
    return re.sub(r"\b(20\d\d)(-\d\d-\d\d)", lambda found: f"{int(found[1]) + years}{found[2]}", text)


def with_sessions(congress: Congress, years: Sequence[int]) -> None:
    """A session of the congress in February of each year, in the term that runs."""
    term = Term.objects.get(congress=congress)
    known = set(Session.objects.filter(term=term).values_list("opened_on__year", flat=True))
    numbers = iter(n for n in range(1, 20) if not Session.objects.filter(term=term, number=n).exists())
    for year in years:
        if year not in known:
            opened = date(year, 2, 18)
            orgs.record_session(
                term_id=term.pk,
                number=next(numbers),
                opened_on=opened,
                closed_on=date(year, 2, 21),
                actor=office(congress),
            )


def a_row(**changes: str) -> dict[str, str]:
    """One answered suggestion of the makers' district (tests.makers.orgs), by its headers; lead deputy D900."""
    return {
        "编号": "41",
        "提出场合": "大会",
        "提出日期": "2025-02-18",
        "标题": "关于修复渡口里家属院雨污管网的建议",
        "类别": "老旧小区",
        "正文": "院内雨污合流，每逢夏季返溢。建议：列入今年改造计划。",
        "领衔代表": "D900",
        "主办单位": "住建局",
        "交办日期": "2025-03-05",
        "办理期限": "三个月",
        "签收日期": "2025-03-07",
        "沟通方式": "面商",
        "沟通日期": "2025-04-15",
        "答复日期": "2025-05-20",
        "答复分类": "A",
        "答复正文": "已完成雨污分流。",
        "态度评价": "满意",
        "结果评价": "满意",
        "公开": "公开",
    } | changes


def without(*headers: str, **changes: str) -> dict[str, str]:
    """That row with those cells empty."""
    return a_row(**changes) | dict.fromkeys(headers, "")


FROM_REPLY = ("答复日期", "答复分类", "答复正文", "态度评价", "结果评价")
FROM_RATING = ("态度评价", "结果评价")
FROM_SIGNING = ("签收日期", "沟通方式", "沟通日期", *FROM_REPLY)
