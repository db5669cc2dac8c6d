"""Signatures in PDF files: made as Decree 30/2020 describes them, and verified. Values in, values out.

pyHanko is imported inside functions throughout this package: it brings asn1crypto, lxml, requests and aiohttp,
which take two seconds and 50 MB that a web worker should spend only when somebody signs.
"""
