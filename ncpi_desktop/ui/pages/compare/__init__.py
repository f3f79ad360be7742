"""The page Compare: earlier inspections, and the force's own grades, beside this one."""
