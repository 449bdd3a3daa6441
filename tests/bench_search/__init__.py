"""How long finding somebody takes among many: python -m tests.bench_search."""
