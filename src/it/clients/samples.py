"""What the clients send: a picture, and a body that is too large."""

import os
import struct
import zlib

MEBIBYTE = 1024 * 1024
LARGE = 60 * MEBIBYTE
TOO_LARGE = 110 * MEBIBYTE


def picture(side=64):
    """A PNG of any colours."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + os.urandom(side * 3) for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
