"""What the workbook tests share: real programs that open what was written."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a LibreOffice profile of our own, so that runs do not wait for each other."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def converted(office_profile: Path, tmp_path: Path) -> Callable[[Path, str], Path]:
    """Convert a file with LibreOffice and return the path of the result."""

    def convert(path: Path, target: str) -> Path:
        folder = tmp_path / "converted"
        subprocess.run(
            [
                "soffice",
                "--headless",
                "--norestore",
                f"-env:UserInstallation={office_profile.as_uri()}",
                "--convert-to",
                target,
                "--outdir",
                str(folder),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return folder / f"{path.stem}.{target.partition(':')[0]}"

    return convert
