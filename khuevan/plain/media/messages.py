"""What an officer is told when a file is refused: one sentence each, with what to do.

English templates that screens translate. No text of a file stands in one, but for its name as uploaded.
"""

from __future__ import annotations

from typing import Final

EMPTY: Final = "The file “{name}” is empty: choose it again."
TOO_BIG: Final = "The file “{name}” is larger than {megabytes} MB: make it smaller and upload it again."
UNKNOWN: Final = (
    "The file “{name}” is of a kind that the library does not take: save it as JPEG, PNG, WebP, AVIF, SVG,"
    " PDF, MP4, WebM, MP3 or an office file and upload that."
)
KNOWN_BUT_NOT_TAKEN: Final = (
    "The file “{name}” is {found}, which the library does not take: save it as {instead} and upload that."
)
PROGRAM: Final = "The file “{name}” is a program: upload pictures, recordings and documents only."
MACROS: Final = "The file “{name}” holds macros: save it without them (as {instead}) and upload that."
PROGRAM_INSIDE: Final = "The file “{name}” holds a program: take it out and upload the file again."
NO_ENDING: Final = (
    "The name “{name}” has no ending, and the content is {found}: rename the file to “{better}”."
)
WRONG_ENDING: Final = (
    "The name “{name}” ends in “.{ending}”, but the content is {found}: rename the file to “{better}”."
)
DOUBLE_ENDING: Final = "The name “{name}” has two endings: rename the file to “{better}”."
DISGUISED_NAME: Final = (
    "The name of the file holds signs that hide how it ends: rename the file to “{better}”."
)
PATH_IN_NAME: Final = "The name of the file holds a path: rename the file to “{better}”."
LONG_NAME: Final = "The name of the file is longer than {maximum} characters: give it a shorter one."
WRONG_TYPE: Final = (
    "The file “{name}” was sent as {declared}, but the content is {found}: open it in the program it came"
    " from, save it anew and upload that."
)
TWO_KINDS: Final = (
    "The file “{name}” is {found} and hides {hidden}: open it in the program it came from, save it anew"
    " and upload that."
)
CUT_OFF: Final = "The file “{name}” ends too early: it arrived incomplete, upload it again."
BROKEN: Final = (
    "The file “{name}” is {found}, but damaged at byte {at}: open it in the program it came from, save it"
    " anew and upload that."
)
ZIP_BOMB: Final = (
    "The file “{name}” claims to hold more than {megabytes} MB or {entries} parts when unpacked:"
    " save it anew, smaller, and upload that."
)

PICTURE_UNKNOWN: Final = (
    "The picture is not JPEG, PNG, WebP, AVIF, GIF or TIFF: save it as one of these and upload that."
)
PICTURE_TOO_BIG: Final = (
    "The picture is larger than {megabytes} MB: save it with more compression and upload that."
)
PICTURE_PIXELS: Final = (
    "The picture claims {width} × {height} pixels, more than the {megapixels} megapixels that are taken:"
    " make it smaller and upload that."
)
PICTURE_SIDE: Final = (
    "The picture claims {width} × {height} pixels, and no side may be longer than {side}:"
    " make it smaller and upload that."
)
PICTURE_FRAMES: Final = (
    "The animation has more than {frames} frames or {megapixels} megapixels in all:"
    " shorten it, or upload it as MP4 or WebM."
)
PICTURE_SCANS: Final = (
    "The picture is stored in more than {scans} passes, as no camera does: save it anew and upload that."
)
PICTURE_BROKEN: Final = (
    "The picture is {found}, but it is damaged or incomplete: open it in a picture program, save it anew"
    " and upload that."
)
PICTURE_WIDTHS: Final = (
    "A picture was asked for in no width, or in one that is no positive number: name a width."
)

SVG_TOO_BIG: Final = "The drawing is larger than {megabytes} MB: simplify it, or upload it as PNG."
SVG_ENCODING: Final = "The drawing holds bytes that are no text: export it again as SVG in UTF-8."
SVG_ENTITIES: Final = (
    "Line {line}: the drawing declares entities (DOCTYPE with brackets), which can hide anything:"
    " export it again as plain SVG."
)
SVG_NOT_XML: Final = "Line {line}: the drawing is not well-formed here: export it again as plain SVG."
SVG_NO_ROOT: Final = "The file is XML, but its first element is not <svg>: export the drawing as SVG."
SVG_TOO_DEEP: Final = (
    "The drawing nests more than {depth} groups in each other: simplify it, or upload it as PNG."
)
SVG_TOO_MANY: Final = "The drawing has more than {elements} elements: simplify it, or upload it as PNG."
SVG_USES: Final = (
    "The drawing repeats parts of itself without end or more than {elements} times:"
    " export it again with copies instead of references."
)
SVG_NOTHING_LEFT: Final = (
    "Nothing that can be drawn is left of the drawing once scripts, foreign content and links are taken"
    " out: export it again as plain SVG, or upload it as PNG."
)

METADATA_CONTAINER: Final = (
    "The details in {found} cannot be changed here: save it as JPEG, PNG or WebP and use that."
)
METADATA_BROKEN: Final = (
    "The {found} picture is damaged at byte {at}, so its details cannot be read or written:"
    " save it anew and upload that."
)
METADATA_SEGMENTS: Final = (
    "The {found} picture is divided into more than {segments} pieces: save it anew and upload that."
)
METADATA_TOO_BIG: Final = (
    "The details are longer than a {found} file can hold ({bytes} bytes): shorten the description."
)

RECORDING_BROKEN: Final = (
    "The film cannot be read: its headers are damaged or incomplete; export it anew as MP4 or WebM and upload"
    " that."
)
RECORDING_NO_PICTURE: Final = "The recording holds no picture: films only are taken here."
RECORDING_CODEC: Final = (
    "Browsers cannot show this film: export it as MP4 with H.264 and AAC, or as WebM with VP9 and Opus."
)

CAPTIONS_TOO_BIG: Final = "The captions are larger than {kilobytes} kB: upload a WebVTT file with words only."
CAPTIONS_ENCODING: Final = "The captions hold bytes that are no text: save the file in UTF-8 and upload that."
CAPTIONS_HEAD: Final = "The captions do not begin with the line WEBVTT: export them as WebVTT (.vtt)."
CAPTIONS_NONE: Final = "The file holds no captions: export it again as WebVTT (.vtt)."
CAPTIONS_TOO_MANY: Final = "The file holds more than {cues} captions: shorten it and upload that."
CAPTIONS_TIMING: Final = (
    "Line {line}: a caption begins with its times, such as 00:00:01.000 --> 00:00:04.000; mend it and upload it"
    " again."
)
CAPTIONS_BACKWARDS: Final = (
    "Line {line}: the caption ends before it begins; mend its times and upload it again."
)
CAPTIONS_ORDER: Final = (
    "Line {line}: the caption begins before the one above it; put them in order and upload the file again."
)
CAPTIONS_EMPTY: Final = "Line {line}: the caption has no words; write them, or take the caption out."
CAPTIONS_LONG: Final = "Line {line}: the caption is longer than {length} characters; divide it."

# Said of a file that is read all the same.
XMP_UNREADABLE: Final = "The details in XMP are damaged; they were passed over."
IIM_UNREADABLE: Final = "The details in IPTC-IIM are damaged; they were passed over."
EXIF_UNREADABLE: Final = "The details in EXIF are damaged; they were passed over."

TEMPLATES: Final[tuple[str, ...]] = tuple(
    value for name, value in sorted(globals().items()) if name.isupper() and isinstance(value, str)
)
