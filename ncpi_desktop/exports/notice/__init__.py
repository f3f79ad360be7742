"""The press notice and the exit briefing on paper and as plain text. Import the page late: it brings reportlab with it."""
