"""Receives callbacks with Flask: pip install flask im-callback-kit && APP_SECRET=… python receive_flask.py"""
import os

from flask import Flask

from im_callback import Receiver, allow, deny
from im_callback.flask import flask_callbacks

# While a secret is rotated, both: the old and the new one.
secrets = [os.environ.get("APP_SECRET", "")]
if "NEXT_APP_SECRET" in os.environ:
    secrets.append(os.environ["NEXT_APP_SECRET"])


def on_event(callback):
    """Called once for each event; what takes long belongs in your own queue."""
    print(callback.callback_id, callback.event, callback.data, flush=True)


def on_before(question):
    """Decides before an event happens."""
    return deny(reason="no spam") if question.data.get("text") == "spam" else allow()


app = Flask(__name__)
app.post("/callback")(flask_callbacks(Receiver(secrets, on_event, on_before)))

if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "3000")))
