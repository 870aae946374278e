"""What readers never need: the suite, benchmarks, the font kit."""
