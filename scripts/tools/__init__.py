"""What readers never need: the suite, benchmarks, the generator's successors, the font kit."""
