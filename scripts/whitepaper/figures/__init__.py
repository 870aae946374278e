"""The figures: data and a small pure function for each."""
