"""The published text into the chapters of this site."""
