"""The charts of the report: one module a chart, figures in, a drawing out; nothing is computed here but places on paper.

Import it late: it brings reportlab with it.
"""
