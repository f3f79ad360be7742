"""The windows: what people see and press. The only floor, with `app`, that knows Qt."""
