"""The record and its catalogue: tables declared once, Parquet written atomically, DuckDB published over it.

Parquet files that a manifest entry names are the record (``parquet``, ``manifest``, ``batches``);
``catalogue.publish`` makes a ``dateline.duckdb`` of views and small tables from them at any time.
"""
