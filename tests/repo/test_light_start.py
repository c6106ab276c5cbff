"""scikit-learn is loaded where something is learned, and in no web process: it takes seconds and 100 MB."""

from tests.repo.test_arrows import imported
from tests.repo.tree import modules, name

HEAVY = ("sklearn", "scipy")
# What learns; the worker's command loads the jobs, the check is a command of its own.
LEARNERS = {
    "src/openrenda/routing/learning.py",
    "src/openrenda/routing/judging.py",
    "src/openrenda/routing/teaching.py",
    "src/openrenda/routing/jobs.py",
    "src/openrenda/cli/routing_check.py",
    "src/openrenda/cli/worker.py",
}
HEAVY_OF_OURS = tuple(f"openrenda.routing.{part}" for part in ("learning", "judging", "teaching", "jobs"))


def test_one_module_learns() -> None:
    found = {name(path) for path in modules() for full in imported(path) if full.split(".")[0] in HEAVY}
    assert found == {"src/openrenda/routing/learning.py"}


def test_what_loads_it_is_a_list() -> None:
    found = {name(path) for path in modules() for full in imported(path) if full.startswith(HEAVY_OF_OURS)}
    assert found <= LEARNERS, "pages and selectors read what was learned; they do not learn"
