"""Files on the command line: read with clear errors, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.cli.files import check_target, read_file, write_file
from app.kernel.errors import NotFound, UserError


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_file(tmp_path / "nope")
    with pytest.raises(UserError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(UserError, match="cannot be read"):
        read_file(Path("a\0b"))


def test_a_file_is_replaced_in_one_step_with_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x.journey"
    write_file(path, b"one")
    path.chmod(0o640)
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["x.journey"]


def test_what_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        write_file(tmp_path / "no" / "x", b"")
    with pytest.raises(UserError, match="is a folder"):
        check_target(tmp_path)
    with pytest.raises(UserError, match="cannot be written"):
        write_file(tmp_path / ("x" * 300), b"")
    assert os.listdir(tmp_path) == []


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path("/dev/null"), b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
