"""The project's own evaluation: it prints every figure that the documentation quotes."""
