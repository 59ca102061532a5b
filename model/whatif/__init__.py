"""What-if: scenarios laid over a design, what switches would do, what would change a flow, goals, and sweeps."""
