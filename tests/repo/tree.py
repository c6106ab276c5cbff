"""What tests about the repository look at."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "openrenda"
# From the bottom; a package may use what stands in an earlier row, never a neighbour or a later one.
TIERS: tuple[tuple[str, ...], ...] = (
    ("kernel",),
    ("audit", "ui"),
    ("search",),
    ("orgs",),
    ("accounts", "documents", "notifications"),
    ("exchange", "routing"),
    ("voting",),
    ("liaison", "meetings"),
    ("suggestions",),
    ("livelihood",),
    ("reports",),
    ("site", "cli"),
    ("config",),
)
TIER_OF = {app: row for row, apps in enumerate(TIERS) for app in apps}
SLICES = ("voting", "meetings", "liaison", "suggestions", "livelihood")


def modules(*apps: str) -> list[Path]:
    """Python files written by people: generated migrations left out."""
    folders = [PACKAGE / app for app in apps] or [PACKAGE]
    found = (path for folder in folders for path in folder.rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    """All Jinja2 templates."""
    return sorted(path for path in PACKAGE.rglob("*.html") if "jinja2" in path.parts)


def name(path: Path) -> str:
    """Short, for the names of tests and for messages."""
    return path.relative_to(ROOT).as_posix()


def committed() -> Iterator[Path]:
    """Text files of the repository that we wrote: no caches, no data, nothing vendored."""
    kinds = {".py", ".md", ".toml", ".html", ".css", ".js", ".sh", ".lock", ""}
    for path in ROOT.rglob("*"):
        folders = path.relative_to(ROOT).parts[:-1]
        hidden = any(part.startswith(".") and part != ".ci" for part in folders)
        if (
            not hidden
            and path.suffix in kinds
            and not {"vendor", "__pycache__", "node_modules"} & set(folders)
            and path.is_file()
        ):
            yield path
