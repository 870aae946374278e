"""The owner's own file (PDF, Word or text extracted from a PDF) to the chapters of this site."""

from manuscript.command import Asked, add_options, asked_of, import_into, main
from manuscript.summary import render_summary

__all__ = ["Asked", "add_options", "asked_of", "import_into", "main", "render_summary"]
