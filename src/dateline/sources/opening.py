"""Bytes of files as streams: gzip and Zstandard taken off, with a limit to how far they may blow up."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from dateline.sources.decoding import LARGEST, Unreadable

if TYPE_CHECKING:
    import zstandard

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
COMPRESSED = (".gz", ".zst")
MOST_BLOWN_UP = 300  # times; text shrinks to a third or a tenth, the emptiest JSON to a hundredth
BLOWN_UP_FROM = 50_000_000  # bytes of output before the ratio counts
PASSED_OVER = 1 << 20  # bytes or letters at once of what is not looked at
WINDOW_LOG = 27  # of Zstandard: 128 MiB, what the command-line tool opens without being asked


class Unpacked(io.RawIOBase):
    """The bytes that a compressed stream holds; refuses a decompression bomb while it reads.

    Reading raises `Unreadable` where the data are damaged or blow up more than `MOST_BLOWN_UP` times.
    """

    def __init__(self, packed: IO[bytes], kind: str) -> None:
        self._counted = _Counted(packed)
        self._come = 0
        self._stream: gzip.GzipFile | zstandard.ZstdDecompressionReader
        if kind == "gzip":
            self._stream = gzip.GzipFile(fileobj=self._counted)
        else:
            import zstandard

            opener = zstandard.ZstdDecompressor(max_window_size=1 << WINDOW_LOG)
            self._stream = opener.stream_reader(io.BufferedReader(self._counted), read_across_frames=True)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with what is unpacked; how many bytes came.

        Raises:
            Unreadable: the data are damaged, or grow like a decompression bomb.
        """
        try:
            data = self._stream.read(len(buffer))
        except Unreadable:
            raise
        except Exception as error:  # besides gzip's errors zstandard's own, whose module waits until it is needed
            raise Unreadable(f"the compressed data are damaged or break off: {error}") from error
        self._come += len(data)
        if self._come > BLOWN_UP_FROM and self._come > MOST_BLOWN_UP * max(self._counted.count, 1):
            raise Unreadable(
                f"it unpacks to more than {MOST_BLOWN_UP} times its size: refused as a decompression bomb (unpack it yourself, if not)"
            )
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that counts what was read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._inner, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


def peek(stream: io.BufferedReader, size: int = 4096) -> bytes:
    """The first bytes of a stream, which stay to be read; fewer where a pipe has not given them yet."""
    return stream.peek(size)[:size]


def unpacked(stream: IO[bytes]) -> io.BufferedReader:
    """The stream, buffered, and unpacked where its first bytes say that it is compressed, whatever its name."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Counted(stream), 1 << 16)
    start = peek(buffered, 4)
    if start.startswith(GZIP):
        return io.BufferedReader(Unpacked(buffered, "gzip"), 1 << 16)
    if start.startswith(ZSTD):
        return io.BufferedReader(Unpacked(buffered, "zstd"), 1 << 16)
    return buffered


def whole(stream: IO[bytes]) -> bytes:
    """All that a stream holds, but for one byte more than an article may have at most."""
    return stream.read(LARGEST + 1)


def limited_lines[T: (bytes, str)](file: IO[T]) -> Iterator[T]:
    """The lines of a file; of one that is too long only as much as shows that it is: one byte or letter more than LARGEST."""
    while line := file.readline(LARGEST + 1):
        yield line
        over = len(line) > LARGEST
        while over and line and line[-1:] not in (b"\n", "\n"):
            line = file.readline(PASSED_OVER)
