"""What a reader takes along."""
