"""Names of the domain: provinces, indicators, periods, abbreviations. The data lies in data/reference; code only reads it."""
