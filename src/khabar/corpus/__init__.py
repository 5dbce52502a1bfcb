"""The press archive: a dataset of Parquet files coded by many processes, and questions to it."""
