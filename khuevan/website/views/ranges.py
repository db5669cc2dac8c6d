"""A file of any size sent whole or in part, so that a film begins at once and a reader may jump within it.

One part a request, as browsers ask: of several, or of what cannot be understood, the whole is sent (RFC 9110, 14.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

# A worker is not held longer by one request than a slow line needs for this; players ask on.
LONGEST_PART: Final = 4_000_000
_CHUNK: Final = 65_536
_ONE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Part:
    """The first and the last byte of a part, counted from 0, both inclusive."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it is."""
        return self.last - self.first + 1


def asked_part(header: str, size: int) -> Part | None:
    """The one part that the header asks for, cut to what is there; None where the whole is to be sent.

    Raises ValueError where nothing of what is asked for is there.
    """
    found = _ONE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        if length == 0:
            raise ValueError(header)
        return Part(size - length, size - 1)
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if last < first:
        # Not a part at all, so that the header counts for nothing.
        if found[2]:
            return None
        raise ValueError(header)
    if first >= size:
        raise ValueError(header)
    return Part(first, min(last, size - 1))


def sent_file(
    request: HttpRequest,
    file: Any,
    *,
    size: int,
    etag: str,
    content_type: str,
    name: str,
    as_attachment: bool,
) -> HttpResponseBase:
    """The open file, whole or the part that is asked for; 304 where the reader has it, 416 where the part is none."""
    tag = f'"{etag}"'
    if tag in {
        each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")
    }:
        file.close()
        unchanged = HttpResponse(status=304)
        unchanged.headers["ETag"] = tag
        return unchanged
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", tag)
    part = None
    if header and condition.strip() == tag and request.method == "GET":
        try:
            part = asked_part(header, size)
        except ValueError:
            file.close()
            refused = HttpResponse(status=416)
            refused.headers["Content-Range"] = f"bytes */{size}"
            return refused
    response: HttpResponseBase
    if part is None:
        response = FileResponse(file, as_attachment=as_attachment, filename=name, content_type=content_type)
        response.headers["Content-Length"] = str(size)
    else:
        part = Part(part.first, min(part.last, part.first + LONGEST_PART - 1))
        response = StreamingHttpResponse(_pieces(file, part), status=206, content_type=content_type)
        response.headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
        response.headers["Content-Length"] = str(part.length)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    return response


def _pieces(file: IO[bytes], part: Part) -> Iterator[bytes]:
    with file:
        file.seek(part.first)
        left = part.length
        while left > 0:
            piece = file.read(min(_CHUNK, left))
            if not piece:
                return
            left -= len(piece)
            yield piece
