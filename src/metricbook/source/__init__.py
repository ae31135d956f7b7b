"""What an author wrote: YAML with places, its shape, and data files."""
