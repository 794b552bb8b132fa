"""Record systems of agencies: their keys, and the JSON door by which they read and answer."""
