"""Settings, addresses and subscriptions: wires everything, imported by nothing."""
