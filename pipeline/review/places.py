"""Where a store lies: folders that a program keeps in step with a server, and drives of other machines."""

import os
import re
import sys
from pathlib import Path

_SYNCED = {
    "OneDrive": r"onedrive.*",
    "Dropbox": r"dropbox.*",
    "Google Drive": r"google ?drive.*|googledrive|my drive|mit drev",
    "iCloud": r"icloud ?drive|com~apple~clouddocs",
    "Nextcloud": r"nextcloud.*|owncloud.*",
    "Box": r"box|box sync",
}
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}
_DRIVE_REMOTE = 4


def synced_by(path: Path) -> str:
    """Return the name of the program that keeps the folder in step with a server; empty when none is known.

    Args:
        path: The store or its folder.
    """
    for part in path.resolve().parts:
        for name, form in _SYNCED.items():
            if re.fullmatch(form, part.strip("\\/"), re.IGNORECASE):
                return name
    return ""


def on_network(path: Path) -> bool:
    """Say whether the path lies on a drive of another machine, as far as the system tells.

    Args:
        path: The store or its folder.
    """
    resolved = path.resolve()
    if resolved.as_posix().startswith("//"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(str(resolved.anchor)) == _DRIVE_REMOTE)
    return _file_system(resolved) in _NETWORK


def _file_system(path: Path) -> str:
    """The kind of file system that holds a path, from the system's list of mounts; empty where there is none."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        if len(mount) >= len(best) and os.path.commonpath([mount, path]) == mount:
            best, kind = mount, fields[2]
    return kind
