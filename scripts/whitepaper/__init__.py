"""The tools behind the verbs in scripts/."""
