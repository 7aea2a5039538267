"""Real programs that open what was written: LibreOffice, and Microsoft's Open XML validator."""

import json
import subprocess
from pathlib import Path
from typing import Any

VALIDATOR = Path(__file__).parents[1] / "setup/node_modules/.bin/ooxml-validator"


def convert(path: Path, target: str, profile: Path, folder: Path) -> Path:
    """Convert a file with LibreOffice; ``target`` is an ending, with a filter after a colon."""
    convert_all([path], target, profile, folder)
    return folder / f"{path.stem}.{target.partition(':')[0]}"


def convert_all(paths: list[Path], target: str, profile: Path, folder: Path) -> None:
    """Convert several files with one start of LibreOffice, which takes most of the time."""
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    subprocess.run(
        [*command, "--convert-to", target, "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=180,
    )


def validator_errors(path: Path) -> list[Any]:
    """Errors that the validator finds in a workbook."""
    said = subprocess.run([VALIDATOR, path], capture_output=True, check=False, timeout=120)
    found: list[Any] = json.loads(said.stdout)["errors"]
    return found
