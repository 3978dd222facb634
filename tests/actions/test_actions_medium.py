"""Which folders lie on a medium that can be taken out."""

from pathlib import Path

import pytest

from cloison.actions.medium import Medium, medium_of


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A machine with a fixed disk, a stick and a disk that was mounted by the desktop."""
    for name, says in (("sda", "0"), ("sdb", "1")):
        (tmp_path / "sys" / name / f"{name}1").mkdir(parents=True)
        (tmp_path / "sys" / name / "removable").write_text(f"{says}\n")
    devices = tmp_path / "block"
    devices.mkdir()
    for name in ("sda", "sdb"):
        (devices / f"{name}1").symlink_to(tmp_path / "sys" / name / f"{name}1")
    for place in ("stick", "a stick", "fixed"):
        (tmp_path / place).mkdir()
    lines = [
        "/dev/sda1 / ext4 rw 0 0",
        "broken",
        f"/dev/sdb1 {tmp_path}/stick vfat rw 0 0",
        f"/dev/sdb1 {tmp_path}/a\\040stick vfat rw 0 0",
        "/dev/sdc1 /media/officer/DISK ext4 rw 0 0",
        "tmpfs /run tmpfs rw 0 0",
    ]
    (tmp_path / "mounts").write_text("\n".join(lines))
    return tmp_path


def found(system: Path, folder: Path) -> Medium | None:
    return medium_of(folder, mounts=system / "mounts", devices=system / "block")


def test_a_folder_on_a_stick_names_device_and_place(system: Path) -> None:
    (system / "stick" / "out").mkdir()

    assert found(system, system / "stick" / "out") == Medium(device="/dev/sdb1", place=system / "stick")


def test_a_blank_in_a_place_is_read_as_one(system: Path) -> None:
    assert found(system, system / "a stick") == Medium(device="/dev/sdb1", place=system / "a stick")


def test_a_folder_on_a_fixed_disk_is_on_no_medium(system: Path) -> None:
    assert found(system, system / "fixed") is None


def test_what_the_desktop_mounted_as_a_medium_is_one(system: Path) -> None:
    assert found(system, Path("/media/officer/DISK/out")) == Medium(
        device="/dev/sdc1", place=Path("/media/officer/DISK")
    )


def test_a_file_system_without_a_device_is_no_medium(system: Path) -> None:
    assert found(system, Path("/run/user")) is None


def test_a_later_mount_hides_the_one_below(system: Path) -> None:
    mounts = system / "mounts"
    mounts.write_text(mounts.read_text() + f"\n/dev/sda1 {system}/stick ext4 rw 0 0\n")

    assert found(system, system / "stick") is None


def test_without_a_table_of_mounts_nothing_is_claimed(system: Path) -> None:
    (system / "mounts").unlink()

    assert found(system, system / "stick") is None


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    assert medium_of(tmp_path) is None
