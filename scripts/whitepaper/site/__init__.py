"""What MkDocs rendered becomes the site."""
