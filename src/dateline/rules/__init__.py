"""The small engine that loads and checks rule files."""
