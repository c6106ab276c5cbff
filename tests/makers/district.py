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


def changed(folder: Path, name: str, code: str, **cells: str) -> None:
    """Overwrite cells of one row."""
    rows = rows_of(name, folder)
    write(folder, name, [row | cells if row["编号"] == code else row for row in rows])
