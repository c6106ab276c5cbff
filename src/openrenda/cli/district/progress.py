"""A progress bar on standard error; silent when nobody watches."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def bar(items: Iterable[T], *, total: int, label: str, quiet: bool = False) -> Iterator[T]:
    """The items, with a bar that names what is being done."""
    yield from tqdm(items, total=total, desc=label, unit="步", file=sys.stderr, disable=quiet, dynamic_ncols=True)
