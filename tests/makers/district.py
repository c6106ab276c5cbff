"""Small folders in the district's format, cut from the package's own, so that a load takes a second."""

import csv
from collections.abc import Iterable
from pathlib import Path

from openrenda.cli.load_district import OWN_DISTRICT

Rows = list[dict[str, str]]


def rows_of(name: str, folder: Path = OWN_DISTRICT) -> Rows:
    """All rows of one file."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, rows: Rows, encoding: str = "utf-8") -> None:
    """Write a file of the format."""
    with (folder / name).open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _codes(rows: Rows, *columns: str) -> set[str]:
    return {code for row in rows for column in columns for code in row[column].split(";") if code}


def a_folder(
    into: Path, *, suggestions: Iterable[int] = (1, 3, 7), opinions: Iterable[str] = (), encoding: str = "utf-8"
) -> Path:
    """A folder with those suggestions and opinions and all that they refer to."""
    into.mkdir(parents=True, exist_ok=True)
    wanted = {str(n) for n in suggestions}
    register = [row for row in rows_of("suggestions.csv") if row["编号"] in wanted]
    names = {*opinions, *_codes(register, "来源意见")}
    ledger = [row for row in rows_of("opinions.csv") if row["编号"] in names]
    stations = [
        row for row in rows_of("stations.csv") if row["编号"] in _codes(ledger, "联络站") or row["编号"] == "S01"
    ]
    deputies = (
        _codes(register, "领衔代表", "联名代表") | _codes(ledger, "接待代表") | _codes(stations, "站长", "驻站代表")
    )
    people = [row for row in rows_of("deputies.csv") if row["编号"] in deputies]
    kept = {row["编号"] for row in stations}
    people = [row | {"所属联络站": row["所属联络站"] if row["所属联络站"] in kept else ""} for row in people]
    units = (
        _codes(register, "主办单位", "会办单位") | _codes(ledger, "处理单位") | _codes(stations, "所属街道", "所属社区")
    )
    bodies = [row for row in rows_of("units.csv") if row["编号"] in units or row["编号"][0] in "RGB"]
    for name, rows in (
        ("units.csv", bodies),
        ("deputies.csv", people),
        ("stations.csv", stations),
        ("opinions.csv", ledger),
        ("suggestions.csv", register),
        ("meetings.csv", rows_of("meetings.csv")),
    ):
        if rows:
            write(into, name, rows, encoding)
    return into


def with_projects(folder: Path) -> Path:
    """Three candidates for two places in a folder's small congress, with what follows from the vote."""
    people = {row["编号"] for row in rows_of("deputies.csv", folder)}
    present = len(people) - 1
    proposals = [
        row for row in rows_of("project_proposals.csv")[:24] if row["来源"] != "代表" or row["提出人"] in people
    ]
    known = {row["编号"] for row in proposals}
    candidates = [
        row
        | {
            "来源提案": ";".join(code for code in row["来源提案"].split(";") if code in known),
            "票决赞成票": str(votes),
            "是否入选": chosen,
        }
        for row, votes, chosen in zip(
            rows_of("project_candidates.csv"), (present, present, 0), ("是", "是", "否"), strict=False
        )
    ]
    built = {"K01", "K02"}
    grades = {"满意": str(present), "基本满意": "0", "不满意": "0", "弃权": "0"}
    session = [
        row | {"应到": str(len(people)), "实到": str(present)} if row["类型"] == "代表大会" else row
        for row in rows_of("meetings.csv", folder)
    ]
    for name, rows in (
        ("meetings.csv", session),
        ("project_proposals.csv", proposals),
        ("project_candidates.csv", candidates),
        ("project_progress.csv", _finished_at_once(built)),
        ("project_evaluation.csv", [r | grades for r in rows_of("project_evaluation.csv") if r["项目"] in built]),
    ):
        write(folder, name, rows)
    return folder


def _finished_at_once(projects: set[str]) -> Rows:
    """The last report of each project, as if it came in the first month: nights cost time."""
    last = {row["项目"]: row for row in rows_of("project_progress.csv") if row["项目"] in projects}
    return [row | {"月份": "2025-03"} for row in last.values()]


def changed(folder: Path, name: str, code: str, **cells: str) -> None:
    """Overwrite cells of one row."""
    rows = rows_of(name, folder)
    write(folder, name, [row | cells if row["编号"] == code else row for row in rows])
