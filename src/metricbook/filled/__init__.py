"""Workbooks that come back: read, never written. What people typed is found by ids and keys, wherever it stands."""
