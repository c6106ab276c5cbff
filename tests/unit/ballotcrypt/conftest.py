"""One small election for all tests that only look at it."""

import pytest

from tests.makers import ballotcrypt as make


@pytest.fixture(scope="session")
def made() -> make.Made:
    """Three slips, two ballots, three scrutineers of whom the first and third decrypted."""
    return make.counted(make.opened(voters=3, keys=make.ceremony(3, 2)), [[[1, 0]], [[0, 1]]])
