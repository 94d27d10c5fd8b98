"""The worker that decodes a stranger's file, in a process of its own: `python -m adapters.vault.sanitise MEDIA-TYPE`.

The file comes on standard input, its clean remake goes to standard output. Exit code 0, or one of those in REFUSALS.
Before the first byte is read the process gives up memory, time, files, network and, where it was root, its rights.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from typing import cast

from adapters.vault.remaking import FileTooLargeError
from adapters.vault.sniffing import MediaType

MEMORY_BYTES = 640 * 2**20
CPU_SECONDS = 10
OPEN_FILES = 32
NOBODY = 65534
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
UNREADABLE, TOO_LARGE = 10, 11
REFUSALS = {UNREADABLE: "file-unreadable", TOO_LARGE: "file-too-large"}


def main(media_type: MediaType) -> int:
    """The exit code. Whatever the decoder raises means that the file cannot be read."""
    remake = _remaker(media_type)
    confine()
    try:
        clean = remake(sys.stdin.buffer.read())
    except (FileTooLargeError, MemoryError):
        return TOO_LARGE
    except Exception:  # noqa: BLE001  hostile input may raise anything in a decoder, and nothing of it may be printed
        return UNREADABLE
    sys.stdout.buffer.write(clean)
    sys.stdout.buffer.flush()
    return 0


def confine() -> None:
    """From here on: little memory, seconds of time, no writing to files, no network, no rights, no core dump."""
    libc = ctypes.CDLL(None)
    # Only this is best effort: not every kernel lets an ordinary user have a network of its own.
    libc.unshare(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWUSER | CLONE_NEWNET)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (value, value))


def _remaker(media_type: MediaType) -> Callable[[bytes], bytes]:
    """Everything is imported here, while files of the installation can still be opened."""
    if media_type == "application/pdf":
        from adapters.vault.remake_pdf import remake_pdf  # noqa: PLC0415  the other library is not needed

        return remake_pdf
    from adapters.vault.remake_image import image_remaker  # noqa: PLC0415  the other library is not needed

    return image_remaker(media_type)


if __name__ == "__main__":
    sys.exit(main(cast("MediaType", sys.argv[1])))
