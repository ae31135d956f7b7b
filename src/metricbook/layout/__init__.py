"""From the model to the plan: which cell holds what."""
