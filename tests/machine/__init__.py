"""The application against a model of itself made of a few sets, over HTTP."""
