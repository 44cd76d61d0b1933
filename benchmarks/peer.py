"""The peer: python-telegram-bot's own Application, making the same calls for the same updates, keeping nothing.

`python -m benchmarks.peer URL TOKEN SCRIPT`. Every line of the script is the calls of one turn, and every chat
plays the script from its beginning.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

Turn = list[dict[str, Any]]
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Player:
    """Plays the script. Of a chat it knows how far it has come and its newest message."""

    def __init__(self, script: Path) -> None:
        self._lines = script.open(encoding="utf-8")
        self._turns: list[Turn] = []
        self._at: dict[int, int] = {}
        self._newest: dict[int, int] = {}

    def _next(self, chat: int) -> Turn:
        number = self._at.get(chat, 0)
        self._at[chat] = number + 1
        if number == len(self._turns):
            self._turns.append(json.loads(self._lines.readline()))
        return self._turns[number]

    async def tapped(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None and query.message is not None
        await query.answer()
        await self._play(context, query.message.chat.id, query.message.message_id)

    async def wrote(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        chat = update.message.chat.id
        await self._play(context, chat, self._newest.get(chat, 0))

    async def _play(self, context: ContextTypes.DEFAULT_TYPE, chat: int, answered: int) -> None:
        for call in self._next(chat):
            markup = _keyboard(call["rows"]) if call["rows"] else None
            if call["method"] == "editmessagetext":
                await context.bot.edit_message_text(
                    call["text"], chat, answered, parse_mode="HTML", reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                )
            else:
                sent = await context.bot.send_message(
                    chat, call["text"], parse_mode="HTML", reply_markup=markup, link_preview_options=NO_PREVIEW
                )
                self._newest[chat] = sent.message_id


def _keyboard(rows: list[list[dict[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(**button) for button in row] for row in rows])


def main() -> None:
    url, token, script = sys.argv[1:]
    player = Player(Path(script))
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(CallbackQueryHandler(player.tapped))
    application.add_handler(MessageHandler(filters.TEXT, player.wrote))
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
