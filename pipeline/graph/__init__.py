"""The facilitator/inhibitor graph: built, measured, laid out and drawn."""
