"""The owner's own file (PDF, Word or text extracted from a PDF) to the chapters of this site."""

from manuscript.command import import_into, main

__all__ = ["import_into", "main"]
