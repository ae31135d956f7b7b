"""What a framework means: names, dimensions, units, order and pages, proven consistent."""
