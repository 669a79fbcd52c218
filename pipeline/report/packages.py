"""Office packages that are the same bytes every time: no clock, no order of chance."""

import io
import zipfile

from pipeline.files import ZIP_TIME


def settled_zip(data: bytes) -> bytes:
    """Return a zip package with its members in the same order and every time stamp the same.

    Args:
        data: The package.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            target.writestr(info, source.read(name), compresslevel=6)
    return buffer.getvalue()
