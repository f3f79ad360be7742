"""Looks: colours, type and icons, for light, dark and high contrast, from 100 to 200 per cent."""
