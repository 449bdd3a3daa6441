"""The API's reference: the document for programs and a page for people."""
