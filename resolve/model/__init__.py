"""The learned tables: how they are read, and how they are trained."""
