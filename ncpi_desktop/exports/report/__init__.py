"""The findings report on paper. Import it late: it brings reportlab with it."""
