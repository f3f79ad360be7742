"""Writers of the workbook and the report; they compute nothing."""
