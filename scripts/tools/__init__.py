"""What readers never need: the suite, benchmarks, licences, audit, successors of the generator, the font kit."""
