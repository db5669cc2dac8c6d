"""What an uploaded picture or file really is, and the details that travel inside it.

No Django, no network, no clock. `kinds` tells what a file is, `raster` opens pictures and makes renditions,
`svg` cleans drawings, `metadata` reads and writes IPTC, XMP and EXIF. Everything that is refused is a
`MediaError` with one sentence.
"""
