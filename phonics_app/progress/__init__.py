"""What dashboards show, as data frames of codes and numbers."""
