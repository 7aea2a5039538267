"""The templates and static files are found in a wheel and in a checkout, and nowhere by chance."""

import pytest

from fieldlog.resources import resource_folder, static_folder, templates_folder


@pytest.fixture
def package(tmp_path):
    """An empty package in a folder of its own."""
    folder = tmp_path / "fieldlog"
    folder.mkdir()
    return folder


def test_it_finds_the_folder_inside_the_package(package):
    (package / "templates").mkdir()
    (package.parent / "templates").mkdir()
    (package.parent / "pyproject.toml").touch()
    assert resource_folder("templates", package) == package / "templates"


def test_it_finds_the_folder_beside_the_package_in_a_checkout(package):
    (package.parent / "templates").mkdir()
    (package.parent / "pyproject.toml").touch()
    assert resource_folder("templates", package) == package.parent / "templates"


def test_it_leaves_a_folder_of_somebody_else_alone(package):
    (package.parent / "templates").mkdir()
    with pytest.raises(FileNotFoundError, match="cannot find its folder “templates”"):
        resource_folder("templates", package)


def test_it_finds_its_own():
    assert (templates_folder() / "layouts").is_dir()
    assert list(static_folder().rglob("*.css"))
