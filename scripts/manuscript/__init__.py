"""The owner's own file (PDF, Word or text extracted from a PDF) to the chapters of this site."""

from manuscript.command import Asked, import_into, main, read_asked
from manuscript.summary import render_summary

__all__ = ["Asked", "import_into", "main", "read_asked", "render_summary"]
