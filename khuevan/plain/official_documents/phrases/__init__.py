"""What a Vietnamese sentence of an official document says: pure functions on joined, NFC text.

Every function takes time in proportion to the text, whatever the text, and gives offsets into
exactly the text that it was given.
"""
