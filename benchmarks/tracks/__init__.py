"""What is measured, one track a file: each asks every system that can answer."""
