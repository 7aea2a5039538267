"""What the workbook tests share: real programs that open what was written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.programs import convert


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a LibreOffice profile of our own, so that runs do not wait for each other."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def converted(office_profile: Path, tmp_path: Path) -> Callable[[Path, str], Path]:
    """Convert a file with LibreOffice and return the path of the result."""
    return lambda path, target: convert(path, target, office_profile, tmp_path / "converted")
