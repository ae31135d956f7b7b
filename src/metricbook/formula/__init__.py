"""Formulas: text to tree, and the trees' readers. Cells are known here only as places in a tree."""
