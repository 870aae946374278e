"""The owner's own file (PDF, Word or text extracted from a PDF) to the chapters of this site."""

from manuscript.command import import_into, main, read_asked
from manuscript.reading import Asked
from manuscript.summary import render_summary

__all__ = ["Asked", "import_into", "main", "read_asked", "render_summary"]
