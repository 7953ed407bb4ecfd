"""Addresses that are given to people: the program's own as seen from outside."""

from starlette.requests import Request


def outside(request: Request) -> str:
    """Where the program is reached: as it was told, else the address of somebody at the machine.

    A request's own word for it is taken only where the guard has held it to be the loopback's.
    """
    base = str(request.app.state.base)
    return base or f"http://{request.headers.get('host', '127.0.0.1')}{request.scope['pages_prefix']}"
