"""The only Streamlit below pages/: navigation, guard, cached reads, and what every page is made of."""
