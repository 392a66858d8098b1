"""Parts of the page where teams read and answer what people left on the public page."""
