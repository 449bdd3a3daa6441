"""Values and rules of the business. Imports nothing but the standard library."""
