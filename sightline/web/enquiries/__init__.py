"""Pages of protecting a child: discussions, enquiries, orders, medicals and injuries, and one tab for all."""
