"""What is wrong in the pages of a MkDocs project, before anything is rendered."""
