"""Receives callbacks with FastAPI: pip install fastapi uvicorn im-callback-kit

APP_SECRET=… uvicorn receive_fastapi:app --port 3000
"""
import os

from fastapi import FastAPI

from im_callback import Receiver
from im_callback.fastapi import fastapi_callbacks


async def on_event(callback):
    print(callback.callback_id, callback.event, callback.data, flush=True)


app = FastAPI()
app.post("/callback")(fastapi_callbacks(Receiver(os.environ.get("APP_SECRET", ""), on_event)))
