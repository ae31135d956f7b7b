"""Run as `python -m metricbook`."""

from metricbook.cli import main

main(prog_name="metricbook")
