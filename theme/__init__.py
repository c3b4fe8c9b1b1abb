"""The look of the portal: templates, styles, scripts and what both servers tell them."""
