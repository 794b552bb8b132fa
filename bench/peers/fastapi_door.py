"""Another bare door: FastAPI and asyncpg, one INSERT, one commit. In an environment of its own."""

import os
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse


@asynccontextmanager
async def pool(app: FastAPI):
    app.state.pool = await asyncpg.create_pool(os.environ["BARE_URL"], min_size=8, max_size=8)
    yield
    await app.state.pool.close()


application = FastAPI(lifespan=pool)


@application.post("/")
async def take(request: Request) -> PlainTextResponse:
    body = await request.body()
    async with application.state.pool.acquire() as wire:
        await wire.execute("INSERT INTO bare (body) VALUES ($1)", body)
    return PlainTextResponse("ok")
