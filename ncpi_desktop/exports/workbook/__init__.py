"""The workbook: one module a sheet, figures in, a table out; nothing is computed here."""
