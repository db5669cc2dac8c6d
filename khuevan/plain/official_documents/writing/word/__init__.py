"""Official documents as Word files (DOCX, ISO/IEC 29500 transitional) that an office goes on editing."""

from khuevan.plain.official_documents.writing.word.document import write_word

__all__ = ["write_word"]
