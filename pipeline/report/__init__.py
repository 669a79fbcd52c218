"""Tables, displays and documents that go into a report."""
