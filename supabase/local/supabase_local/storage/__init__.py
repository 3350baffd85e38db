"""Storage: buckets and objects as rows under the project's policies, their bytes as files in the data folder."""
