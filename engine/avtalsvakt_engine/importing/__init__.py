"""Files of facts become lines: text, tables, workbooks, archives, forms; everything in them or what is wrong."""
