"""The wheel carries everything: texts, schema, catalogue, page."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.made_once import locked

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from this tree, once in a test run, and return the folder that it installs into."""
    with locked(tmp_path_factory, "wheel") as folder:
        site = folder / "site"
        if not site.exists():
            _build(folder, site)
    return site


def _build(folder: Path, site: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    source = folder / "source"
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    pip = [sys.executable, "-m", "pip", "wheel", *options]
    subprocess.run([*pip, str(source)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.name.startswith("kling_effects_bot-")
    zipfile.ZipFile(wheel).extractall(site)


def run(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed bot from another folder."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def test_demo_once_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """From any folder, `demo --once` shows a hug and a squish, and leaves the hug as a video file."""
    out = tmp_path / "hug.mp4"
    done = run(installed, tmp_path, "demo", "--once", str(out))
    assert done.returncode == 0, done.stderr
    assert "/hug" in done.stdout
    assert "Squish" in done.stdout
    assert out.read_bytes()[4:8] == b"ftyp"
    assert (installed / "sandbox" / "page" / "web" / "index.html").exists()


def test_without_settings(installed: Path, tmp_path: Path) -> None:
    """Without settings the bot says what is missing, and ends with 2."""
    done = run(installed, tmp_path)
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN is missing" in done.stderr
