"""The local review app: server-rendered pages over a project, for reading first and for deciding with the keyboard."""
