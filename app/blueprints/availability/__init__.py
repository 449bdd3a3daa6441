"""An instructor's open hours, as JSON."""
