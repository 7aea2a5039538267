"""Where the templates and the static files are, installed or in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str, package: Path = PACKAGE) -> Path:
    """Return the folder called `name`: inside the package if there, else beside it in a checkout.

    A wheel carries the folders inside the package. In a checkout they stand beside it, and a
    checkout is known by its pyproject.toml: without that condition a `templates` folder that
    happens to lie in site-packages would be served.

    Raises FileNotFoundError if the folder is in neither place.
    """
    inside = package / name
    if inside.is_dir():
        return inside
    beside = package.parent / name
    if beside.is_dir() and (package.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(
        f"fieldlog cannot find its folder “{name}” in {package}. Install fieldlog again."
    )


def templates_folder() -> Path:
    """Return the folder of the Jinja templates."""
    return resource_folder("templates")


def static_folder() -> Path:
    """Return the folder of the style sheets, scripts and pictures that are served as they are."""
    return resource_folder("static")
