"""Figures and documents: plotly, PDF, Word, Excel, CSV."""
