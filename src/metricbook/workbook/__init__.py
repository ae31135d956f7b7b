"""From the plan to the bytes of an Excel file. openpyxl lives here and nowhere to the left of here."""
