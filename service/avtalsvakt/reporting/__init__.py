"""Reports and hand-overs as pages to print, pictures, workbooks and plain text: values in, text or bytes out."""
