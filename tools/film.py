"""Makes the demonstration's film anew from the project's own drawings: `tools/film.py`.

Four drawings, each coming slowly nearer and giving way to the next. Chromium paints them on a canvas and encodes the
frames (WebCodecs, VP9); the container is written here, with its length and an index, so that a reader may jump. The
result is kept in the repository: only who changes a drawing runs this.
"""

from __future__ import annotations

import base64
import shutil
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

from khuevan.newsroom.demonstration_pictures import svg_of

TARGET = Path(__file__).resolve().parents[1] / "khuevan/newsroom/data/demonstration/film/between-waters.webm"
SCENES = ("long-bien", "turtle-tower", "khue-van-cac", "lotus")
WIDTH, HEIGHT = 640, 360
FRAMES_A_SECOND = 20
SECONDS_A_SCENE = 4
BITS_A_SECOND = 110_000
ADDRESS = "http://localhost:9/"
PAINTED = """
async ([scenes, width, height, rate, seconds, bits]) => {
  const images = await Promise.all(scenes.map(async (svg) => {
    const image = new Image();
    image.src = "data:image/svg+xml;base64," + svg;
    await image.decode();
    return image;
  }));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext("2d");
  const made = [];
  let failure = null;
  const encoder = new VideoEncoder({
    output(chunk) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      made.push([chunk.timestamp / 1000, chunk.type === "key", btoa(text)]);
    },
    error(found) { failure = found; },
  });
  encoder.configure({ codec: "vp09.00.10.08", width, height, bitrate: bits, framerate: rate });
  const paint = (image, progress, opacity) => {
    const nearer = Math.max(width / image.width, height / image.height) * (1 + 0.12 * progress);
    const [wide, high] = [image.width * nearer, image.height * nearer];
    pen.globalAlpha = opacity;
    pen.drawImage(image, (width - wide) / 2, (height - high) * 0.55, wide, high);
  };
  const count = scenes.length * seconds * rate;
  for (let number = 0; number < count; number++) {
    const moment = number / rate;
    const scene = Math.floor(moment / seconds);
    const within = moment - scene * seconds;
    paint(images[scene], within / seconds, 1);
    const left = seconds - within;
    if (left < 1 && scene + 1 < images.length) paint(images[scene + 1], 0, 1 - left);
    const frame = new VideoFrame(canvas, { timestamp: Math.round(moment * 1e6) });
    encoder.encode(frame, { keyFrame: number % (seconds * rate) === 0 });
    frame.close();
    while (encoder.encodeQueueSize > 4) await new Promise((done) => setTimeout(done, 5));
  }
  await encoder.flush();
  if (failure) throw failure;
  return made;
}
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """One encoded frame: its moment in milliseconds, whether others build on it, its bytes."""

    moment: int
    is_key: bool
    data: bytes


def element(identifier: int, content: bytes | int | float | str) -> bytes:
    """One element of a WebM file (RFC 8794)."""
    if isinstance(content, float):
        content = struct.pack(">d", content)
    elif isinstance(content, int):
        content = content.to_bytes(max(1, (content.bit_length() + 7) // 8), "big")
    elif isinstance(content, str):
        content = content.encode()
    name = identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")
    size = len(content)
    length = bytes([0x80 | size]) if size < 127 else (size | 1 << 56).to_bytes(8, "big")
    return name + length + content


def webm(frames: list[Frame]) -> bytes:
    """The frames as a WebM file, a cluster for each scene, with the places of its first frames."""
    head = element(
        0x1A45DFA3,
        element(0x4286, 1) + element(0x42F7, 1) + element(0x42F2, 4) + element(0x42F3, 8)
        + element(0x4282, "webm") + element(0x4287, 4) + element(0x4285, 2),
    )  # fmt: skip
    length = float(len(frames) * 1000 // FRAMES_A_SECOND)
    info = element(
        0x1549A966,
        element(0x2AD7B1, 1_000_000) + element(0x4489, length)
        + element(0x4D80, "Khue Van") + element(0x5741, "Khue Van"),
    )  # fmt: skip
    picture = element(0xE0, element(0xB0, WIDTH) + element(0xBA, HEIGHT))
    track = element(0xD7, 1) + element(0x73C5, 1) + element(0x83, 1) + element(0x86, "V_VP9") + picture
    tracks = element(0x1654AE6B, element(0xAE, track))
    clusters: list[tuple[int, bytes]] = []
    for frame in frames:
        if frame.is_key:
            clusters.append((frame.moment, b""))
        begin, blocks = clusters[-1]
        block = b"\x81" + struct.pack(">hB", frame.moment - begin, 0x80 if frame.is_key else 0) + frame.data
        clusters[-1] = (begin, blocks + element(0xA3, block))
    written = [(begin, element(0x1F43B675, element(0xE7, begin) + blocks)) for begin, blocks in clusters]

    def index(before: int) -> bytes:
        """The places of the clusters, which stand behind `before` bytes of the segment."""
        entries, at = b"", before
        for begin, cluster in written:
            place = element(0xB7, element(0xF7, 1) + element(0xF1, at.to_bytes(4, "big")))
            entries += element(0xBB, element(0xB3, begin) + place)
            at += len(cluster)
        return element(0x1C53BB6B, entries)

    front = info + tracks
    size = len(index(0))
    return head + element(
        0x18538067, front + index(len(front) + size) + b"".join(cluster for _begin, cluster in written)
    )


def frames_of_chromium() -> list[Frame]:
    """The encoded frames, in order."""
    path = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("No Chromium on this machine: install the package “chromium”.")
    drawings = [base64.b64encode(svg_of(name).encode()).decode() for name in SCENES]

    def empty(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>film</title>")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox"])
        page = browser.new_page()
        # A place that counts as safe, without any server: encoders are there on no other.
        page.route(f"{ADDRESS}**", empty)
        page.goto(ADDRESS)
        made = page.evaluate(
            PAINTED, [drawings, WIDTH, HEIGHT, FRAMES_A_SECOND, SECONDS_A_SCENE, BITS_A_SECOND]
        )
        browser.close()
    return [Frame(round(moment), is_key, base64.b64decode(data)) for moment, is_key, data in made]


def main() -> None:
    """Writes the film and says how large it is."""
    TARGET.write_bytes(webm(frames_of_chromium()))
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
